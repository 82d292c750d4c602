//! Missing and DoLo.

use kinfold_record::{Event, EventKind, SpellKind};

use super::child::Child;
use super::gather::{Rows, code, day};
use crate::tables::Table;

/// Times missing or away without authorisation that began in care.
pub(super) fn missing(child: &Child<'_>, rows: &mut Rows<'_>) {
    for m in child.t.missing.iter().filter(|m| child.window.touches(m.start, m.end)) {
        let looked_after =
            child.t.care.iter().any(|p| p.start <= m.start && p.end.is_none_or(|end| m.start <= end));
        if !looked_after {
            continue;
        }
        let end = child.window.cut(m.end);
        let found = end.into_iter().flat_map(|end| child.of_kinds(end, &[EventKind::Found]));
        let cells = [code(Some(&m.category)), day(Some(m.start)), day(end)];
        rows.add(Table::Missing, &cells, &[], [m.entry].into_iter().chain(found));
    }
}

/// Deprivation of liberty orders. One whose end nobody recorded ended when it ran out.
pub(super) fn liberty(child: &Child<'_>, rows: &mut Rows<'_>) {
    for spell in child.t.spells.iter().filter(|s| s.kind == SpellKind::LibertyOrder) {
        let ran_out = match child.entry(spell.entry).map(|e| &e.event) {
            Some(Event::LibertyOrderStarted { expires_on }) => expires_on.filter(|day| *day >= spell.start),
            _ => None,
        };
        let ended = spell.end.or(ran_out);
        if child.window.touches(spell.start, ended) {
            let end = child.window.cut(ended);
            let over = end.into_iter().flat_map(|end| child.of_kinds(end, &[EventKind::LibertyOrderEnded]));
            rows.add(
                Table::Dolo,
                &[day(Some(spell.start)), day(end)],
                &[],
                [spell.entry].into_iter().chain(over),
            );
        }
    }
}
