//! The two databases hold the same tables, and every statement can be prepared on both.

use uuid::Uuid;

use crate::{Open, Store, testing};
use crate::{postgres, sqlite};

#[tokio::test]
async fn every_statement_can_be_prepared_on_both_databases() {
    let [one, other] = testing::both().await;
    let on_sqlite = sqlite::repos::checks::prepare_all(&one.url).await;
    let on_postgres = postgres::repos::checks::prepare_all(&other.url).await;
    assert_eq!(on_sqlite, on_postgres);
    assert!(on_sqlite > 100, "only {on_sqlite} statements are listed");
}

#[tokio::test]
async fn both_databases_have_the_same_tables_columns_and_indexes() {
    let [one, other] = testing::both().await;
    assert_eq!(
        sqlite::repos::checks::columns(&one.url).await,
        postgres::repos::checks::columns(&other.url).await,
    );
    assert_eq!(
        sqlite::repos::checks::names(&one.url).await,
        postgres::repos::checks::names(&other.url).await
    );
}

#[test]
fn both_folders_of_migrations_have_the_same_files() {
    assert_eq!(sqlite::repos::checks::migrations(), postgres::repos::checks::migrations());
}

#[tokio::test]
async fn a_backup_holds_every_table() {
    let one = testing::sqlite().await;
    let mut there = sqlite::repos::checks::names(&one.url).await;
    there.retain(|name| !name.contains(" on "));
    let mut held: Vec<String> = crate::portable::TABLES.iter().map(|table| table.name.to_owned()).collect();
    held.sort();
    assert_eq!(there, held);
}

#[tokio::test]
async fn a_child_of_before_keeps_what_was_folded_and_waits_to_be_worked_out() {
    let child = Uuid::from_u128(7);
    // Longer than a page of SQLite.
    let (timeline, duties) = ([1, 2, 3].repeat(3000), [4, 5].repeat(2500));
    let folder = tempfile::tempdir().unwrap();
    let on_sqlite = format!("sqlite:{}", folder.path().join("kinfold.db").display());
    let on_postgres = testing::postgres_url().await;
    sqlite::repos::checks::with_a_child_of_before(&on_sqlite, child, &timeline, &duties).await;
    postgres::repos::checks::with_a_child_of_before(&on_postgres, child, &timeline, &duties).await;
    for url in [on_sqlite, on_postgres] {
        let store = Store::open(&url, Open::default()).await.unwrap();
        let row = store.glance().await.unwrap().child_row(child).await.unwrap().unwrap().child;
        let found = row.projection;
        assert_eq!((found.timeline, found.duties), (timeline.clone(), duties.clone()), "{url}");
        assert_eq!((found.digest, found.projection_version, found.entries), (0, 5, 7), "{url}");
    }
}
