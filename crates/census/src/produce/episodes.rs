//! Episodes: the stretches with one legal status in one home that make up a period of care.
//!
//! A new one begins when care starts, when the legal status becomes another, and when the child goes to live somewhere
//! else or the placement becomes one of another kind. `RNE` says which; the one before ends the same day with `X1`.

use jiff::civil::Date;
use kinfold_record::{Entry, EntryId, Event, EventKind, LegalStatus, PeriodOfCare, Placement, identifiers};
use smol_str::SmolStr;

use super::child::{Child, is_short_break};
use super::gather::{Rows, code, day, text};
use crate::convert::BEGAN_EARLIER;
use crate::tables::Table;

/// Kinds of placement that have no Ofsted number.
const NO_URN: [&str; 5] = ["P1", "P3", "R1", "R2", "R5"];

/// The reason when only the kind of placement changed, not the home.
const STATUS_OF_PLACEMENT_ONLY: SmolStr = SmolStr::new_static("PLACE");

/// One episode.
pub(super) struct Episode<'t> {
    pub(super) period: &'t PeriodOfCare,
    pub(super) start: Date,
    end: Option<Date>,
    new: SmolStr,
    status: Option<&'t LegalStatus>,
    placement: Option<&'t Placement>,
    place: SmolStr,
    why_ended: SmolStr,
    /// Why the child left the home, and whether the return asks for it.
    left_home: Option<SmolStr>,
}

impl Episode<'_> {
    pub(super) fn is_short_break(&self) -> bool {
        self.status.is_some_and(|s| is_short_break(&s.code))
    }

    /// Whether care began in this episode.
    pub(super) fn starts_care(&self) -> bool {
        self.new == "S"
    }

    fn legal_status(&self) -> &str {
        self.status.map_or("", |s| s.code.as_str())
    }
}

/// The episodes that touch the year, oldest first.
pub(super) fn of_year<'t>(child: &'t Child<'_>) -> Vec<Episode<'t>> {
    let mut out = Vec::new();
    for (i, period) in child.t.care.iter().enumerate() {
        if child.window.touches(period.start, period.end) {
            let next = child.t.care.get(i + 1).map(|p| p.entry);
            chain(child, period, next, &mut out);
        }
    }
    out.retain(|e| child.window.touches(e.start, e.end));
    out
}

/// The episodes of one period of care, up to the day the return speaks of.
fn chain<'t>(
    child: &'t Child<'_>,
    period: &'t PeriodOfCare,
    next: Option<EntryId>,
    out: &mut Vec<Episode<'t>>,
) {
    let statuses = statuses_of(child, period, next);
    if statuses.is_empty() {
        // Care that started on or after the eighteenth birthday or death: the record says that it does not fit.
        return;
    }
    let placements = placements_of(child, period);
    let mut days: Vec<Date> = vec![period.start];
    days.extend(statuses.iter().map(|s| s.start));
    days.extend(placements.iter().map(|p| p.start));
    days.extend(placements.iter().flat_map(|p| p.changes.iter().map(|terms| terms.from)));
    days.retain(|day| {
        *day == period.start
            || *day > period.start && *day <= child.window.as_of && period.end.is_none_or(|end| *day < end)
    });
    days.sort_unstable();
    days.dedup();
    let first = out.len();
    for day in days {
        let status = statuses.iter().rev().find(|s| s.start <= day);
        let placement = placements.iter().rev().find(|p| p.start <= day).copied();
        let place = placement.map(|p| p.code_on(day).clone()).unwrap_or_default();
        let new = match out.get_mut(first..).and_then(<[_]>::last_mut) {
            None => first_reason(child, period),
            Some(before) => {
                let law = status.map(|s| s.code.as_str()) != before.status.map(|s| s.code.as_str());
                let again = recorded_again(before.placement, placement);
                let moved = !again && placement.map(|p| p.entry) != before.placement.map(|p| p.entry);
                let home = moved || place != before.place;
                // Of a series of short breaks the agreement or the stay is one episode, wherever the child goes.
                let home = home && (law || !before.is_short_break());
                let same_carers = !moved || placement.is_some_and(|p| p.same_carer);
                let Some(new) = reason(law, home, same_carers) else {
                    if again {
                        before.placement = placement;
                    }
                    continue;
                };
                before.end = Some(day);
                before.why_ended = SmolStr::new_static("X1");
                before.left_home = home.then(|| {
                    if moved {
                        code(before.placement.and_then(|p| p.end_reason.as_ref()))
                    } else {
                        STATUS_OF_PLACEMENT_ONLY
                    }
                });
                SmolStr::new_static(new)
            }
        };
        out.push(Episode {
            period,
            start: day,
            end: None,
            new,
            status,
            placement,
            place,
            why_ended: SmolStr::default(),
            left_home: None,
        });
    }
    if let (Some(last), Some(end)) = (out.last_mut(), child.window.cut(period.end)) {
        last.end = Some(end);
        last.why_ended = code(period.end_reason.as_ref());
    }
}

/// `RNE` of the first episode of a period: `S`, unless the period was imported and began before the oldest return. Then
/// the import noted the code that the return gave.
fn first_reason(child: &Child<'_>, period: &PeriodOfCare) -> SmolStr {
    let source = child.entry(period.entry).and_then(|e| e.source.as_deref());
    match source.and_then(|s| s.split_once(BEGAN_EARLIER)) {
        Some((_, rest)) => rest
            .chars()
            .next()
            .filter(|c| "LPTBU".contains(*c))
            .map_or_else(|| SmolStr::new_static("S"), |code| SmolStr::from_iter([code])),
        None => SmolStr::new_static("S"),
    }
}

