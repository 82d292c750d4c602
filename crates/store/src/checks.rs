//! The two databases hold the same tables, and every statement can be prepared on both.

use crate::testing;
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
