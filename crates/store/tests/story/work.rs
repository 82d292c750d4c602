use kinfold_store::testing::both;
use kinfold_store::*;

use crate::rows::{at, child, council, day, duty, everything, id};

#[tokio::test]
async fn duties_are_replaced_by_their_differences() {
    for db in both().await {
        let mut unit = db.store.write().await.unwrap();
        unit.insert_children(&[child(100, "Kit")]).await.unwrap();
        let (visit, review, plan) = (duty(100, "visit", 8), duty(100, "review", 9), duty(100, "plan", 10));
        let changes = unit.replace_duties(id(100), &[visit.clone(), review.clone()]).await.unwrap();
        assert_eq!(changes, DutyChanges { inserted: 2, updated: 0, deleted: 0 });
        assert!(unit.escalate(id(100), "visit", "1", 2, at(9)).await.unwrap());
        assert!(
            !unit.escalate(id(100), "visit", "1", 2, at(10)).await.unwrap(),
            "{}: there already",
            db.name
        );
        assert!(unit.escalate(id(100), "review", "1", 1, at(9)).await.unwrap());

        let changes = unit.replace_duties(id(100), &[visit.clone(), review.clone()]).await.unwrap();
        assert_eq!(changes, DutyChanges::default(), "{}: climbing is not a difference", db.name);
        let met =
            DutyRow { state: DutyState::Met, closed_on: Some(day(11)), days_late: Some(3), ..visit.clone() };
        let moved = DutyRow { due_on: day(20), ..review };
        let changes =
            unit.replace_duties(id(100), &[met.clone(), moved.clone(), plan.clone()]).await.unwrap();
        assert_eq!(changes, DutyChanges { inserted: 1, updated: 2, deleted: 0 });
        let read = unit.duties_of(id(100)).await.unwrap();
        let met = DutyRow { rung: 2, escalated_at: Some(at(9)), ..met };
        assert_eq!(read, [met, plan.clone(), moved], "{}: a new day starts the ladder again", db.name);
        assert!(!unit.escalate(id(100), "visit", "1", 3, at(12)).await.unwrap(), "it is met");

        let changes = unit.replace_duties(id(100), std::slice::from_ref(&plan)).await.unwrap();
        assert_eq!(changes, DutyChanges { inserted: 0, updated: 0, deleted: 2 });
        assert_eq!(unit.duty(id(100), "plan", "1").await.unwrap(), Some(plan));
        assert_eq!(unit.duty(id(100), "visit", "1").await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_worklist_shows_what_is_in_view_and_whose_it_is() {
    for db in both().await {
        council(&db.store).await;
        let mut unit = db.store.write().await.unwrap();
        let secret = ChildRow { restricted: true, ..child(101, "Secret") };
        unit.insert_children(&[child(100, "Kit"), secret]).await.unwrap();
        let mine = |d: DutyRow| DutyRow { owner_person: Some(id(10)), team: Some(id(2)), ..d };
        unit.insert_duties(&[
            mine(duty(100, "b", 12)),
            mine(duty(100, "a", 8)),
            mine(DutyRow { opens_on: day(11), ..duty(100, "later", 30) }),
            mine(DutyRow { state: DutyState::Met, ..duty(100, "done", 3) }),
            mine(duty(101, "hidden", 9)),
            DutyRow { team: Some(id(2)), ..duty(100, "nobodys", 15) },
            DutyRow { owner_person: Some(id(11)), ..duty(100, "other", 16) },
        ])
        .await
        .unwrap();
        let scope = everything();
        let rules = |page: Paged<DutyLine>| {
            (page.rows.into_iter().map(|l| l.duty.rule).collect::<Vec<_>>(), page.total)
        };
        let person = unit.worklist(&scope, Worklist::Person(id(10)), Page::first(10)).await.unwrap();
        assert_eq!(
            (person.rows[0].child_name.as_str(), person.rows[0].child_reference.as_str()),
            ("Kit", "K100"),
            "{}",
            db.name
        );
        assert_eq!(rules(person), (vec!["a".to_owned(), "b".to_owned()], 2), "{}", db.name);
        let team = unit.worklist(&scope, Worklist::Team(id(2)), Page::first(2)).await.unwrap();
        assert_eq!(rules(team), (vec!["a".to_owned(), "b".to_owned()], 3));
        let beyond =
            unit.worklist(&scope, Worklist::Team(id(2)), Page { limit: 2, offset: 50 }).await.unwrap();
        assert_eq!(rules(beyond), (Vec::new(), 3), "{}", db.name);
        let unowned = unit.worklist(&scope, Worklist::Unowned(id(2)), Page::first(9)).await.unwrap();
        assert_eq!(rules(unowned), (vec!["nobodys".to_owned()], 1));

        let named = RestrictedReaderRow {
            child: id(101),
            person: id(10),
            from_on: day(10),
            to_on: None,
            granted_by: None,
        };
        unit.add_restricted_reader(&named).await.unwrap();
        let person = unit.worklist(&scope, Worklist::Person(id(10)), Page::first(10)).await.unwrap();
        assert_eq!(person.total, 3, "{}: named today", db.name);
    }
}

#[tokio::test]
async fn late_duties_are_judged_by_the_day_and_by_the_hour() {
    for db in both().await {
        let mut unit = db.store.write().await.unwrap();
        unit.insert_children(&[child(100, "Kit")]).await.unwrap();
        unit.insert_duties(&[
            duty(100, "yesterday", 9),
            duty(100, "today", 10),
            DutyRow { due_at: Some(at(100)), ..duty(100, "by the hour", 10) },
            DutyRow { state: DutyState::Excused, ..duty(100, "excused", 1) },
        ])
        .await
        .unwrap();
        for (now, late) in [(100, vec!["yesterday"]), (101, vec!["yesterday", "by the hour"])] {
            let found = unit.late_duties(day(10), at(now), Page::first(9)).await.unwrap();
            assert_eq!(
                found.iter().map(|d| d.rule.as_str()).collect::<Vec<_>>(),
                late,
                "{} at {now}",
                db.name
            );
        }
    }
}

#[tokio::test]
async fn every_duty_can_be_read_by_whole_children() {
    for db in both().await {
        let mut unit = db.store.write().await.unwrap();
        let children: Vec<ChildRow> = (100..105).map(|n| child(n, "Kit")).collect();
        unit.insert_children(&children).await.unwrap();
        let duties: Vec<DutyRow> =
            (100..105).flat_map(|n| ["a", "b", "c"].map(|rule| duty(n, rule, 9))).collect();
        unit.insert_duties(&duties).await.unwrap();
        let first = unit.duties_after(None, 2).await.unwrap();
        let rest = unit.duties_after(Some(id(101)), 100).await.unwrap();
        assert_eq!([first, rest].concat(), duties, "{}", db.name);
    }
}
