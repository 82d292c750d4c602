//! What a young person adds to what they say, and copies made for people outside.

use kinfold_store::testing::both;
use kinfold_store::*;

use crate::rows::{at, child, council, day, id};

fn file(n: u128, voice: &str) -> VoiceFileRow {
    VoiceFileRow {
        id: id(n),
        child: id(100),
        voice: voice.to_owned(),
        name: vec![3, 1],
        kind: "image/png".to_owned(),
        size: 4,
        digest: vec![8; 32],
        added_by: id(10),
        added_at: at(i64::try_from(n).unwrap()),
        sent_at: None,
    }
}

#[tokio::test]
async fn a_file_that_was_sent_stays_and_one_that_was_not_can_be_taken_away() {
    for db in both().await {
        council(&db.store).await;
        let mut unit = db.store.write().await.unwrap();
        unit.insert_children(&[child(100, "Robin Wren")]).await.unwrap();
        for (n, voice) in [(800, "one"), (801, "one"), (802, "other")] {
            unit.insert_voice_file(&file(n, voice), vec![u8::try_from(n % 250).unwrap(); 5]).await.unwrap();
        }
        assert_eq!(unit.voice_files(id(100), "one").await.unwrap(), [file(800, "one"), file(801, "one")]);
        assert_eq!(unit.voice_files(id(101), "one").await.unwrap(), [], "another child’s");
        assert_eq!(unit.voice_file_body(id(800)).await.unwrap(), Some(vec![50; 5]), "{}", db.name);
        assert!(unit.drop_voice_file(id(801)).await.unwrap());
        assert!(!unit.drop_voice_file(id(801)).await.unwrap(), "gone already");
        assert_eq!(unit.voice_file_body(id(801)).await.unwrap(), None, "{}: what it held went too", db.name);
        assert_eq!(unit.send_voice_files(id(100), "one", at(9)).await.unwrap(), 1);
        assert_eq!(unit.send_voice_files(id(100), "one", at(10)).await.unwrap(), 0, "sent once");
        let sent = VoiceFileRow { sent_at: Some(at(9)), ..file(800, "one") };
        assert!(!unit.drop_voice_file(id(800)).await.unwrap(), "{}: what was sent stays", db.name);
        assert_eq!(unit.voice_file(id(800)).await.unwrap(), Some(sent));
        assert_eq!(unit.voice_file_body(id(800)).await.unwrap(), Some(vec![50; 5]));
        assert_eq!(unit.voice_files(id(100), "other").await.unwrap(), [file(802, "other")], "not sent");
        unit.commit().await.unwrap();
    }
}

fn copy(n: u128) -> SentCopyRow {
    SentCopyRow {
        id: id(n),
        child: id(100),
        kind: "review_record".to_owned(),
        recipient: vec![1],
        body: vec![2, 2],
        sensitive: n.is_multiple_of(2),
        prepared_by: id(10),
        prepared_at: at(i64::try_from(n).unwrap()),
        ends_on: day(20),
        expires_at: at(90_000),
        released_by: None,
        released_at: None,
        refused_by: None,
        refused_at: None,
        refusal: None,
        token_hash: None,
        sent_at: None,
        code: None,
        code_at: None,
        code_tries: 0,
        proof_hash: None,
        proved_at: None,
        looks: 0,
        looked_at: None,
        revoked_by: None,
        revoked_at: None,
    }
}

#[tokio::test]
async fn a_copy_for_somebody_outside_keeps_what_became_of_it_and_never_changes_what_it_says() {
    for db in both().await {
        council(&db.store).await;
        let mut unit = db.store.write().await.unwrap();
        unit.insert_children(&[child(100, "Robin Wren")]).await.unwrap();
        unit.insert_sent_copy(&copy(900)).await.unwrap();
        unit.insert_sent_copy(&copy(901)).await.unwrap();
        let kept = SentCopyRow {
            released_by: Some(id(11)),
            released_at: Some(at(3)),
            token_hash: Some(vec![7; 32]),
            sent_at: Some(at(3)),
            code: Some(vec![4]),
            code_at: Some(at(4)),
            code_tries: 2,
            proof_hash: Some(vec![5; 32]),
            proved_at: Some(at(5)),
            looks: 3,
            looked_at: Some(at(6)),
            revoked_by: Some(id(12)),
            revoked_at: Some(at(7)),
            ..copy(900)
        };
        // What is written back holds other words, and they are not taken.
        unit.update_sent_copy(&SentCopyRow { body: vec![6], recipient: vec![6], ..kept.clone() })
            .await
            .unwrap();
        let refused = SentCopyRow {
            refused_by: Some(id(11)),
            refused_at: Some(at(8)),
            refusal: Some(vec![9]),
            ..copy(901)
        };
        unit.update_sent_copy(&refused).await.unwrap();
        assert_eq!(
            unit.sent_copies(id(100)).await.unwrap(),
            [refused, kept.clone()],
            "{}: newest first",
            db.name
        );
        assert_eq!(unit.sent_copy_by_token(&[7; 32]).await.unwrap(), Some(kept.clone()));
        assert_eq!(unit.sent_copy_by_token(&[0; 32]).await.unwrap(), None);
        assert_eq!(unit.sent_copy(id(900)).await.unwrap(), Some(kept.clone()));
        assert!(matches!(unit.update_sent_copy(&copy(902)).await, Err(Error::Dangling { .. })));
        let same = SentCopyRow { token_hash: Some(vec![7; 32]), ..copy(903) };
        assert!(unit.insert_sent_copy(&same).await.is_err(), "{}: one secret opens one copy", db.name);
    }
}
