//! Reading `[starts]` and `[due]`.

use kinfold_record::EventKind;

use crate::condition::Condition;
use crate::condition_read::{condition, since};
use crate::event_read::{field, filter, tests};
use crate::period::Unit;
use crate::rule::{Anchor, By, Cap, Due, Edge, Ending, EventFilter, Starts, Then, When, WhenAt};
use crate::table::Table;
use crate::vocabulary::{Category, spell_kind, spell_names};

const ANCHORS: [&str; 11] = [
    "care_period",
    "placement",
    "stay",
    "legal_status",
    "missing_episode",
    "spell",
    "category",
    "birthday",
    "event",
    "school_term",
    "condition",
];

/// The kinds of entry that may start a duty with this anchor.
pub(crate) fn starting_kinds(on: &Anchor) -> Vec<EventKind> {
    match on {
        Anchor::CarePeriod(_) => vec![EventKind::CareStarted],
        Anchor::Placement(_) | Anchor::Stay(_) => vec![EventKind::PlacementStarted],
        Anchor::LegalStatus(..) => vec![EventKind::LegalStatusChanged, EventKind::CareStarted],
        Anchor::MissingEpisode(_) => vec![EventKind::WentMissing],
        Anchor::Spell(..) => vec![
            EventKind::AsylumStatus,
            EventKind::ProceedingsIssued,
            EventKind::LibertyOrderStarted,
            EventKind::AdoptionDecided,
            EventKind::Restricted,
            EventKind::LeaverMoved,
            EventKind::PlacementStarted,
            EventKind::PlacementTermsChanged,
        ],
        Anchor::Event(filters) => filters.iter().map(|f| f.event).collect(),
        Anchor::Category(..) | Anchor::Birthday(_) | Anchor::SchoolTerm | Anchor::Condition => Vec::new(),
    }
}

fn sub(t: &Table<'_, '_>, key: &'static str) -> Option<Condition> {
    t.table(key).map(condition)
}

/// `[starts]`.
pub(crate) fn starts(t: Table<'_, '_>) -> Option<Starts> {
    let name = t.must("on", t.choice("on", &ANCHORS, |s| ANCHORS.iter().find(|a| **a == s).copied()));
    let edge = t
        .choice("from", &["start", "end"], |s| match s {
            "start" => Some(Edge::Start),
            "end" => Some(Edge::End),
            _ => None,
        })
        .unwrap_or(Edge::Start);
    let codes = t.codes("codes", "legal_status");
    let spell = t.choice("spell", &spell_names(), spell_kind);
    let categories: Vec<&str> = Category::ALL.iter().map(|c| c.as_str()).collect();
    let category = t.choice("category", &categories, Category::parse);
    let age = t.number("age");
    let mut event_tests = Vec::new();
    let mut kinds = Vec::new();
    let on = match name {
        Some("care_period") => Some(Anchor::CarePeriod(edge)),
        Some("placement") => Some(Anchor::Placement(edge)),
        Some("stay") => Some(Anchor::Stay(edge)),
        Some("legal_status") => Some(Anchor::LegalStatus(codes.clone().unwrap_or_default(), edge)),
        Some("missing_episode") => Some(Anchor::MissingEpisode(edge)),
        Some("spell") => t.must("spell", spell).map(|s| Anchor::Spell(s, edge)),
        Some("category") => t.must("category", category).map(|c| Anchor::Category(c, edge)),
        Some("birthday") => t.must("age", age).map(Anchor::Birthday),
        Some("event") => events(&t),
        Some("school_term") => Some(Anchor::SchoolTerm),
        Some("condition") => Some(Anchor::Condition),
        _ => None,
    };
    if let Some(Anchor::CarePeriod(_) | Anchor::Placement(_) | Anchor::Stay(_) | Anchor::MissingEpisode(_)) =
        on
    {
        kinds = on.as_ref().map(starting_kinds).unwrap_or_default();
        event_tests = tests(&t, &kinds);
    }
    if name != Some("legal_status") && codes.is_some() {
        t.at("codes", "`codes` belongs to `on = \"legal_status\"`", None);
    }
    if name != Some("event") {
        for key in ["event", "events"] {
            if t.has(key) {
                t.at(key, format!("`{key}` belongs to `on = \"event\"`"), None);
                let _ = t.get(if key == "event" { "event" } else { "events" });
            }
        }
    }
    let day_before = t
        .choice("looking", &["on_the_day", "day_before"], |s| match s {
            "on_the_day" => Some(false),
            "day_before" => Some(true),
            _ => None,
        })
        .unwrap_or(edge == Edge::End && name != Some("missing_episode"));
    let ending = t
        .choice("ending", &["ends", "meets", "outlives"], |s| match s {
            "ends" => Some(Ending::Ends),
            "meets" => Some(Ending::Meets),
            "outlives" => Some(Ending::Outlives),
            _ => None,
        })
        .unwrap_or(Ending::Ends);
    let which = t.choice("which", &["each", "first"], |s| match s {
        "each" => Some(false),
        "first" => Some(true),
        _ => None,
    });
    let while_ = sub(&t, "while");
    if name == Some("condition") && while_.is_none() {
        t.at("on", "`on = \"condition\"` needs a `while`", None);
    }
    let starts = Starts {
        first_only: which.unwrap_or(false),
        when: sub(&t, "when"),
        unless: sub(&t, "unless"),
        while_,
        day_before,
        ending,
        continues_from: t.choice("continues_from", &["placement", "stay", "care_period", "ever"], |s| {
            since(s).filter(|_| s != "anchor")
        }),
        latest_only: t.flag("latest_only").unwrap_or(false),
        words: t.text("words").map(str::to_owned),
        entry: match (event_tests.is_empty(), kinds.first()) {
            (false, Some(kind)) => Some(EventFilter { event: *kind, tests: event_tests, bit: None }),
            _ => None,
        },
        on: match on {
            Some(on) => on,
            None => {
                t.finish();
                return None;
            }
        },
    };
    t.finish();
    Some(starts)
}

