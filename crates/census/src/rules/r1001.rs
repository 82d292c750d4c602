//! # What it does
//! Flags a row of OC3 with any answer unless the episodes of this year and of every earlier year that is given
//! show at least 13 weeks in care after the 14th birthday, and some of it on or after the 16th. Agreed short breaks
//! (`V3`, `V4`) do not count, an open episode lasts until the end of the year, and the date of birth is that of
//! Header, or else of OC3.
//!
//! # Why it matters
//! Only relevant and former relevant young people are counted as care leavers. Others make the group look larger
//! than it is.
//!
//! # How to put it right
//! If the young person's time in care lies further back than the oldest return that was given, nothing is wrong: give
//! the older returns too, or note that and leave the row. If not, correct the episodes or take the row out of OC3.
//!
//! # Example
//! Born 01/07/2008, in care from 01/06/2022 to 15/08/2022: 45 days after the 14th birthday and none after the 16th.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "1001",
    title: "Care leaver answers are given for someone who was not in care long enough, or late enough, for them.",
    versions: &[Version {
        from: 2023,
        fields: &["IN_TOUCH", "ACTIV", "ACCOM"],
        tables: &[Header, Episodes, Oc3],
        ..Version::child(check)
    }],
};

/// Thirteen weeks.
const ENOUGH_DAYS: i32 = 13 * 7;

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for row in child.oc3() {
        let born = child.header().and_then(|header| header.dob.value()).or(row.dob.value());
        let Some(born) = born else { continue };
        out.flag_if(answered(&row) && !was_eligible(child, born, ctx), &row);
    }
}

fn was_eligible(child: &Child<'_>, born: Date, ctx: &Context<'_>) -> bool {
    let mut newer: Vec<Date> = Vec::new();
    let (mut days, mut at_sixteen) = (0, false);
    for (back, year) in std::iter::once(**child).chain(child.before()).enumerate() {
        // What was open before last year and is in no later return ended at some time that nobody told, but not later
        // than its own year.
        let year_ends = year.ends().filter(|_| back > 1).unwrap_or(ctx.end);
        let known = newer.len();
        for episode in year.episodes() {
            let Some(start) = episode.decom.value() else { continue };
            // An episode that goes on is in several returns; the newest knows its end.
            if newer.iter().take(known).any(|other| *other == start) {
                continue;
            }
            newer.push(start);
            if episode.is_short_term() {
                continue;
            }
            let end = episode.dec.value().unwrap_or(year_ends);
            days += start.max(born.plus_years(14)).days_until(end).max(0);
            at_sixteen |= end >= born.plus_years(16);
        }
    }
    days >= ENOUGH_DAYS && at_sixteen
}

/// Whether any of the three questions is answered.
fn answered(row: &Oc3Row) -> bool {
    !(row.in_touch.is_blank() && row.activ.is_blank() && row.accom.is_blank())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn too_short_or_too_early_or_short_breaks() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM,DEC,LS\n3,01/06/2023,01/06/2024,V4\n")
            .with(Header, "CHILD,DOB\n1,01/07/2008\n2,01/07/2008\n3,01/07/2007\n4,01/07/2007\n")
            .with(Episodes, "CHILD,DECOM,DEC,LS\n1,01/05/2025,30/07/2025,C2\n2,01/07/2022,30/06/2024,C2\n")
            .with(Oc3, "CHILD,IN_TOUCH\n1,YES\n2,YES\n3,YES\n4,YES\n")
            .flags(&[(Oc3, &[0, 1, 2, 3])]);
    }

    #[test]
    fn thirteen_weeks_over_both_years_or_no_answer() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM,DEC,LS\n1,01/03/2025,,C2\n2,01/02/2025,15/02/2025,V2\n")
            .with(Header, "CHILD,DOB\n1,01/07/2008\n2,01/07/2008\n3,01/07/2008\n")
            .with(Episodes, "CHILD,DECOM,DEC,LS\n1,01/03/2025,31/05/2025,C2\n2,01/05/2025,17/07/2025,C2\n")
            .with(Oc3, "CHILD,IN_TOUCH\n1,YES\n2,YES\n3,\n")
            .clean();
    }

    #[test]
    fn care_years_ago_counts_and_each_episode_once() {
        // 2: sixty days, told by three returns. 3: open when it was last heard of, so until that year ended.
        case(&RULE, 2026)
            .earlier(
                2022,
                Episodes,
                "CHILD,DECOM,DEC,LS\n1,01/06/2021,,C2\n2,01/03/2022,,C2\n3,01/03/2022,,C2\n",
            )
            .earlier(
                2023,
                Episodes,
                "CHILD,DECOM,DEC,LS\n1,01/06/2021,01/05/2022,C2\n2,01/03/2022,30/04/2022,C2\n",
            )
            .with(Header, "CHILD,DOB\n1,01/04/2006\n2,01/04/2006\n3,01/03/2006\n")
            .with(Episodes, "CHILD,DECOM\n")
            .with(Oc3, "CHILD,IN_TOUCH\n1,YES\n2,YES\n3,YES\n")
            .flags(&[(Oc3, &[1, 2])]);
    }

    #[test]
    fn an_episode_of_both_years_counts_once() {
        case(&RULE, 2026)
            .last(Episodes, "CHILD,DECOM,DEC,LS\n1,01/03/2025,,C2\n")
            .with(Header, "CHILD,DOB\n1,01/07/2008\n")
            .with(Episodes, "CHILD,DECOM,DEC,LS\n1,01/03/2025,30/05/2025,C2\n")
            .with(Oc3, "CHILD,ACTIV\n1,F1\n")
            .flags(&[(Oc3, &[0])]);
    }
}
