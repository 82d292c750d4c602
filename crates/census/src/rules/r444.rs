//! # What it does
//! Flags every child who has the same unique pupil number as another child in the return.
//!
//! # Why it matters
//! The number is how a child's schooling is found. Two children with one number means that one of them gets the
//! other's results, or that one child is recorded twice.
//!
//! # How to put it right
//! Ask the virtual school for the right number. If both records are the same child, merge them.
//!
//! # Example
//! Children `101` and `102` both have `UPN` = `A123456789012`.

use std::collections::HashMap;

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "444",
    title: "Two children have the same unique pupil number.",
    versions: &[Version { from: 2026, fields: &["UPN"], tables: &[Header], ..Version::whole(check) }],
};

fn check(returns: &Returns, _: &Context<'_>, out: &mut Findings) {
    let headers = returns.this().all::<HeaderRow>();
    let real = |row: &Row<'_, HeaderRow>| {
        !row.upn.is_blank() && !row.upn.is_any(&["UN1", "UN2", "UN3", "UN4", "UN5"])
    };
    let mut times: HashMap<&str, usize> = HashMap::new();
    for row in headers.iter().filter(real) {
        *times.entry(row.row().upn.raw()).or_default() += 1;
    }
    out.flag_all(headers.iter().filter(|row| real(row) && times.get(row.upn.raw()).is_some_and(|n| *n > 1)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn two_with_one_number() {
        case(&RULE, 2026)
            .with(Header, "CHILD,UPN\n1,A123456789012\n2,B123456789012\n3,a123456789012\n")
            .flags(&[(Header, &[0, 2])]);
    }

    #[test]
    fn the_codes_for_no_number_may_repeat() {
        case(&RULE, 2026).with(Header, "CHILD,UPN\n1,UN1\n2,UN1\n3,\n4,\n").clean();
    }
}
