//! # What it does
//! Flags an order's date (`DATE_PERM`) that is neither a day nor a day with unknown parts (`ZZ/05/2019`,
//! `ZZ/ZZ/2019`, `ZZ/ZZ/ZZZZ`), and one that is on or after the start of an episode. An earlier stay that had ended
//! by then is left out if the child came back after the order. Row and episode are both flagged.
//!
//! # Why it matters
//! An order that was made while the child was in care is not an earlier arrangement but the end of this one.
//!
//! # How to put it right
//! Correct the date from the order itself. Parts that nobody knows are written with the letter Z.
//!
//! # Example
//! `DATE_PERM` = 17/06/2025, and the child came into care on that day.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "632",
    title: "The date of the earlier permanence order is no date, or is not before the child came into care.",
    versions: &[Version {
        from: 2023,
        fields: &["DATE_PERM", "DECOM"],
        tables: &[Episodes, PrevPerm],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.prev_perm().iter().filter(|row| !row.date_perm.is_blank()) {
        let order = read(row.date_perm.raw());
        for episode in child.episodes() {
            let wrong = match order {
                Order::Nonsense => true,
                Order::Unknown => false,
                Order::From(day) => {
                    on_or_after(day, episode.decom.value()) && !is_earlier_stay(&episode, day, child)
                }
            };
            if wrong {
                out.flag(&row);
                out.flag(&episode);
            }
        }
    }
}

fn is_earlier_stay(episode: &EpisodeRow, order: Date, child: &Child<'_>) -> bool {
    on_or_before(episode.dec.value(), order) && child.episodes().iter().any(|e| after(e.decom.value(), order))
}

enum Order {
    Nonsense,
    /// Not even the year is known.
    Unknown,
    /// The day, or the first on which it can have been.
    From(Date),
}

fn read(text: &str) -> Order {
    let mut parts = text.split('/');
    let (Some(day), Some(month), Some(year), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Order::Nonsense;
    };
    // An unknown part stands for its first possible value.
    let number = |part: &str, width: usize| -> Option<(bool, i16)> {
        match part {
            "ZZ" if width == 2 => Some((true, 1)),
            "ZZZZ" if width == 4 => Some((true, 2000)),
            _ if part.len() == width && part.bytes().all(|b| b.is_ascii_digit()) => {
                part.parse().ok().map(|n| (false, n))
            }
            _ => None,
        }
    };
    let (Some((_, day)), Some((_, month)), Some((no_year, year))) =
        (number(day, 2), number(month, 2), number(year, 4))
    else {
        return Order::Nonsense;
    };
    let (Ok(day), Ok(month)) = (i8::try_from(day), i8::try_from(month)) else { return Order::Nonsense };
    match Date::new(year, month, day) {
        Err(_) => Order::Nonsense,
        Ok(_) if no_year => Order::Unknown,
        Ok(date) => Order::From(date),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_date_or_too_late() {
        case(&RULE, 2026)
            .with(PrevPerm, "CHILD,DATE_PERM\n1,31/02/2019\n2,17/06/2025\n3,ZZ/07/2025\n4,soon\n5,ZZ/ZZ/19\n")
            .with(
                Episodes,
                "CHILD,DECOM\n1,17/06/2025\n2,17/06/2025\n2,18/06/2025\n3,17/06/2025\n4,\n5,17/06/2025\n",
            )
            .flags(&[(PrevPerm, &[0, 1, 2, 3, 4]), (Episodes, &[0, 1, 3, 4, 5])]);
    }

    #[test]
    fn before_care_or_not_quite_known() {
        case(&RULE, 2026)
            .with(
                PrevPerm,
                "CHILD,DATE_PERM\n1,16/06/2025\n2,ZZ/06/2025\n3,ZZ/ZZ/ZZZZ\n4,\n5,ZZ/ZZ/2025\n6,bad\n",
            )
            .with(
                Episodes,
                "CHILD,DECOM\n1,17/06/2025\n2,17/06/2025\n3,17/06/2025\n4,17/06/2025\n5,17/06/2025\n",
            )
            .clean();
    }

    #[test]
    fn an_order_that_ended_an_earlier_stay() {
        let episodes = "CHILD,DECOM,DEC\n1,01/04/2024,02/05/2025\n1,03/02/2026,\n";
        case(&RULE, 2026).with(PrevPerm, "CHILD,DATE_PERM\n1,02/05/2025\n").with(Episodes, episodes).clean();
        case(&RULE, 2026)
            .with(PrevPerm, "CHILD,DATE_PERM\n1,01/05/2025\n")
            .with(Episodes, episodes)
            .flags(&[(PrevPerm, &[0]), (Episodes, &[0])]);
    }
}