/// Whether the home of before was only recorded again, with the same carers in the same place: on another basis, say.
fn recorded_again(before: Option<&Placement>, now: Option<&Placement>) -> bool {
    let (Some(before), Some(now)) = (before, now) else { return false };
    let known = now.carer.is_some() || now.carer_name.is_some();
    let stay =
        |p: &Placement| (p.carer, p.carer_name.clone(), p.address.clone(), p.provider.clone(), p.urn.clone());
    known
        && before.entry != now.entry
        && before.end == Some(now.start)
        && before.end_reason.is_none()
        && *before.code_on(now.start) == now.code
        && stay(before) == stay(now)
}

/// `RNE`, or `None` when nothing changed that the return counts.
fn reason(law: bool, home: bool, same_carers: bool) -> Option<&'static str> {
    match (law, home, same_carers) {
        (false, false, _) => None,
        (true, false, _) => Some("L"),
        (false, true, false) => Some("P"),
        (false, true, true) => Some("T"),
        (true, true, false) => Some("B"),
        (true, true, true) => Some("U"),
    }
}

/// The legal statuses of a period: from the one that began with it to the one that began with the next.
fn statuses_of<'t>(child: &'t Child<'_>, period: &PeriodOfCare, next: Option<EntryId>) -> &'t [LegalStatus] {
    let all = child.t.statuses.as_slice();
    let Some(from) = all.iter().position(|s| s.entry == period.entry) else { return &[] };
    let to = next.and_then(|next| all.iter().position(|s| s.entry == next)).unwrap_or(all.len());
    all.get(from..to).unwrap_or_default()
}

/// The homes of a period, oldest first.
fn placements_of<'t>(child: &'t Child<'_>, period: &PeriodOfCare) -> Vec<&'t Placement> {
    let from = period.start;
    let belongs = |p: &&Placement| match period.end {
        // A stay of less than a day, on a day on which another may have begun.
        Some(end) if end == from => p.start == from && p.end == Some(from),
        end => {
            let running = p.start < from && p.end.is_none_or(|end| end > from);
            running || p.start >= from && end.is_none_or(|end| p.start < end)
        }
    };
    child.t.placements.iter().filter(belongs).collect()
}

/// Writes the rows.
pub(super) fn write(child: &Child<'_>, episodes: &[Episode<'_>], rows: &mut Rows<'_>) {
    let alone = super::identity::unaccompanied(child).is_some();
    for e in episodes {
        let short_break = e.is_short_break();
        let temporary = e.place.starts_with(['T', 'Z']);
        let no_urn = short_break || temporary || NO_URN.contains(&e.place.as_str());
        let (category, home_post) = match child.entry(e.period.entry).map(|entry| &entry.event) {
            Some(Event::CareStarted { home_postcode, .. }) if !short_break => {
                (e.period.category_of_need.as_ref(), home_postcode.as_deref())
            }
            _ => (e.period.category_of_need.as_ref(), None),
        };
        let entry = e.placement.and_then(|p| child.entry(p.entry));
        let postcode = if short_break { SmolStr::default() } else { placement_postcode(entry) };
        let urn = e.placement.and_then(|p| p.urn.as_ref()).filter(|_| !no_urn);
        let cells = [
            day(Some(e.start)),
            e.new.clone(),
            code(e.status.map(|s| &s.code)),
            code(category),
            code(Some(&e.place)),
            code(e.placement.and_then(|p| p.provider.as_ref())),
            day(e.end),
            e.why_ended.clone(),
            e.left_home.clone().unwrap_or_default(),
            text(home_post),
            postcode,
            code(urn),
        ];
        let mut needed = vec!["LS", "CIN", "PLACE"];
        let wanted = [
            (!temporary, "PLACE_PROVIDER"),
            (e.end.is_some(), "REC"),
            (e.left_home.is_some(), "REASON_PLACE_CHANGE"),
            (!short_break && !alone, "HOME_POST"),
            (!short_break, "PL_POST"),
            (!no_urn, "URN"),
        ];
        needed.extend(wanted.iter().filter(|(wanted, _)| *wanted).map(|(_, column)| *column));
        rows.add(Table::Episodes, &cells, &needed, origins(child, e));
    }
}

/// The entries an episode is made of: what began it, what holds in it, what ended it.
fn origins(child: &Child<'_>, e: &Episode<'_>) -> Vec<EntryId> {
    let mut out = vec![e.period.entry];
    out.extend(e.status.map(|s| s.entry));
    out.extend(e.placement.map(|p| p.entry));
    out.extend(child.of_kinds(e.start, &[EventKind::PlacementTermsChanged]));
    if let Some(end) = e.end {
        out.extend(child.of_kinds(end, &[EventKind::PlacementEnded, EventKind::CareCeased]));
    }
    out.dedup();
    out
}

/// The postcode of a home: as it was given, or else the end of the address when that is one.
fn placement_postcode(entry: Option<&Entry>) -> SmolStr {
    let Some(Event::PlacementStarted { postcode, address, .. }) = entry.map(|e| &e.event) else {
        return SmolStr::default();
    };
    if let Some(postcode) = postcode {
        return text(Some(postcode));
    }
    let Some(address) = address else { return SmolStr::default() };
    let words: Vec<&str> = address.split([' ', '\n', '\r', '\t', ',']).filter(|w| !w.is_empty()).collect();
    let last = |n: usize| words.get(words.len().checked_sub(n)?..).map(|w| w.concat());
    let found = [2, 1].into_iter().filter_map(last).find_map(|end| identifiers::postcode(&end).ok());
    found.map(SmolStr::from).unwrap_or_default()
}

/// Whether the child was in a series of short breaks at any time in the year.
pub(super) fn any_short_break(episodes: &[Episode<'_>]) -> bool {
    episodes.iter().any(|e| is_short_break(e.legal_status()))
}
