//! What other directories give out is read, in the standard and in the small ways that feeds differ from it; and what
//! cannot be taken over is named with its place.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "test helpers")]

use kinfold_directory::{NotAFeed, PageOf, PlaceKind, Status, read};

const PAGE: &str = r#"{
  "total_items": 3, "total_pages": 2, "page_number": 1, "size": 2, "first_page": true, "last_page": false, "empty": false,
  "contents": [
    {
      "id": "0b6f3c2e-0d5c-4a55-8f5e-0a2f6c1d7e01", "name": " Open Door ", "status": "active", "url": "https://opendoor.example/",
      "email": "hello@opendoor.example", "minimum_age": 11, "maximum_age": "25", "fees": "Free", "wait_time": "About two weeks",
      "application_process": "Ring, or ask your nurse", "assured_date": "2026-10-01", "last_modified": "2026-10-01T09:30:00.000Z",
      "organization": { "id": "o1", "name": "Fernshire Minds", "description": "A charity", "website": "https://minds.example" },
      "contacts": [ { "id": "c1", "title": "Duty worker", "phones": [ { "id": "p1", "number": "01632 960001" } ] } ],
      "languages": [ { "id": "l1" }, { "id": "l2", "language": "Polish" }, { "id": "l3", "name": "Urdu", "code": "ur" } ],
      "service_areas": [ { "id": "a1", "service_area": "Fernshire" } ],
      "schedules": [ { "id": "s1", "freq": "WEEKLY", "byday": "MO,WE", "opens_at": "15:00", "closes_at": "19:00" } ],
      "cost_options": [ { "id": "k1", "option": "Groups", "amount": 2, "amount_description": "a session" } ],
      "attributes": [ { "id": "t1", "link_type": "need", "taxonomy_term": { "id": "tt1", "name": "Counselling", "description": "x" } } ],
      "service_at_locations": [ { "id": "sl1", "location": {
        "id": "loc1", "location_type": "physical", "name": "The Old Bakery", "latitude": "51.5", "longitude": -0.12,
        "addresses": [ { "id": "ad1", "address_1": "1 Mill Lane", "city": "Fernham", "state_province": "Fernshire", "postal_code": "FE1 1AA", "country": "GB", "address_type": "physical" } ],
        "accessibility": [ { "id": "ac1", "description": "Step-free" } ] } } ]
    },
    { "id": "0b6f3c2e-0d5c-4a55-8f5e-0a2f6c1d7e02", "name": "Night Line", "status": "temporarily closed" }
  ]
}"#;

#[test]
fn a_page_is_read() {
    let feed = read(PAGE).expect("a feed");
    assert_eq!(feed.wrong, []);
    assert_eq!(feed.page, Some(PageOf { number: 1, pages: 2, items: 3 }));
    assert_eq!(feed.page.and_then(PageOf::next), Some(2));
    let [door, line] = feed.services.as_slice() else { panic!("two services") };
    assert_eq!((door.name.as_str(), door.minimum_age, door.maximum_age), ("Open Door", Some(11), Some(25)));
    assert_eq!(door.organization.as_ref().map(|o| o.name.as_str()), Some("Fernshire Minds"));
    assert_eq!(door.phones[0].number, "01632 960001");
    let names: Vec<_> = door.languages.iter().filter_map(|l| l.name.as_deref()).collect();
    assert_eq!(names, ["Polish", "Urdu"], "a language that is not named says nothing");
    assert_eq!(door.service_areas[0].name.as_deref(), Some("Fernshire"));
    assert_eq!(door.cost_options[0].amount_description.as_deref(), Some("£2 a session"));
    assert_eq!(door.terms[0].name, "Counselling");
    let place = &door.places[0];
    assert_eq!((place.kind, place.at), (PlaceKind::Physical, Some((51.5, -0.12))));
    assert_eq!(
        (place.addresses[0].postal_code.as_str(), place.accessibility[0].as_str()),
        ("FE1 1AA", "Step-free")
    );
    assert_eq!(line.status, Some(Status::TemporarilyClosed));
}

