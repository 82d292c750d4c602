//! Invitations and answers of a survey: kept apart, so that nothing in a row, nor in when a row was written, tells which
//! invitation an answer came by.

use kinfold_store::testing::both;
use kinfold_store::*;

use crate::rows::{council, id};

fn invitation(n: u128, round: u128) -> SurveyInvitationRow {
    let hash = vec![u8::try_from(n % 250).unwrap(); 32];
    SurveyInvitationRow {
        id: id(n),
        round: id(round),
        recipient: vec![1, 2, 3],
        token_hash: hash,
        used: false,
    }
}

#[tokio::test]
async fn an_invitation_is_used_and_the_box_is_replaced() {
    for db in both().await {
        council(&db.store).await;
        let mut unit = db.store.write().await.unwrap();
        unit.insert_survey_invitations(&[invitation(3, 50), invitation(1, 50), invitation(2, 51)])
            .await
            .unwrap();
        assert_eq!(
            unit.survey_invitation_by_token(&[3; 32]).await.unwrap(),
            Some(invitation(3, 50)),
            "{}",
            db.name
        );
        assert_eq!(unit.survey_invitation_by_token(&[9; 32]).await.unwrap(), None);
        assert_eq!(unit.survey_box(id(50)).await.unwrap(), None);
        unit.put_survey_box(id(50), vec![7]).await.unwrap();
        unit.put_survey_box(id(50), vec![8, 8]).await.unwrap();
        assert_eq!(unit.survey_box(id(50)).await.unwrap(), Some(vec![8, 8]), "{}", db.name);
        assert_eq!(
            unit.use_survey_invitation(id(50), id(3)).await.unwrap(),
            2,
            "every row of the round is written"
        );
        let used: Vec<bool> = unit.survey_invitations(id(50)).await.unwrap().iter().map(|r| r.used).collect();
        assert_eq!(used, [false, true], "{}", db.name);
        unit.use_survey_invitation(id(50), id(1)).await.unwrap();
        assert!(unit.survey_invitations(id(50)).await.unwrap().iter().all(|r| r.used), "used stays used");
        let mut counts = unit.survey_counts().await.unwrap();
        counts.sort();
        assert_eq!(counts, [(id(50), 2, 2), (id(51), 1, 0)], "{}", db.name);
        let twice = unit.insert_survey_invitations(&[invitation(3, 52)]).await;
        assert!(matches!(twice, Err(Error::Duplicate { .. })), "{}: {twice:?}", db.name);
    }
}

/// PostgreSQL writes into every row which transaction wrote it last, and anybody with the database can ask for it.
#[tokio::test]
async fn the_transaction_that_wrote_a_row_tells_nothing() {
    use sqlx::Row as _;
    let db = testing::postgres().await;
    council(&db.store).await;
    let mut unit = db.store.write().await.unwrap();
    unit.insert_survey_invitations(&[invitation(1, 50), invitation(2, 50), invitation(3, 50)]).await.unwrap();
    unit.commit().await.unwrap();
    let pool = sqlx::PgPool::connect(&db.url).await.unwrap();
    for (answer, used) in [(1, 2_u128), (2, 1), (3, 3)] {
        let mut unit = db.store.write().await.unwrap();
        unit.put_survey_box(id(50), vec![answer]).await.unwrap();
        unit.use_survey_invitation(id(50), id(used)).await.unwrap();
        unit.commit().await.unwrap();
        let joined = sqlx::query(
            "SELECT count(*) FROM survey_invitation i JOIN survey_box b ON i.round = b.round AND i.xmin::text = b.xmin::text",
        );
        let joined: i64 = joined.fetch_one(&pool).await.unwrap().get(0);
        assert_eq!(
            joined, 3,
            "after answer {answer}: the last one to answer is one of three, not one of one"
        );
    }
}
