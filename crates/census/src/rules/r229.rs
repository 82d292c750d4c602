//! # What it does
//! Flags an episode said to be with the authority's own provision (`PR1`) although the provider lies in another
//! authority, or with another authority's provision (`PR2`) although the provider lies in this one. Providers whose
//! authority is not known are left out. The provider's authority may have been worked out from its postcode, which
//! is not always right near a border.
//!
//! # Why it matters
//! Authorities publish how many of their children live in provision of their own.
//!
//! # How to put it right
//! See who runs the home, and correct `PLACE_PROVIDER`. If it is right although the building stands elsewhere,
//! explain it in the return.
//!
//! # Example
//! The return is Kent's, `PLACE_PROVIDER` = `PR2`, and the home with that `URN` is in Kent.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "229",
    title: "Own provision and provision of another authority are mixed up.",
    versions: &[Version {
        from: 2023,
        fields: &["URN", "PLACE_PROVIDER"],
        tables: &[Episodes],
        needs: &[Needs::Providers, Needs::Authority],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.place_provider.is_any(&["PR1", "PR2"])) {
        let own = episode.place_provider.is("PR1");
        let mut known =
            ctx.providers.of(episode.urn.raw()).iter().filter(|p| !p.authority.is_empty()).peekable();
        // One premises that fits is enough.
        let wrong = known.peek().is_some() && known.all(|p| (p.authority == ctx.authority) != own);
        out.flag_if(wrong, &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    const LIST: &str = "URN,LA_CODE\nSC1,E10000016\nSC2,E06000035\nSC3,\nSC4,E10000016\nSC4,E06000035\n";

    #[test]
    fn own_elsewhere_and_anothers_at_home() {
        case(&RULE, 2026)
            .authority("E10000016")
            .providers(LIST)
            .with(Episodes, "CHILD,PLACE_PROVIDER,URN\n1,PR1,SC2\n2,PR2,SC1\n3,PR4,SC1\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn it_fits_or_is_not_known() {
        case(&RULE, 2026)
            .authority("E10000016")
            .providers(LIST)
            .with(
                Episodes,
                "CHILD,PLACE_PROVIDER,URN\n1,PR1,SC1\n2,PR2,SC2\n3,PR1,SC3\n4,PR1,SC4\n5,PR2,SC4\n6,PR1,\n7,PR1,SC9\n",
            )
            .clean();
    }
}
