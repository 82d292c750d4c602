//! Reading what is asked of a child, and the amounts that are added up.

use kinfold_record::FieldKind;
use smol_str::SmolStr;

use super::{Amount, Ask, Held, InCare, InTime, Milestone, Missing, Moment, WasLookedAfter, Within};
use crate::event_read;
use crate::period::{Period, Unit};
use crate::rule::{EventFilter, Test};
use crate::table::{Table, hint};
use crate::vocabulary::{spell_kind, spell_names};

/// What `where` may ask.
const ASKS: [&str; 18] = [
    "all",
    "any",
    "not",
    "looked_after",
    "looked_after_for",
    "was_looked_after",
    "age",
    "legal_status",
    "placement",
    "holds",
    "died",
    "happened",
    "homes",
    "same_home_for",
    "in_time",
    "missing",
    "care_ended",
    "reached",
];

/// Every key of a table of questions: all must hold.
pub(super) fn asks(t: Table<'_, '_>) -> Vec<Ask> {
    let mut out = Vec::new();
    for list in ["all", "any"] {
        if t.has(list) {
            let parts: Vec<Ask> = t.tables(list).into_iter().map(|part| Ask::All(asks(part))).collect();
            if parts.is_empty() {
                t.at(list, format!("`{list}` is empty"), None);
            }
            out.push(if list == "all" { Ask::All(parts) } else { Ask::Any(parts) });
        }
    }
    if let Some(part) = t.table("not") {
        out.push(Ask::Not(asks(part)));
    }
    let in_care = |s: &str| match s {
        "at_end" => Some(InCare::End),
        "in_year" => Some(InCare::Year),
        "all_year" => Some(InCare::AllYear),
        "on_birthday" => Some(InCare::Birthday),
        _ => None,
    };
    out.extend(
        t.choice("looked_after", &["at_end", "in_year", "all_year", "on_birthday"], in_care)
            .map(Ask::LookedAfter),
    );
    out.extend(calendar_period(&t, "looked_after_for").map(Ask::LookedAfterFor));
    out.extend(t.table("was_looked_after").and_then(was_looked_after));
    out.extend(t.table("age").map(age));
    out.extend(held(&t, "legal_status").map(Ask::LegalStatus));
    out.extend(held(&t, "placement").map(Ask::Placement));
    out.extend(t.choice("holds", &spell_names(), spell_kind).map(Ask::Holds));
    out.extend(t.flag("died").map(Ask::Died));
    for h in t.tables("happened") {
        out.extend(happened(h));
    }
    if let Some(h) = t.table("homes") {
        let at_least = h.must("at_least", number(&h, "at_least"));
        let within = h.must("within", within(&h));
        h.finish();
        out.extend(at_least.zip(within).map(|(at_least, within)| Ask::Homes { at_least, within }));
    }
    out.extend(calendar_period(&t, "same_home_for").map(Ask::SameHomeFor));
    out.extend(t.table("in_time").map(in_time));
    out.extend(t.table("missing").and_then(missing).map(Ask::Missing));
    if let Some(c) = t.table("care_ended") {
        let reasons = c.must("reasons", c.codes("reasons", "care_end_reason"));
        let within = c.must("within", within(&c));
        c.finish();
        out.extend(reasons.zip(within).map(|(reasons, within)| Ask::CareEnded { reasons, within }));
    }
    out.extend(milestone(&t, "reached").map(Ask::Reached));
    if let Some(k) = t.table("took") {
        let from = k.must("from", milestone(&k, "from"));
        let to = k.must("to", milestone(&k, "to"));
        let under = k.must("under", calendar_period(&k, "under"));
        k.finish();
        if let (Some(from), Some(to), Some(under)) = (from, to, under) {
            out.push(Ask::Took { from, to, under });
        }
    }
    if t.pairs().next().is_none() {
        t.reading.mistake(
            t.span.start,
            "nothing is asked here",
            Some(format!("Ask one of: {}, took.", ASKS.join(", "))),
        );
    }
    t.finish();
    out
}

