//! Reading conditions.

use crate::condition::{Condition, Regime, Since, Window};
use crate::event_read::filter;
use crate::table::Table;
use crate::vocabulary::{Category, spell_kind, spell_names};

/// A condition: all keys of the table must hold.
pub(crate) fn condition(t: Table<'_, '_>) -> Condition {
    let mut all = Vec::new();
    if let Some(yes) = t.flag("looked_after") {
        all.push(Condition::LookedAfter(yes));
    }
    let regime = |s: &str| match s {
        "full" => Some(Regime::Full),
        "short_break" => Some(Regime::ShortBreak),
        _ => None,
    };
    if let Some(regime) = t.choice("regime", &["full", "short_break"], regime) {
        all.push(Condition::Regime(regime));
    }
    if let Some(age) = t.table("age") {
        let (from, under) = (age.number("from"), age.number("under"));
        match (from, under) {
            (None, None) => age.at("from", "`age` needs `from`, `under` or both", None),
            (Some(f), Some(u)) if f >= u => {
                age.at("under", format!("nobody is {f} or older and under {u}"), None)
            }
            _ => {}
        }
        age.finish();
        all.push(Condition::Age { from, under });
    }
    if let Some(codes) = t.codes("legal_status", "legal_status") {
        all.push(Condition::LegalStatus(codes));
    }
    if let Some(codes) = t.codes("placement_type", "placement_type") {
        all.push(Condition::PlacementType(codes));
    }
    if let Some(codes) = t.codes("home_type", "placement_type") {
        all.push(Condition::HomeType(codes));
    }
    if let Some(codes) = t.codes("basis", "placement_basis") {
        all.push(Condition::Basis(codes));
    }
    if let Some(codes) = t.codes("location", "location") {
        all.push(Condition::Location(codes));
    }
    if let Some(yes) = t.flag("placed") {
        all.push(Condition::Placed(yes));
    }
    if let Some(period) = t.period("placement_for") {
        all.push(Condition::PlacementFor(period));
    }
    if let Some(period) = t.period("care_for") {
        all.push(Condition::CareFor(period));
    }
    if let Some(kinds) = named(&t, "spell", &spell_names(), spell_kind) {
        all.push(Condition::Spell(kinds));
    }
    let categories: Vec<&str> = Category::ALL.iter().map(|c| c.as_str()).collect();
    if let Some(kinds) = named(&t, "category", &categories, Category::parse) {
        all.push(Condition::Category(kinds));
    }
    if let Some(yes) = t.flag("remand") {
        all.push(Condition::Remand(yes));
    }
    if let Some(yes) = t.flag("missing") {
        all.push(Condition::Missing(yes));
    }
    if let Some(yes) = t.flag("planned") {
        all.push(Condition::Planned(yes));
    }
    all.extend(t.table("happened").and_then(happened));
    all.extend(t.table("days_used").and_then(days_used));
    if t.has("all") {
        all.extend(t.tables("all").into_iter().map(condition));
    }
    if t.has("any") {
        all.push(Condition::Any(t.tables("any").into_iter().map(condition).collect()));
    } else {
        // Asked for, so that the list of known keys in a message is whole.
        let _ = (t.get("any"), t.get("all"));
    }
    if let Some(inner) = t.table("not") {
        all.push(Condition::Not(Box::new(condition(inner))));
    }
    if all.is_empty() {
        t.at(
            "",
            "this condition says nothing",
            Some("An empty condition would always hold: leave it out.".into()),
        );
    }
    t.finish();
    match all.len() {
        1 => all.swap_remove(0),
        _ => Condition::All(all),
    }
}

fn named<T>(
    t: &Table<'_, '_>,
    key: &'static str,
    known: &[&str],
    parse: impl Fn(&str) -> Option<T>,
) -> Option<Vec<T>> {
    let texts = t.texts(key)?;
    let mut out = Vec::new();
    for (text, at) in texts {
        match parse(&text) {
            Some(value) => out.push(value),
            None => {
                let message = format!("`{key}` cannot be \"{text}\"");
                t.reading.mistake(at, message, crate::table::hint(&text, known.iter().copied()));
            }
        }
    }
    Some(out)
}

pub(crate) fn since(s: &str) -> Option<Since> {
    match s {
        "care_period" => Some(Since::CarePeriod),
        "placement" => Some(Since::Placement),
        "stay" => Some(Since::Stay),
        "anchor" => Some(Since::Anchor),
        "ever" => Some(Since::Ever),
        _ => None,
    }
}

fn happened(t: Table<'_, '_>) -> Option<Condition> {
    let filter = filter(&t);
    let since = t.choice("since", &["care_period", "placement", "stay", "anchor", "ever"], since);
    let in_last = t.period("in_last");
    if t.has("since") && in_last.is_some() {
        t.at("in_last", "`happened` takes `since` or `in_last`, not both", None);
    }
    let before = t.flag("before").unwrap_or(false);
    t.finish();
    let window = in_last.map_or(Window::Since(since.unwrap_or(Since::CarePeriod)), Window::InLast);
    Some(Condition::Happened { events: vec![filter?], window, before })
}

fn days_used(t: Table<'_, '_>) -> Option<Condition> {
    let legal_status = t.codes("legal_status", "legal_status").unwrap_or_default();
    let placement_type = t.codes("placement_type", "placement_type").unwrap_or_default();
    let from = t.must("from", t.number("from"));
    let within = t.must("in", t.period("in"));
    if legal_status.is_empty() && placement_type.is_empty() {
        t.at("from", "`days_used` needs `legal_status` or `placement_type`", None);
    }
    t.finish();
    Some(Condition::DaysUsed {
        legal_status,
        placement_type,
        from: u16::try_from(from?).ok()?,
        within: within?,
    })
}
