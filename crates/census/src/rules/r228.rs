//! # What it does
//! Flags an episode that ended after the day on which the provider's registration ended. An episode that is still
//! open counts as ending on the last day of the collection year.
//!
//! # Why it matters
//! The child may have stayed in a home that is not registered any more.
//!
//! # How to put it right
//! Check when the child left, and whether the home was taken over: it then has a new number, and a new episode
//! begins. A home that closed within the year after the child had moved on may be flagged while the episode is
//! open: end the episode.
//!
//! # Example
//! `URN` = `SC400001`, deregistered on 31/08/2025; the episode is open.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "228",
    title: "The provider was no longer registered when the episode ended.",
    versions: &[Version {
        from: 2023,
        fields: &["URN", "DEC"],
        tables: &[Episodes],
        needs: &[Needs::Providers],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes() {
        let registered = ctx.providers.of(episode.urn.raw());
        let end = episode.dec.value().unwrap_or(ctx.end);
        let over = registered.iter().all(|provider| after(end, provider.ended));
        out.flag_if(!registered.is_empty() && over, &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    const LIST: &str = "URN,REG_END\nSC1,2025-08-31\nSC2,\nSC3,2025-08-31\nSC3,\nSC4,2026-03-31\n";

    #[test]
    fn it_went_on_without_a_registration() {
        case(&RULE, 2026)
            .providers(LIST)
            .with(Episodes, "CHILD,DEC,URN\n1,01/09/2025,SC1\n2,,SC1\n3,31/08/2025,SC1\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn a_registration_that_goes_on_or_is_not_known() {
        case(&RULE, 2026)
            .providers(LIST)
            .with(Episodes, "CHILD,DEC,URN\n1,01/09/2025,SC2\n2,,SC3\n3,,SC4\n4,,SC9\n5,,\n")
            .clean();
    }
}