fn events(t: &Table<'_, '_>) -> Option<Anchor> {
    let mut out = Vec::new();
    if t.has("events") {
        for e in t.tables("events") {
            out.extend(filter(&e));
            e.finish();
        }
        if t.has("event") {
            t.at("event", "`on = \"event\"` takes `event` or `events`, not both", None);
            let _ = t.get("event");
        }
    } else {
        out.extend(filter(t));
    }
    (!out.is_empty()).then_some(Anchor::Event(out))
}

/// One `[due]` or `[[then]]`.
pub(crate) fn due(t: &Table<'_, '_>, on: Option<&Anchor>) -> Option<Due> {
    let before = t.flag("before").unwrap_or(false);
    let within = t.period("within");
    let inclusive = t.choice("count_from", &["exclusive", "inclusive"], |s| match s {
        "exclusive" => Some(false),
        "inclusive" => Some(true),
        _ => None,
    });
    let end = t.choice("by", &["end"], |s| (s == "end").then_some(()));
    let birthday = t.number("birthday");
    let date_field = t.text("field");
    if let (Some(name), Some(on)) = (date_field, on) {
        let kinds = starting_kinds(on);
        if kinds.is_empty() {
            t.at("field", "no entry starts this duty, so there is no field to read", None);
        } else {
            let _ = field(t, &kinds, name, t.span.start);
        }
    }
    if end.is_some() && !matches!(on, Some(Anchor::SchoolTerm) | None) {
        t.at("by", "`by = \"end\"` is for school terms, whose last day is known", None);
    }
    let ways = [within.is_some(), end.is_some(), birthday.is_some(), date_field.is_some()];
    let by = match ways.iter().filter(|w| **w).count() {
        1 => None,
        0 if before => Some(By::Start),
        0 => {
            if !["within", "by", "birthday", "field"].iter().any(|k| t.has(k)) {
                let hint = "Give `within`, `by`, `birthday`, `field` or `before = true`.".to_owned();
                t.at("", format!("{} does not say by when", t.what), Some(hint));
            }
            Some(By::Start)
        }
        _ => {
            t.at("", format!("{} says by when in two ways", t.what), Some("Keep one.".into()));
            Some(By::Start)
        }
    };
    let by = by.unwrap_or_else(|| match (within, birthday, date_field) {
        (Some(period), ..) => By::Within { period, inclusive: inclusive.unwrap_or(false) },
        (_, Some(age), _) => By::Birthday(age),
        (_, _, Some(name)) => By::Field(name.into()),
        _ => By::AnchorEnd,
    });
    if inclusive == Some(true) && within.is_some_and(|p| p.unit == Unit::Hours) {
        t.at("count_from", "hours are counted from an instant: leave `count_from` out", None);
    }
    let mut caps = Vec::new();
    for c in t.tables("cap") {
        match c.number("birthday") {
            Some(age) => caps.push(Cap::Birthday(age)),
            None => caps.extend(filter(&c).map(Cap::Event)),
        }
        c.finish();
    }
    let opens = match t.get("opens").map(|v| v.get_ref().as_str()) {
        None => Some(crate::period::Period { count: 14, unit: Unit::Days }),
        Some(Some("start")) => None,
        Some(_) => t.period("opens"),
    };
    let when = t.table("when").map(condition);
    let at = t.choice("when_at", &["start", "due"], |s| match s {
        "start" => Some(WhenAt::Start),
        "due" => Some(WhenAt::Due),
        _ => None,
    });
    if at.is_some() && when.is_none() {
        t.at("when_at", "`when_at` without `when` means nothing", None);
    }
    let when = when.map(|condition| When { condition, at: at.unwrap_or(WhenAt::Start) });
    Some(Due { by, before, caps, opens, lapses: t.period("lapses"), when })
}

/// One `[[then]]`.
pub(crate) fn then(t: Table<'_, '_>, on: Option<&Anchor>) -> Option<Then> {
    let times = t.number("times");
    if times.is_some_and(|n| n < 1) {
        t.at("times", "`times` must be 1 or more", None);
    }
    let due = due(&t, on);
    t.finish();
    Some(Then { due: due?, times: times.and_then(|n| u16::try_from(n).ok()) })
}
