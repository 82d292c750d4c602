//! Episodes: care, legal status and homes.
//!
//! An episode is a stretch with one legal status in one home. `RNE` says what was new when it began, `REC` why it
//! ended (`X1`: the next began the same day). Periods of care, legal statuses and placements are read off the chain.

use jiff::civil::Date;
use kinfold_record::Event;
use smol_str::SmolStr;

use super::history::{latest, superseded};
use super::rows::{ChildRows, Seen};
use super::writer::{Fact, Writer};
use super::yearly::{birthday_in_year, year_day};
use crate::codes::CodeList;
use crate::tables::EpisodeRow;

/// What stands behind the source of a care that began before the oldest return, before the `RNE` of its first episode:
/// no event keeps that code, and the return made of the record says it again.
pub(crate) const BEGAN_EARLIER: &str = "care began earlier than the returns tell: RNE ";

/// What other tables need to know of the episodes: starts of care, and what legal status held.
#[derive(Debug, Default)]
pub(super) struct History {
    starts: Vec<Date>,
    statuses: Vec<(Date, SmolStr)>,
}

impl History {
    /// The first day in care that we know of.
    pub(super) fn first_day(&self) -> Option<Date> {
        self.starts.first().copied()
    }

    /// The start of the last period of care that began by this day.
    pub(super) fn last_start_by(&self, day: Date) -> Option<Date> {
        self.starts.iter().copied().rev().find(|start| *start <= day)
    }

    /// Whether the child was in an agreed series of short breaks.
    pub(super) fn short_break_on(&self, day: Date) -> bool {
        self.statuses
            .iter()
            .rev()
            .find(|(start, _)| *start <= day)
            .is_some_and(|(_, code)| is_short_break(code))
    }
}

fn is_short_break(legal_status: &str) -> bool {
    matches!(legal_status, "V3" | "V4")
}

/// One episode with its codes read.
struct Episode<'a> {
    seen: Seen<'a, EpisodeRow>,
    start: Date,
    /// What was new, one of the list; worked out from what changed when the cell cannot be read.
    new: SmolStr,
    legal_status: Option<SmolStr>,
    place: Option<SmolStr>,
    end: Option<Date>,
    why_ended: Option<SmolStr>,
    reason_place_change: Option<SmolStr>,
}

impl Episode<'_> {
    fn starts_home(&self) -> bool {
        self.new != "L"
    }
}

/// Writes care, statuses and homes.
pub(super) fn convert(
    rows: &ChildRows<'_>,
    as_of: &[(i16, Option<Date>)],
    writer: &mut Writer<'_>,
) -> History {
    let episodes = read(rows, as_of, writer);
    let mut walk = Walk { in_care: false, status: None, home: false, history: History::default() };
    for (i, episode) in episodes.iter().enumerate() {
        walk.begin(episode, i == 0, writer);
        walk.end(episode, episodes.get(i + 1), writer);
    }
    walk.history
}

/// The episodes in order, each as the latest return has it.
fn read<'a>(
    rows: &ChildRows<'a>,
    as_of: &[(i16, Option<Date>)],
    writer: &mut Writer<'_>,
) -> Vec<Episode<'a>> {
    let kept = latest(&rows.episodes, writer, |seen, w| w.day(seen, "DECOM", &seen.row.decom));
    let mut out: Vec<Episode<'a>> = Vec::with_capacity(kept.len());
    for seen in kept {
        let Some(start) = seen.row.decom.value() else { continue };
        if cannot_begin(seen, start, writer) {
            continue;
        }
        let open = seen.row.dec.is_blank();
        if open && superseded(seen, &rows.episodes, "DECOM", |r| r.decom.value(), writer) {
            continue;
        }
        let row = seen.row;
        let new = match writer.code(seen, "RNE", &row.rne, CodeList::Rne) {
            Some(new) => new,
            None => what_changed(out.last(), seen, writer),
        };
        let legal_status = writer.code(seen, "LS", &row.ls, CodeList::Ls);
        if row.ls.value().is_none() {
            writer.error(
                seen,
                "LS",
                "The legal status is missing. Give it: much of what is due depends on it.",
            );
        }
        let place = writer.code(seen, "PLACE", &row.place, CodeList::Place);
        if row.place.value().is_none() {
            writer.error(seen, "PLACE", "The kind of home is missing, so the move was left out. Give it.");
        }
        let end = writer.end(seen, "DEC", start, &row.dec);
        let end = end.filter(|end| {
            if *end > writer.today {
                writer.error(
                    seen,
                    "DEC",
                    "This is in the future, so the end was left out. Correct the date.",
                );
            }
            let grown_up = *end > eighteenth(writer.born);
            if grown_up {
                let reason = "Nobody is looked after beyond their 18th birthday, so the end was left out. Correct this date or the date of birth.";
                writer.error(seen, "DEC", reason);
            }
            *end <= writer.today && !grown_up
        });
        let why_ended = writer.code(seen, "REC", &row.rec, CodeList::Rec);
        let reason_place_change =
            writer.code(seen, "REASON_PLACE_CHANGE", &row.reason_place_change, CodeList::ReasonPlaceChange);
        out.push(Episode { seen, start, new, legal_status, place, end, why_ended, reason_place_change });
    }
    still_open(&out, as_of, writer);
    out
}

