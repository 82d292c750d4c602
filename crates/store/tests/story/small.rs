//! Settings, guidance, notices, the outbox, drafts, kept answers, feeds, imports.

use kinfold_store::testing::both;
use kinfold_store::*;
use uuid::Uuid;

use crate::rows::{at, child, council, entry, id};

#[tokio::test]
async fn settings_are_kept() {
    for db in both().await {
        let mut unit = db.store.write().await.unwrap();
        unit.set_setting("authority", "Fern").await.unwrap();
        unit.set_setting("authority", "Fernshire").await.unwrap();
        unit.set_setting("a", "'; --é").await.unwrap();
        assert_eq!(unit.setting("authority").await.unwrap().as_deref(), Some("Fernshire"), "{}", db.name);
        let refused = unit.set_setting("b", "cut\0short").await;
        assert!(matches!(refused, Err(Error::Refused(_))), "{}: {refused:?}", db.name);
        assert_eq!(unit.setting("none").await.unwrap(), None);
        assert_eq!(unit.settings().await.unwrap()[0], ("a".to_owned(), "'; --é".to_owned()));
    }
}

#[tokio::test]
async fn a_rule_keeps_the_hash_it_was_first_used_with() {
    for db in both().await {
        let used = |version: &str, hash: &str| GuidanceUseRow {
            rule: "review".to_owned(),
            version: version.to_owned(),
            hash: hash.to_owned(),
            layer: "england".to_owned(),
            first_used_at: at(1),
        };
        let mut unit = db.store.write().await.unwrap();
        unit.record_guidance_use(&[used("1", "aa")]).await.unwrap();
        unit.record_guidance_use(&[used("1", "bb"), used("2", "cc")]).await.unwrap();
        assert_eq!(unit.guidance_uses().await.unwrap(), [used("1", "aa"), used("2", "cc")], "{}", db.name);

        let layer = GuidanceLayerRow {
            name: "local".to_owned(),
            files: "{}".to_owned(),
            active: false,
            switched_on_by: None,
            at: at(1),
        };
        unit.save_guidance_layer(&layer).await.unwrap();
        let on = GuidanceLayerRow { active: true, switched_on_by: Some(id(10)), at: at(2), ..layer };
        unit.save_guidance_layer(&on).await.unwrap();
        assert_eq!(unit.guidance_layers().await.unwrap(), [on]);
    }
}

#[tokio::test]
async fn notices_are_read_by_their_person_only() {
    for db in both().await {
        council(&db.store).await;
        let notice = |n: u128, person: u128| NoticeRow {
            id: id(n),
            person: id(person),
            child: None,
            kind: "late".to_owned(),
            text: "A visit is late".to_owned(),
            link: Some("/work".to_owned()),
            created_at: at(i64::try_from(n).unwrap()),
            read_at: None,
        };
        let mut unit = db.store.write().await.unwrap();
        unit.insert_notices(&[notice(1, 10), notice(2, 10), notice(3, 11), notice(4, 10)]).await.unwrap();
        assert_eq!(unit.read_notices(id(11), Some(id(1)), at(9)).await.unwrap(), 0, "{}", db.name);
        assert_eq!(unit.read_notices(id(10), Some(id(1)), at(9)).await.unwrap(), 1);
        assert_eq!(unit.unread_notices(id(10)).await.unwrap(), 2);
        let page = unit.notices_of(id(10), false, Page { limit: 2, offset: 1 }).await.unwrap();
        assert_eq!((page.total, page.rows[0].id, page.rows[1].read_at), (3, id(2), Some(at(9))));
        assert_eq!(unit.read_notices(id(10), None, at(10)).await.unwrap(), 2);
        assert_eq!(unit.notices_of(id(10), true, Page::first(9)).await.unwrap().total, 0);
    }
}

fn work(n: u128) -> OutboxRow {
    OutboxRow {
        id: id(n),
        kind: "mail".to_owned(),
        payload: "{}".to_owned(),
        due_at: at(i64::try_from(n).unwrap()),
        attempts: 0,
        claimed_at: None,
        done_at: None,
        last_error: None,
    }
}

