use jiff::civil::date;
use kinfold_casework::accounts::{AccountQuery, Details, NewGrant};
use kinfold_casework::rows::Page;
use kinfold_casework::teams::TeamForm;
use kinfold_casework::{Error, Role};

use crate::world::{ADMINISTRATOR, MANAGER, PASSWORD, TODAY, WORKER, World, id, on_both};

fn details(name: &str, email: &str) -> Details {
    Details { name: name.into(), email: email.into(), phone: None }
}

fn grant(role: Role) -> NewGrant {
    NewGrant { role, team: Some(id(2)), from_on: TODAY, to_on: None }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_person_signs_in_with_a_given_password_and_must_change_it() {
    on_both(|world: World| async move {
        let admin = world.sign_in(ADMINISTRATOR).await;
        let casework = &world.casework;
        let new = details("Nell Harrow", "nell@fernshire.example");
        let person = casework.add_account(&admin, &new, &[grant(Role::SocialWorker)]).await.unwrap();
        let taken = casework.add_account(&admin, &details("Other", "NELL@fernshire.example"), &[]).await;
        assert!(matches!(taken, Err(Error::Invalid(p)) if p[0].field == "email"));
        let given = casework.give_first_password(&admin, person).await.unwrap();
        let half = casework.sign_in("nell@fernshire.example", &given).await.unwrap();
        let step = casework.second_step(&half).await.unwrap();
        assert!(step.enrol.is_some(), "the second step is set up at the first sign-in");
        let page = casework.account_page(&admin, person).await.unwrap();
        assert!(page.must_change_password && page.account.has_password);
        let found = casework
            .accounts(
                &admin,
                &AccountQuery { words: Some("harrow".into()), ..Default::default() },
                Page::first(10),
            )
            .await
            .unwrap();
        assert_eq!(found.total, 1);
        assert_eq!(found.accounts[0].1[0].role, "social_worker");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn changing_a_given_password_opens_the_rest() {
    on_both(|world: World| async move {
        let admin = world.sign_in(ADMINISTRATOR).await;
        let given = world.casework.give_first_password(&admin, id(WORKER)).await.unwrap();
        let half =
            world.casework.sign_in(&format!("person{WORKER}@fernshire.example"), &given).await.unwrap();
        let token = world.casework.pass_second_step(&half, &world.code(WORKER)).await.unwrap();
        let worker = world.casework.actor(&token).await.unwrap();
        assert!(worker.must_change_password());
        world.casework.change_password(&worker, &given, PASSWORD).await.unwrap();
        assert!(!world.casework.actor(&token).await.unwrap().must_change_password());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn switching_an_account_off_ends_its_sessions_at_once() {
    on_both(|world: World| async move {
        let token = world.token(WORKER).await;
        let admin = world.sign_in(ADMINISTRATOR).await;
        let version = world.casework.account_page(&admin, id(WORKER)).await.unwrap().account.version;
        let stale = world.casework.switch_account(&admin, id(WORKER), version - 1, true).await;
        assert!(matches!(stale, Err(Error::Conflict { .. })));
        assert!(world.casework.actor(&token).await.is_ok());
        world.casework.switch_account(&admin, id(WORKER), version, true).await.unwrap();
        assert!(matches!(world.casework.actor(&token).await, Err(Error::SignedOut)));
        let own = world.casework.switch_account(&admin, id(ADMINISTRATOR), 1, true).await;
        assert!(matches!(own, Err(Error::Forbidden(_))));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_manages_accounts_and_nobody_their_own_roles() {
    on_both(|world: World| async move {
        let manager = world.sign_in(MANAGER).await;
        let refused = world.casework.give_role(&manager, id(WORKER), grant(Role::Director)).await;
        assert!(matches!(refused, Err(Error::Absent)));
        assert!(matches!(world.casework.teams_page(&manager).await, Err(Error::Absent)));
        let admin = world.sign_in(ADMINISTRATOR).await;
        let own = world.casework.give_role(&admin, id(ADMINISTRATOR), grant(Role::SocialWorker)).await;
        assert!(matches!(own, Err(Error::Forbidden(_))));
        let twice = world.casework.give_role(&admin, id(WORKER), grant(Role::SocialWorker)).await;
        assert!(matches!(twice, Err(Error::Invalid(_))));
        let backwards = NewGrant { to_on: Some(date(2026, 1, 1)), ..grant(Role::PersonalAdviser) };
        assert!(matches!(
            world.casework.give_role(&admin, id(WORKER), backwards).await,
            Err(Error::Invalid(_))
        ));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_worker_owned_goes_to_the_manager_when_the_account_is_off() {
    on_both(|world: World| async move {
        let admin = world.sign_in(ADMINISTRATOR).await;
        let mut unit = world.database.store.read().await.unwrap();
        let owned = |rows: Vec<kinfold_store::DutyRow>, person: u128| {
            rows.into_iter()
                .filter(|d| d.owner_person == Some(id(person)) && d.state == kinfold_store::DutyState::Open)
                .count()
        };
        let before = owned(unit.duties_of(world.child.0).await.unwrap(), MANAGER);
        drop(unit);
        // Who manages the team decides what nobody else owns.
        let page = world.casework.teams_page(&admin).await.unwrap();
        let team = &page.teams[0].0;
        let form = TeamForm {
            name: team.name.clone(),
            agency: team.agency,
            kind: team.kind.clone(),
            parent: None,
            manager: Some(id(ADMINISTRATOR)),
        };
        world.casework.change_team(&admin, team.id, team.version, &form).await.unwrap();
        let round = TeamForm { parent: Some(team.id), ..form };
        let refused = world.casework.change_team(&admin, team.id, team.version + 1, &round).await;
        assert!(matches!(refused, Err(Error::Invalid(p)) if p[0].field == "parent"));
        world.casework.find_owners().await.unwrap();
        let mut unit = world.database.store.read().await.unwrap();
        let rows = unit.duties_of(world.child.0).await.unwrap();
        assert_eq!(owned(rows.clone(), MANAGER), 0, "had {before}");
        assert_eq!(owned(rows, ADMINISTRATOR), before);
    })
    .await;
}
