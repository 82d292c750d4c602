//! Whatever a record holds, a return can be made of it, and its episodes fit together.
#![allow(clippy::expect_used, reason = "a test says what it takes for granted")]

mod common;

use std::collections::BTreeMap;

use common::TODAY;
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use kinfold_census::{
    EpisodeRow, HeldReturns, ProduceOptions, Return, SourceFile, Table, produce, produce_child_years,
};
use kinfold_record::{ChildId, Chronology, Entry, EntryId, Event, Sensitivity};
use proptest::collection::vec;
use proptest::prelude::*;
use smol_str::SmolStr;
use uuid::Uuid;

/// Mostly days near each other, so that things meet; sometimes the ends of time.
fn day() -> impl Strategy<Value = Date> {
    prop_oneof![
        12 => (0..900i32).prop_map(|n| date(2024, 2, 1).saturating_add(n.days())),
        2 => (0..9000i32).prop_map(|n| date(2002, 2, 1).saturating_add(n.days())),
        1 => prop::sample::select(vec![Date::MIN, Date::MAX, date(2024, 2, 29), date(2025, 4, 1), date(2025, 3, 31), date(9999, 1, 1)]),
    ]
}

fn one_of(codes: &'static [&'static str]) -> impl Strategy<Value = SmolStr> {
    prop::sample::select(codes).prop_map(SmolStr::new_static)
}

fn line() -> impl Strategy<Value = Option<String>> {
    prop::option::of(prop_oneof!["[ -~]{0,9}", "\\PC{0,5}", Just("a\nb\t".to_owned()), Just("=1".to_owned())])
}

fn registered() -> impl Strategy<Value = Event> {
    (day(), prop::option::of(one_of(&["M", "F", "U", "x"])), line(), line()).prop_map(
        |(date_of_birth, sex, upn, local_id)| Event::ChildRegistered {
            given_name: String::new(),
            family_name: String::new(),
            date_of_birth,
            known_as: None,
            sex,
            ethnicity: None,
            nhs_number: None,
            upn,
            local_id,
            first_language: None,
            disabled: None,
        },
    )
}

fn homes() -> impl Strategy<Value = Event> {
    let kinds = one_of(&["U6", "U4", "K2", "A5", "T1", "P1", "", "?"]);
    let started = (kinds, line(), line(), line(), any::<Option<bool>>()).prop_map(
        |(placement_type, address, postcode, urn, same_carer)| Event::PlacementStarted {
            placement_type,
            provider: None,
            carer_name: None,
            carer: None,
            address,
            postcode,
            address_confidential: None,
            urn,
            location: None,
            basis: None,
            planned: None,
            to_eighteen: None,
            same_carer,
            ks4_disrupted: None,
            left_because: None,
        },
    );
    let terms = prop::option::of(one_of(&["U4", "U6", "A6"])).prop_map(|placement_type| {
        Event::PlacementTermsChanged {
            to_eighteen: None,
            long_term_fostering: None,
            fewer_visits_agreed: None,
            address_confidential: None,
            placement_type,
            basis: None,
        }
    });
    let ended = prop::option::of(one_of(&["CHILD", "OTHER"]))
        .prop_map(|reason| Event::PlacementEnded { reason, planned: None });
    prop_oneof![4 => started, 1 => terms, 1 => ended]
}

fn law() -> impl Strategy<Value = Event> {
    let status = || one_of(&["C1", "C2", "V2", "V3", "V4", "E1", ""]);
    prop_oneof![
        4 => (status(), line()).prop_map(|(legal_status, home_postcode)| Event::CareStarted { legal_status, category_of_need: None, home_postcode, planned: None }),
        2 => status().prop_map(|legal_status| Event::LegalStatusChanged { legal_status, expires_on: None }),
        2 => one_of(&["E4A", "E11", "E2", ""]).prop_map(|reason| Event::CareCeased { reason, new_home: None, text: None }),
        1 => prop::option::of(day()).prop_map(|expires_on| Event::LibertyOrderStarted { expires_on }),
        1 => Just(Event::LibertyOrderEnded {}),
        1 => Just(Event::AdoptionDecided { authorised_by: None }),
        1 => one_of(&["RD1"]).prop_map(|reason| Event::AdoptionDecisionReversed { reason }),
        1 => Just(Event::AdoptersMatched { foster_carers: None, adopters: Some(-3), adopter_sex: None, adopter_status: None }),
        1 => (one_of(&["P1", "Z1"]), line()).prop_map(|(arrangement, ordered_on)| Event::PreviousPermanence { arrangement, authority: None, ordered_on }),
    ]
}