#[tokio::test]
async fn work_is_claimed_once_retried_and_given_up() {
    for db in both().await {
        let mut unit = db.store.write().await.unwrap();
        unit.enqueue(&[work(1), work(2), work(3), work(90)]).await.unwrap();
        let two = unit.claim(at(10), at(0), 2).await.unwrap();
        assert_eq!(
            two.iter().map(|w| (w.id, w.attempts)).collect::<Vec<_>>(),
            [(id(1), 1), (id(2), 1)],
            "{}",
            db.name
        );
        assert_eq!(unit.claim(at(10), at(0), 9).await.unwrap().len(), 1);
        assert!(unit.claim(at(10), at(0), 9).await.unwrap().is_empty());
        unit.finish(id(1), at(11)).await.unwrap();
        unit.fail(id(2), "no answer", Some(at(20)), at(11)).await.unwrap();
        unit.fail(id(3), "no such address", None, at(11)).await.unwrap();
        assert!(unit.claim(at(19), at(0), 9).await.unwrap().is_empty());
        let again = unit.claim(at(20), at(0), 9).await.unwrap();
        assert_eq!(
            (again[0].id, again[0].attempts, again[0].last_error.as_deref()),
            (id(2), 2, Some("no answer"))
        );
        assert_eq!(
            unit.claim(at(40), at(21), 9).await.unwrap()[0].attempts,
            3,
            "{}: its worker died",
            db.name
        );
        assert_eq!(unit.waiting().await.unwrap(), 2);
    }
}

#[tokio::test]
async fn workers_that_claim_at_once_share_the_work() {
    for db in both().await {
        let mut unit = db.store.write().await.unwrap();
        unit.enqueue(&(1..=60).map(work).collect::<Vec<_>>()).await.unwrap();
        unit.commit().await.unwrap();
        let tasks: Vec<_> = (0..6)
            .map(|_| {
                let store = db.store.clone();
                tokio::spawn(async move {
                    let mut mine = Vec::new();
                    loop {
                        let mut unit = store.write().await.unwrap();
                        let some = unit.claim(at(100), at(0), 7).await.unwrap();
                        unit.commit().await.unwrap();
                        if some.is_empty() {
                            return mine;
                        }
                        mine.extend(some.into_iter().map(|w| w.id));
                    }
                })
            })
            .collect();
        let mut all = Vec::new();
        for task in tasks {
            all.extend(task.await.unwrap());
        }
        all.sort();
        assert_eq!(all, (1..=60).map(id).collect::<Vec<_>>(), "{}", db.name);
    }
}

#[tokio::test]
async fn two_windows_do_not_overwrite_one_draft() {
    for db in both().await {
        council(&db.store).await;
        let draft = |version, body: u8, saved| DraftRow {
            person: id(10),
            child: Uuid::nil(),
            form: "visit".to_owned(),
            body: vec![body],
            version,
            updated_at: at(saved),
        };
        let mut unit = db.store.write().await.unwrap();
        assert_eq!(unit.save_draft(&draft(0, 1, 1)).await.unwrap(), 1);
        let refused = unit.save_draft(&draft(0, 2, 2)).await;
        assert!(
            matches!(refused, Err(Error::Conflict { what: "draft", current: 1 })),
            "{}: {refused:?}",
            db.name
        );
        assert_eq!(unit.save_draft(&draft(1, 3, 3)).await.unwrap(), 2);
        assert!(matches!(unit.save_draft(&draft(1, 4, 4)).await, Err(Error::Conflict { current: 2, .. })));
        assert_eq!(unit.draft(id(10), Uuid::nil(), "visit").await.unwrap(), Some(draft(2, 3, 3)));
        assert_eq!(unit.drafts_of(id(10)).await.unwrap().len(), 1);
        assert_eq!(unit.sweep_drafts(at(3)).await.unwrap(), 0);
        assert!(unit.drop_draft(id(10), Uuid::nil(), "visit").await.unwrap());
        assert!(matches!(unit.save_draft(&draft(2, 5, 5)).await, Err(Error::Conflict { current: 0, .. })));
    }
}

