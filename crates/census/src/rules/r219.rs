//! # What it does
//! Flags an episode whose provider number (`URN`) is not one of the list of providers, or whose provider may not
//! offer the type of placement recorded. `XXXXXXX` is left out, and so are providers for which the list gives no
//! types.
//!
//! # Why it matters
//! Either the child is in a home that is not registered for this kind of care, or the number or the placement type
//! is wrong.
//!
//! # How to put it right
//! Look the number up in the register. Correct the number or the placement type. A new provider may not be in your
//! list yet: fetch the latest.
//!
//! # Example
//! `PLACE` = `K2` with the number of a fostering agency.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "219",
    title: "The provider is not registered for this type of placement.",
    versions: &[Version {
        from: 2023,
        fields: &["URN", "PLACE"],
        tables: &[Episodes],
        needs: &[Needs::Providers],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| !e.urn.is_blank() && !e.urn.is("XXXXXXX")) {
        let allowed = ctx.providers.of(episode.urn.raw()).iter().any(|provider| {
            provider.place_codes.is_empty() || provider.place_codes.iter().any(|code| episode.place.is(code))
        });
        out.flag_if(!allowed, &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    const LIST: &str = "URN,PLACE_CODES\nSC1,U1 U2\nSC2,\nSC3,K1\nSC3,K2\n";

    #[test]
    fn another_type_or_a_number_that_is_not_known() {
        case(&RULE, 2026)
            .providers(LIST)
            .with(Episodes, "CHILD,PLACE,URN\n1,K2,SC1\n2,U1,SC9\n3,,SC1\n4,K3,SC3\n")
            .flags(&[(Episodes, &[0, 1, 2, 3])]);
    }

    #[test]
    fn a_type_that_it_offers_or_no_number() {
        case(&RULE, 2026)
            .providers(LIST)
            .with(Episodes, "CHILD,PLACE,URN\n1,U2,SC1\n2,K2,SC2\n3,K2,SC3\n4,K2,\n5,A6,XXXXXXX\n")
            .clean();
    }

    #[test]
    fn without_the_list_it_is_not_run() {
        case(&RULE, 2026).with(Episodes, "CHILD,URN\n1,SC1\n").not_run("list of providers");
    }
}
