//! Counting homes. Being away for a time (SSDA903 T0 to T4) is no home of its own, and a move together with the carers,
//! or a carer becoming the adopter, is no move.

use jiff::civil::Date;
use kinfold_record::{Placement, Timeline};

use crate::span::Span;

/// Adoption by the foster carers the child already lives with.
const STAYS_WITH_CARERS: [&str; 2] = ["A3", "A5"];
/// Living with adopters before the order.
const ADOPTIVE: [&str; 4] = ["A3", "A4", "A5", "A6"];

/// The homes of a child in order, without times away.
fn homes(t: &Timeline) -> impl DoubleEndedIterator<Item = &Placement> {
    t.placements.iter().filter(|p| !p.is_temporary())
}

/// The home before one, when the child came straight from it (or from a time away).
fn before<'t>(t: &'t Timeline, home: &Placement) -> Option<&'t Placement> {
    let before = homes(t).rev().find(|p| p.start < home.start)?;
    let care = t.care_on(home.start).is_some_and(|care| before.start >= care.start);
    care.then_some(before)
}

/// Whether a home is the one before under another name.
fn goes_on(t: &Timeline, home: &Placement) -> bool {
    home.continues.is_some() || STAYS_WITH_CARERS.contains(&home.code.as_str()) && before(t, home).is_some()
}

/// In how many homes the child lived on the days of a stretch: the one they were in when it began, and every later one.
/// The day on which they left a home is a day in it too, as the return counts episodes.
pub(crate) fn count(t: &Timeline, window: Span) -> usize {
    let mut count = 0;
    let there = |p: &&Placement| p.start <= window.to && p.end.is_none_or(|end| end >= window.from);
    for home in homes(t).filter(there) {
        if count == 0 || !goes_on(t, home) {
            count += 1;
        }
    }
    count
}

/// The day on which the child came to the carers of this home.
pub(crate) fn came_to(t: &Timeline, home: &Placement) -> Date {
    let mut at = home;
    // Each step goes to an earlier home, so it ends.
    loop {
        let earlier = match at.continues {
            Some(began) => t.placements.iter().find(|p| p.entry == began && p.start < at.start),
            None if STAYS_WITH_CARERS.contains(&at.code.as_str()) => before(t, at),
            None => None,
        };
        match earlier {
            Some(earlier) => at = earlier,
            None => return at.start,
        }
    }
}

/// Since when the child has lived where they live on a day. Adopters and the home before them count together.
pub(crate) fn since(t: &Timeline, on: Date) -> Option<Date> {
    let here = t.placement_on(on)?;
    let home = if here.is_temporary() { homes(t).rev().find(|p| p.start <= here.start)? } else { here };
    if ADOPTIVE.contains(&home.code_on(on).as_str())
        && home.continues.is_none()
        && let Some(earlier) = before(t, home)
    {
        return Some(came_to(t, earlier));
    }
    Some(came_to(t, home))
}
