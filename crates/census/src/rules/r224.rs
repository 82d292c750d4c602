//! # What it does
//! Flags an episode whose provider number (`URN`) is not one of the list of providers, or whose kind of provider
//! (`PLACE_PROVIDER`) is not one that the list gives for it. `XXXXXXX` is left out, and so are providers for which
//! the list gives no kind.
//!
//! # Why it matters
//! What is spent on private, voluntary and own provision is compared between authorities; a wrong kind moves a
//! child from one to the other.
//!
//! # How to put it right
//! Look the provider up in the register and correct `PLACE_PROVIDER` or the number.
//!
//! # Example
//! `PLACE_PROVIDER` = `PR1` (own provision) with the number of a private fostering agency (`PR4`).

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "224",
    title: "The kind of provider is not the one the provider is registered as.",
    versions: &[Version {
        from: 2023,
        fields: &["PLACE_PROVIDER"],
        tables: &[Episodes],
        needs: &[Needs::Providers],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| !e.urn.is_blank() && !e.urn.is("XXXXXXX")) {
        let agrees = ctx.providers.of(episode.urn.raw()).iter().any(|provider| {
            let kinds = &provider.provider_codes;
            kinds.is_empty() || kinds.iter().any(|code| episode.place_provider.is(code))
        });
        out.flag_if(!agrees, &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    const LIST: &str = "URN,PROVIDER_CODES\nSC1,PR4\nSC2,\nSC3,PR1 PR2\n";

    #[test]
    fn another_kind_or_a_number_that_is_not_known() {
        case(&RULE, 2026)
            .providers(LIST)
            .with(Episodes, "CHILD,PLACE_PROVIDER,URN\n1,PR1,SC1\n2,,SC1\n3,PR4,SC3\n4,PR4,SC9\n")
            .flags(&[(Episodes, &[0, 1, 2, 3])]);
    }

    #[test]
    fn the_kind_that_it_is_or_no_number() {
        case(&RULE, 2026)
            .providers(LIST)
            .with(
                Episodes,
                "CHILD,PLACE_PROVIDER,URN\n1,PR4,SC1\n2,PR2,SC3\n3,PR5,SC2\n4,PR4,\n5,PR1,XXXXXXX\n",
            )
            .clean();
    }
}
