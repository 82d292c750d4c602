//! # What it does
//! Flags an episode that starts on or after the day on which the provider's registration ended.
//!
//! # Why it matters
//! A child may be in an unregistered home, or the placement is recorded against the wrong provider.
//!
//! # How to put it right
//! Check the reference number (`URN`) of the home and the day on which the placement began. A home that was taken
//! over has a new number.
//!
//! # Example
//! `URN` = `SC400001`, deregistered on 31/08/2025; `DECOM` = 02/09/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "227",
    title: "The provider was no longer registered when the episode started.",
    versions: &[Version {
        from: 2023,
        fields: &["URN", "DECOM"],
        tables: &[Episodes],
        needs: &[Needs::Providers],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes() {
        let registered = ctx.providers.of(episode.urn.raw());
        let over = registered.iter().all(|provider| on_or_after(episode.decom.value(), provider.ended));
        out.flag_if(!registered.is_empty() && over, &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    const LIST: &str = "URN,REG_END\nSC1,2025-08-31\nSC2,\nSC3,2025-08-31\nSC3,\n";

    #[test]
    fn a_start_on_or_after_the_end_of_the_registration() {
        case(&RULE, 2026)
            .providers(LIST)
            .with(Episodes, "CHILD,DECOM,URN\n1,30/08/2025,SC1\n2,31/08/2025,SC1\n3,01/09/2025,sc1\n")
            .flags(&[(Episodes, &[1, 2])]);
    }

    #[test]
    fn a_registration_that_goes_on_or_is_not_known() {
        case(&RULE, 2026)
            .providers(LIST)
            .with(
                Episodes,
                "CHILD,DECOM,URN\n1,01/09/2025,SC2\n2,01/09/2025,SC3\n3,01/09/2025,SC9\n4,01/09/2025,\n",
            )
            .clean();
    }

    #[test]
    fn without_the_list_it_is_not_run() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM,URN\n1,01/09/2025,SC1\n").not_run("list of providers");
    }
}