fn life() -> impl Strategy<Value = Event> {
    prop_oneof![
        registered(),
        Just(Event::Died { notified: None }),
        prop::option::of(day()).prop_map(|baby_born_on| Event::BecameMother { baby_born_on }),
        (any::<bool>(), prop::option::of(day())).prop_map(|(unaccompanied, ends_on)| Event::AsylumStatus {
            unaccompanied,
            trafficked: None,
            ends_on
        }),
        one_of(&["M", "A"]).prop_map(|category| Event::WentMissing { category }),
        Just(Event::Found { text: None }),
        line().prop_map(|worker_id| Event::CircleJoined {
            role: "social_worker".into(),
            person: None,
            name: None,
            key_worker: Some(true),
            parental_responsibility: None,
            worker_id,
            change_reason: None,
            contact: None,
        }),
        Just(Event::CircleLeft { role: "social_worker".into(), person: None, name: None, worker_id: None }),
        one_of(&["YES", "NO", ""]).prop_map(|in_touch| Event::LeaverContact {
            in_touch,
            activity: None,
            accommodation: None
        }),
        prop::option::of(any::<i32>()).prop_map(|total| Event::Sdq {
            informant: "parent_carer".into(),
            total,
            reason: None
        }),
        Just(Event::ReviewHeld {
            review: "looked_after".into(),
            participation: None,
            meeting: None,
            chaired_by: None,
            spoke_alone: None,
            adjourned: None,
            text: None,
            occasion: None,
        }),
        Just(Event::SubstanceMisuse { identified: true, help_offered: None, help_received: Some(false) }),
        Just(Event::CarerRegistered { name: String::new(), carer_type: None }),
    ]
}

/// Entries of one child in no order, some of which correct another.
fn entries(child: u128) -> impl Strategy<Value = Vec<Entry>> {
    let event = prop_oneof![3 => law(), 3 => homes(), 2 => life()];
    (registered(), vec((day(), event, 0..20i64, prop::option::weighted(0.1, 0..20usize)), 0..24)).prop_map(
        move |(first, rest)| {
            let id = |i: usize| EntryId(Uuid::from_u128((child << 32) + i as u128 + 1));
            let all = std::iter::once((date(2002, 2, 1), first, 0, None)).chain(rest);
            let entry =
                |(i, (happened_on, event, hours, replaces)): (usize, (Date, Event, i64, Option<usize>))| {
                    Entry {
                        id: id(i),
                        child: ChildId(Uuid::from_u128(child)),
                        happened_on,
                        happened_at: None,
                        recorded_at: Timestamp::UNIX_EPOCH + hours.hours(),
                        recorded_by: None,
                        source: None,
                        about: Vec::new(),
                        sensitivity: Sensitivity::Ordinary,
                        // Only what came before can be corrected.
                        replaces: replaces.filter(|r| *r < i).map(id),
                        event,
                    }
                };
            all.enumerate().map(entry).collect()
        },
    )
}

fn chronology(entries: Vec<Entry>) -> Chronology {
    let child = entries[0].child;
    Chronology::new(child, entries).expect("entries of one child")
}

