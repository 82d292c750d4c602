use kinfold_store::testing::both;
use kinfold_store::*;

use crate::rows::{at, council, day, id, person, team};

#[tokio::test]
async fn an_address_belongs_to_one_person_whatever_its_case() {
    for db in both().await {
        council(&db.store).await;
        let mut unit = db.store.write().await.unwrap();
        let found = unit.person_by_email(" ADA.moss@Example.org").await.unwrap().unwrap();
        assert_eq!(found, person(10, "Ada Moss"), "{}", db.name);
        let twin = PersonRow { email: "Ada.Moss@EXAMPLE.ORG".to_owned(), ..person(13, "Other") };
        assert!(matches!(unit.insert_people(&[twin]).await, Err(Error::Duplicate { .. })), "{}", db.name);
    }
}

#[tokio::test]
async fn two_people_who_edit_the_same_account_do_not_overwrite_each_other() {
    for db in both().await {
        council(&db.store).await;
        let mut unit = db.store.write().await.unwrap();
        let read = unit.person(id(10)).await.unwrap().unwrap();
        let first = PersonRow { phone: Some("01632 960001".to_owned()), ..read.clone() };
        assert_eq!(unit.update_person(&first).await.unwrap(), 2);
        let second = PersonRow { name: "Ada Moss-Reed".to_owned(), ..read };
        let refused = unit.update_person(&second).await;
        assert!(
            matches!(refused, Err(Error::Conflict { what: "person", current: 2 })),
            "{}: {refused:?}",
            db.name
        );
        assert_eq!(unit.person(id(10)).await.unwrap().unwrap().phone, first.phone);
        let nobody = person(99, "Nobody");
        assert!(matches!(unit.update_person(&nobody).await, Err(Error::Dangling { .. })));
    }
}

#[tokio::test]
async fn roles_and_teams_are_held_from_their_first_day_until_before_their_last() {
    for db in both().await {
        council(&db.store).await;
        let grant = RoleGrantRow {
            id: id(50),
            person: id(10),
            role: "team_manager".to_owned(),
            team: Some(id(2)),
            from_on: day(5),
            to_on: None,
        };
        let mut unit = db.store.write().await.unwrap();
        unit.grant_roles(std::slice::from_ref(&grant)).await.unwrap();
        let member = TeamMemberRow { team: id(2), person: id(10), from_on: day(5), to_on: None };
        unit.add_team_members(std::slice::from_ref(&member)).await.unwrap();
        assert!(unit.end_role(id(50), day(8)).await.unwrap());
        assert!(unit.end_team_member(id(2), id(10), day(8)).await.unwrap());
        for (on, held) in [(4, 0), (5, 1), (7, 1), (8, 0)] {
            let account = unit.account(id(10), day(on)).await.unwrap().unwrap();
            assert_eq!((account.roles.len(), account.teams.len()), (held, held), "{} day {on}", db.name);
            assert_eq!(unit.holders("team_manager", Some(id(2)), day(on)).await.unwrap().len(), held);
            assert_eq!(unit.team_members(id(2), Some(day(on))).await.unwrap().len(), held);
        }
        assert!(unit.holders("team_manager", None, day(6)).await.unwrap().is_empty(), "held in a team only");
        assert_eq!(unit.role_grants(id(10)).await.unwrap(), [RoleGrantRow { to_on: Some(day(8)), ..grant }]);
        assert_eq!(
            unit.memberships(id(10), None).await.unwrap(),
            [TeamMemberRow { to_on: Some(day(8)), ..member }]
        );
    }
}