#[tokio::test]
async fn a_second_submit_gets_the_first_answer() {
    for db in both().await {
        let mut unit = db.store.write().await.unwrap();
        unit.keep_answer("k", id(10), at(1), "first").await.unwrap();
        unit.keep_answer("k", id(11), at(1), "somebody else's").await.unwrap();
        unit.commit().await.unwrap();
        let mut unit = db.store.write().await.unwrap();
        let again = unit.keep_answer("k", id(10), at(2), "second").await;
        assert!(matches!(again, Err(Error::Duplicate { .. })), "{}: {again:?}", db.name);
        unit.roll_back().await.unwrap();
        let mut unit = db.store.write().await.unwrap();
        assert_eq!(unit.kept_answer("k", id(10)).await.unwrap().as_deref(), Some("first"));
        assert_eq!(unit.sweep_answers(at(2)).await.unwrap(), 2);
        assert_eq!(unit.kept_answer("k", id(10)).await.unwrap(), None);
    }
}

#[tokio::test]
async fn feeds_are_revoked_together() {
    for db in both().await {
        council(&db.store).await;
        let feed = |n: u8| CalendarFeedRow {
            token_hash: vec![n; 32],
            person: id(10),
            created_at: at(i64::from(n)),
            revoked_at: None,
            last_read_at: None,
        };
        let mut unit = db.store.write().await.unwrap();
        unit.insert_feed(&feed(1)).await.unwrap();
        unit.touch_feed(&[1; 32], at(5)).await.unwrap();
        assert_eq!(unit.revoke_feeds(id(10), at(6)).await.unwrap(), 1);
        unit.insert_feed(&feed(2)).await.unwrap();
        assert_eq!(unit.revoke_feeds(id(11), at(7)).await.unwrap(), 0);
        let old = CalendarFeedRow { revoked_at: Some(at(6)), last_read_at: Some(at(5)), ..feed(1) };
        assert_eq!(unit.feeds_of(id(10)).await.unwrap(), [feed(2), old.clone()], "{}", db.name);
        assert_eq!(unit.feed(&[1; 32]).await.unwrap(), Some(old));
    }
}

#[tokio::test]
async fn an_import_remembers_what_it_has_seen_until_it_is_undone() {
    for db in both().await {
        council(&db.store).await;
        let run = ImportRunRow {
            id: id(500),
            started_by: None,
            started_at: at(1),
            source_name: "2026".to_owned(),
            digest: "d".to_owned(),
            status: "running".to_owned(),
            counts: "{}".to_owned(),
            undone_at: None,
        };
        let mut unit = db.store.write().await.unwrap();
        unit.insert_children(&[child(100, "Kit")]).await.unwrap();
        unit.insert_import_run(&run).await.unwrap();
        unit.insert_import_keys(&[("ssda903:1".to_owned(), id(100))]).await.unwrap();
        let keys = ["ssda903:0".to_owned(), "ssda903:1".to_owned(), "ssda903:2".to_owned()];
        let known = unit.children_by_import_key(&keys).await.unwrap();
        assert_eq!(known, [("ssda903:1".to_owned(), id(100))], "{}", db.name);
        unit.insert_entries(&[EntryRow { import_run: Some(id(500)), ..entry(1, 100) }, entry(2, 100)])
            .await
            .unwrap();
        let seen = |key: &str, digest: &str, n| ImportSeenRow {
            key: key.to_owned(),
            digest: digest.to_owned(),
            entry: id(n),
        };
        unit.save_import_seen(&[seen("a", "1", 1), seen("b", "1", 2)]).await.unwrap();
        unit.save_import_seen(&[seen("b", "2", 2)]).await.unwrap();
        let mut found = unit.import_seen(&["a".to_owned(), "b".to_owned(), "c".to_owned()]).await.unwrap();
        found.sort_by(|x, y| x.key.cmp(&y.key));
        assert_eq!(found, [seen("a", "1", 1), seen("b", "2", 2)], "{}", db.name);
        assert_eq!(unit.forget_import_seen(id(500)).await.unwrap(), 1);
        let undone = ImportRunRow { status: "undone".to_owned(), undone_at: Some(at(9)), ..run };
        unit.update_import_run(&undone).await.unwrap();
        assert_eq!(unit.import_runs(5).await.unwrap(), std::slice::from_ref(&undone));
        assert_eq!(unit.import_run(id(500)).await.unwrap(), Some(undone));
        let twice = unit.insert_import_keys(&[("ssda903:1".to_owned(), id(100))]).await;
        assert!(matches!(twice, Err(Error::Duplicate { .. })), "{}", db.name);
    }
}
