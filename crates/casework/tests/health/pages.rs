//! The child's health page, the queue, the clinics and what is shared, on both databases.

use jiff::civil::date;
use kinfold_casework::Error;
use kinfold_casework::health::facts::ReferralStanding;
use kinfold_casework::health::{Clinic, Decided, ImmunisationState, QueueAsk, SummaryAsk, SummarySent};
use kinfold_pathway::State;
use kinfold_record::{ChildId, Event, Sensitivity};
use serde_json::json;

use crate::world::{CARER, CLERK, HIDDEN, NURSE, OPEN, REVIEWER, STRANGER, TODAY, WORKER, World, event, id};

fn facts() -> Vec<(jiff::civil::Date, Event, Sensitivity)> {
    let on = date(2026, 10, 5);
    [
        json!({"kind": "consent", "decision": "assessment", "outcome": "asked", "by": "mother"}),
        json!({"kind": "growth_measured", "weight_g": 12400, "height_mm": 880}),
        json!({"kind": "immunisation_given", "vaccine": "six_in_one"}),
        json!({"kind": "health_need", "need": "n1", "area": "emotional", "text": "Sleeps badly"}),
        json!({"kind": "health_action", "action": "a1", "need": "n1", "text": "Sleep clinic", "owner": "gp",
            "by": "2026-11-20"}),
        json!({"kind": "referral_made", "referral": "r1", "service": "mental_health", "goal": "Sleeps through",
            "waiting_since": "2026-02-01"}),
        json!({"kind": "therapy_note", "text": "apart"}),
    ]
    .into_iter()
    .map(|value| {
        let event = event(value);
        let label = event.kind().usual_sensitivity();
        (on, event, label)
    })
    .collect()
}

async fn on_both<F, Fut>(story: F)
where
    F: Fn(World) -> Fut,
    Fut: Future<Output = ()>,
{
    for database in kinfold_store::testing::both().await {
        println!("on {}", database.name);
        story(World::with(database, &facts()).await).await;
    }
}

const ROBIN: fn() -> ChildId = || ChildId(id(OPEN));

