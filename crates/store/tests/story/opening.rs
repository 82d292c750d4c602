use kinfold_store::testing::{both, sqlite};
use kinfold_store::*;

use crate::rows::{child, council, id, person};

#[tokio::test]
async fn a_mistyped_address_makes_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kinfodl.db");
    let url = format!("sqlite:{}", path.display());
    let refused = Store::open(&url, Open::default()).await;
    assert!(matches!(&refused, Err(Error::Address(why)) if why.contains("kinfold init")), "{refused:?}");
    assert!(!path.exists());
    Store::open(&url, Open { create: true }).await.unwrap().close().await;
    Store::open(&url, Open::default()).await.unwrap();

    let elsewhere = format!("sqlite:{}", folder.path().join("none/kinfold.db").display());
    for bad in
        ["mysql://x", "kinfold.db", "", "sqlite:", "sqlite::memory:", "postgres://[", elsewhere.as_str()]
    {
        let refused = Store::open(bad, Open { create: true }).await;
        assert!(matches!(refused, Err(Error::Address(_))), "{bad}: {refused:?}");
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    std::fs::write(
        &path,
        "not a database, only some notes that are long enough to be looked at\n".repeat(40),
    )
    .unwrap();
    let before = std::fs::read(&path).unwrap();
    let refused = Store::open(&format!("sqlite:{}", path.display()), Open { create: true }).await;
    assert!(matches!(refused, Err(Error::Corrupt(_))), "{refused:?}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn a_unit_for_reading_cannot_write() {
    for db in both().await {
        council(&db.store).await;
        let mut read = db.store.read().await.unwrap();
        let refused = read.set_setting("a", "b").await;
        assert!(matches!(refused, Err(Error::ReadOnly)), "{}: {refused:?}", db.name);
        let mut glance = db.store.glance().await.unwrap();
        let refused = glance.set_setting("a", "b").await;
        assert!(matches!(refused, Err(Error::ReadOnly)), "{}: {refused:?}", db.name);
    }
}

#[tokio::test]
async fn a_reader_sees_one_snapshot_while_others_write() {
    for db in both().await {
        council(&db.store).await;
        let mut read = db.store.read().await.unwrap();
        assert_eq!(read.people(&PeopleFilter::default(), Page::first(1)).await.unwrap().total, 3);
        let mut write = db.store.write().await.unwrap();
        write.insert_people(&[person(13, "Dee Hill")]).await.unwrap();
        assert_eq!(
            read.people(&PeopleFilter::default(), Page::first(1)).await.unwrap().total,
            3,
            "{}",
            db.name
        );
        write.commit().await.unwrap();
        assert_eq!(
            read.people(&PeopleFilter::default(), Page::first(1)).await.unwrap().total,
            3,
            "{}",
            db.name
        );
        let mut glance = db.store.glance().await.unwrap();
        assert_eq!(
            glance.people(&PeopleFilter::default(), Page::first(1)).await.unwrap().total,
            4,
            "{}",
            db.name
        );
    }
}

#[tokio::test]
async fn a_unit_that_is_dropped_is_forgotten() {
    for db in both().await {
        let mut unit = db.store.write().await.unwrap();
        unit.insert_children(&[child(100, "Kit")]).await.unwrap();
        drop(unit);
        let mut unit = db.store.write().await.unwrap();
        assert_eq!(unit.child_row(id(100)).await.unwrap(), None, "{}", db.name);
        unit.insert_children(&[child(100, "Kit")]).await.unwrap();
        unit.commit().await.unwrap();
    }
}

#[tokio::test]
async fn writers_take_turns_and_all_come_to_theirs() {
    let db = sqlite().await;
    let tasks: Vec<_> = (0..40)
        .map(|n| {
            let store = db.store.clone();
            tokio::spawn(async move {
                let mut unit = store.write().await.unwrap();
                let count: i64 = unit.setting("count").await.unwrap().map_or(0, |c| c.parse().unwrap());
                tokio::task::yield_now().await;
                unit.set_setting("count", &(count + 1).to_string()).await.unwrap();
                unit.set_setting(&format!("writer {n}"), "done").await.unwrap();
                unit.commit().await.unwrap();
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let mut unit = db.store.read().await.unwrap();
    assert_eq!(unit.setting("count").await.unwrap().as_deref(), Some("40"));
    assert_eq!(unit.settings().await.unwrap().len(), 41);
}
