//! Times every measure over many children: `cargo run --release -p kinfold-measures --example speed -- [CHILDREN]
//! [YEARS]`. The children are those of the worked examples, over and over, each with more entries.
#![expect(clippy::disallowed_methods, reason = "a stopwatch needs a clock")]

use std::time::Instant;

use jiff::ToSpan;
use jiff::civil::date;
use kinfold_guidance::Guidance;
use kinfold_measures::{Counter, Detail, Span};
use kinfold_record::{ChildId, Chronology, Entry, EntryId, Event, Sensitivity, Timeline};
use uuid::Uuid;

/// About as many as a child looked after for some years has.
const NOTES: i64 = 60;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let children: usize = arguments.next().map_or(Ok(80_000), |s| s.parse())?;
    let years: i16 = arguments.next().map_or(Ok(5), |s| s.parse())?;
    let guidance = Guidance::national()?;
    let stories: Vec<_> = guidance.measures.list.iter().flat_map(|m| &m.example.children).collect();
    let mut timelines = Vec::with_capacity(children);
    for (i, made_up) in stories.iter().cycle().take(children).enumerate() {
        let child = ChildId(Uuid::from_u128(1 + i as u128));
        let visits = (0..NOTES).filter_map(|n| date(2024, 1, 11).checked_add((n * 14).days()).ok());
        let visit = |on| (on, Event::Note { text: "Seen at home.".to_owned(), topic: None });
        let story = made_up.story.iter().cloned().chain(visits.map(visit));
        let born = (
            made_up.born,
            Event::IdentityChanged {
                given_name: None,
                family_name: None,
                date_of_birth: Some(made_up.born),
                known_as: None,
                sex: Some("F".into()),
                ethnicity: Some("WBRI".into()),
                nhs_number: None,
                upn: None,
                local_id: None,
                first_language: None,
                religion: None,
                disabled: Some(false),
                also_known_as: None,
            },
        );
        let entries = std::iter::once(born).chain(story).enumerate().map(|(n, (happened_on, event))| Entry {
            id: EntryId(Uuid::from_u128(1 + n as u128)),
            child,
            happened_on,
            happened_at: None,
            recorded_at: jiff::Timestamp::UNIX_EPOCH,
            recorded_by: None,
            source: None,
            about: Vec::new(),
            sensitivity: Sensitivity::Ordinary,
            replaces: None,
            event,
        });
        timelines.push(Timeline::fold(&Chronology::new(child, entries.collect())?, None));
    }
    let spans: Vec<Span> = (2027 - years..=2026).filter_map(Span::year).collect();
    for (what, spans, detail) in [
        (
            "one year with the children behind each figure",
            spans.get(spans.len() - 1..).unwrap_or(&[]),
            Detail::Children,
        ),
        ("all years, sums only", spans.as_slice(), Detail::Sums),
    ] {
        let start = Instant::now();
        let figures = Counter::new(&guidance).figures(&timelines, spans, detail);
        println!("{children} children, {} figures, {what}: {:.2?}", figures.len(), start.elapsed());
    }
    Ok(())
}