/// A stretch of days, under `within`.
pub(super) fn within(t: &Table<'_, '_>) -> Option<Within> {
    let text = t.text("within")?;
    match text {
        "year" => Some(Within::Year),
        "latest_term" => Some(Within::LatestTerm),
        "ever" => Some(Within::Ever),
        "at_end" => Some(Within::End),
        _ if text.starts_with(|c: char| c.is_ascii_digit()) => calendar_period(t, "within").map(Within::Last),
        _ => {
            let known = ["year", "at_end", "latest_term", "ever", "2 years"];
            t.at("within", format!("`within` cannot be \"{text}\""), hint(text, known));
            None
        }
    }
}

/// A length of time that is counted in whole days of the calendar.
fn calendar_period(t: &Table<'_, '_>, key: &'static str) -> Option<Period> {
    let period = t.period(key)?;
    if matches!(period.unit, Unit::Hours | Unit::WorkingDays) {
        let hint = "Write days, weeks, months or years.".to_owned();
        t.at(key, format!("`{key}` cannot be counted in hours or working days"), Some(hint));
        return None;
    }
    Some(period)
}

/// A whole number that is not negative.
fn number(t: &Table<'_, '_>, key: &'static str) -> Option<u16> {
    let number = t.number(key)?;
    let small = u16::try_from(number).ok();
    if small.is_none() {
        t.at(key, format!("`{key}` must be between 0 and 65535"), None);
    }
    small
}

fn age(t: Table<'_, '_>) -> Ask {
    let (from, under) = (number(&t, "from"), number(&t, "under"));
    if from.is_none() && under.is_none() {
        t.reading.mistake(t.span.start, "`age` needs `from` or `under`", None);
    } else if from.zip(under).is_some_and(|(from, under)| under <= from) {
        t.at("under", "no age is both", Some("`from` is the youngest, `under` is above the oldest.".into()));
    }
    let moment = |s: &str| match s {
        "end" => Some(Moment::End),
        "start" => Some(Moment::Start),
        "school_year" => Some(Moment::SchoolYear),
        "birthday" => Some(Moment::Birthday),
        _ => None,
    };
    let on = t.choice("on", &["end", "start", "school_year", "birthday"], moment).unwrap_or(Moment::End);
    t.finish();
    Ask::Age { from, under, on }
}

fn was_looked_after(t: Table<'_, '_>) -> Option<Ask> {
    let days = t.must("days", number(&t, "days"));
    let from_age = t.must("from_age", number(&t, "from_age"));
    let until_age = t.must("until_age", number(&t, "until_age"));
    let except = t.codes("except", "legal_status").unwrap_or_default();
    t.finish();
    Some(Ask::WasLookedAfter(WasLookedAfter {
        days: days?,
        from_age: from_age?,
        until_age: until_age?,
        except,
    }))
}

fn held(t: &Table<'_, '_>, key: &'static str) -> Option<Held> {
    let list = if key == "placement" { "placement_type" } else { key };
    let h = t.table(key)?;
    let codes = h.must("codes", h.codes("codes", list));
    let within = h.must("within", within(&h));
    h.finish();
    Some(Held { codes: codes?, within: within? })
}

fn happened(t: Table<'_, '_>) -> Option<Ask> {
    let within = t.must("within", within(&t));
    let latest = t.flag("latest").unwrap_or_default();
    let events = events(&t);
    t.finish();
    Some(Ask::Happened { events: events?, within: within?, latest })
}

/// Either one event beside its tests, or a list of them under `events`.
fn events(t: &Table<'_, '_>) -> Option<Vec<EventFilter>> {
    if !t.has("events") {
        return counted(t).map(|filter| vec![filter]);
    }
    let mut out = Vec::new();
    for part in t.tables("events") {
        out.extend(counted(&part));
        part.finish();
    }
    Some(out)
}

