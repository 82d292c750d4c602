//! OC3: how care leavers were doing around their birthday.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use kinfold_record::{Entry, EntryId, Event};
use smol_str::SmolStr;

use super::child::{Child, is_short_break};
use super::gather::{Rows, code};
use crate::tables::Table;

/// Thirteen weeks in care after the fourteenth birthday, some of it after the sixteenth, make a child eligible for
/// leaving-care support (Care Leavers (England) Regulations 2010 reg. 3, CA89 Sch. 2 para. 19B).
const ELIGIBLE_DAYS: i64 = 91;

/// Birthdays that the collection asks about.
const AGES: [i32; 5] = [17, 18, 19, 20, 21];

/// Ways of leaving care after which nobody is a care leaver of this authority: adopted, died, taken over by another.
const NO_LEAVER: [&str; 4] = ["E11", "E12", "E2", "E3"];

/// Contact counts from three months before the birthday to one month after it.
const MONTHS_BEFORE: i64 = 3;
const MONTHS_AFTER: i64 = 1;

/// A care leaver whose birthday falls in the year.
pub(super) struct Leaver<'a> {
    contact: Option<&'a Entry>,
    died: bool,
    /// The period of care that made them one, when the record has it.
    care: Option<EntryId>,
}

/// Whether the child is a care leaver of the year.
pub(super) fn of_year<'a>(child: &Child<'a>) -> Option<Leaver<'a>> {
    let birthday =
        AGES.into_iter().filter_map(|age| child.t.birthday(age)).find(|day| child.window.holds(*day))?;
    if child.t.died.is_some_and(|died| died < child.window.start) {
        return None;
    }
    // Who is looked after on the birthday, or stops that day, is none yet.
    let before: Vec<_> = child.t.care.iter().filter(|p| p.start <= birthday).collect();
    if before.iter().any(|p| p.end.is_none_or(|end| end >= birthday)) {
        return None;
    }
    let contact = contact(child, birthday);
    let last = before.last();
    if last.is_some_and(|p| p.end_reason.as_deref().is_some_and(|why| NO_LEAVER.contains(&why))) {
        return None;
    }
    let died = child.t.died.is_some_and(|died| died <= child.window.as_of);
    if !is_eligible(child, birthday) {
        // What an import brought begins with its oldest return: the years before may have made the young person one,
        // and the return that told of the contact said so.
        let imported = last.and_then(|p| child.entry(p.entry)).is_none_or(|e| e.source.is_some());
        contact.filter(|_| imported)?;
    }
    Some(Leaver { contact, died, care: last.map(|p| p.entry) })
}

fn is_eligible(child: &Child<'_>, birthday: Date) -> bool {
    let (Some(fourteen), Some(sixteen)) = (child.t.birthday(14), child.t.birthday(16)) else { return false };
    let mut days = 0i64;
    let mut after_sixteen = false;
    for p in &child.t.statuses {
        let end = p.end.unwrap_or(birthday).min(birthday);
        let start = p.start.max(fourteen);
        if !is_short_break(&p.code) && start < end {
            days += i64::from((end - start).get_days());
            after_sixteen |= end > sixteen;
        }
    }
    days >= ELIGIBLE_DAYS && after_sixteen
}

/// The contact nearest the birthday; of two as near, the later.
fn contact<'a>(child: &Child<'a>, birthday: Date) -> Option<&'a Entry> {
    let add = |span: Span| birthday.saturating_add(span);
    let (from, to) = (add(-MONTHS_BEFORE.months()), add(MONTHS_AFTER.months()));
    let near = child.standing.iter().filter(|e| {
        matches!(e.event, Event::LeaverContact { .. }) && from <= e.happened_on && e.happened_on <= to
    });
    let distance = |e: &&&Entry| {
        let days = (e.happened_on - birthday).get_days();
        (days.abs(), std::cmp::Reverse(e.happened_on))
    };
    // `min_by_key` gives the first of equals; of one day the last recorded counts.
    near.rev().min_by_key(distance).copied()
}

/// The row. A nought stands for "does not apply": nobody is in touch, or they have died or gone home.
pub(super) fn oc3(child: &Child<'_>, leaver: &Leaver<'_>, rows: &mut Rows<'_>) {
    let said = leaver.contact.map(|e| &e.event);
    let (in_touch, activity, home) = match said {
        Some(Event::LeaverContact { in_touch, activity, accommodation }) => {
            (in_touch.clone(), code(activity.as_ref()), code(accommodation.as_ref()))
        }
        _ if leaver.died => (SmolStr::new_static("DIED"), SmolStr::default(), SmolStr::default()),
        _ => Default::default(),
    };
    let applies = in_touch == "YES" || in_touch.is_empty();
    let or_nought = |cell: SmolStr| if cell.is_empty() && !applies { SmolStr::new_static("0") } else { cell };
    let cells = [in_touch.clone(), or_nought(activity), or_nought(home)];
    let needed: &[&str] = if in_touch.is_empty() { &["IN_TOUCH"] } else { &["ACTIV", "ACCOM"] };
    let died =
        child.standing.iter().filter(|e| leaver.died && matches!(e.event, Event::Died { .. })).map(|e| e.id);
    let from: Vec<EntryId> =
        leaver.contact.map(|e| e.id).into_iter().chain(leaver.care).chain(died).collect();
    rows.add(Table::Oc3, &cells, needed, from);
}
