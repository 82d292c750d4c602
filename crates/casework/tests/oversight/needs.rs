//! The needs profile: figures equal to the measures', nobody to be found in it, whoever looks.

use jiff::civil::{Date, date};
use kinfold_casework::Error;
use kinfold_casework::authority::publish::{NewPublication, NewSection};
use kinfold_casework::board::ExportedCell;
use kinfold_casework::bulk::NewChronology;
use kinfold_casework::measures::{Part, Seen};
use kinfold_casework::rows::Page;
use kinfold_record::{ChildId, Entry, EntryId, Event, PersonId, Subject};

use crate::world::{
    CLERK, COUNCILLOR, DIRECTOR, HEAD, PASSWORD, READER, SOUTH, TODAY, WORKER, World, id, noon, on_both,
};

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
            let who = &page.told.parts[0].lines[0];
            let (Seen::Figures(here), Seen::Figures(there)) = (who.seen(), measure.line.seen) else {
                panic!("nothing was recorded")
            };
            assert_eq!(here.value, there.value, "fourteen are enough to be shown to anybody");
            assert_eq!(here.value, Some(14.0));
            let split = who.splits.iter().find(|split| split.title == "First language").unwrap();
            let shown: Vec<(&str, Option<u32>)> =
                split.groups.iter().map(|(group, public)| (group.as_str(), public.numerator)).collect();
            assert_eq!(
                shown,
                [("English", Some(7)), ("Another language", None), ("Not known", None)],
                "three and four are few, and neither can be worked out from the other"
            );
            pages.push(format!("{:?} {:?}", page.told.parts, page.told.themes));
            let themes = page.told.themes.unwrap();
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

/// A paper of the needs profile, begun in the year that runs.
fn paper() -> NewPublication {
    NewPublication {
        outline: "needs.profile".to_owned(),
        title: "What our children need".to_owned(),
        year: 2027,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_profile_stays_as_it_was_and_a_new_version_stands_beside_it() {
    on_both(|world| async move {
        let casework = &world.casework;
        for n in 300..308 {
            child(&world, n, "English", &["change"]).await;
        }
        let (director, clerk) = (world.sign_in(DIRECTOR).await, world.sign_in(CLERK).await);
        let id = casework.start_publication(&director, &paper(), "a").await.unwrap();
        let live = casework.needs(&director, None, RUNNING).await.unwrap();
        assert!(live.published.is_none(), "a draft is not public");
        assert_eq!(live.outline.as_deref(), Some("needs.profile"));
        assert_eq!(casework.publish(&director, id, 999, "", "b").await.unwrap(), 1);
        let first = casework.published_version(id, Some(1)).await.unwrap().version;
        let told = first.document.profile.clone().unwrap();
        assert_eq!(*told, live.told, "what is published is what was shown inside on that day");
        assert_eq!((told.made, first.document.figures_on), (TODAY, Some(TODAY)));
        assert!(!told.method.is_empty() && !told.limits.is_empty());
        assert_eq!(told.parts[0].lines[0].figure.and_then(|figure| figure.value), Some(12.0));
        // Each figure is the one of the measures page of that day, as everybody sees it.
        let councillor = world.sign_in(COUNCILLOR).await;
        assert!(casework.needs(&councillor, None, RUNNING).await.unwrap().outline.is_none());
        for line in told.parts.iter().flat_map(|part| &part.lines) {
            let page = casework
                .measure(&councillor, &line.measure, RUNNING, Part::Numerator, Page::first(1))
                .await
                .unwrap();
            assert_eq!(line.seen(), page.line.seen, "{}", line.measure);
            for split in &line.splits {
                let (_, groups) = page.splits.iter().find(|(title, _)| *title == split.title).unwrap();
                assert_eq!(split.groups, *groups, "{} by {}", line.measure, split.title);
            }
        }
        assert_eq!(told.themes.as_ref().unwrap().children, Some(8));

        // The record goes on: the page inside says so, what was published does not.
        for n in 308..320 {
            child(&world, n, "English", &["change"]).await;
        }
        let live = casework.needs(&clerk, None, RUNNING).await.unwrap();
        assert_eq!(live.told.parts[0].lines[0].figure.and_then(|figure| figure.value), Some(24.0));
        let line = live.published.unwrap();
        assert_eq!((line.id, line.number, line.on), (id, 1, TODAY));
        assert_eq!(casework.published_version(id, None).await.unwrap().version, first);
        let words =
            NewSection { heading: "More".to_owned(), text: "Words.".to_owned(), measures: Vec::new() };
        casework.write_section(&clerk, (id, None), 999, &words, "c").await.unwrap();
        let draft = casework.publication(&clerk, id).await.unwrap().publication;
        assert_eq!(
            draft.profile.as_deref(),
            Some(&*told),
            "figures are taken, and do not follow by themselves"
        );
        casework.fix_figures(&director, id, "d").await.unwrap();
        assert_eq!(casework.publish(&director, id, 999, "More children.", "e").await.unwrap(), 2);
        let newest = casework.published_version(id, None).await.unwrap();
        assert_eq!(newest.versions.len(), 2);
        let now = newest.version.document.profile.unwrap();
        assert_eq!(now.parts[0].lines[0].figure.and_then(|figure| figure.value), Some(24.0));
        let again = casework.published_version(id, Some(1)).await.unwrap();
        assert!(again.is_replaced());
        assert_eq!(again.version, first, "not a figure differs");
        assert_eq!(again.version.document.profile.unwrap().table(), told.table());
    })
    .await;
}
