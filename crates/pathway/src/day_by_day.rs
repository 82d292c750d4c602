//! What is worked out from the days on which something turns is what asking every single day gives.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
#![expect(clippy::disallowed_methods, reason = "tests read files; the library does not")]

use std::fs;
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::Date;
use kinfold_guidance::{Condition, EventFilter, Guidance};
use kinfold_record::{Chronology, Timeline};

use crate::recur::{Scratch, Sink, follow};
use crate::rules::Rules;
use crate::turns::Stretch;
use crate::view::View;

/// The children, carers and homes of `guidance/examples`.
fn timelines() -> Vec<(String, Timeline)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guidance/examples");
    let files = fs::read_dir(folder).unwrap().map(|f| f.unwrap().path());
    let mut out: Vec<(String, Timeline)> = files
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let chronology = Chronology::from_json(&fs::read_to_string(path).unwrap())
                .unwrap_or_else(|e| panic!("{name}: {e}"));
            (name, Timeline::fold(&chronology, None))
        })
        .collect();
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out
}

/// Every different condition of the national rules that must keep holding, or must hold at the start.
fn conditions(rules: &Rules) -> Vec<&Condition> {
    let mut out: Vec<&Condition> = Vec::new();
    for c in rules.all().flat_map(|r| [&r.starts.while_, &r.starts.when]).flatten() {
        if !out.contains(&c) {
            out.push(c);
        }
    }
    out
}

/// The stretches of holding days among those from `start` up to and with `last`.
fn asked_every_day(view: &View<'_>, c: &Condition, start: Date, last: Date) -> Vec<Stretch> {
    let mut out = Vec::new();
    let mut open = None;
    for day in start.series(1.day()).take_while(|day| *day <= last) {
        match (open, view.holds(c, day, start)) {
            (None, true) => open = Some(day),
            (Some(from), false) => {
                out.push(Stretch { start: from, end: Some(day) });
                open = None;
            }
            _ => {}
        }
    }
    out.extend(open.map(|start| Stretch { start, end: None }));
    out
}

#[test]
fn stretches_are_those_of_asking_every_day() {
    let rules = Rules::compile(&Guidance::national().unwrap_or_else(|m| panic!("\n{m}")));
    let conditions = conditions(&rules);
    let (mut days, mut out) = (Vec::new(), Vec::new());
    let mut held = 0;
    for (name, timeline) in timelines() {
        let Some(last) = timeline.happenings.last().map(|h| h.on) else { continue };
        let on = last.saturating_add(30.days());
        let start = on.saturating_sub(400.days());
        let view = View::new(&rules, &timeline, on);
        for c in &conditions {
            let found = asked_every_day(&view, c, start, on);
            view.stretches(Some(c), Stretch { start, end: None }, false, &mut days, &mut out);
            assert_eq!(out, found, "{name}: {c:?}");
            view.stretches(Some(c), Stretch { start, end: None }, true, &mut days, &mut out);
            let beginning: Vec<Stretch> = found.iter().filter(|s| s.start == start).copied().collect();
            assert_eq!(out, beginning, "{name}: the beginning of {c:?}");
            assert!(!view.never(c) || found.is_empty(), "{name}: not never: {c:?}");
            held += usize::from(!found.is_empty());
        }
    }
    assert!(held > 500, "too few conditions hold in the examples to show anything: {held}");
}

#[test]
fn the_bit_of_a_filter_says_what_its_tests_say() {
    let rules = Rules::compile(&Guidance::national().unwrap_or_else(|m| panic!("\n{m}")));
    let mut filters = Vec::new();
    for rule in rules.all() {
        crate::rules::filters(&mut rule.clone(), &mut |filter| filters.push(filter.clone()));
    }
    let (mut fit, mut not) = (0, 0);
    for (name, timeline) in timelines() {
        let Some(last) = timeline.happenings.last().map(|h| h.on) else { continue };
        let view = View::new(&rules, &timeline, last);
        for filter in &filters {
            assert!(filter.bit.is_some(), "more than 64 filters of one kind: {filter:?}");
            let plain = EventFilter { bit: None, ..filter.clone() };
            let mut any = false;
            for at in view.of_kind(filter.event) {
                let h = view.event(*at).unwrap();
                let fits = view.fits(filter, *at, h);
                assert_eq!(fits, view.fits(&plain, *at, h), "{name}: {filter:?} of {h:?}");
                any |= fits;
                *(if fits { &mut fit } else { &mut not }) += 1;
            }
            assert_eq!(any, view.any_fits(filter), "{name}: {filter:?}");
        }
    }
    assert!(fit > 500 && not > 500, "too few events to show anything: {fit} fit, {not} do not");
}

#[test]
fn no_gate_shuts_out_a_duty() {
    let rules = Rules::compile(&Guidance::national().unwrap_or_else(|m| panic!("\n{m}")));
    let (mut shut, mut owed) = (0, 0);
    for (name, timeline) in timelines() {
        let Some(last) = timeline.happenings.last().map(|h| h.on) else { continue };
        let view = View::new(&rules, &timeline, last.saturating_add(30.days()));
        let (mut scratch, mut open) = (Scratch::default(), Vec::new());
        for gate in &rules.gates.gates {
            let version = rules.behind(gate).unwrap();
            if version.rule.about != timeline.subject || version.from > view.on {
                continue;
            }
            let mut sink = Sink { all: true, open: &mut open, begun: 0, closed: None, every: Vec::new() };
            follow(&view, version, &mut scratch, &mut sink);
            let found = sink.every.len();
            assert!(rules.gates.open(gate, &view) || found == 0, "{name}: {} is shut out", version.rule.id);
            shut += usize::from(!rules.gates.open(gate, &view));
            owed += found;
        }
    }
    assert!(shut > 1000 && owed > 1000, "too little to show anything: {shut} shut, {owed} owed");
}