#[tokio::test]
async fn people_are_found_by_part_of_a_name_taken_literally() {
    for db in both().await {
        council(&db.store).await;
        let mut unit = db.store.write().await.unwrap();
        unit.insert_people(&[PersonRow { disabled_at: Some(at(1)), ..person(13, "Odd 100%_name") }])
            .await
            .unwrap();
        for (words, total) in [("MOSS", 1), ("example", 4), ("%", 1), ("_", 1), ("0%_", 1), ("nobody", 0)] {
            let filter = PeopleFilter { words: Some(words.to_owned()), ..PeopleFilter::default() };
            assert_eq!(
                unit.people(&filter, Page::first(10)).await.unwrap().total,
                total,
                "{} {words}",
                db.name
            );
        }
        let enabled = PeopleFilter { disabled: Some(false), ..PeopleFilter::default() };
        let page = unit.people(&enabled, Page { limit: 2, offset: 2 }).await.unwrap();
        assert_eq!((page.rows.len(), page.total), (1, 3));
        assert_eq!(page.rows[0].name, "Cy Fern");
    }
}

#[tokio::test]
async fn teams_keep_their_versions() {
    for db in both().await {
        council(&db.store).await;
        let mut unit = db.store.write().await.unwrap();
        let part = TeamRow { parent: Some(id(2)), manager: Some(id(11)), ..team(4, "North duty") };
        unit.insert_teams(std::slice::from_ref(&part)).await.unwrap();
        let renamed = TeamRow { name: "North front door".to_owned(), ..part };
        assert_eq!(unit.update_team(&renamed).await.unwrap(), 2);
        assert!(matches!(
            unit.update_team(&renamed).await,
            Err(Error::Conflict { what: "team", current: 2 })
        ));
        let teams = unit.teams().await.unwrap();
        assert_eq!(
            teams.iter().map(|t| t.name.as_str()).collect::<Vec<_>>(),
            ["North", "North front door", "South"]
        );
        let lost = TeamRow { agency: id(999), ..team(5, "Lost") };
        assert!(matches!(unit.insert_teams(&[lost]).await, Err(Error::Dangling { .. })), "{}", db.name);
    }
}

fn session(n: u8, person: u128) -> SessionRow {
    SessionRow {
        token_hash: vec![n; 32],
        person: id(person),
        created_at: at(0),
        last_seen_at: at(i64::from(n)),
        expires_at: at(100 + i64::from(n)),
        reauthenticated_at: None,
        second_factor: false,
        csrf: vec![7; 16],
    }
}

