//! Header, UASC, PrevPerm, and the reviews.

use jiff::civil::Date;
use kinfold_record::{Entry, EntryId, Event, EventKind};
use smol_str::SmolStr;

use super::child::Child;
use super::episodes::{Episode, any_short_break};
use super::gather::{Rows, code, day, text};
use crate::tables::Table;

/// The sex as the collection of the year codes it: figures until 2023-24.
fn sex(child: &Child<'_>) -> SmolStr {
    let sex = code(child.t.identity.sex.as_ref());
    match sex.as_str() {
        "M" if child.window.year <= 2024 => SmolStr::new_static("1"),
        "F" if child.window.year <= 2024 => SmolStr::new_static("2"),
        _ => sex,
    }
}

fn who(child: &Child<'_>) -> impl Iterator<Item = EntryId> {
    let kinds = [EventKind::ChildRegistered, EventKind::IdentityChanged];
    child.standing.iter().filter(move |e| kinds.contains(&e.event.kind())).map(|e| e.id)
}

/// One row a child, as the record knows the child now.
pub(super) fn header(child: &Child<'_>, episodes: &[Episode<'_>], rows: &mut Rows<'_>) {
    let identity = &child.t.identity;
    // Asked of girls looked after in the year, but not in short breaks.
    let asked = identity.sex.as_deref() == Some("F") && !episodes.is_empty() && !any_short_break(episodes);
    let mother = first_baby(child).filter(|_| asked);
    let (is_mother, baby) = match (&mother, asked) {
        (Some((_, born)), _) => (SmolStr::new_static("1"), day(*born)),
        (None, true) => (SmolStr::new_static("0"), SmolStr::default()),
        (None, false) => (SmolStr::default(), SmolStr::default()),
    };
    let cells = [
        sex(child),
        rows.born(),
        code(identity.ethnicity.as_ref()),
        code(identity.upn.as_ref()),
        is_mother,
        baby,
    ];
    let mut needed = vec!["CHILD", "SEX", "DOB", "ETHNIC", "UPN"];
    if mother.is_some() {
        needed.push("MC_DOB");
    }
    let from: Vec<EntryId> = who(child).chain(mother.map(|(entry, _)| entry.id)).collect();
    rows.add(Table::Header, &cells, &needed, from);
}

/// The first baby that the record knows of by the end of the year.
fn first_baby<'a>(child: &Child<'a>) -> Option<(&'a Entry, Option<Date>)> {
    let babies = child.standing.iter().filter_map(|e| match &e.event {
        Event::BecameMother { baby_born_on } => Some((*e, *baby_born_on)),
        _ => None,
    });
    let born = |(e, born): &(&'a Entry, Option<Date>)| born.unwrap_or(e.happened_on);
    babies.filter(|baby| born(baby) <= child.window.as_of).min_by_key(born)
}

/// Reviews of the child's case held in the year; an adjourned one was not held. Those of short breaks are not returned.
pub(super) fn reviews(child: &Child<'_>, rows: &mut Rows<'_>) {
    for (i, e) in child.in_year().iter().enumerate() {
        let Event::ReviewHeld { review, participation, adjourned, .. } = &e.event else { continue };
        if review != "looked_after" || *adjourned == Some(true) || child.short_break_on(e.happened_on) {
            continue;
        }
        // Two entries of one day are one review.
        let again = child.in_year().iter().skip(i + 1).take_while(|later| later.happened_on == e.happened_on);
        let again = again.map(|later| &later.event).any(
            |later| matches!(later, Event::ReviewHeld { review, adjourned, .. } if review == "looked_after" && *adjourned != Some(true)),
        );
        if !again {
            let cells = [day(Some(e.happened_on)), code(participation.as_ref())];
            rows.add(Table::Reviews, &cells, &["REVIEW_CODE"], [e.id]);
        }
    }
}

/// The entry that says that the child is unaccompanied, if that held at any time in the year, and the day it ends: the
/// eighteenth birthday, as the collection wants it, until somebody says otherwise.
pub(super) fn unaccompanied<'a>(child: &Child<'a>) -> Option<(&'a Entry, Option<Date>)> {
    let mut ended = None;
    for e in child.backwards() {
        let Event::AsylumStatus { unaccompanied, ends_on, .. } = &e.event else { continue };
        if *unaccompanied {
            let end = ended.or(*ends_on).or_else(|| child.t.birthday(18));
            return (end.is_none_or(|end| end >= child.window.start)).then_some((e, end));
        }
        ended = Some(e.happened_on);
    }
    None
}

/// Unaccompanied asylum-seeking status, with the day it ends, though that is still to come.
pub(super) fn uasc(child: &Child<'_>, rows: &mut Rows<'_>) {
    if let Some((entry, end)) = unaccompanied(child) {
        rows.add(Table::Uasc, &[sex(child), rows.born(), day(end)], &[], [entry.id]);
    }
}

/// Of children who came into care in the year: whether they had a permanent home before.
pub(super) fn previous_permanence(child: &Child<'_>, episodes: &[Episode<'_>], rows: &mut Rows<'_>) {
    let start =
        episodes.iter().filter(|e| e.starts_care() && child.window.holds(e.start)).map(|e| e.start).min();
    let Some(start) = start else { return };
    let told = child.backwards().find_map(|e| match &e.event {
        Event::PreviousPermanence { arrangement, authority, ordered_on } => {
            Some((e, arrangement, authority, ordered_on))
        }
        _ => None,
    });
    // That there was none before an earlier time in care says nothing of what came after that.
    let told = told.filter(|(e, arrangement, ..)| e.happened_on >= start || *arrangement != "Z1");
    match told {
        Some((e, arrangement, authority, ordered_on)) => {
            let cells = [code(Some(arrangement)), code(authority.as_ref()), text(ordered_on.as_deref())];
            let known: &[&str] = if arrangement == "Z1" { &[] } else { &["LA_PERM", "DATE_PERM"] };
            rows.add(Table::PrevPerm, &cells, known, [e.id]);
        }
        None if any_short_break(episodes) => {}
        None => {
            let cells = [SmolStr::default(), SmolStr::default(), SmolStr::default()];
            let from = episodes.iter().find(|e| e.start == start).map(|e| e.period.entry);
            rows.add(Table::PrevPerm, &cells, &["PREV_PERM"], from);
        }
    }
}
