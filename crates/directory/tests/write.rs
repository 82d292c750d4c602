//! What is written has every key that the profile requires, reads back as it was, and is cut into pages.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "test helpers")]

use kinfold_directory::{
    Address, Area, Contact, Cost, Language, Organization, Phone, Place, PlaceKind, Schedule, Service, Status,
    Term, about, listed, page, read, service,
};
use proptest::prelude::*;
use serde_json::Value;

fn words() -> impl Strategy<Value = String> {
    "[A-Za-z£][A-Za-z '£é0-9-]{0,18}[a-z]"
}

fn maybe<T: std::fmt::Debug>(some: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    prop::option::of(some)
}

fn degrees(limit: i32) -> impl Strategy<Value = f64> {
    (-limit * 1_000_000..=limit * 1_000_000).prop_map(|n| f64::from(n) / 1e6)
}

fn place() -> impl Strategy<Value = Place> {
    let address =
        (words(), words(), words(), words()).prop_map(|(address_1, city, state_province, postal_code)| {
            Address { address_1, city, state_province, postal_code, country: "GB".to_owned() }
        });
    (
        words(),
        prop::sample::select(PlaceKind::ALL.to_vec()),
        maybe(words()),
        maybe((degrees(90), degrees(180))),
        prop::collection::vec(address, 0..3),
        prop::collection::vec(words(), 0..3),
    )
        .prop_map(|(id, kind, name, at, addresses, accessibility)| Place {
            id,
            kind,
            description: name.clone(),
            name,
            at,
            addresses,
            accessibility,
        })
}

fn any_service() -> impl Strategy<Value = Service> {
    let head =
        (words(), words(), maybe(words()), prop::sample::select(Status::ALL.to_vec()), 0..18_u16, 18..26_u16);
    let who = maybe((words(), words()));
    let parts = (
        prop::collection::vec(words(), 0..3),
        prop::collection::vec((words(), words()), 0..3),
        prop::collection::vec(place(), 0..3),
    );
    (head, who, parts).prop_map(|((id, name, some, status, from, to), who, (texts, pairs, places))| Service {
        id,
        name,
        alternate_name: some.clone(),
        description: some.clone(),
        url: Some("https://service.example/a".to_owned()),
        email: Some("ask@service.example".to_owned()),
        status: Some(status),
        eligibility_description: some.clone(),
        minimum_age: Some(from),
        maximum_age: Some(to),
        application_process: some.clone(),
        wait_time: some.clone(),
        fees: some.clone(),
        accreditations: some.clone(),
        interpretation_services: some.clone(),
        alert: some,
        assured_date: Some("2026-10-01".parse().unwrap()),
        assurer_email: None,
        last_modified: Some("2026-10-01T09:30:00.5Z".parse().unwrap()),
        organization: who.map(|(id, name)| Organization {
            id,
            description: Some(name.clone()),
            name,
            website: None,
            email: None,
        }),
        phones: texts.iter().map(|t| Phone { number: t.clone(), description: None }).collect(),
        languages: pairs
            .iter()
            .map(|(a, b)| Language { code: Some(a.clone()), name: Some(b.clone()) })
            .collect(),
        service_areas: texts.iter().map(|t| Area { name: Some(t.clone()), uri: None }).collect(),
        places,
        schedules: texts.iter().map(|t| Schedule { byday: Some(t.clone()), ..Schedule::default() }).collect(),
        contacts: pairs
            .iter()
            .map(|(a, b)| Contact { name: Some(a.clone()), title: Some(b.clone()) })
            .collect(),
        cost_options: pairs
            .iter()
            .map(|(a, b)| Cost { option: Some(a.clone()), amount_description: Some(b.clone()) })
            .collect(),
        terms: pairs
            .iter()
            .map(|(a, b)| Term { id: a.clone(), name: b.clone(), taxonomy: None, term_uri: None })
            .collect(),
    })
}

/// What the profile requires, by the key an object stands under.
const REQUIRED: [(&str, &[&str]); 12] = [
    ("organization", &["id", "name", "description"]),
    ("phones", &["id", "number"]),
    ("languages", &["id"]),
    ("service_areas", &["id"]),
    ("schedules", &["id"]),
    ("contacts", &["id"]),
    ("cost_options", &["id"]),
    ("attributes", &["id"]),
    ("taxonomy_term", &["id", "name", "description"]),
    ("service_at_locations", &["id"]),
    ("location", &["id", "location_type"]),
    ("addresses", &["id", "address_1", "city", "state_province", "postal_code", "country", "address_type"]),
];

fn complete(under: &str, value: &Value) {
    match value {
        Value::Array(list) => list.iter().for_each(|v| complete(under, v)),
        Value::Object(fields) => {
            let required = REQUIRED.iter().find(|(key, _)| *key == under).map_or(&[][..], |(_, keys)| keys);
            for key in required {
                assert!(fields.contains_key(*key), "{under} has no {key}: {value}");
            }
            for (key, inner) in fields {
                assert!(!inner.is_null(), "{key} is null");
                complete(key, inner);
            }
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back_as_it_was(original in any_service()) {
        let value = service(&original);
        for key in ["id", "name", "status"] {
            prop_assert!(value.get(key).is_some());
        }
        complete("", &value);
        let feed = read(&value.to_string()).expect("a feed");
        prop_assert_eq!(&feed.wrong, &vec![]);
        prop_assert_eq!(&feed.services, &vec![original.clone()]);
        // The same directory asked again answers the same, ids of parts included.
        prop_assert_eq!(service(&original), value);
    }

    #[test]
    fn nothing_that_is_sent_in_stops_the_reader(text in "[\\[\\]{}\":,a-z0-9 .-]{0,200}") {
        let _ = read(&text);
    }
}

#[test]
fn a_status_nobody_knows_is_not_given_out_as_active() {
    let unknown = Service { id: "a".to_owned(), name: "A".to_owned(), ..Service::default() };
    assert_eq!(listed(&unknown)["status"], "inactive");
}

#[test]
fn a_list_is_cut_into_pages() {
    let all: Vec<Value> = (1..=5).map(|n| serde_json::json!({"id": n.to_string()})).collect();
    let first = page(&all, 1, 2);
    assert_eq!(
        (&first["total_items"], &first["total_pages"], &first["size"]),
        (&5.into(), &3.into(), &2.into())
    );
    assert_eq!((&first["first_page"], &first["last_page"]), (&true.into(), &false.into()));
    let last = page(&all, 3, 2);
    assert_eq!(
        (&last["size"], &last["last_page"], &last["contents"][0]["id"]),
        (&1.into(), &true.into(), &"5".into())
    );
    let beyond = page(&all, 9, 2);
    assert_eq!((&beyond["empty"], &beyond["last_page"]), (&true.into(), &true.into()));
    let none = page(&[], 1, 0);
    assert_eq!(
        (&none["total_pages"], &none["empty"], &none["last_page"]),
        (&0.into(), &true.into(), &true.into())
    );
    assert_eq!(about()["version"], "HSDS-UK-3.0");
}
