//! What the authority writes down about itself is added to and never changed, and two people cannot write one version.

use kinfold_store::testing::both;
use kinfold_store::*;

use crate::rows::{at, council, id};

fn row(n: u128, subject: u128, version: i64) -> AuthorityRow {
    AuthorityRow {
        id: id(n),
        room: "plan".to_owned(),
        subject: id(subject),
        version,
        item: (version > 1).then(|| id(900)),
        kind: "progress".to_owned(),
        body: format!("{{\"note\":\"Note {n}\"}}"),
        recorded_at: at(1),
        recorded_by: (version > 1).then(|| id(10)),
    }
}

#[tokio::test]
async fn entries_come_back_in_order_and_a_version_is_written_once() {
    for db in both().await {
        council(&db.store).await;
        let mut unit = db.store.write().await.unwrap();
        unit.add_authority(&[row(2, 50, 2), row(1, 50, 1), row(3, 51, 1)]).await.unwrap();
        unit.add_authority(&[AuthorityRow { room: "audit".to_owned(), ..row(4, 52, 1) }]).await.unwrap();
        assert_eq!(
            unit.authority_entries("plan", id(50)).await.unwrap(),
            [row(1, 50, 1), row(2, 50, 2)],
            "{}",
            db.name
        );
        assert_eq!(unit.authority_entries("audit", id(50)).await.unwrap(), [], "another room");
        assert_eq!(unit.authority_room("plan").await.unwrap().len(), 3);
        unit.commit().await.unwrap();

        let mut unit = db.store.write().await.unwrap();
        let twice = unit.add_authority(&[row(5, 50, 2)]).await;
        assert!(matches!(twice, Err(Error::Duplicate { .. })), "{}: {twice:?}", db.name);
    }
}

#[tokio::test]
async fn a_document_is_kept_with_what_it_holds() {
    for db in both().await {
        council(&db.store).await;
        let mut unit = db.store.write().await.unwrap();
        let file = AuthorityFileRow {
            id: id(70),
            subject: id(50),
            name: vec![1, 2],
            kind: "application/pdf".to_owned(),
            size: 3,
            digest: vec![9; 32],
            added_by: id(10),
            added_at: at(4),
        };
        unit.insert_authority_file(&file, vec![7, 7, 7]).await.unwrap();
        assert_eq!(unit.authority_file(id(70)).await.unwrap(), Some(file), "{}", db.name);
        assert_eq!(unit.authority_file_body(id(70)).await.unwrap(), Some(vec![7, 7, 7]));
        assert_eq!(unit.authority_file(id(71)).await.unwrap(), None);
    }
}
