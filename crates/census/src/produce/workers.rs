//! SWEpisodes: who the child's social workers were.

use kinfold_record::{Event, EventKind, Membership};
use smol_str::SmolStr;

use super::child::Child;
use super::gather::{Rows, code, day};
use crate::tables::Table;

/// The social workers of the whole year of children looked after on 31 March, also of the months before they came into
/// care. A worker of less than a day is none.
pub(super) fn social_workers(child: &Child<'_>, rows: &mut Rows<'_>) {
    let at = child.window.as_of;
    if !child.in_care_at_end() || child.short_break_on(at) {
        return;
    }
    let workers = || child.t.circle.iter().filter(|m| m.role == "social_worker");
    // The one who answers for the child; where no one is named so, all of them.
    let named = workers().any(|m| m.key_worker);
    let counted = |m: &&Membership| m.key_worker == named && m.end != Some(m.start);
    for m in workers().filter(counted).filter(|m| child.window.touches(m.start, m.end)) {
        let reason = match child.entry(m.entry).map(|e| &e.event) {
            Some(Event::CircleJoined { change_reason, .. }) => code(change_reason.as_ref()),
            _ => SmolStr::default(),
        };
        let end = child.window.cut(m.end);
        let left = end.into_iter().flat_map(|end| child.of_kinds(end, &[EventKind::CircleLeft]));
        let cells = [code(m.worker_id.as_ref()), day(Some(m.start)), day(end), reason];
        let from: Vec<_> = [m.entry].into_iter().chain(left).collect();
        rows.add(Table::SwEpisodes, &cells, &["SW_ID", "SW_REASON"], from);
    }
    let now = workers().filter(counted).any(|m| m.start <= at && m.end.is_none_or(|end| end > at));
    if !now {
        rows.lacks(Table::SwEpisodes, "SW_DECOM");
    }
}
