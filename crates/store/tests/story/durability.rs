//! What is acknowledged stays, and what is append-only cannot be changed, not even behind the program's back.

use std::process::{Command, Stdio};

use kinfold_store::testing::{both, postgres_url};
use kinfold_store::*;
use sqlx::Executor as _;

use crate::rows::{at, audit, child, entry, id, leaf_as_it_is};

#[tokio::test]
async fn entries_and_the_log_refuse_to_be_changed() {
    for db in both().await {
        let mut unit = db.store.write().await.unwrap();
        unit.insert_children(&[child(100, "Kit")]).await.unwrap();
        unit.append_entries(id(100), 0, &[entry(1, 100)]).await.unwrap();
        unit.append_audit(&mut [audit(1)], leaf_as_it_is).await.unwrap();
        let checkpoint = AuditCheckpointRow {
            size: 1,
            root: [1; 32],
            at: at(0),
            signature: Vec::new(),
            key_id: "k".to_owned(),
        };
        unit.insert_checkpoint(&checkpoint).await.unwrap();
        let said = AuthorityRow {
            id: id(200),
            room: "plan".to_owned(),
            subject: id(201),
            version: 1,
            item: None,
            kind: "started".to_owned(),
            body: "{}".to_owned(),
            recorded_at: at(0),
            recorded_by: None,
        };
        unit.add_authority(&[said]).await.unwrap();
        unit.commit().await.unwrap();
        for statement in [
            "UPDATE entry SET body = '{}'",
            "DELETE FROM entry",
            "UPDATE audit SET action = 'nothing'",
            "DELETE FROM audit",
            "UPDATE audit_checkpoint SET size = 2",
            "DELETE FROM audit_checkpoint",
            "UPDATE authority_entry SET body = '{}'",
            "DELETE FROM authority_entry",
        ] {
            let refused = if db.name == "SQLite" {
                let pool = sqlx::SqlitePool::connect(&db.url).await.unwrap();
                pool.execute(statement).await.map(drop)
            } else {
                let pool = sqlx::PgPool::connect(&db.url).await.unwrap();
                pool.execute(statement).await.map(drop)
            };
            let why = refused.map_err(|e| e.to_string());
            assert!(
                matches!(&why, Err(why) if why.contains("append-only")),
                "{} {statement}: {why:?}",
                db.name
            );
        }
        if db.name == "PostgreSQL" {
            let pool = sqlx::PgPool::connect(&db.url).await.unwrap();
            assert!(pool.execute("TRUNCATE entry").await.is_err());
        }
    }
}

/// The lists of the log can be changed behind the program's back, and then it is seen.
#[tokio::test]
async fn a_line_that_was_taken_out_of_the_lists_is_missed() {
    for db in both().await {
        let mut unit = db.store.write().await.unwrap();
        unit.append_audit(&mut [audit(1), audit(2), audit(3)], leaf_as_it_is).await.unwrap();
        unit.sort_audit(2).await.unwrap();
        unit.commit().await.unwrap();
        for (statement, missed) in [
            ("DELETE FROM audit_of_child WHERE seq = 0", 1),
            ("DELETE FROM audit_of_person WHERE seq = 1", 2),
            ("UPDATE audit_sorted SET size = 9", 3),
        ] {
            if db.name == "SQLite" {
                sqlx::SqlitePool::connect(&db.url).await.unwrap().execute(statement).await.unwrap();
            } else {
                sqlx::PgPool::connect(&db.url).await.unwrap().execute(statement).await.unwrap();
            }
            let found = db.store.glance().await.unwrap().unlisted_audit().await.unwrap();
            assert_eq!(found, missed, "{}: {statement}", db.name);
        }
    }
}

/// Started again as a process of its own by the next test: appends for ever and says each number that is committed.
#[tokio::test]
async fn appends_until_killed() {
    let Ok(url) = std::env::var("STORE_APPENDS_TO") else { return };
    let store = Store::open(&url, Open::default()).await.unwrap();
    let mut version = store.read().await.unwrap().child_row(id(100)).await.unwrap().unwrap().child.version;
    loop {
        let mut unit = store.write().await.unwrap();
        let n = u128::try_from(version).unwrap() + 1;
        version =
            unit.append_entries(id(100), version, &[entry(2 * n, 100), entry(2 * n + 1, 100)]).await.unwrap();
        unit.append_audit(&mut [audit(7)], leaf_as_it_is).await.unwrap();
        unit.commit().await.unwrap();
        println!("acknowledged {version}");
    }
}

#[tokio::test]
async fn what_is_acknowledged_survives_the_death_of_the_process() {
    let folder = tempfile::tempdir().unwrap();
    let file = format!("sqlite:{}", folder.path().join("kinfold.db").display());
    for url in [file, postgres_url().await] {
        let store = Store::open(&url, Open { create: true }).await.unwrap();
        let mut unit = store.write().await.unwrap();
        unit.insert_children(&[child(100, "Kit")]).await.unwrap();
        unit.commit().await.unwrap();
        store.close().await;
        for round in 0..5 {
            let last = kill_after(&url, 3 + round * 7);
            let store = Store::open(&url, Open::default()).await.unwrap();
            let mut unit = store.read().await.unwrap();
            let child = unit.child_row(id(100)).await.unwrap().unwrap().child;
            assert!(child.version >= last, "{url}: {last} was acknowledged, {} is here", child.version);
            assert_eq!(unit.count_entries().await.unwrap(), 2 * child.version, "{url}: no half of a unit");
            assert_eq!(unit.audit_size().await.unwrap(), child.version);
            let places: Vec<i64> =
                unit.audit_rows(0, 1_000_000).await.unwrap().iter().map(|row| row.seq).collect();
            assert_eq!(places, (0..child.version).collect::<Vec<_>>());
            drop(unit);
            store.close().await;
        }
    }
}

/// Runs the appending process until it has acknowledged so many units, kills it, and answers the last one it told of.
fn kill_after(url: &str, acknowledgements: usize) -> i64 {
    use std::io::{BufRead as _, BufReader};
    let mut process = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "durability::appends_until_killed", "--nocapture"])
        .env("STORE_APPENDS_TO", url)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut last = 0;
    let mut seen = 0;
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    while let Some(Ok(line)) = lines.next() {
        if let Some((_, version)) = line.split_once("acknowledged ") {
            last = version.trim().parse().unwrap();
            seen += 1;
            if seen == acknowledgements {
                process.kill().unwrap();
            }
        }
    }
    process.wait().unwrap();
    assert!(seen >= acknowledgements, "the process ended by itself");
    last
}
