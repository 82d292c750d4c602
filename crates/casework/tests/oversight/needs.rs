//! The needs profile: figures equal to the measures', nobody to be found in it, whoever looks.

use jiff::civil::{Date, date};
use kinfold_casework::Error;
use kinfold_casework::board::ExportedCell;
use kinfold_casework::bulk::NewChronology;
use kinfold_casework::measures::{Part, Seen};
use kinfold_casework::rows::Page;
use kinfold_record::{ChildId, Entry, EntryId, Event, PersonId, Subject};

use crate::world::{COUNCILLOR, HEAD, PASSWORD, READER, SOUTH, WORKER, World, id, noon, on_both};

const RUNNING: Option<i16> = Some(2027);
const CAME: Date = date(2026, 11, 2);

/// A child with a first language who said things of these kinds.
async fn child(world: &World, n: u128, language: &str, topics: &[&str]) {
    let mut events = vec![
        Event::ChildRegistered {
            given_name: "Sparrow".into(),
            family_name: format!("Number{n}"),
            date_of_birth: date(2014, 5, 5),
            known_as: None,
            sex: None,
            ethnicity: None,
            nhs_number: None,
            upn: None,
            local_id: None,
            first_language: Some(language.into()),
            disabled: None,
        },
        Event::CareStarted {
            legal_status: "C2".into(),
            category_of_need: Some("N1".into()),
            home_postcode: None,
            planned: None,
        },
    ];
    events.extend((0_u128..).zip(topics).map(|(i, topic)| Event::VoiceSaid {
        voice: format!("v{n}{i}").into(),
        topic: (*topic).into(),
        text: Some("Heard by one person".into()),
        feeling: None,
        readers: Some(vec![PersonId(id(READER))]),
        reply_from: None,
        reply_role: None,
        passed_on: None,
        files: None,
        line: None,
    }));
    let entries = (0_u128..).zip(events).map(|(i, event)| Entry {
        id: EntryId(id(50_000 + n * 100 + i)),
        child: ChildId(id(n)),
        happened_on: CAME,
        happened_at: None,
        recorded_at: noon(CAME),
        recorded_by: Some(PersonId(id(READER))),
        source: None,
        about: Vec::new(),
        sensitivity: event.kind().compartment().unwrap_or_default(),
        replaces: None,
        event,
    });
    let new = NewChronology {
        id: ChildId(id(n)),
        subject: Subject::Child,
        reference: format!("F-{n}"),
        team: Some(id(SOUTH)),
        entries: entries.collect(),
        readers: Vec::new(),
        import_run: None,
    };
    world.casework.add_chronologies(vec![new]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_sees_the_profile_as_it_may_be_published() {
    on_both(|world| async move {
        for n in 300..310 {
            // Two speak of a worry; six of something they want changed, some of them twice.
            let topics: &[&str] = match n {
                300 | 301 => &["worry", "change", "change"],
                302..306 => &["change"],
                306 => &["who_looked"],
                _ => &[],
            };
            child(&world, n, if n < 307 { " english" } else { "Tigrinya" }, topics).await;
        }
        let mut pages = Vec::new();
        for person in [HEAD, COUNCILLOR] {
            let actor = world.sign_in(person).await;
            let page = world.casework.needs(&actor, None, RUNNING).await.unwrap();
            let measure = world
                .casework
                .measure(&actor, "children.looked_after", RUNNING, Part::Numerator, Page::first(1))
                .await
                .unwrap();
            let who = &page.parts[0].lines[0];
            let (Seen::Figures(here), Seen::Figures(there)) = (who.seen, measure.line.seen) else {
                panic!("nothing was recorded")
            };
            assert_eq!(here.value, there.value, "fourteen are enough to be shown to anybody");
            assert_eq!(here.value, Some(14.0));
            let (_, groups) = who.splits.iter().find(|(title, _)| title == "First language").unwrap();
            let shown: Vec<(&str, Option<u32>)> =
                groups.iter().map(|(group, public)| (group.as_str(), public.numerator)).collect();
            assert_eq!(
                shown,
                [("English", Some(7)), ("Another language", None), ("Not known", None)],
                "three and four are few, and neither can be worked out from the other"
            );
            pages.push(format!("{:?} {:?}", page.parts, page.themes));
            let themes = page.themes.unwrap();
            assert_eq!(themes.children, Some(6), "whoever asked who looked told no need");
            let said: Vec<_> = themes.rows.iter().filter(|(_, n)| *n != Some(0)).collect();
            assert_eq!(said.len(), 2, "{said:?}");
            assert!(said.contains(&&("Something I want changed".to_owned(), Some(6))), "{said:?}");
            assert!(said.contains(&&("A worry".to_owned(), None)), "two are few: {said:?}");
        }
        assert_eq!(pages[0], pages[1], "a head of service sees what a councillor sees");
        for found in ["Sparrow", "Number300", "Heard by", "F-300", &id(300).to_string()] {
            assert!(!pages[0].contains(found), "{found}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_takes_the_password_and_says_what_the_page_says() {
    on_both(|world| async move {
        let token = world.token(HEAD).await;
        let head = world.casework.actor(&token).await.unwrap();
        let refused = world.casework.export_needs(&head, None, RUNNING, "csv").await;
        assert!(matches!(refused, Err(Error::Reauthenticate)));
        world.casework.reauthenticate(&head, PASSWORD).await.unwrap();
        let head = world.casework.actor(&token).await.unwrap();
        let table = world.casework.export_needs(&head, None, RUNNING, "csv").await.unwrap();
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
        let first = &table.rows[0];
        assert_eq!(first[1], ExportedCell::Text("children.looked_after".into()));
        assert_eq!(first[7], ExportedCell::Text("c".into()), "four are few");
        assert!(world.log().await.iter().any(|(action, detail)| action == "export_measures"
            && detail.contains("\"needs\"")
            && detail.contains("\"csv\"")));
        let nothing = world.casework.needs(&head, Some("no.such"), RUNNING).await;
        assert!(matches!(nothing, Err(Error::Absent)));
        let worker = world.sign_in(WORKER).await;
        assert!(matches!(world.casework.needs(&worker, None, None).await, Err(Error::Absent)));
        assert!(matches!(world.casework.export_needs(&worker, None, None, "csv").await, Err(Error::Absent)));
    })
    .await;
}