/// The episodes of a child in order: each closed one gives way to the next on the same day, or care starts anew.
fn fits(rows: &[&EpisodeRow], options: &ProduceOptions) -> Result<(), TestCaseError> {
    // Days long before anybody lived are written, and mean nothing when they are read.
    if rows.iter().any(|row| row.decom.value().is_none()) {
        return Ok(());
    }
    let (first, last) = (date(options.year - 1, 4, 1), date(options.year, 3, 31).min(options.today));
    for (i, row) in rows.iter().enumerate() {
        let start = row.decom.value().expect("a start");
        prop_assert!(start <= last);
        prop_assert!(row.dec.value().is_none_or(|end| start <= end && first <= end && end <= last));
        prop_assert!(!row.dec.is_blank() || i + 1 == rows.len());
        if let Some(next) = rows.get(i + 1) {
            let begins = next.decom.value().expect("a start");
            prop_assert_eq!(next.rne.is("S"), !row.rec.is("X1"));
            let end = row.dec.value().expect("an end before the next start");
            prop_assert!(end == begins || !row.rec.is("X1") && end < begins);
            let moved = ["P", "B", "T", "U"].iter().any(|code| next.rne.is(code));
            prop_assert!(moved || row.reason_place_change.is_blank());
            prop_assert_eq!(
                next.rne.is("L") || next.rne.is("B") || next.rne.is("U"),
                row.rec.is("X1") && row.ls != next.ls
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_return_can_be_made_of_any_record(a in entries(1), b in entries(2), year in 2023..2028i16) {
        let options = ProduceOptions { tables: Table::ALL.to_vec(), ..ProduceOptions::new(year, TODAY) };
        let made = produce(&[chronology(a.clone()), chronology(b.clone())], &options);
        // In whatever order the entries and the children are given.
        let turned = |entries: &[Entry]| chronology(entries.iter().rev().cloned().collect());
        let again = produce(&[turned(&b), turned(&a)], &options);
        prop_assert_eq!(&again.year, &made.year);
        prop_assert_eq!(&again.lacks, &made.lacks);
        prop_assert_eq!(&again.origins, &made.origins);
        // Every row has its child and lies in the return; every lack is of an empty cell.
        for table in Table::ALL {
            for row in 0..made.year.rows(*table) {
                prop_assert!(made.origins.of(*table, row).is_some_and(|o| [1, 2].contains(&o.child.0.as_u128())));
            }
        }
        let mut by_child: BTreeMap<ChildId, Vec<&EpisodeRow>> = BTreeMap::new();
        for (i, row) in made.year.episodes.iter().enumerate() {
            by_child.entry(made.origins.of(Table::Episodes, i).expect("an origin").child).or_default().push(row);
        }
        for rows in by_child.values() {
            fits(rows, &options)?;
        }
        // What is made can be written and is read back cell by cell.
        let files: Vec<_> = Return::write_csv(&made.year).into_iter().map(|f| SourceFile::new(f.name, f.bytes)).collect();
        let read = kinfold_census::ReadOptions { year: Some(year), ..Default::default() };
        let (back, _) = Return::read(&files, &read);
        prop_assert_eq!(back.first(), Some(&made.year));
        Return::write_xml(&made.year);
    }

    #[test]
    fn one_reading_makes_the_years_that_two_make(a in entries(1), b in entries(2), year in 2023..2028i16) {
        let children = [chronology(a), chronology(b)];
        let (options, before) = (ProduceOptions::new(year, TODAY), ProduceOptions::new(year - 1, TODAY));
        let years = children.iter().filter_map(|child| produce_child_years(child, &options)).collect();
        let held = HeldReturns::of(&options, years);
        let (this, last) = (produce(&children, &options), produce(&children, &before));
        prop_assert_eq!((&held.this.year, &held.this.origins), (&this.year, &this.origins));
        prop_assert_eq!((&held.last.year, &held.last.lacks), (&last.year, &last.lacks));
        // Every end that an older return told is held of a child of this year's, and nothing that came later. One child
        // alone, because two may have no number, or the same.
        let one = &children[..1];
        let held = HeldReturns::of(&options, one.iter().filter_map(|c| produce_child_years(c, &options)).collect());
        let ended = |row: &EpisodeRow| row.dec.value().map(|end| (row.decom.value(), end));
        let told: Vec<_> = held.earlier.iter().flat_map(|year| &year.episodes).filter_map(ended).collect();
        for back in 2..8 {
            let older = produce(one, &ProduceOptions::new(year - back, TODAY)).year;
            for row in older.episodes.iter().filter_map(ended).filter(|_| !held.this.year.header.is_empty()) {
                prop_assert!(told.contains(&row), "{:?} of {}", row, year - back);
            }
        }
        prop_assert!(told.iter().all(|(_, end)| *end <= date(year - 2, 3, 31)));
    }

    #[test]
    fn no_year_is_too_strange(a in entries(1), year in any::<i16>(), today in day()) {
        let made = produce(&[chronology(a)], &ProduceOptions::new(year, today));
        prop_assert!(made.year.header.len() <= 1);
    }
}