#[tokio::test(flavor = "multi_thread")]
async fn the_page_says_where_the_assessment_is_what_is_planned_and_what_is_not_known() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        let before = world.log_size().await;
        let page = world.casework.health_page(&worker, ROBIN()).await.unwrap();
        assert_eq!(world.log_size().await, before + 1, "a look is one line in the log");
        let path =
            page.pipelines.iter().find(|p| p.rule == "health.initial").expect("the initial assessment");
        let waiting = path.waiting().expect("it waits at a hand-off");
        assert!(path.open && waiting.waiting_since.is_some() && waiting.stuck, "{path:?}");
        let need = &page.facts.needs[0];
        assert_eq!((need.actions.len(), need.actions[0].owner.as_str()), (1, "gp"));
        let referral = &page.facts.referrals[0];
        assert_eq!((referral.standing(), referral.waiting_since), (ReferralStanding::Sent, date(2026, 2, 1)));
        let report = page.immunisation.as_ref().expect("a schedule");
        assert!(report.lines.iter().any(|line| line.state == ImmunisationState::NotKnown));
        assert!(
            report.lines.iter().all(|line| line.state != ImmunisationState::Missing),
            "without a history nothing is missing"
        );
        let point = &page.growth.lines[0].points[0];
        assert!(
            point.assessment.as_ref().is_some_and(|a| a.standing().score.is_ok()),
            "a centile at two years"
        );
        assert!(page.facts.therapy.is_empty(), "therapy is not for the social worker");
        assert_eq!(page.facts.consent_to("assessment").unwrap().asked_on, Some(date(2026, 10, 5)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_no_business_with_a_child_finds_nothing() {
    on_both(|world| async move {
        let stranger = world.sign_in(STRANGER).await;
        assert!(matches!(world.casework.health_page(&stranger, ROBIN()).await, Err(Error::Absent)));
        assert!(matches!(
            world.casework.health_queue(&stranger, &QueueAsk::default()).await,
            Err(Error::Absent)
        ));
        let carer = world.sign_in(CARER).await;
        assert!(matches!(world.casework.family_health(&carer, ROBIN()).await, Err(Error::Absent)));
        assert!(matches!(world.casework.health_referrals(&carer).await, Err(Error::Absent)));
        let clerk = world.sign_in(CLERK).await;
        let page = world.casework.health_page(&clerk, ROBIN()).await.unwrap();
        assert!(!page.reads_health() && page.facts.needs.is_empty() && !page.pipelines.is_empty());
        assert!(matches!(world.casework.health_page(&clerk, ChildId(id(HIDDEN))).await, Err(Error::Absent)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_names_the_hand_off_and_holds_no_restricted_child() {
    on_both(|world| async move {
        let nurse = world.sign_in(NURSE).await;
        let all = world.casework.health_queue(&nurse, &QueueAsk::default()).await.unwrap();
        assert!(
            all.total > 0 && all.lines.iter().all(|line| line.reference == format!("F{OPEN}")),
            "{all:?}"
        );
        assert!(all.lines[0].path.late, "late ones first");
        let at = all.lines.iter().find_map(|line| Some((line.path.rule.clone(), line.at.clone()?))).unwrap();
        let step = Some((at.0.to_string(), at.1.step.to_string()));
        let some =
            world.casework.health_queue(&nurse, &QueueAsk { step, ..QueueAsk::default() }).await.unwrap();
        assert!(!some.lines.is_empty() && some.lines.len() < all.lines.len() + 1);
        assert!(some.lines.iter().all(|line| line.at.as_ref().is_some_and(|a| a.step == at.1.step)));
        let table = world.casework.export_health_queue(&nurse, &QueueAsk::default(), "csv").await.unwrap();
        assert_eq!(table.rows.len(), all.lines.len());
        let referrals = world.casework.health_referrals(&nurse).await.unwrap();
        let line = &referrals.lines[0];
        assert!(line.lost, "nothing was heard for eight weeks: {line:?}");
        assert_eq!(referrals.lines.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn clinics_are_entered_by_the_health_administrator_alone() {
    on_both(|world| async move {
        let clinics = [Clinic { name: "Mill Street".into(), slots: 2, minutes: 90 }];
        let nurse = world.sign_in(NURSE).await;
        assert!(matches!(world.casework.set_health_clinics(&nurse, &clinics).await, Err(Error::Absent)));
        let clerk = world.sign_in(CLERK).await;
        let wrong = [Clinic { slots: 0, ..clinics[0].clone() }];
        assert!(matches!(world.casework.set_health_clinics(&clerk, &wrong).await, Err(Error::Invalid(_))));
        world.casework.set_health_clinics(&clerk, &clinics).await.unwrap();
        let capacity = world.casework.health_capacity(&nurse).await.unwrap();
        assert_eq!((capacity.slots(), capacity.children, capacity.may_change), (2, 1, false));
        assert!(capacity.late >= 1, "{capacity:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_summary_is_recorded_once_and_never_for_somebody_who_may_not_have_it() {
    on_both(|world| async move {
        let nurse = world.sign_in(NURSE).await;
        let ask = |recipient: &str| SummaryAsk {
            recipient: recipient.to_owned(),
            rendering: None,
            purpose: None,
            decided: Decided::default(),
        };
        let page = world.casework.health_page(&nurse, ROBIN()).await.unwrap();
        let sent = |why| SummarySent { seen: page.handle.version, key: "key-1", to: None, why };
        let refused = world.casework.share_summary(&nurse, ROBIN(), &ask("newspaper"), sent("Asked")).await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
        let silent = world.casework.share_summary(&nurse, ROBIN(), &ask("gp"), sent(" ")).await;
        assert!(matches!(silent, Err(Error::Invalid(_))));
        for _ in 0..2 {
            world.casework.share_summary(&nurse, ROBIN(), &ask("gp"), sent("New practice")).await.unwrap();
        }
        let page = world.casework.health_page(&nurse, ROBIN()).await.unwrap();
        assert_eq!((page.facts.shared.len(), page.facts.shared[0].version), (1, Some(1)));
        assert_eq!(page.facts.shared[0].rendering, "full");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_duty_leads_to_the_form_that_serves_it_for_those_who_may_start_it() {
    let world = World::with(kinfold_store::testing::sqlite().await, &[]).await;
    let child = ChildId(id(OPEN));
    let mut found = Vec::new();
    for person in [WORKER, REVIEWER] {
        let actor = world.sign_in(person).await;
        let page = world.casework.child_page(&actor, child).await.unwrap();
        for duty in &page.duties {
            let of = duty.occurrence.to_string();
            let one = world.casework.duty_page(&actor, child, &duty.rule, &of).await.unwrap();
            for (form, _) in &one.forms {
                assert!(matches!(duty.state, State::Open), "{}: a closed duty leads nowhere", duty.rule);
                let form = page.book.guidance.forms.on(form, TODAY).unwrap();
                assert!(form.serves.contains(&duty.rule), "{} is not served by {}", duty.rule, form.id);
                world
                    .casework
                    .start_form(&actor, child, &form.id, None, &format!("{person}{of}{}", form.id))
                    .await
                    .unwrap();
                found.push((person, duty.rule.to_string()));
            }
        }
    }
    assert!(found.iter().any(|(person, _)| *person == WORKER), "{found:?}");
    assert!(
        found.iter().all(|(person, _)| *person != REVIEWER),
        "a reviewing officer starts none of these: {found:?}"
    );
}
