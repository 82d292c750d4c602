//! AD1 and PlacedAdoption.

use kinfold_record::{EntryId, Event, EventKind, SpellKind};
use smol_str::SmolStr;

use super::child::Child;
use super::gather::{Rows, code, day, flag, number};
use crate::tables::Table;

/// Children adopted in the year.
pub(super) fn ad1(child: &Child<'_>, rows: &mut Rows<'_>) {
    let adopted = child.t.care.iter().rev().find(|p| {
        p.end.is_some_and(|end| child.window.holds(end))
            && matches!(p.end_reason.as_deref(), Some("E11" | "E12"))
    });
    let Some((period, end)) = adopted.and_then(|p| Some((p, p.end?))) else { return };
    let matched =
        child.backwards().find(|e| e.happened_on <= end && matches!(e.event, Event::AdoptersMatched { .. }));
    let by = matched.map_or(end, |e| e.happened_on);
    let decided = |by| {
        child
            .backwards()
            .find(move |e| e.happened_on <= by && matches!(e.event, Event::AdoptionDecided { .. }))
    };
    let decided = decided(by).or_else(|| decided(end));
    let (foster_carers, adopters, sex, status) = match matched.map(|e| &e.event) {
        Some(Event::AdoptersMatched { foster_carers, adopters, adopter_sex, adopter_status }) => {
            (*foster_carers, *adopters, code(adopter_sex.as_ref()), code(adopter_status.as_ref()))
        }
        _ => Default::default(),
    };
    let cells = [
        day(decided.map(|e| e.happened_on)),
        day(matched.map(|e| e.happened_on)),
        flag(foster_carers),
        number(adopters),
        sex,
        status,
    ];
    let needed = ["DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"];
    let needed: &[&str] = if matched.is_some() { &needed } else { &["DATE_INT", "DATE_MATCH"] };
    let mut from: Vec<EntryId> = decided.iter().chain(&matched).map(|e| e.id).collect();
    from.push(period.entry);
    from.extend(child.of_kinds(end, &[EventKind::CareCeased]));
    rows.add(Table::Ad1, &cells, needed, from);
}

/// Decisions that the child should be placed for adoption that held at any time in the year.
pub(super) fn placed(child: &Child<'_>, rows: &mut Rows<'_>) {
    for spell in child.t.spells.iter().filter(|s| s.kind == SpellKind::AdoptionPlan) {
        if !child.window.touches(spell.start, spell.end) {
            continue;
        }
        // The plan also ends with care; the return asks only when it was given up.
        let given_up = child.window.cut(spell.end).and_then(|end| {
            child.on(end).iter().find_map(|e| match &e.event {
                Event::AdoptionDecisionReversed { reason } => Some((e.id, end, reason)),
                _ => None,
            })
        });
        let cells = [
            day(Some(spell.start)),
            day(given_up.map(|(_, end, _)| end)),
            given_up.map_or_else(SmolStr::default, |(.., reason)| code(Some(reason))),
        ];
        let from = [Some(spell.entry), given_up.map(|(id, ..)| id)];
        rows.add(Table::PlacedAdoption, &cells, &[], from.into_iter().flatten());
    }
}
