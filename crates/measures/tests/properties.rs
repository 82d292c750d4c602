//! What holds of every figure, whoever the children are.
#![allow(clippy::expect_used, clippy::panic, reason = "a test says what it takes for granted")]

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use kinfold_guidance::Guidance;
use kinfold_measures::{Audience, Cell, Counter, Detail, Figure, Span, Table, trend};
use kinfold_record::{ChildId, Chronology, Entry, EntryId, Event, Sensitivity, Timeline};
use proptest::prelude::*;
use uuid::Uuid;

fn national() -> &'static Guidance {
    static NATIONAL: LazyLock<Guidance> =
        LazyLock::new(|| Guidance::national().unwrap_or_else(|m| panic!("\n{m}")));
    &NATIONAL
}

const YEARS: [i16; 3] = [2024, 2025, 2026];

fn spans() -> Vec<Span> {
    YEARS.into_iter().filter_map(Span::year).collect()
}

/// Something that may have happened, as JSON, so that a code is one of the lists.
fn event() -> impl Strategy<Value = Event> {
    let said = prop_oneof![
        3 => prop_oneof![Just("C2"), Just("V2"), Just("V4"), Just("E1")]
            .prop_map(|ls| format!(r#"{{"kind":"care_started","legal_status":"{ls}"}}"#)),
        6 => (
            prop_oneof![Just("U6"), Just("K2"), Just("T1"), Just("A5"), Just("A6")],
            prop_oneof![Just("in_area"), Just("distant")],
            any::<bool>()
        )
            .prop_map(|(code, area, same)| format!(
                r#"{{"kind":"placement_started","placement_type":"{code}","location":"{area}","same_carer":{same}}}"#
            )),
        2 => prop_oneof![Just("E11"), Just("E4A")]
            .prop_map(|reason| format!(r#"{{"kind":"care_ceased","reason":"{reason}"}}"#)),
        1 => Just(r#"{"kind":"legal_status_changed","legal_status":"E1"}"#.to_owned()),
        2 => Just(r#"{"kind":"review_held","review":"looked_after"}"#.to_owned()),
        1 => Just(r#"{"kind":"health_assessment","assessment":"review"}"#.to_owned()),
        1 => Just(r#"{"kind":"dental_check"}"#.to_owned()),
        1 => any::<bool>().prop_map(|b| format!(r#"{{"kind":"immunisation_status","up_to_date":{b}}}"#)),
        1 => (0..=40).prop_map(|n| format!(r#"{{"kind":"sdq","informant":"parent_carer","total":{n}}}"#)),
        1 => any::<bool>().prop_map(|b| format!(r#"{{"kind":"substance_misuse","identified":{b},"help_offered":true}}"#)),
        1 => Just(r#"{"kind":"went_missing","category":"M"}"#.to_owned()),
        1 => Just(r#"{"kind":"found"}"#.to_owned()),
        1 => Just(r#"{"kind":"adopters_matched"}"#.to_owned()),
        1 => Just(r#"{"kind":"adoption_decided"}"#.to_owned()),
        1 => Just(r#"{"kind":"leaver_contact","in_touch":"YES","activity":"F1","accommodation":"U1"}"#.to_owned()),
        1 => Just(r#"{"kind":"education_plan","stage":"reviewed"}"#.to_owned()),
    ];
    said.prop_map(|json| serde_json::from_str(&json).expect("an event"))
}

fn day(offset: u32) -> Date {
    date(2021, 1, 1).checked_add(jiff::Span::new().days(offset)).expect("a day")
}

type Story = (i16, Option<u8>, Vec<(u32, Event)>);

fn stories() -> impl Strategy<Value = Vec<Story>> {
    let story =
        (2003..2024i16, prop::option::of(0..4u8), prop::collection::vec((0..1_900u32, event()), 0..24));
    prop::collection::vec(story, 0..30)
}

fn timeline(place: usize, (born, who, story): &Story) -> Timeline {
    let child = ChildId(Uuid::from_u128(1 + place as u128));
    let sex = who.map(|w| if w % 2 == 0 { "F" } else { "M" }.into());
    let registered = Event::ChildRegistered {
        given_name: "Somebody".into(),
        family_name: "Example".into(),
        date_of_birth: date(*born, 6, 15),
        known_as: None,
        sex,
        ethnicity: who.map(|w| if w > 1 { "WBRI" } else { "BAFR" }.into()),
        nhs_number: None,
        upn: None,
        local_id: None,
        first_language: None,
        disabled: who.map(|w| w == 3),
    };
    let first = (date(*born, 6, 15), registered);
    let story = std::iter::once(first).chain(story.iter().map(|(on, event)| (day(*on), event.clone())));
    let entries = story.enumerate().map(|(i, (happened_on, event))| Entry {
        id: EntryId(Uuid::from_u128(1 + i as u128)),
        child,
        happened_on,
        happened_at: None,
        recorded_at: Timestamp::UNIX_EPOCH,
        recorded_by: None,
        source: None,
        about: Vec::new(),
        sensitivity: Sensitivity::Ordinary,
        replaces: None,
        event,
    });
    Timeline::fold(&Chronology::new(child, entries.collect()).expect("one child's entries"), None)
}

fn timelines(stories: &[Story]) -> Vec<Timeline> {
    stories.iter().enumerate().map(|(i, story)| timeline(i, story)).collect()
}

fn adds_up(figure: &Figure) {
    let id = &figure.measure;
    assert!(figure.total.numerator <= figure.total.denominator, "{id}");
    let listed = figure.denominator().count();
    assert_eq!(listed, figure.total.denominator as usize, "{id}: everybody counted over is listed");
    assert_eq!(
        figure.numerator().count(),
        figure.total.numerator as usize,
        "{id}: everybody counted is listed"
    );
    let mut seen: Vec<ChildId> =
        figure.denominator().chain(figure.excluded.iter().map(|e| e.child)).collect();
    seen.sort_unstable();
    let all = seen.len();
    seen.dedup();
    assert_eq!(seen.len(), all, "{id}: nobody is counted twice, nor both counted and left out");
    for (split, sums) in figure.splits.iter().enumerate() {
        let denominator: u32 = sums.iter().map(|s| s.denominator).sum();
        let numerator: u32 = sums.iter().map(|s| s.numerator).sum();
        let amount: i64 = sums.iter().map(|s| s.amount).sum();
        let total = (figure.total.denominator, figure.total.numerator, figure.total.amount);
        assert_eq!((denominator, numerator, amount), total, "{id}: split {split} adds up");
        for (group, sum) in sums.iter().enumerate() {
            assert_eq!(figure.group(split, group).count(), sum.denominator as usize, "{id}: group {group}");
        }
    }
    let left_out: u32 = figure.reasons.iter().map(|(_, n)| n).sum();
    assert_eq!(left_out as usize, figure.excluded.len(), "{id}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn figures_add_up(stories in stories()) {
        let guidance = national();
        for figure in Counter::new(guidance).figures(&timelines(&stories), &spans(), Detail::Children) {
            adds_up(&figure);
        }
    }

    #[test]
    fn the_order_of_children_and_the_way_they_are_added_do_not_matter(stories in stories(), cut in 0..30usize) {
        let guidance = national();
        let counter = Counter::new(guidance);
        let mut all = timelines(&stories);
        let figures = counter.figures(&all, &spans(), Detail::Children);
        all.reverse();
        prop_assert_eq!(&counter.figures(&all, &spans(), Detail::Children), &figures);
        let (some, rest) = all.split_at(cut.min(all.len()));
        let mut first = counter.begin(&spans(), Detail::Children);
        let mut second = counter.begin(&spans(), Detail::Children);
        some.iter().for_each(|t| first.add(t));
        rest.iter().for_each(|t| second.add(t));
        prop_assert_eq!(&second.merge(first).finish(), &figures);
        let sums = counter.figures(&all, &spans(), Detail::Sums);
        for (sum, figure) in sums.iter().zip(&figures) {
            prop_assert_eq!((&sum.total, &sum.splits, &sum.reasons), (&figure.total, &figure.splits, &figure.reasons));
            prop_assert!(sum.children.is_empty() && sum.excluded.is_empty());
        }
        let alone = counter.only("missing.children").figures(&all, &spans(), Detail::Children);
        let among: Vec<&Figure> = figures.iter().filter(|f| f.measure == "missing.children").collect();
        prop_assert_eq!(alone.iter().collect::<Vec<_>>(), among);
    }

    #[test]
    fn a_table_has_a_row_for_every_group_and_names_nobody(stories in stories()) {
        let guidance = national();
        let figures = Counter::new(guidance).figures(&timelines(&stories), &spans(), Detail::Children);
        let groups: usize = guidance.measures.splits.iter().map(|s| s.groups.len() + 1).sum();
        for audience in [Audience::Inside, Audience::Public] {
            let table = Table::of(&figures, guidance, audience);
            prop_assert_eq!(table.rows.len(), figures.len() * (1 + groups));
            prop_assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
            let hidden = table.rows.iter().flatten().any(|cell| *cell == Cell::Hidden);
            prop_assert!(audience == Audience::Public || !hidden);
            // Fewer than six children are never shown to the public.
            for row in &table.rows {
                if let (Audience::Public, Cell::Whole(n)) = (audience, &row[5]) {
                    prop_assert!(*n == 0 || *n >= 6, "{row:?}");
                }
            }
        }
        let line = trend(&figures, "children.looked_after", guidance, Audience::Inside).expect("it is there");
        let ends: Vec<i16> = line.points.iter().map(|p| p.year_end.year()).collect();
        prop_assert_eq!(ends, YEARS);
    }
}