/// Whether no child can have been looked after from this day. Says so.
fn cannot_begin(seen: Seen<'_, EpisodeRow>, start: Date, writer: &mut Writer<'_>) -> bool {
    let reason = if start < writer.born {
        "The episode starts before the child was born, so it was left out. Correct this date or the date of birth."
    } else if start > writer.today {
        "The episode starts in the future, so it was left out. Correct the date."
    } else if start >= eighteenth(writer.born) {
        "Nobody is looked after from their 18th birthday, so the episode was left out. Correct this date or the date of birth."
    } else {
        return false;
    };
    writer.error(seen, "DECOM", reason);
    true
}

/// The eighteenth birthday; born on 29 February, 1 March.
fn eighteenth(born: Date) -> Date {
    birthday_in_year(born, born.year().saturating_add(18)).unwrap_or(Date::MAX)
}

/// What was new, for an episode that does not say so in a way that can be read.
fn what_changed(
    before: Option<&Episode<'_>>,
    seen: Seen<'_, EpisodeRow>,
    writer: &mut Writer<'_>,
) -> SmolStr {
    let row = seen.row;
    let code = match before {
        Some(b) if b.why_ended.as_deref().is_none_or(|rec| rec == "X1") => {
            let old = b.seen.row;
            let home =
                old.place.code() != row.place.code() || old.pl_post != row.pl_post || old.urn != row.urn;
            let law = old.ls.code() != row.ls.code();
            match (law, home) {
                (true, true) => "B",
                (true, false) => "L",
                (false, _) => "P",
            }
        }
        _ => "S",
    };
    if row.rne.value().is_none() {
        let reason = format!(
            "The reason for the new episode is missing. It was taken as {code}, from what changed. Give it."
        );
        writer.error(seen, "RNE", reason);
    }
    SmolStr::new_static(code)
}

