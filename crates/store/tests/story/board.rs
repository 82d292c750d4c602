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
            .map(|c| (c.rule.as_str(), c.standing.as_str(), c.stuck_step.as_deref(), c.duties))
            .collect();
        assert_eq!(
            told,
            [
                ("health", "due", None, 1),
                ("health", "late", None, 1),
                ("health", "late", Some("consent"), 1),
                ("review", "upcoming", None, 1),
                ("review", "met", None, 1),
                ("review", "met_late", None, 1),
                ("visit", "excused", None, 1),
                ("visit", "ended", None, 1),
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

/// How a duty of a list stands, worked out here from its dates.
fn stands(duty: &DutyRow, now: i64) -> Standing {
    match duty.state {
        DutyState::Met if duty.days_late > Some(0) => Standing::MetLate,
        DutyState::Met => Standing::Met,
        DutyState::Excused => Standing::Excused,
        DutyState::Ended => Standing::Ended,
        DutyState::Open if duty.due_on < day(10) || duty.due_at.is_some_and(|due| due < at(now)) => {
            Standing::Late
        }
        DutyState::Open if duty.opens_on > day(10) => Standing::Upcoming,
        DutyState::Open => Standing::Due,
    }
}

#[tokio::test]
async fn counts_are_those_of_the_lists_whatever_is_asked_together() {
    for db in both().await {
        fill(&db).await;
        let mut unit = db.store.read().await.unwrap();
        let mut counted = 0;
        // Every set of standings, the empty one for any.
        for set in 0_u8..128 {
            let standings: Vec<Standing> = (0..7)
                .zip(Standing::ALL)
                .filter(|(bit, _)| set & (1 << bit) != 0)
                .map(|(_, standing)| standing)
                .collect();
            for (stuck, closed_from, due_by) in [
                (None, None, None),
                (Some(true), Some(day(5)), None),
                (Some(false), None, None),
                (Some(false), Some(day(5)), Some(day(9))),
                (None, Some(day(5)), None),
                (None, None, Some(day(9))),
            ] {
                let standings = standings.clone();
                let filter = BoardFilter { standings, stuck, closed_from, due_by, ..BoardFilter::at(at(51)) };
                let list = unit.board_list(&everything(), &filter, Page::first(20)).await.unwrap();
                let mut expected = std::collections::BTreeMap::new();
                for line in &list.rows {
                    let duty = &line.duty;
                    // The first child is held by one team, the second by the other.
                    let team = if duty.child == id(100) { id(2) } else { id(3) };
                    let key = (Some(team), duty.rule.clone(), stands(duty, 51), duty.stuck_step.clone());
                    *expected.entry(key).or_insert(0) += 1;
                }
                counted += list.rows.len();
                let by_team = unit.board_by_team(&everything(), &filter).await.unwrap();
                let told: Vec<_> = by_team
                    .into_iter()
                    .map(|(team, c)| ((team, c.rule, c.standing, c.stuck_step), c.duties))
                    .collect();
                assert_eq!(told, expected.into_iter().collect::<Vec<_>>(), "{} {filter:?}", db.name);
                let sum: i64 =
                    unit.board(&everything(), &filter).await.unwrap().iter().map(|c| c.duties).sum();
                assert_eq!(sum, list.total, "{} {filter:?}", db.name);
            }
        }
        assert!(counted > 1000, "too little is counted to prove anything: {counted}");
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
