//! The board counts what its lists hold, for those who may see it.

use kinfold_casework::Error;
use kinfold_casework::board::{AGE_BANDS, BoardAsk, BoardPage, Exported, ExportedCell, Extent};
use kinfold_casework::rows::Page;

use crate::world::{
    ADMINISTRATOR, COUNCILLOR, HEAD, KATHERINE, MANAGER, NORTH, PASSWORD, READER, ROBIN, SOUTH,
    SOUTH_MANAGER, WORKER, World, ZOE, id, on_both,
};

fn total(page: &BoardPage) -> i64 {
    page.totals.values().sum()
}

async fn listed(world: &World, actor: &kinfold_casework::Actor, ask: &BoardAsk) -> (i64, Vec<uuid::Uuid>) {
    let list = world.casework.board_list(actor, ask, Page::first(1000)).await.unwrap();
    let mut children: Vec<_> = list.duties.rows.iter().map(|line| line.duty.child).collect();
    children.sort_unstable();
    children.dedup();
    (list.duties.total, children)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_opens_a_list_of_that_length() {
    on_both(|world| async move {
        let head = world.sign_in(HEAD).await;
        let board = world.casework.board(&head, &BoardAsk::default()).await.unwrap();
        let teams: Vec<_> = board.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(teams, ["North", "South"]);
        let mut figures = 0;
        for row in &board.rows {
            for (group, counts) in board.columns.iter().zip(&row.cells) {
                for (state, count) in counts {
                    let ask = BoardAsk {
                        team: Some(row.team),
                        group: Some(group.id.clone()),
                        state: Some(*state),
                        ..BoardAsk::default()
                    };
                    assert_eq!(
                        listed(&world, &head, &ask).await.0,
                        *count,
                        "{} {} {state:?}",
                        row.name,
                        group.id
                    );
                    figures += 1;
                }
            }
        }
        assert!(figures > 4, "the board is too empty to prove anything");
        assert_eq!(listed(&world, &head, &BoardAsk::default()).await.0, total(&board));
        let closed = BoardAsk { closed: true, ..BoardAsk::default() };
        let with_closed = world.casework.board(&head, &closed).await.unwrap();
        assert_eq!(listed(&world, &head, &closed).await.0, total(&with_closed));
        assert!(total(&with_closed) >= total(&board));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_counts_a_child_they_may_not_find() {
    on_both(|world| async move {
        let all = BoardAsk::default();
        let head = world.sign_in(HEAD).await;
        assert_eq!(
            listed(&world, &head, &all).await.1,
            [id(ROBIN), id(KATHERINE), id(ZOE)],
            "the restricted child is not there"
        );
        let south = world.sign_in(SOUTH_MANAGER).await;
        assert_eq!(listed(&world, &south, &all).await.1, [id(KATHERINE), id(ZOE)]);
        let reader = world.sign_in(READER).await;
        assert_eq!(
            listed(&world, &reader, &all).await.1.len(),
            3,
            "a named reader sees the restricted child"
        );
        let worker = world.sign_in(WORKER).await;
        assert_eq!(listed(&world, &worker, &all).await.1, [id(ROBIN)]);
        // A team that is not theirs gives nothing, however it is asked for.
        let other = BoardAsk { team: Some(Some(id(SOUTH))), ..BoardAsk::default() };
        assert_eq!(listed(&world, &worker, &other).await.0, 0);
        let board = world.casework.board(&worker, &all).await.unwrap();
        assert!(!board.offers.authority && board.offers.teams.len() == 1);
        for nobody in [COUNCILLOR, ADMINISTRATOR] {
            let actor = world.sign_in(nobody).await;
            assert!(matches!(world.casework.board(&actor, &all).await, Err(Error::Absent)));
            assert!(matches!(
                world.casework.board_list(&actor, &all, Page::first(1)).await,
                Err(Error::Absent)
            ));
            assert!(matches!(world.casework.board_stuck(&actor, &all).await, Err(Error::Absent)));
            assert!(matches!(
                world.casework.board_children(&actor, &all, Page::first(1)).await,
                Err(Error::Absent)
            ));
            assert!(matches!(
                world.casework.team_work(&actor, None, Page::first(1)).await,
                Err(Error::Absent)
            ));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_narrow_by_the_child_and_the_board_of_children_agrees() {
    on_both(|world| async move {
        let head = world.sign_in(HEAD).await;
        let of = |code: &str| BoardAsk {
            age: AGE_BANDS.into_iter().find(|b| b.code == code),
            ..BoardAsk::default()
        };
        assert_eq!(listed(&world, &head, &of("10_to_15")).await.1, [id(ROBIN)]);
        assert_eq!(listed(&world, &head, &of("16_and_17")).await.1, [id(KATHERINE)]);
        assert_eq!(listed(&world, &head, &of("1_to_4")).await.1, [id(ZOE)]);
        assert_eq!(listed(&world, &head, &of("18_and_over")).await.0, 0);
        let health = BoardAsk { strand: Some("health".into()), ..BoardAsk::default() };
        let health_only = world.casework.board(&head, &health).await.unwrap();
        assert!(
            total(&health_only) > 0
                && total(&health_only)
                    < total(&world.casework.board(&head, &BoardAsk::default()).await.unwrap())
        );
        let nonsense = BoardAsk { group: Some("nothing".into()), ..BoardAsk::default() };
        assert_eq!(listed(&world, &head, &nonsense).await.0, 0);
        let mine = BoardAsk { extent: Extent::MyTeams, ..BoardAsk::default() };
        assert_eq!(
            listed(&world, &head, &mine).await.0,
            0,
            "a head of service in no team has no team’s board"
        );
        // Children down: the same duties, one cell at a time.
        let page = world.casework.board_children(&head, &BoardAsk::default(), Page::first(25)).await.unwrap();
        let shown: usize = page.children.rows.iter().flat_map(|row| &row.cells).map(Vec::len).sum();
        assert_eq!(i64::try_from(shown).unwrap(), listed(&world, &head, &BoardAsk::default()).await.0);
        assert_eq!(page.children.total, 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_work_of_a_team_shows_what_nobody_owns_first() {
    on_both(|world| async move {
        let manager = world.sign_in(MANAGER).await;
        let (work, unowned) = world.casework.team_work(&manager, None, Page::first(1000)).await.unwrap();
        assert!(!work.duties.rows.is_empty());
        assert!(work.duties.rows.iter().all(|line| line.duty.team == Some(id(NORTH))));
        let owned: Vec<bool> = work.duties.rows.iter().map(|line| line.duty.owner_person.is_some()).collect();
        assert!(owned.is_sorted(), "what nobody owns comes first");
        assert_eq!(i64::try_from(owned.iter().filter(|owned| !**owned).count()).unwrap(), unowned);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_needs_the_right_and_the_password_and_the_log_counts_its_rows() {
    on_both(|world| async move {
        let ask = BoardAsk::default();
        let worker = world.sign_in(WORKER).await;
        assert!(matches!(world.casework.export_board(&worker, &ask, "csv").await, Err(Error::Absent)));
        let token = world.token(MANAGER).await;
        let manager = world.casework.actor(&token).await.unwrap();
        assert!(matches!(
            world.casework.export_board_list(&manager, &ask, "csv").await,
            Err(Error::Reauthenticate)
        ));
        world.casework.reauthenticate(&manager, PASSWORD).await.unwrap();
        let manager = world.casework.actor(&token).await.unwrap();
        let Exported { columns, rows, .. } =
            world.casework.export_board_list(&manager, &ask, "xlsx").await.unwrap();
        assert!(rows.iter().all(|row| row.len() == columns.len()));
        assert_eq!(i64::try_from(rows.len()).unwrap(), listed(&world, &manager, &ask).await.0);
        assert!(
            rows.iter().all(|row| row[0] == ExportedCell::Text("F-101".into())),
            "only the children of the manager’s team"
        );
        let log = world.log().await;
        let (_, detail) = log.iter().rfind(|(action, _)| action == "export_board").unwrap();
        let detail: serde_json::Value = serde_json::from_str(detail).unwrap();
        assert_eq!(
            (detail["rows"].as_u64(), detail["format"].as_str()),
            (u64::try_from(rows.len()).ok(), Some("xlsx"))
        );
        assert!(log.iter().all(|(_, detail)| !detail.contains("Ashdown")), "no name in the log");
        let board = world.casework.export_board(&manager, &ask, "csv").await.unwrap();
        let ExportedCell::Number(first) = board.rows[0][3] else { panic!("a figure") };
        assert!(first > 0);
    })
    .await;
}