#[tokio::test]
async fn sessions_end_one_by_one_or_all_but_one() {
    for db in both().await {
        council(&db.store).await;
        let mut unit = db.store.write().await.unwrap();
        for n in 1..=3 {
            unit.insert_session(&session(n, 10)).await.unwrap();
        }
        unit.touch_session(&[1; 32], at(50)).await.unwrap();
        unit.touch_session(&[1; 32], at(40)).await.unwrap();
        unit.pass_second_factor(&[2; 32], at(60)).await.unwrap();
        let order: Vec<u8> =
            unit.sessions_of(id(10)).await.unwrap().iter().map(|s| s.token_hash[0]).collect();
        assert_eq!(order, [2, 1, 3], "{}", db.name);
        let glance = unit.session(&[2; 32]).await.unwrap().unwrap();
        assert!(glance.session.second_factor && glance.disabled_at.is_none());
        let asked = [vec![2; 32], vec![9; 32], vec![3; 32]];
        let mut found = unit.sessions(&asked).await.unwrap();
        found.sort_by_key(|glance| glance.session.token_hash.clone());
        let hashes: Vec<u8> = found.iter().map(|glance| glance.session.token_hash[0]).collect();
        assert_eq!(
            (hashes, &found[0]),
            (vec![2, 3], &glance),
            "each as it is alone, and nobody for what is not"
        );
        assert!(unit.sessions(&[]).await.unwrap().is_empty());
        assert_eq!(unit.end_sessions_of(id(10), Some(&[2; 32])).await.unwrap(), 2);
        assert_eq!(unit.sweep_sessions(at(102), at(0)).await.unwrap(), 0);
        assert_eq!(unit.sweep_sessions(at(103), at(0)).await.unwrap(), 1);
        assert!(unit.session(&[2; 32]).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn failed_attempts_are_counted_since_the_last_success() {
    for db in both().await {
        let mut unit = db.store.write().await.unwrap();
        let mut count = Vec::new();
        for (n, ok) in [(1, false), (2, false), (3, true), (4, false), (5, false)] {
            let row =
                SignInAttemptRow { id: id(n), email_hash: vec![9], at: at(i64::try_from(n).unwrap()), ok };
            unit.record_attempt(&row).await.unwrap();
            count.push(unit.failed_attempts(&[9], at(2)).await.unwrap());
        }
        assert_eq!(count, [0, 1, 0, 1, 2], "{}", db.name);
        assert_eq!(unit.failed_attempts(&[8], at(0)).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn a_code_of_the_second_factor_is_good_once() {
    for db in both().await {
        council(&db.store).await;
        let mut unit = db.store.write().await.unwrap();
        assert!(unit.accept_totp_step(id(10), 500).await.unwrap());
        assert!(!unit.accept_totp_step(id(10), 500).await.unwrap(), "{}", db.name);
        assert!(!unit.accept_totp_step(id(10), 499).await.unwrap());
        assert!(unit.accept_totp_step(id(10), 501).await.unwrap());
    }
}

#[tokio::test]
async fn the_access_epoch_grows_once_for_each_commit_that_changes_rights() {
    for db in both().await {
        council(&db.store).await;
        let start = db.store.read().await.unwrap().access_epoch().await.unwrap();

        let mut unit = db.store.write().await.unwrap();
        unit.set_setting("authority", "Fernshire").await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(db.store.glance().await.unwrap().access_epoch().await.unwrap(), start, "{}", db.name);

        let mut unit = db.store.write().await.unwrap();
        let read = unit.person(id(10)).await.unwrap().unwrap();
        unit.update_person(&PersonRow { disabled_at: Some(at(5)), ..read }).await.unwrap();
        unit.end_sessions_of(id(10), None).await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(db.store.glance().await.unwrap().access_epoch().await.unwrap(), start + 1, "{}", db.name);

        let mut unit = db.store.write().await.unwrap();
        unit.end_sessions_of(id(10), None).await.unwrap();
        unit.roll_back().await.unwrap();
        assert_eq!(db.store.glance().await.unwrap().access_epoch().await.unwrap(), start + 1);
    }
}

/// Whoever remembers a session trusts this.
#[tokio::test]
async fn the_access_epoch_grows_with_everything_that_changes_a_session_but_for_its_last_use() {
    for db in both().await {
        council(&db.store).await;
        let mut before = db.store.glance().await.unwrap().epochs().await.unwrap();
        for change in ["begin", "touch", "second factor", "password again", "end", "end all", "person"] {
            let mut unit = db.store.write().await.unwrap();
            match change {
                "begin" => {
                    unit.insert_session(&session(1, 10)).await.unwrap();
                    unit.insert_session(&session(2, 10)).await.unwrap();
                }
                "touch" => unit.touch_session(&[1; 32], at(50)).await.unwrap(),
                "second factor" => unit.pass_second_factor(&[1; 32], at(60)).await.unwrap(),
                "password again" => unit.reauthenticate_session(&[1; 32], at(61)).await.unwrap(),
                "end" => assert!(unit.end_session(&[1; 32]).await.unwrap()),
                "end all" => assert_eq!(unit.end_sessions_of(id(10), None).await.unwrap(), 1),
                _ => {
                    let read = unit.person(id(10)).await.unwrap().unwrap();
                    unit.update_person(&PersonRow { disabled_at: Some(at(70)), ..read }).await.unwrap();
                }
            }
            unit.commit().await.unwrap();
            let after = db.store.glance().await.unwrap().epochs().await.unwrap();
            let quiet = ["begin", "touch"].contains(&change);
            assert_eq!(after.access - before.access, i64::from(!quiet), "{}: {change}", db.name);
            before = after;
        }
    }
}
