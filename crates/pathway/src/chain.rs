//! The two questions: what is owed on a day, and everything that ever was.

use jiff::civil::Date;
use kinfold_record::Timeline;

use crate::duty::{Duties, Duty};
use crate::next::next_change;
use crate::recur::{Scratch, Sink, follow};
use crate::rules::Rules;
use crate::view::View;

/// Room for the duties of most children, open or closed, so that a list is seldom moved while it grows.
const USUAL: usize = 32;

/// What is owed on a day: every open duty, and of each rule the latest that was met, excused or ended. What happened
/// after the day is not looked at.
/// An instant plays no part here; where hours matter, [`Duty::standing`] takes one.
pub fn duties(timeline: &Timeline, rules: &Rules, on: Date) -> Duties {
    let view = View::new(rules, timeline, on);
    let mut scratch = Scratch::default();
    let mut open = Vec::with_capacity(USUAL);
    let mut closed = Vec::with_capacity(USUAL);
    let mut sink = Sink { all: false, open: &mut open, begun: 0, closed: None, every: Vec::new() };
    let mut group = None;
    for gate in rules.gates.gates.iter().filter(|gate| rules.gates.open(gate, &view)) {
        if group.replace(gate.group) != Some(gate.group) {
            closed.extend(sink.closed.take());
        }
        if let Some(version) = rules.behind(gate) {
            follow(&view, version, &mut scratch, &mut sink);
        }
    }
    closed.extend(sink.closed);
    open.sort_by_key(|d: &Duty| d.due_on);
    let next_change = next_change(&view, &open);
    open.append(&mut closed);
    Duties { duties: open, next_change }
}

/// Every occasion of every rule up to a day, in the order of what they are counted from: for explanations and measures.
pub fn history(timeline: &Timeline, rules: &Rules, on: Date) -> Vec<Duty> {
    let view = View::new(rules, timeline, on);
    let mut scratch = Scratch::default();
    let mut open = Vec::new();
    let mut out = Vec::new();
    for gate in rules.gates.gates.iter().filter(|gate| rules.gates.open(gate, &view)) {
        if let Some(version) = rules.behind(gate) {
            let mut sink =
                Sink { all: true, open: &mut open, begun: 0, closed: None, every: std::mem::take(&mut out) };
            follow(&view, version, &mut scratch, &mut sink);
            out = sink.every;
        }
    }
    out.sort_by(|a, b| (a.working.from, &a.rule, a.occurrence).cmp(&(b.working.from, &b.rule, b.occurrence)));
    out
}
