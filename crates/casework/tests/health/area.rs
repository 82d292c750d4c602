//! A home in another area, from the move to its end: told, told again, answered; who pays, disputed and settled. On both
//! databases.

use jiff::civil::{Date, date};
use kinfold_casework::health::HealthPage;
use kinfold_casework::{Actor, Error, NewEntry};
use kinfold_record::{ChildId, Sensitivity};
use kinfold_store::testing::both;
use serde_json::{Value, json};

use crate::world::{CARER, CLERK, NURSE, OPEN, STRANGER, WORKER, World, event, id};

const ROBIN: fn() -> ChildId = || ChildId(id(OPEN));
const TOLD: &str = "notify.area_health";
const ANSWERED: &str = "notify.area_health_acknowledged";
const FEASIBLE: &str = "health.feasibility";
const DISPUTE: &str = "health.commissioner_dispute";

async fn page(world: &World, actor: &Actor) -> HealthPage {
    world.casework.health_page(actor, ROBIN()).await.unwrap()
}

async fn record(world: &World, actor: &Actor, on: Date, value: Value) -> Result<(), Error> {
    let seen = world.casework.child_page(actor, ROBIN()).await?.handle.version;
    let key = format!("{on}{value}");
    let new = vec![NewEntry::on(on, event(value))];
    world.casework.record(actor, ROBIN(), seen, &key, new).await.map(|_| ())
}

/// Which of the duties of a home in another area are open.
fn open(page: &HealthPage) -> Vec<&str> {
    let all = [TOLD, ANSWERED, FEASIBLE, DISPUTE];
    all.into_iter().filter(|rule| page.duties.iter().any(|duty| duty.rule == *rule)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_to_another_area_is_followed_until_it_is_answered_and_paid_for() {
    for database in both().await {
        println!("on {}", database.name);
        let moved =
            event(json!({"kind": "placement_started", "placement_type": "U6", "location": "distant"}));
        let world = World::with(database, &[(date(2026, 11, 24), moved, Sensitivity::Ordinary)]).await;
        let nurse = world.sign_in(NURSE).await;
        let before = page(&world, &nurse).await;
        assert_eq!(open(&before), [TOLD, FEASIBLE], "both are owed from the first day");
        assert!(before.facts.area_notice.is_none());

        // Asked there, and told.
        let asked = json!({"kind": "health_feasibility", "outcome": "in_part", "unmet": ["emotional"], "asked": "Their clinic"});
        record(&world, &nurse, date(2026, 11, 25), asked).await.unwrap();
        let sent =
            |to: Value| json!({"kind": "notice_sent", "notice": "out_of_area_health", "recipients": to});
        let answered = |by: &str| json!({"kind": "notice_acknowledged", "notice": "out_of_area_health", "recipient": by});
        record(&world, &nurse, date(2026, 11, 25), sent(json!(["area_health_team", "gp"]))).await.unwrap();
        let told = page(&world, &nurse).await;
        assert_eq!(open(&told), [ANSWERED], "now somebody has to answer");
        assert_eq!(told.facts.feasibility.as_ref().unwrap().unmet, ["emotional"]);

        // Answered before it was sent, by nobody on the list, about nothing: refused in words, and nothing is written.
        let early = record(&world, &nurse, date(2026, 11, 20), answered("gp")).await;
        let Err(Error::Impossible(problems)) = early else { panic!("{early:?}") };
        assert!(problems[0].message.contains("before it was sent"), "{problems:?}");
        for wrong in [answered("the_moon"), sent(json!(["gp", "the_moon"]))] {
            let refused = record(&world, &nurse, date(2026, 11, 26), wrong).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        }
        let tomorrow = record(&world, &nurse, date(2026, 12, 2), answered("gp")).await;
        assert!(matches!(tomorrow, Err(Error::Impossible(_))), "{tomorrow:?}");
        assert_eq!(page(&world, &nurse).await.handle.version, told.handle.version, "nothing was written");

        // One answers, the other is told again and then answers too. The administrator chases without clinical detail.
        let clerk = world.sign_in(CLERK).await;
        record(&world, &clerk, date(2026, 11, 26), answered("gp")).await.unwrap();
        record(&world, &clerk, date(2026, 11, 27), sent(json!(["area_health_team"]))).await.unwrap();
        let chased = page(&world, &clerk).await;
        let notice = chased.facts.area_notice.as_ref().expect("whoever chases it sees it");
        assert!(notice.is_open() && !chased.reads_health() && chased.facts.feasibility.is_none());
        let team = notice.told.iter().find(|t| t.recipient == "area_health_team").unwrap();
        assert_eq!((team.on, team.again), (Some(date(2026, 11, 25)), Some(date(2026, 11, 27))));
        record(&world, &clerk, date(2026, 11, 30), answered("area_health_team")).await.unwrap();
        let settled = page(&world, &nurse).await;
        assert_eq!(open(&settled), [] as [&str; 0]);
        assert!(!settled.facts.area_notice.as_ref().unwrap().is_open());

        // Who pays: disputed, and settled for that service alone.
        let pays = |service: &str, body: &str, other: Option<&str>| {
            json!({"kind": "responsible_commissioner", "service": service, "body": body,
                "disputed": other.is_some(), "other_body": other})
        };
        let on = date(2026, 11, 30);
        record(&world, &nurse, on, pays("community", "Fern ICB", None)).await.unwrap();
        record(&world, &nurse, on, pays("mental_health", "Fern ICB", Some("Moor ICB"))).await.unwrap();
        let disputed = page(&world, &nurse).await;
        assert_eq!(open(&disputed), [DISPUTE]);
        let doubt = disputed.facts.payers.iter().find(|p| p.disputed).unwrap();
        assert_eq!(
            (doubt.service.as_str(), doubt.other_body.as_deref()),
            ("mental_health", Some("Moor ICB"))
        );
        record(&world, &nurse, date(2026, 12, 1), pays("community", "Moor ICB", None)).await.unwrap();
        assert_eq!(open(&page(&world, &nurse).await), [DISPUTE], "another service settles nothing");
        record(&world, &nurse, date(2026, 12, 1), pays("mental_health", "Moor ICB", None)).await.unwrap();
        let done = page(&world, &nurse).await;
        assert_eq!(open(&done), [] as [&str; 0]);
        assert_eq!(done.facts.payers.len(), 2, "one last word for each service");
        assert!(done.facts.payers.iter().all(|p| !p.disputed && p.body == "Moor ICB"));
        let nobody = record(&world, &nurse, on, pays("astrology", "Fern ICB", None)).await;
        assert!(matches!(nobody, Err(Error::Invalid(_))), "{nobody:?}");

        // Only the health team and the child's worker record a notice; somebody who lives with the child is told so.
        for person in [CARER, STRANGER] {
            let actor = world.sign_in(person).await;
            let seen = done.handle.version;
            let new = vec![NewEntry::on(date(2026, 12, 1), event(sent(json!(["gp"]))))];
            let refused = world.casework.record(&actor, ROBIN(), seen, "no", new).await;
            match person {
                CARER => assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}"),
                _ => assert!(matches!(refused, Err(Error::Absent)), "{refused:?}"),
            }
        }
        let worker = world.sign_in(WORKER).await;
        record(&world, &worker, date(2026, 12, 1), sent(json!(["school"]))).await.unwrap();
    }
}
