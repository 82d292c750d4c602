//! Signing in and out, and giving one's password again.

mod code;
mod confirm;
mod password;

use crate::Route;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    [password::routes(), code::routes(), confirm::routes()].into_iter().flatten().collect()
}

/// An address of ours to go on to; anything else leads to the first page.
pub(crate) fn onward(then: &str) -> &str {
    let ours = then.starts_with('/') && !then.starts_with("//") && !then.contains(['\\', '\r', '\n']);
    if ours { then } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::onward;

    #[test]
    fn only_our_own_addresses_are_gone_on_to() {
        assert_eq!(onward("/children/1?x=y"), "/children/1?x=y");
        for bad in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "javascript:x",
            "",
            "/a\r\nSet-Cookie: x",
        ] {
            assert_eq!(onward(bad), "/", "{bad:?}");
        }
    }
}
