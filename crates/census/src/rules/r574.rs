//! # What it does
//! Compares the times that a child was missing, or away without authorisation. Of two that overlap, flags the one
//! that ends later; of two without an end, the one that starts later. A time that has no end overlaps everything
//! after its start.
//!
//! # Why it matters
//! A child cannot go missing while already missing. Overlapping times are counted twice.
//!
//! # How to put it right
//! Enter the end of the earlier time, or join the two rows if they are one and the same.
//!
//! # Example
//! One row from 02/06/2025 to 04/06/2025, and one from 03/06/2025 to 09/06/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "574",
    title: "Two times missing or away overlap.",
    versions: &[Version {
        from: 2023,
        fields: &["MIS_START", "MIS_END"],
        tables: &[Missing],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let times = child.missing();
    for (i, earlier) in times.iter().enumerate() {
        for later in times.iter().skip(i + 1) {
            let (Some(_), Some(start)) = (earlier.mis_start.value(), later.mis_start.value()) else {
                continue;
            };
            match (earlier.mis_end.value(), later.mis_end.value()) {
                (None, _) => out.flag(&later),
                // The earlier one ends, if at all, inside the later.
                (Some(end), None) => out.flag_if(start < end, &earlier),
                (Some(end), Some(later_end)) if start < end => {
                    out.flag(if later_end < end { &earlier } else { &later });
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn one_goes_on_into_the_next() {
        case(&RULE, 2026).with(Missing, "CHILD,MIS_START,MIS_END\n1,02/06/2025,04/06/2025\n1,03/06/2025,09/06/2025\n2,08/06/2025,10/08/2025\n2,10/06/2025,10/06/2025\n3,04/06/2025,\n3,07/06/2025,09/06/2025\n4,01/06/2025,\n4,02/06/2025,\n5,01/06/2025,05/06/2025\n5,04/06/2025,\n").flags(&[(Missing, &[1, 2, 5, 7, 8])]);
    }

    #[test]
    fn one_after_the_other() {
        case(&RULE, 2026).with(Missing, "CHILD,MIS_START,MIS_END\n1,06/06/2025,\n1,02/06/2025,06/06/2025\n2,,05/06/2025\n2,01/06/2025,\n3,02/06/2025,\n").clean();
    }
}
