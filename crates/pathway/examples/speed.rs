//! How long it takes to work out the duties of one child: `cargo run --release -p kinfold-pathway --example speed`.
//!
//! Invented children with about sixty entries each, and the national rules.
#![expect(clippy::expect_used, reason = "a measuring program stops when its own data are wrong")]
#![expect(clippy::disallowed_methods, reason = "a measuring program reads the clock")]

use std::time::Instant;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use kinfold_guidance::Guidance;
use kinfold_pathway::{Rules, duties};
use kinfold_record::{ChildId, Chronology, Entry, EntryId, Event, Sensitivity, Timeline};
use serde_json::{Value, json};
use uuid::Uuid;

fn entry(child: u128, n: u128, on: Date, event: Value) -> Entry {
    Entry {
        id: EntryId(Uuid::from_u128(child << 32 | n)),
        child: ChildId(Uuid::from_u128(child)),
        happened_on: on,
        happened_at: None,
        recorded_at: Timestamp::UNIX_EPOCH,
        recorded_by: None,
        source: None,
        about: Vec::new(),
        sensitivity: Sensitivity::Ordinary,
        replaces: None,
        event: serde_json::from_value::<Event>(event).expect("an event of a known kind"),
    }
}

fn child(n: u128) -> Timeline {
    let years = i32::try_from(n % 17).expect("small");
    let born: Date = "2025-03-10".parse::<Date>().expect("a date").saturating_sub((years * 12).months());
    let start: Date = "2025-02-03"
        .parse::<Date>()
        .expect("a date")
        .saturating_add((i32::try_from(n % 300).expect("small")).days());
    let mut list = vec![
        (
            born,
            json!({"kind": "child_registered", "given_name": "A", "family_name": "B", "date_of_birth": born.to_string()}),
        ),
        (start, json!({"kind": "care_started", "legal_status": "C1"})),
        (start, json!({"kind": "placement_started", "placement_type": "U6", "location": "in_area"})),
        (start, json!({"kind": "circle_joined", "role": "social_worker", "key_worker": true})),
        (start, json!({"kind": "circle_joined", "role": "reviewing_officer"})),
        (start, json!({"kind": "plan_made", "plan": "care_plan"})),
        (
            start,
            json!({"kind": "notice_sent", "notice": "placement", "recipients": ["child", "gp", "icb", "school"]}),
        ),
    ];
    let mut at = |days: i32, event: Value| list.push((start.saturating_add(days.days()), event));
    for i in 0..18 {
        at(5 + i * 40, json!({"kind": "visit", "seen": true, "seen_alone": true}));
    }
    for (i, d) in [20, 110, 290, 470].into_iter().enumerate() {
        at(d, json!({"kind": "review_held", "review": "looked_after", "participation": "PN1"}));
        at(d + 3, json!({"kind": "review_output", "output": "decisions"}));
        at(d + 20, json!({"kind": "education_plan", "stage": "reviewed"}));
        at(d + 30, json!({"kind": "note", "text": "Called school."}));
        at(d + i32::try_from(i).expect("small"), json!({"kind": "plan_reviewed", "plan": "care_plan"}));
    }
    at(15, json!({"kind": "health_assessment", "assessment": "initial", "practitioner": "doctor"}));
    at(200, json!({"kind": "health_assessment", "assessment": "review"}));
    at(100, json!({"kind": "placement_started", "placement_type": "U1", "to_eighteen": true}));
    at(120, json!({"kind": "legal_status_changed", "legal_status": "C2"}));
    at(250, json!({"kind": "sdq", "informant": "parent_carer", "total": 12}));
    at(260, json!({"kind": "dental_check"}));
    at(300, json!({"kind": "went_missing", "category": "M"}));
    at(301, json!({"kind": "found"}));
    at(303, json!({"kind": "return_interview", "outcome": "held"}));
    let entries: Vec<Entry> =
        (1u128..).zip(list).map(|(i, (on, event))| entry(n + 1, i, on, event)).collect();
    let chronology = Chronology::new(ChildId(Uuid::from_u128(n + 1)), entries).expect("one chronology");
    Timeline::fold(&chronology, None)
}

fn main() {
    let rules = Rules::compile(&Guidance::national().expect("guidance without mistakes"));
    let children: Vec<Timeline> = (0..2000).map(child).collect();
    let on: Date = "2026-11-21".parse().expect("a date");
    let entries: usize = children.iter().map(|t| t.happenings.len()).sum();
    // Small pieces, and the best of several times for each: other programs on the machine disturb long ones.
    let mut best = 0.0;
    let mut found = 0;
    for piece in children.chunks(20) {
        let mut shortest = f64::MAX;
        for _ in 0..15 {
            let start = Instant::now();
            let duties: usize = piece.iter().map(|t| duties(t, &rules, on).duties.len()).sum();
            let took = start.elapsed().as_secs_f64();
            if took < shortest {
                shortest = took;
            }
            std::hint::black_box(duties);
        }
        best += shortest;
        found += piece.iter().map(|t| duties(t, &rules, on).duties.len()).sum::<usize>();
    }
    let each = best / children.len() as f64 * 1e6;
    println!(
        "{} rules, {:.0} entries and {:.0} duties a child: {each:.1} microseconds a child, {:.2} s for 80,000",
        rules.all().count(),
        entries as f64 / children.len() as f64,
        found as f64 / children.len() as f64,
        each * 0.08,
    );
}
