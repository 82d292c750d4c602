//! # What it does
//! Flags an episode whose end is written but is no day of the calendar.
//!
//! # Why it matters
//! With an end that cannot be read the child seems to be in two places at once, or still in care.
//!
//! # How to put it right
//! Correct the end of the episode (dd/mm/yyyy). Leave it empty if the episode goes on.
//!
//! # Example
//! `DEC` = 38/04/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "147",
    title: "The date on which the episode ended is not a date.",
    versions: &[Version { from: 2023, fields: &["DEC"], tables: &[Episodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes() {
        out.flag_if(episode.dec.is_nonsense(), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_such_day_and_a_short_year() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DEC\n1,38/04/2025\n2,01/04/25\n3,01/04/2025\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn an_open_episode() {
        case(&RULE, 2026).with(Episodes, "CHILD,DEC\n1,\n").clean();
    }
}
