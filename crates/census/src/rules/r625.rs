//! # What it does
//! Flags a mother whose first child's date of birth (`MC_DOB`) is after the end of the collection year, or after
//! the day on which she stopped being looked after. In the second case the episode that ended is flagged too.
//!
//! # Why it matters
//! The return asks whether girls became mothers by the time they left care. What comes after does not belong in it.
//!
//! # How to put it right
//! Check the date of birth and the day on which care ended. A child born later is left out of the return.
//!
//! # Example
//! She left care on 12/11/2025; `MC_DOB` = 20/12/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "625",
    title: "The first child was born after the year ended, or after the mother left care.",
    versions: &[Version {
        from: 2023,
        fields: &["MC_DOB", "DEC"],
        tables: &[Episodes, Header],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for row in child.headers().iter().filter(|row| row.mc_dob.value().is_some()) {
        out.flag_if(after(row.mc_dob.value(), ctx.end), &row);
        if let Some(left) = left_with(child).filter(|e| after(row.mc_dob.value(), e.dec.value())) {
            out.flag(&row);
            out.flag(&left);
        }
    }
}

/// The episode with which the child left care; `None` while one is open or the last to end says that care goes on.
fn left_with<'a>(child: &Child<'a>) -> Option<Row<'a, EpisodeRow>> {
    if child.episodes().open().is_some() {
        return None;
    }
    child.episodes().iter().max_by_key(|e| e.dec.value()).filter(|e| !e.rec.is("X1"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn after_the_year_or_after_care() {
        case(&RULE, 2026)
            .with(Header, "CHILD,MC_DOB\n1,01/04/2026\n2,13/11/2025\n3,01/04/2026\n")
            .with(Episodes, "CHILD,DECOM,DEC,REC\n1,01/05/2025,,\n2,01/05/2025,12/11/2025,E4A\n2,01/02/2025,01/05/2025,X1\n")
            .flags(&[(Header, &[0, 1, 2]), (Episodes, &[1])]);
    }

    #[test]
    fn by_the_last_day_or_still_in_care() {
        case(&RULE, 2026)
            .with(Header, "CHILD,MC_DOB\n1,31/03/2026\n2,12/11/2025\n3,\n")
            .with(Episodes, "CHILD,DECOM,DEC,REC\n1,01/05/2025,01/06/2025,X1\n1,01/06/2025,,\n2,01/05/2025,12/11/2025,E4A\n3,01/05/2025,12/11/2025,E4A\n")
            .clean();
    }
}
