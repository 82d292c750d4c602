//! # What it does
//! Flags an episode that goes on after the child's 18th birthday (1 March for a child born on 29 February), unless
//! it is in a children's home (`PLACE` = `K2`) by agreement (`LS` = `V2`). An open episode goes on to the last day
//! of the collection year.
//!
//! # Why it matters
//! Care ends at 18. The one exception is section 20(5) of the Children Act 1989: a young person of 16 to 21 in a
//! community home.
//!
//! # How to put it right
//! End the episode on the 18th birthday at the latest, and record the young person as a care leaver. Otherwise
//! correct the date of birth, the legal status or the placement.
//!
//! # Example
//! `DOB` = 05/06/2007 and an open episode with `PLACE` = `U6` in the return of 2025-26.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "359",
    title: "A young person is looked after beyond 18, but not as the Act allows.",
    versions: &[Version {
        from: 2023,
        fields: &["DEC", "LS", "PLACE"],
        tables: &[Header, Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| !(e.ls.is("V2") && e.place.is("K2"))) {
        let end = episode.dec.value().unwrap_or(ctx.end);
        let grown = |dob: Date| end > eighteenth_birthday(dob);
        out.flag_if(child.headers().iter().any(|header| header.dob.value().is_some_and(grown)), &episode);
    }
}

/// Of somebody born on 29 February it is 1 March: care that ends on that day has not gone on too long.
fn eighteenth_birthday(dob: Date) -> Date {
    let birthday = dob.plus_years(18);
    if birthday.day() < dob.day() { birthday.plus_days(1) } else { birthday }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_day_after_the_birthday() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/06/2007\n2,01/06/2007\n3,30/03/2008\n")
            .with(Episodes, "CHILD,DEC,LS,PLACE\n1,02/06/2025,C2,K2\n2,02/06/2025,V2,U6\n3,,C2,U6\n")
            .flags(&[(Episodes, &[0, 1, 2])]);
    }

    #[test]
    fn born_on_the_leap_day() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,29/02/2008\n2,29/02/2008\n")
            .with(Episodes, "CHILD,DEC,LS,PLACE\n1,01/03/2026,C2,U6\n2,02/03/2026,C2,U6\n")
            .flags(&[(Episodes, &[1])]);
    }

    #[test]
    fn it_ended_in_time_or_is_allowed() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/06/2007\n2,01/06/2007\n3,31/03/2008\n4,\n")
            .with(
                Episodes,
                "CHILD,DEC,LS,PLACE\n1,01/06/2025,C2,U6\n2,,V2,K2\n3,,C2,U6\n4,,C2,U6\n5,,C2,U6\n",
            )
            .clean();
    }
}
