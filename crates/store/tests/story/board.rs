use kinfold_store::testing::{TestDatabase, both};
use kinfold_store::*;

use crate::rows::{at, child, council, day, duty, everything, id};

async fn fill(db: &TestDatabase) {
    council(&db.store).await;
    let mut unit = db.store.write().await.unwrap();
    let north = ChildRow { team: Some(id(2)), ..child(100, "Kit") };
    let mut south = ChildRow { team: Some(id(3)), ..child(101, "Lou") };
    south.projection.location = Some("out".to_owned());
    let secret = ChildRow { restricted: true, ..child(102, "Secret") };
    unit.insert_children(&[north, south, secret]).await.unwrap();
    let closed =
        |state, on: i8, late, d: DutyRow| DutyRow { state, closed_on: Some(day(on)), days_late: late, ..d };
    let other = |d: DutyRow| DutyRow { occurrence: "2".to_owned(), ..d };
    unit.insert_duties(&[
        DutyRow { stuck_step: Some("consent".to_owned()), ..duty(100, "health", 9) },
        duty(101, "health", 10),
        other(DutyRow { due_at: Some(at(50)), ..duty(101, "health", 10) }),
        DutyRow { opens_on: day(11), ..duty(100, "review", 25) },
        closed(DutyState::Met, 5, Some(0), other(duty(100, "review", 6))),
        closed(DutyState::Met, 7, Some(1), duty(101, "review", 6)),
        closed(DutyState::Excused, 4, None, duty(100, "visit", 6)),
        closed(DutyState::Ended, 3, None, duty(101, "visit", 6)),
        duty(102, "health", 1),
    ])
    .await
    .unwrap();
    unit.commit().await.unwrap();
}

#[tokio::test]
async fn every_figure_opens_the_list_it_counts() {
    for db in both().await {
        fill(&db).await;
        let mut unit = db.store.read().await.unwrap();
        let filter = BoardFilter::at(at(51));
        let cells = unit.board(&everything(), &filter).await.unwrap();
        let told: Vec<_> = cells
            .iter()
            .map(|c| (c.rule.as_str(), c.standing.as_str(), c.stuck_step.as_deref(), c.duties, c.children))
            .collect();
        // NULL sorts first on one database and last on the other; the order of hand-offs is not promised.
        let mut told = told;
        told.sort();
        assert_eq!(
            told,
            [
                ("health", "due", None, 1, 1),
                ("health", "late", None, 1, 1),
                ("health", "late", Some("consent"), 1, 1),
                ("review", "met", None, 1, 1),
                ("review", "met_late", None, 1, 1),
                ("review", "upcoming", None, 1, 1),
                ("visit", "ended", None, 1, 1),
                ("visit", "excused", None, 1, 1),
            ],
            "{}",
            db.name
        );
        for standing in Standing::ALL {
            for rule in ["health", "review", "visit"] {
                let filter =
                    BoardFilter { rule: Some(rule.to_owned()), standing: Some(standing), ..filter.clone() };
                let list = unit.board_list(&everything(), &filter, Page::first(9)).await.unwrap();
                let counted: i64 =
                    cells.iter().filter(|c| c.rule == rule && c.standing == standing).map(|c| c.duties).sum();
                assert_eq!(
                    (list.total, list.rows.len() as i64),
                    (counted, counted),
                    "{} {rule} {standing:?}",
                    db.name
                );
                let again = unit.board(&everything(), &filter).await.unwrap();
                assert_eq!(
                    again.iter().map(|c| c.duties).sum::<i64>(),
                    counted,
                    "{} {rule} {standing:?}",
                    db.name
                );
            }
        }
    }
}

#[tokio::test]
async fn the_board_is_narrowed_by_child_and_by_duty() {
    for db in both().await {
        fill(&db).await;
        let mut unit = db.store.read().await.unwrap();
        let all = BoardFilter::at(at(0));
        let out = ChildFilter { location: Some("out".to_owned()), ..ChildFilter::default() };
        for (n, (filter, rules)) in [
            (BoardFilter { children: out, ..all.clone() }, vec!["health", "health", "review", "visit"]),
            (BoardFilter { stuck_step: Some("consent".to_owned()), ..all.clone() }, vec!["health"]),
            (BoardFilter { due_by: Some(day(9)), ..all.clone() }, vec!["health"]),
            (
                BoardFilter { closed_from: Some(day(6)), ..all.clone() },
                vec!["health", "health", "health", "review", "review"],
            ),
            (BoardFilter { strand: Some("law".to_owned()), ..all.clone() }, vec![]),
            (BoardFilter { owner_role: Some("director".to_owned()), ..all.clone() }, vec![]),
            (BoardFilter { owner_person: Some(id(10)), ..all.clone() }, vec![]),
            (BoardFilter { team: Some(id(2)), ..all.clone() }, vec![]),
        ]
        .into_iter()
        .enumerate()
        {
            let list = unit.board_list(&everything(), &filter, Page::first(20)).await.unwrap();
            let mut found: Vec<_> = list.rows.iter().map(|l| l.duty.rule.as_str()).collect();
            found.sort_unstable();
            assert_eq!((found, list.total), (rules.clone(), rules.len() as i64), "{} filter {n}", db.name);
        }
        let order: Vec<_> = unit.board_list(&everything(), &all, Page::first(20)).await.unwrap().rows;
        let order: Vec<_> =
            order.iter().map(|l| (l.duty.state, l.duty.closed_on.unwrap_or(l.duty.due_on))).collect();
        let closed: Vec<_> = order.iter().skip(4).map(|(_, on)| *on).collect();
        assert!(order[..4].iter().all(|(state, _)| *state == DutyState::Open), "{}", db.name);
        assert_eq!(closed, [day(7), day(5), day(4), day(3)], "{}", db.name);
    }
}

#[tokio::test]
async fn the_board_of_a_team_is_its_children_only() {
    for db in both().await {
        fill(&db).await;
        let mut unit = db.store.read().await.unwrap();
        let scope = Scope { teams: vec![id(3)], ..Scope::nothing(Some(id(10)), day(10)) };
        let cells = unit.board(&scope, &BoardFilter::at(at(0))).await.unwrap();
        assert_eq!(cells.iter().map(|c| c.duties).sum::<i64>(), 4, "{}", db.name);
        let nothing = Scope::nothing(Some(id(10)), day(10));
        assert!(unit.board(&nothing, &BoardFilter::at(at(0))).await.unwrap().is_empty());
    }
}
