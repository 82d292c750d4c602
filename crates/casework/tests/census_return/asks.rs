//! A key worker is asked to put a finding right, does so, and everybody concerned sees how it stands.

use jiff::civil::date;
use kinfold_casework::census_return::ReturnChild;
use kinfold_casework::rows::Page;
use kinfold_casework::{Error, NewEntry};
use kinfold_record::{ChildId, Event};

use super::jay::{JAY, add_jay};
use super::world::{MANAGER, READER, REVIEWER, ROBIN, SOUTH_MANAGER, WORKER, WREN, World, id, on_both};
use super::{ANALYST, YEAR, analyst, fresh};

/// The rule that finds a child without ethnicity.
const NO_ETHNICITY: &str = "103";

fn child(n: u128) -> ChildId {
    ChildId(id(n))
}

async fn of_robin(world: &World, rule: Option<&str>) -> ReturnChild {
    let analyst = world.sign_in(ANALYST).await;
    let page = world.casework.return_children(&analyst, YEAR, rule, Page::first(20)).await.unwrap();
    page.page.rows.into_iter().find(|row| row.id == child(ROBIN)).unwrap()
}

async fn say_ethnicity(world: &World) {
    let worker = world.sign_in(WORKER).await;
    let version = world.casework.child_page(&worker, child(ROBIN)).await.unwrap().handle.version;
    let event = Event::IdentityChanged {
        given_name: None,
        family_name: None,
        date_of_birth: None,
        known_as: None,
        sex: None,
        ethnicity: Some("WBRI".into()),
        nhs_number: None,
        upn: None,
        local_id: None,
        first_language: None,
        religion: None,
        disabled: None,
        also_known_as: None,
    };
    let entry = NewEntry::on(date(2026, 11, 20), event);
    world.casework.record(&worker, child(ROBIN), version, "ethnicity", vec![entry]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_for_stands_among_the_key_workers_work_until_it_is_put_right() {
    on_both(|world| async move {
        let actor = analyst(&world).await;
        let asked = world.casework.ask_key_worker(&actor, YEAR, child(ROBIN), Some(NO_ETHNICITY)).await;
        assert_eq!(asked.unwrap(), 1);
        let log = world.log().await;
        let line = log.iter().rev().find(|(action, _)| action == "export_return").unwrap();
        assert!(line.1.contains("\"asked\":1") && !line.1.contains(NO_ETHNICITY), "{line:?}");

        let notice = world.notices(WORKER).await.into_iter().find(|n| n.kind == "return_ask").unwrap();
        assert_eq!(notice.child, Some(id(ROBIN)));
        assert!(!notice.text.contains("Robin") && !notice.text.contains("thnic"), "{}", notice.text);
        let link = notice.link.unwrap();
        assert_eq!(link, format!("/children/{}/return?year={YEAR}", child(ROBIN)));

        let worker = world.sign_in(WORKER).await;
        let work = world.casework.my_work(&worker, Page::first(20)).await.unwrap();
        assert_eq!(work.asked.len(), 1);
        assert_eq!(
            (work.asked[0].child.id, work.asked[0].year, work.asked[0].findings),
            (id(ROBIN), YEAR, 1)
        );
        let own = world.casework.child_return(&worker, child(ROBIN), Some(YEAR)).await.unwrap();
        let finding = own.child.findings.iter().find(|f| f.code == NO_ETHNICITY).unwrap();
        assert_eq!(finding.asked.as_ref().unwrap().of, format!("Person {WORKER}"));
        assert!(finding.fixes.iter().any(|fix| fix.may), "the key worker may record it: {finding:?}");
        let shown = of_robin(&world, Some(NO_ETHNICITY)).await;
        assert!(shown.findings.iter().all(|f| f.asked.is_some()) && shown.asked.is_some());

        say_ethnicity(&world).await;
        let worker = world.sign_in(WORKER).await;
        let work = world.casework.my_work(&worker, Page::first(20)).await.unwrap();
        assert!(work.asked.is_empty(), "it is put right");
        let shown = of_robin(&world, None).await;
        assert!(shown.findings.iter().all(|f| f.code != NO_ETHNICITY));
        assert_eq!(shown.put_right.iter().map(|p| p.code).collect::<Vec<_>>(), [NO_ETHNICITY]);
        let actor = fresh(&world, ANALYST).await;
        let again = world.casework.ask_key_worker(&actor, YEAR, child(ROBIN), Some(NO_ETHNICITY)).await;
        assert!(matches!(again, Err(Error::Invalid(_))), "nobody is asked for what is not found");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn findings_are_seen_by_those_who_may_correct_the_record_and_asked_about_by_the_analyst_only() {
    on_both(|world| async move {
        let actor = analyst(&world).await;
        let refused = world.casework.child_return(&actor, child(ROBIN), None).await;
        assert!(matches!(refused, Err(Error::Absent)), "an analyst corrects nothing");
        for person in [WORKER, MANAGER, REVIEWER, SOUTH_MANAGER] {
            let other = world.sign_in(person).await;
            let asked = world.casework.ask_key_worker(&other, YEAR, child(ROBIN), None).await;
            assert!(matches!(asked, Err(Error::Absent)), "person {person} makes no return");
        }
        let mine = |person: u128| {
            let world = &world;
            async move {
                let actor = world.sign_in(person).await;
                let mine = world.casework.my_return(&actor, None).await.unwrap();
                mine.children.iter().map(|child| child.id.0).collect::<Vec<uuid::Uuid>>()
            }
        };
        assert_eq!(mine(WORKER).await, [id(ROBIN)]);
        assert_eq!(mine(MANAGER).await, [id(ROBIN)], "the team's children");
        let south = mine(SOUTH_MANAGER).await;
        assert!(south.len() == 2 && !south.contains(&id(ROBIN)) && !south.contains(&id(WREN)), "{south:?}");
        assert!(mine(ANALYST).await.is_empty());
        let stranger = world.sign_in(SOUTH_MANAGER).await;
        let refused = world.casework.child_return(&stranger, child(ROBIN), None).await;
        assert!(matches!(refused, Err(Error::Absent)));
        let worker = world.sign_in(WORKER).await;
        let old = world.casework.child_return(&worker, child(ROBIN), Some(2024)).await;
        assert!(matches!(old, Err(Error::Absent)), "a collection of years ago is not put right");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restricted_record_reaches_its_key_worker_and_tells_the_analyst_nothing() {
    on_both(|world| async move {
        let actor = analyst(&world).await;
        let by_rule = world.casework.ask_key_worker(&actor, YEAR, child(WREN), Some(NO_ETHNICITY)).await;
        assert!(matches!(by_rule, Err(Error::Absent)), "which rules find something is not for the analyst");
        let asked = world.casework.ask_key_worker(&actor, YEAR, child(WREN), None).await.unwrap();
        assert!(asked > 0);
        let reader = world.sign_in(READER).await;
        let work = world.casework.my_work(&reader, Page::first(20)).await.unwrap();
        assert_eq!(work.asked.iter().map(|a| a.child.id).collect::<Vec<_>>(), [id(WREN)]);
        let page = world.casework.return_children(&actor, YEAR, None, Page::first(20)).await.unwrap();
        let closed = page.page.rows.iter().find(|row| row.id == child(WREN)).unwrap();
        assert!(closed.child.is_none() && closed.findings.is_empty() && closed.put_right.is_empty());
        assert!(closed.asked.is_some(), "that somebody was asked is shown");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_words_of_a_finding_about_health_are_for_those_who_read_about_health() {
    on_both(|world| async move {
        add_jay(&world).await;
        let worker = world.sign_in(WORKER).await;
        let own = world.casework.child_return(&worker, child(JAY), Some(2026)).await.unwrap();
        let of_health: Vec<_> = own.child.findings.iter().filter(|f| f.table == "OC2").collect();
        assert!(
            !of_health.is_empty() && own.child.closed.is_empty(),
            "the social worker reads them: {own:?}"
        );

        let words = &of_health[0].words;
        let codes: Vec<_> = of_health[0].cells.iter().map(|(column, _)| *column).collect();
        assert!(
            !words.is_empty() && words.iter().all(|(asked, _)| !codes.contains(&asked.as_str())),
            "{words:?}"
        );

        let actor = analyst(&world).await;
        let page = world.casework.return_children(&actor, 2026, None, Page::first(20)).await.unwrap();
        let jay = page.page.rows.iter().find(|row| row.id == child(JAY)).unwrap();
        assert!(jay.child.is_some(), "the name is shown");
        let closed: Vec<_> = jay.closed.iter().map(|c| (c.about, c.findings)).collect();
        assert_eq!(closed, [("health", of_health.len())]);
        assert_eq!(jay.found, jay.findings.len() + of_health.len(), "none is left out of the count");
        let told = format!("{:?}", jay.findings);
        for finding in &of_health {
            assert!(!told.contains(finding.title) && !told.contains("OC2"), "{told}");
            let rule = Some(finding.code);
            let listed = world.casework.return_children(&actor, 2026, rule, Page::first(20)).await.unwrap();
            assert!(listed.page.rows.iter().all(|row| row.id != child(JAY)), "nor by the rule");
            assert_eq!(listed.left_out, 1);
        }
        let asked = world.casework.ask_key_worker(&actor, 2026, child(JAY), None).await.unwrap();
        assert!(asked >= 1, "and the key worker can be asked all the same");
    })
    .await;
}