fn in_time(t: Table<'_, '_>) -> Ask {
    let events = events(&t).unwrap_or_default();
    let mut intervals = Vec::new();
    for (text, at) in t.must("intervals", t.texts("intervals")).unwrap_or_default() {
        match text.parse::<Period>() {
            Ok(period) if period.unit != Unit::Hours => intervals.push(period),
            Ok(_) => t.reading.mistake(at, "an interval cannot be counted in hours", None),
            Err(message) => t.reading.mistake(at, message, None),
        }
    }
    t.finish();
    Ask::InTime(InTime { events, intervals })
}

fn missing(t: Table<'_, '_>) -> Option<Missing> {
    let categories = t.must("category", t.codes("category", "missing_category"));
    let within = t.must("within", within(&t));
    t.finish();
    Some(Missing { categories: categories?, within: within? })
}

/// `"care_started"`, `"care_ended"` or a table that names a legal status, a kind of home or an event.
fn milestone(t: &Table<'_, '_>, key: &'static str) -> Option<Milestone> {
    let value = t.get(key)?;
    if value.get_ref().as_str().is_some() {
        return t.choice(key, &["care_started", "care_ended"], |s| match s {
            "care_started" => Some(Milestone::CareStarted),
            "care_ended" => Some(Milestone::CareEnded),
            _ => None,
        });
    }
    let m = t.table(key)?;
    let out = if m.has("legal_status") {
        m.codes("legal_status", "legal_status").map(Milestone::LegalStatus)
    } else if m.has("placement") {
        let codes = m.codes("placement", "placement_type");
        let came_home: Vec<SmolStr> = m.codes("came_home", "placement_type").unwrap_or_default();
        codes.map(|codes| Milestone::Placement { codes, came_home })
    } else {
        counted(&m).map(Milestone::Event)
    };
    m.finish();
    out
}

/// What `amount` may be: one of its keys.
pub(super) fn amount(t: Table<'_, '_>) -> Option<Amount> {
    let found: Vec<&str> =
        ["field", "homes", "missing", "happened", "days"].into_iter().filter(|key| t.has(key)).collect();
    let out = match found.as_slice() {
        ["field"] => field(&t),
        ["homes"] => t.table("homes").and_then(|h| {
            let within = h.must("within", within(&h));
            h.finish();
            within.map(Amount::Homes)
        }),
        ["missing"] => t.table("missing").and_then(missing).map(Amount::Missing),
        ["happened"] => t.table("happened").and_then(|h| {
            let within = h.must("within", within(&h));
            let event = counted(&h);
            h.finish();
            event.zip(within).map(|(event, within)| Amount::Events { event, within })
        }),
        ["days"] => t.table("days").and_then(|d| {
            let from = d.must("from", milestone(&d, "from"));
            let to = d.must("to", milestone(&d, "to"));
            let at_least = d.number("at_least");
            d.finish();
            Some(Amount::Days { from: from?, to: to?, at_least })
        }),
        _ => {
            let hint = "Give one of: field, homes, missing, happened, days.".to_owned();
            t.reading.mistake(t.span.start, "an amount is one thing", Some(hint));
            return None;
        }
    };
    t.finish();
    out
}

fn field(t: &Table<'_, '_>) -> Option<Amount> {
    let name = t.text("field");
    let within = t.must("within", within(t));
    let event = counted(t)?;
    let (field, spec) = event_read::field(t, &[event.event], name?, t.span.start)?;
    if spec.kind != FieldKind::Number {
        t.at("field", format!("`{}` is not a number", spec.name), None);
    }
    Some(Amount::Field { event, field, within: within? })
}

/// The events of a measure. A measure looks at one event at a time and so cannot ask what rose.
fn counted(t: &Table<'_, '_>) -> Option<EventFilter> {
    let filter = event_read::filter(t)?;
    if filter.tests.iter().any(|test| matches!(test, Test::Rose { .. })) {
        t.at("where", "`rose_by` is for rules: a measure looks at one event at a time", None);
    }
    Some(filter)
}