#[test]
fn a_list_one_service_and_the_first_standard_are_read_too() {
    let one = r#"{"id": "a", "name": "A", "status": "active"}"#;
    assert_eq!(read(one).expect("one").services.len(), 1);
    assert_eq!(read(&format!("\u{feff}[{one}]")).expect("a list").services.len(), 1);
    let first = format!("{{\"totalElements\": 1, \"totalPages\": 1, \"number\": 1, \"content\": [{one}]}}");
    let feed = read(&first).expect("the first standard");
    assert_eq!((feed.services.len(), feed.page.and_then(PageOf::next)), (1, None));
    assert!(read("[]").expect("nothing").services.is_empty());
}

/// What is said about a service with these fields: place and words.
fn said(fields: &str) -> Vec<(String, String)> {
    let feed = read(&format!("[{{\"id\": \"a\", \"name\": \"A\", \"status\": \"active\", {fields}}}]"))
        .expect("a feed");
    assert_eq!(feed.services.len(), 1, "the service itself is kept");
    feed.wrong.into_iter().map(|w| (w.path, w.message)).collect()
}

#[track_caller]
fn tells(fields: &str, path: &str, words: &str) {
    let said = said(fields);
    assert!(said.iter().any(|(p, m)| p == path && m.contains(words)), "{said:?}");
}

#[test]
fn what_cannot_be_taken_over_is_named() {
    tells(r#""url": "javascript:alert(1)""#, "services[0].url", "not a link");
    tells(r#""url": "opendoor.example""#, "services[0].url", "not a link");
    tells(r#""email": "a@b.example\nBcc: c@d.example""#, "services[0].email", "not an address");
    tells(r#""minimum_age": "young""#, "services[0].minimum_age", "not an age");
    tells(r#""minimum_age": -1"#, "services[0].minimum_age", "not an age");
    tells(r#""minimum_age": 18, "maximum_age": 11"#, "services[0].maximum_age", "lower than");
    tells(r#""assured_date": "yesterday""#, "services[0].assured_date", "not a day");
    tells(r#""last_modified": "now""#, "services[0].last_modified", "not a moment");
    tells(r#""phones": "01632 960001""#, "services[0].phones", "not a list");
    tells(r#""phones": ["01632 960001"]"#, "services[0].phones[0]", "not an object");
    tells(r#""organization": {"name": "X"}"#, "services[0].organization", "no id or no name");
    tells(r#""name": "A", "description": ["x"]"#, "services[0].description", "not a text");
    tells(
        r#""service_at_locations": [{"location": {"id": "l", "latitude": 100, "longitude": 101}}]"#,
        "services[0].service_at_locations[0].location.latitude",
        "not on the map",
    );
    let long = format!(r#""description": "{}""#, "x".repeat(100_000));
    tells(&long, "services[0].description", "longer than 20000");
    assert_eq!(said(r#""description": null, "email": "", "phones": []"#), [], "absent is not wrong");
}

#[test]
fn a_service_that_cannot_be_kept_does_not_take_others_with_it() {
    let feed = read(
        r#"[{"name": "No id"}, 5, {"id": "b", "name": "B", "status": "active"}, {"id": "b", "name": "Again", "status": "active"},
           {"id": "c", "name": "C", "status": "open"}]"#,
    )
    .expect("a feed");
    let names: Vec<_> = feed.services.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["B", "C"]);
    assert_eq!(feed.services[1].status, None);
    let paths: Vec<_> = feed.wrong.iter().map(|w| w.path.as_str()).collect();
    assert_eq!(paths, ["services[0]", "services[1]", "services[3].id", "services[4].status"]);
}

#[test]
fn what_is_no_feed_is_refused_with_a_reason() {
    assert_eq!(read("{\n\"contents\": [").unwrap_err(), NotAFeed::NotJson { line: 2, column: 13 });
    for text in ["{}", "5", "\"x\"", "{\"contents\": 5}", "null"] {
        assert_eq!(read(text).unwrap_err(), NotAFeed::NoServices, "{text}");
    }
    let many = format!("[{}]", vec!["1"; 20_001].join(","));
    assert_eq!(read(&many).unwrap_err(), NotAFeed::TooMany(20_001));
    // Nested too deep for the reader of JSON: refused, not a crash.
    assert!(read(&"[".repeat(100_000)).is_err());
}