/// Says so when a child was looked after at the end of one return and does not stand in the next at all.
fn still_open(episodes: &[Episode<'_>], as_of: &[(i16, Option<Date>)], writer: &mut Writer<'_>) {
    let Some(last) = episodes.last().filter(|e| e.seen.row.dec.is_blank()) else { return };
    let next = last.seen.year.year.saturating_add(1);
    if year_day(next, as_of).is_some() {
        let reason = format!(
            "The child was still looked after at the end of this return, but has no episode in the return of {next}. The history was left open: record when care ceased, if it did."
        );
        writer.error(last.seen, "DEC", reason);
    }
}

/// The state while walking along the chain.
struct Walk {
    in_care: bool,
    status: Option<SmolStr>,
    home: bool,
    history: History,
}

impl Walk {
    fn begin(&mut self, e: &Episode<'_>, first: bool, writer: &mut Writer<'_>) {
        let starts = e.new == "S" || !self.in_care;
        if starts {
            self.start_care(e, first, writer);
        } else if let Some(status) = e
            .legal_status
            .as_ref()
            .filter(|s| matches!(e.new.as_str(), "L" | "B" | "U") || Some(*s) != self.status.as_ref())
        {
            if e.new == "P" || e.new == "T" {
                let reason = format!(
                    "The legal status is another than before, though RNE says that only the home changed ({}). The change was recorded.",
                    e.new
                );
                writer.note(e.seen, "LS", reason);
            }
            let event = Event::LegalStatusChanged { legal_status: status.clone(), expires_on: None };
            writer.add(e.seen.origin(), Fact::new("DECOM", e.start, event));
        }
        if let Some(status) = &e.legal_status {
            self.status = Some(status.clone());
            self.history.statuses.push((e.start, status.clone()));
        }
        if self.in_care && (starts || e.starts_home() || !self.home) {
            self.start_home(e, starts, writer);
        }
    }

    fn start_care(&mut self, e: &Episode<'_>, first: bool, writer: &mut Writer<'_>) {
        let Some(legal_status) = e.legal_status.clone() else {
            // Reported already. The next episode that has a legal status starts care.
            return;
        };
        let mut remark = None;
        if e.new == "S" && self.in_care {
            let reason = "Care starts again here, but the episode before does not say that it had ceased. Say in the return when it did.";
            writer.error(e.seen, "RNE", reason);
        } else if e.new != "S" && first {
            remark = Some(format!("{BEGAN_EARLIER}{}", e.new));
            let reason = "The returns do not go back to when care started, so the history starts here. Import the earlier years too, or record the start.";
            writer.note(e.seen, "RNE", reason);
        } else if e.new != "S" {
            let reason = "Care had ceased, or had not started, so this starts it again. Correct RNE, or the end of the episode before.";
            writer.error(e.seen, "RNE", reason);
        }
        let event = Event::CareStarted {
            legal_status,
            category_of_need: writer.code(e.seen, "CIN", &e.seen.row.cin, CodeList::Cin),
            home_postcode: writer.line(e.seen, "HOME_POST", &e.seen.row.home_post),
            planned: None,
        };
        let fact = Fact { remark: remark.as_deref(), ..Fact::new("DECOM", e.start, event) };
        if writer.add(e.seen.origin(), fact) {
            self.in_care = true;
            self.history.starts.push(e.start);
        }
    }

    fn start_home(&mut self, e: &Episode<'_>, starts: bool, writer: &mut Writer<'_>) {
        let Some(placement_type) = e.place.clone() else { return };
        let row = e.seen.row;
        let adoptive = matches!(placement_type.as_str(), "A3" | "A4" | "A5" | "A6");
        let basis = match e.legal_status.as_deref() {
            Some(status) if is_short_break(status) => Some("short_break"),
            _ if adoptive => Some("adoption"),
            Some("J1") => Some("remand"),
            _ => None,
        };
        let same_carer = match e.new.as_str() {
            "T" | "U" if !starts => Some(true),
            "P" | "B" if !starts => Some(false),
            _ => None,
        };
        let event = Event::PlacementStarted {
            placement_type,
            provider: writer.code(e.seen, "PLACE_PROVIDER", &row.place_provider, CodeList::PlaceProvider),
            carer_name: None,
            carer: None,
            address: None,
            postcode: writer.line(e.seen, "PL_POST", &row.pl_post),
            // Where adopters live is kept from the birth family unless somebody decides otherwise.
            address_confidential: adoptive.then_some(true),
            urn: writer.line(e.seen, "URN", &row.urn),
            location: None,
            basis: basis.map(SmolStr::new_static),
            planned: None,
            to_eighteen: None,
            same_carer,
            ks4_disrupted: None,
            left_because: None,
        };
        self.home = writer.add(e.seen.origin(), Fact::new("DECOM", e.start, event));
    }

    fn end(&mut self, e: &Episode<'_>, next: Option<&Episode<'_>>, writer: &mut Writer<'_>) {
        let written = !e.seen.row.dec.is_blank();
        let (end, why) = match (e.end, e.why_ended.as_deref()) {
            (Some(end), Some(why)) => (end, why),
            (Some(_), None) => {
                if e.seen.row.rec.value().is_none() {
                    writer.error(
                        e.seen,
                        "REC",
                        "The episode ended but no reason is given, so the end was left out. Give the reason.",
                    );
                }
                return;
            }
            (None, Some(why)) => {
                if !written {
                    let reason = format!(
                        "A reason is given for an end ({why}) without a day, so it was left out. Give DEC, or empty REC."
                    );
                    writer.error(e.seen, "REC", reason);
                }
                return;
            }
            (None, None) => return,
        };
        if let Some(after) = next.filter(|n| n.start < end) {
            let reason = format!(
                "The next episode starts before this one ends, on {}. The end was left out: correct one of the two dates.",
                after.start.strftime("%d/%m/%Y")
            );
            writer.error(e.seen, "DEC", reason);
            return;
        }
        // Known by the start of the episode that ends, so that an end put right later is the same fact.
        let tag = format!("episode:{}", e.start);
        if why == "X1" {
            if next.is_none_or(|n| n.start != end) {
                let reason = "X1 says that another episode starts the same day, but none does. Add it, or correct REC.";
                writer.error(e.seen, "REC", reason);
            }
            let moves = next.is_some_and(Episode::starts_home);
            if moves && self.home && (e.reason_place_change.is_some() || next.is_some_and(|n| n.start > end))
            {
                let event = Event::PlacementEnded { reason: e.reason_place_change.clone(), planned: None };
                writer.add(e.seen.origin(), Fact::new("DEC", end, event).tag(&tag));
            }
            return;
        }
        if !self.in_care {
            return;
        }
        let event = Event::CareCeased { reason: SmolStr::new(why), new_home: None, text: None };
        if !writer.add(e.seen.origin(), Fact::new("DEC", end, event).tag(&tag)) {
            return;
        }
        if why == "E2" {
            writer.add(e.seen.origin(), Fact::new("DEC", end, Event::Died { notified: None }).tag(""));
        }
        if let Some(reason) = e.reason_place_change.clone().filter(|_| self.home) {
            let event = Event::PlacementEnded { reason: Some(reason), planned: None };
            writer.add(e.seen.origin(), Fact::new("DEC", end, event).tag(&tag));
        }
        self.in_care = false;
        self.home = false;
        self.status = None;
    }
}
