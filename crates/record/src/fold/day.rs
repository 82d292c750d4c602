//! What happened first on a day. Most entries carry a day and no time, so the order follows from what must have been:
//! care that was running ends before it starts again, but a stay that starts and ends on one day starts first.

use std::cmp::Reverse;

use crate::timeline::{SpellKind, Timeline};
use crate::{Entry, EventKind};

/// Things that start and end: the kind that starts one, the kind that ends it.
const PAIRS: [(EventKind, EventKind); 8] = [
    (EventKind::CareStarted, EventKind::CareCeased),
    (EventKind::PlacementStarted, EventKind::PlacementEnded),
    (EventKind::CircleJoined, EventKind::CircleLeft),
    (EventKind::WentMissing, EventKind::Found),
    (EventKind::ProceedingsIssued, EventKind::ProceedingsEnded),
    (EventKind::LibertyOrderStarted, EventKind::LibertyOrderEnded),
    (EventKind::AdoptionDecided, EventKind::AdoptionDecisionReversed),
    (EventKind::Restricted, EventKind::RestrictionLifted),
];

/// Puts the entries of one day, given in their usual order, into the order they must have happened, given what was
/// running when the day began.
pub(super) fn order(day: &mut [&Entry], t: &Timeline) {
    if day.len() < 2 {
        return;
    }
    let has = |day: &[&Entry], kind| day.iter().any(|e| e.event.kind() == kind);
    for (starts, ends) in PAIRS {
        if !has(day, ends) || !has(day, starts) {
            continue;
        }
        match starts {
            EventKind::CareStarted | EventKind::PlacementStarted => {
                if running(t, starts)
                    && let Some(at) = day.iter().position(|e| e.event.kind() == ends)
                    && let Some(up_to) = day.get_mut(..=at)
                {
                    up_to.rotate_right(1);
                }
            }
            EventKind::CircleJoined => {
                day.sort_by_key(|e| {
                    Reverse(e.event.kind() == ends && t.circle.iter().any(|m| m.is_left_by(e)))
                });
            }
            _ => take_turns(day, starts, ends, running(t, starts)),
        }
    }
}

/// Start, end, start, end; or end, start… when it was running. Times, when every entry has one, say better. Everything
/// else keeps its place.
fn take_turns(day: &mut [&Entry], starts: EventKind, ends: EventKind, running: bool) {
    let places: Vec<usize> = (0..day.len())
        .filter(|i| day.get(*i).is_some_and(|e| [starts, ends].contains(&e.event.kind())))
        .collect();
    let mut ours: Vec<&Entry> = places.iter().filter_map(|i| day.get(*i).copied()).collect();
    if ours.iter().all(|e| e.happened_at.is_some()) {
        ours.sort_by_key(|e| e.happened_at);
    } else {
        let (mut started, mut ended) = (0, 0);
        ours.sort_by_cached_key(|e| {
            if e.event.kind() == starts {
                started += 2;
                started + u32::from(running)
            } else {
                ended += 2;
                ended + u32::from(!running)
            }
        });
    }
    for (i, e) in places.into_iter().zip(ours) {
        if let Some(slot) = day.get_mut(i) {
            *slot = e;
        }
    }
}

/// Whether the thing that this kind starts was running when the day began.
fn running(t: &Timeline, starts: EventKind) -> bool {
    let spell = |kind| t.spells.iter().any(|s| s.kind == kind && s.end.is_none());
    match starts {
        EventKind::CareStarted => t.care.last().is_some_and(|p| p.end.is_none()),
        EventKind::PlacementStarted => t.placements.last().is_some_and(|p| p.end.is_none()),
        EventKind::WentMissing => t.missing.last().is_some_and(|m| m.end.is_none()),
        EventKind::ProceedingsIssued => spell(SpellKind::Proceedings),
        EventKind::LibertyOrderStarted => spell(SpellKind::LibertyOrder),
        EventKind::AdoptionDecided => spell(SpellKind::AdoptionPlan),
        EventKind::Restricted => spell(SpellKind::Restricted),
        _ => false,
    }
}
