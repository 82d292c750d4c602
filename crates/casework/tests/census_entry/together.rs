//! What is recorded together: what a form says happened, and who joins and leaves a circle.

use jiff::civil::date;
use kinfold_casework::census_entry::Foreseen;
use kinfold_casework::circle::Joining;
use kinfold_casework::forms::{Changes, mark};
use kinfold_casework::{Actor, Error};
use kinfold_forms::{Answer, Key};
use kinfold_record::{ChildId, PersonId};
use uuid::Uuid;

use crate::jay::{JAY, add_jay};
use crate::world::{MANAGER, READER, TODAY, WORKER, World, id, on_both};
use crate::{asked, robin};

fn jay() -> ChildId {
    ChildId(id(JAY))
}

async fn save(world: &World, actor: &Actor, form: Uuid, given: &[(&str, Answer)]) {
    let desk = world.casework.form_desk(actor, jay(), form).await.unwrap();
    let answers = given.iter().map(|(key, answer)| (Key::of(key), Some(answer.clone()))).collect();
    let changes = Changes { answers, times: None };
    let seen = mark(&desk.answers, changes.answers.iter().map(|(key, _)| key));
    world.casework.save_form(actor, jay(), form, "who", &seen, &changes).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_form_would_record_is_looked_at_before_it_is_submitted() {
    on_both(|world| async move {
        add_jay(&world).await;
        let worker = world.sign_in(WORKER).await;
        let form = world.casework.start_form(&worker, jay(), "health.sdq", None, "start").await.unwrap();
        let foresee = async |actor: &Actor| world.casework.foresee_form(actor, jay(), form).await;
        assert_eq!(foresee(&worker).await.unwrap(), Foreseen::default(), "nothing is answered yet");
        let answers = [
            ("filled_in", Answer::YesNo(false)),
            ("informant", Answer::Choice("parent_carer".into())),
            ("filled_on", Answer::Date(date(2026, 11, 20))),
            ("no_score", Answer::Choice("SDQ1".into())),
        ];
        save(&world, &worker, form, &answers).await;
        let foreseen = foresee(&worker).await.unwrap();
        assert_eq!(asked(&foreseen), ["157"], "too young or too old, of a child of eleven");
        let warning = foreseen.asked().next().unwrap();
        assert!(warning.cells.iter().any(|(_, cell)| cell.contains("SDQ1")), "{:?}", warning.cells);
        let log = world.log().await;
        let (action, detail) = log.last().unwrap();
        assert_eq!(action, "view_form");
        assert!(detail.contains("before submitting") && !detail.contains("157"), "{detail}");

        // Who may not open the child is not told that there is a form.
        let other = world.sign_in(READER).await;
        assert!(matches!(foresee(&other).await, Err(Error::Absent)));

        // It is no wall, and once submitted nothing is asked.
        let seen = world.casework.form_desk(&worker, jay(), form).await.unwrap().version;
        let submitted = world.casework.submit_form(&worker, jay(), form, seen, "submit").await.unwrap();
        assert_eq!(submitted.entries, 1);
        assert_eq!(foresee(&worker).await.unwrap(), Foreseen::default());
        let own = world.casework.child_return(&worker, jay(), None).await.unwrap();
        assert!(own.child.findings.iter().any(|f| f.code == "157"), "the return says the same");
    })
    .await;
}

fn key_worker(number: Option<&str>) -> Joining {
    Joining {
        role: "social_worker".into(),
        person: Some(PersonId(id(MANAGER))),
        name: None,
        key_worker: true,
        parental_responsibility: None,
        change_reason: Some("MANAGE".into()),
        worker_id: number.map(str::to_owned),
        contact: None,
        on: TODAY,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_joins_or_leaves_a_circle_is_looked_at_too() {
    on_both(|world| async move {
        let manager = world.sign_in(MANAGER).await;
        let foresee =
            async |new| world.casework.foresee_joining(&manager, robin(), "join", new).await.unwrap();
        assert!(asked(&foresee(key_worker(None)).await).is_empty(), "a number may come later");
        let wrong = foresee(key_worker(Some("1234567"))).await;
        assert_eq!(asked(&wrong), ["SW02STG1"]);
        let cells = &wrong.asked().next().unwrap().cells;
        assert!(cells.iter().any(|(_, cell)| cell == "1234567"), "{cells:?}");
        let right = foresee(key_worker(Some("SW1234567"))).await;
        assert_eq!(right, Foreseen::default());

        // It hinders nobody, and what was recorded is asked about no more.
        let seen = world.casework.child_page(&manager, robin()).await.unwrap().handle.version;
        let wrong = key_worker(Some("1234567"));
        world.casework.join_circle(&manager, robin(), seen, "join", wrong.clone()).await.unwrap();
        let page = world.casework.circle_page(&manager, robin()).await.unwrap();
        let place = page
            .places
            .iter()
            .find(|p| p.member.end.is_none() && p.member.person == Some(PersonId(id(MANAGER))));
        let place = place.unwrap().member.entry;
        let leaving = world.casework.foresee_leaving(&manager, robin(), "leave", place, TODAY).await.unwrap();
        assert!(asked(&leaving).is_empty(), "a number that is wrong already is no news: {leaving:?}");
    })
    .await;
}
