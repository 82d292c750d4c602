//! # What it does
//! Flags a child whose unique pupil number is `UN4` (not known yet, because the child has only just come into
//! care), together with each episode that started in the last week of the collection year: on 24 March or later.
//!
//! # Why it matters
//! `UN4` is meant for a few days only. Without the number nobody can find the child's school or results, and a code
//! that is left in place tends to stay there.
//!
//! # How to put it right
//! Ask the school, the virtual school or the last authority for the number. If the child was in care for more than
//! a week at the end of the year, `UN4` may not be used at all.
//!
//! # Example
//! `UPN` = `UN4` and an episode with `DECOM` = 30/03/2026.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "210",
    title: "A child who came in the last week of the year still has no pupil number.",
    versions: &[Version {
        from: 2023,
        fields: &["UPN", "DECOM"],
        tables: &[Header, Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let week_before = ctx.end.plus_days(-7);
    for header in child.headers().iter().filter(|header| header.upn.is("UN4")) {
        for episode in child.episodes().iter().filter(|e| on_or_after(e.decom.value(), week_before)) {
            out.flag(&header);
            out.flag(&episode);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn an_episode_of_the_last_week() {
        case(&RULE, 2026)
            .with(Header, "CHILD,UPN\n1,UN4\n2,UN4\n3,UN3\n")
            .with(Episodes, "CHILD,DECOM\n1,01/01/2026\n1,24/03/2026\n2,23/03/2026\n3,30/03/2026\n")
            .flags(&[(Header, &[0]), (Episodes, &[1])]);
    }

    #[test]
    fn a_number_that_is_known_or_no_date() {
        case(&RULE, 2026)
            .with(Header, "CHILD,UPN\n1,A123456789012\n2,\n3,UN4\n")
            .with(Episodes, "CHILD,DECOM\n1,30/03/2026\n2,30/03/2026\n3,\n")
            .clean();
    }
}
