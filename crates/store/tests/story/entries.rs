use kinfold_store::testing::both;
use kinfold_store::*;

use crate::rows::{child, entry, id};

#[tokio::test]
async fn an_append_moves_the_version_and_a_stale_one_is_refused() {
    for db in both().await {
        let mut unit = db.store.write().await.unwrap();
        unit.insert_children(&[child(100, "Kit")]).await.unwrap();
        assert_eq!(unit.append_entries(id(100), 0, &[entry(1, 100), entry(2, 100)]).await.unwrap(), 1);
        let stale = unit.append_entries(id(100), 0, &[entry(3, 100)]).await;
        assert!(
            matches!(stale, Err(Error::Conflict { what: "child", current: 1 })),
            "{}: {stale:?}",
            db.name
        );
        let absent = unit.append_entries(id(101), 0, &[entry(3, 101)]).await;
        assert!(matches!(absent, Err(Error::Dangling { .. })), "{}: {absent:?}", db.name);
        let read = unit.entries(id(100)).await.unwrap();
        assert!(read[0].seq < read[1].seq);
        let as_written: Vec<EntryRow> = read.into_iter().map(|row| EntryRow { seq: 0, ..row }).collect();
        assert_eq!(as_written, [entry(1, 100), entry(2, 100)], "{}", db.name);
        assert_eq!(unit.entry(id(2)).await.unwrap().unwrap().body, "{\"n\":2}");
        unit.commit().await.unwrap();

        let mut unit = db.store.write().await.unwrap();
        let again = unit.append_entries(id(100), 1, &[entry(2, 100)]).await;
        assert!(matches!(again, Err(Error::Duplicate { .. })), "{}: {again:?}", db.name);
    }
}

#[tokio::test]
async fn of_two_who_append_at_once_one_is_told_of_the_other() {
    for db in both().await {
        let mut unit = db.store.write().await.unwrap();
        unit.insert_children(&[child(100, "Kit")]).await.unwrap();
        unit.commit().await.unwrap();
        let tasks: Vec<_> = (1..=8)
            .map(|n| {
                let store = db.store.clone();
                tokio::spawn(async move {
                    let mut unit = store.write().await.unwrap();
                    let done = unit.append_entries(id(100), 0, &[entry(n, 100)]).await;
                    if done.is_ok() {
                        unit.commit().await.unwrap();
                    }
                    done
                })
            })
            .collect();
        let mut won = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(version) => won += version,
                Err(Error::Conflict { current, .. }) => assert_eq!(current, 1),
                Err(other) => panic!("{}: {other}", db.name),
            }
        }
        assert_eq!(won, 1, "{}", db.name);
        assert_eq!(db.store.read().await.unwrap().count_entries().await.unwrap(), 1);
    }
}

#[tokio::test]
async fn imports_are_read_back_by_run_and_by_many_children() {
    for db in both().await {
        let mut unit = db.store.write().await.unwrap();
        unit.insert_children(&[child(100, "Kit"), child(101, "Lou")]).await.unwrap();
        let rows: Vec<EntryRow> = (1..=700)
            .map(|n| EntryRow { import_run: (n > 600).then(|| id(9000)), ..entry(n, 100 + n % 2) })
            .collect();
        unit.insert_entries(&rows).await.unwrap();
        assert_eq!(unit.count_entries().await.unwrap(), 700);
        assert_eq!(unit.child_row(id(101)).await.unwrap().unwrap().child.version, 1, "{}", db.name);
        let of_two = unit.entries_of(&[id(101), id(100), id(101)]).await.unwrap();
        assert_eq!(of_two.len(), 700);
        assert!(of_two.windows(2).all(|w| (w[0].child, w[0].seq) < (w[1].child, w[1].seq)), "{}", db.name);
        let some = unit.entries_of_run(id(9000), 0, 60).await.unwrap();
        let rest = unit.entries_of_run(id(9000), some[59].seq, 60).await.unwrap();
        assert_eq!((some.len(), rest.len()), (60, 40), "{}", db.name);
        assert_eq!(unit.entries_after(some[59].seq, 1000).await.unwrap().len(), 40);
        assert_eq!(
            unit.entries_after(0, 1000).await.unwrap().iter().map(|row| row.id).collect::<Vec<_>>(),
            rows.iter().map(|row| row.id).collect::<Vec<_>>(),
            "{}: in the order given",
            db.name
        );
    }
}

#[test]
fn an_entry_becomes_a_row_and_comes_back() {
    let entry = kinfold_record::Entry {
        id: kinfold_record::EntryId(id(1)),
        child: kinfold_record::ChildId(id(100)),
        happened_on: crate::rows::day(2),
        happened_at: None,
        recorded_at: crate::rows::at(3),
        recorded_by: Some(kinfold_record::PersonId(id(10))),
        source: None,
        about: vec![kinfold_record::PersonId(id(11))],
        sensitivity: kinfold_record::Sensitivity::ThirdParty,
        replaces: None,
        event: kinfold_record::Event::Note { text: "Settled well.".into(), topic: None },
    };
    let row = EntryRow::of(&entry, Some(id(5))).unwrap();
    assert_eq!(
        (row.kind.as_str(), row.sensitivity.as_str(), row.import_run),
        ("note", "third_party", Some(id(5)))
    );
    assert_eq!(row.entry().unwrap(), entry);
    let broken = EntryRow { body: "{".to_owned(), ..row };
    assert!(matches!(broken.entry(), Err(Error::Corrupt(_))));
}
