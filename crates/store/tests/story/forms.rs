//! Forms: two people at one section, a form submitted meanwhile, links, documents that never change, files.

use kinfold_store::testing::{TestDatabase, both};
use kinfold_store::*;

use crate::rows::{at, child, council, day, id};

fn version(hash: &str, body: &str) -> FormVersionRow {
    FormVersionRow {
        form_id: "ha-initial".to_owned(),
        hash: hash.to_owned(),
        body: body.to_owned(),
        first_used_at: at(1),
    }
}

fn form(n: u128) -> FormOpenRow {
    FormOpenRow {
        id: id(n),
        child: id(100),
        form_id: "ha-initial".to_owned(),
        form_hash: "aa".to_owned(),
        state: FormStanding::Open,
        started_by: id(10),
        opened_at: at(i64::try_from(n).unwrap()),
        due_on: Some(day(20)),
        replaces: None,
        version: 0,
        updated_at: at(0),
    }
}

fn section(n: u128, version: i64, answers: &[u8]) -> FormSectionRow {
    FormSectionRow {
        form: id(n),
        section: "background".to_owned(),
        answers: answers.to_vec(),
        updated_by: Some(id(10)),
        updated_at: at(9),
        version,
    }
}

fn link(n: u128) -> FormLinkRow {
    FormLinkRow {
        id: id(n),
        form: id(500),
        section: "background".to_owned(),
        token_hash: vec![u8::try_from(n % 250).unwrap(); 32],
        invited: vec![9, 9],
        made_by: id(10),
        made_at: at(i64::try_from(n).unwrap()),
        due_on: day(9),
        expires_at: at(9_000),
        opened_at: None,
        code: None,
        code_at: None,
        code_tries: 0,
        proof_hash: None,
        proved_at: None,
        chased_at: None,
        used_at: None,
        revoked_at: None,
    }
}

fn document(n: u128, form: u128) -> FormDocumentRow {
    FormDocumentRow {
        id: id(n),
        form: id(form),
        child: id(100),
        form_id: "ha-initial".to_owned(),
        form_hash: "aa".to_owned(),
        number: 1,
        body: "{\"said\":\"he said “no”\"}".to_owned(),
        entries: "[]".to_owned(),
        submitted_by: id(11),
        submitted_at: at(i64::try_from(n).unwrap()),
        replaces: None,
    }
}

fn upload(n: u128) -> FormUploadRow {
    FormUploadRow {
        id: id(n),
        form: id(500),
        section: "background".to_owned(),
        question: "photo".to_owned(),
        name: vec![4, 5],
        kind: "image/jpeg".to_owned(),
        size: 3,
        digest: vec![7; 32],
        uploaded_by: None,
        uploaded_at: at(3),
    }
}

/// A child (100) with two open forms (500, 501).
async fn begin(db: &TestDatabase) -> Box<dyn Unit> {
    council(&db.store).await;
    let mut unit = db.store.write().await.unwrap();
    unit.insert_children(&[child(100, "Kit")]).await.unwrap();
    unit.keep_form_version(&version("aa", "first")).await.unwrap();
    unit.insert_form(&form(500)).await.unwrap();
    unit.insert_form(&form(501)).await.unwrap();
    unit.commit().await.unwrap();
    db.store.write().await.unwrap()
}

#[tokio::test]
async fn a_version_of_a_form_is_kept_as_it_first_was() {
    for db in both().await {
        let mut unit = begin(&db).await;
        unit.keep_form_version(&version("aa", "changed")).await.unwrap();
        unit.keep_form_version(&version("bb", "second")).await.unwrap();
        let kept = unit.form_version("ha-initial", "aa").await.unwrap();
        assert_eq!(kept, Some(version("aa", "first")), "{}", db.name);
        assert_eq!(unit.form_version("ha-initial", "cc").await.unwrap(), None);
        assert_eq!(unit.form(id(500)).await.unwrap(), Some(form(500)));
        let unknown = unit.insert_form(&FormOpenRow { form_hash: "cc".to_owned(), ..form(502) }).await;
        assert!(matches!(unknown, Err(Error::Dangling { .. })), "{}: {unknown:?}", db.name);
    }
}

#[tokio::test]
async fn two_people_at_one_section_never_overwrite_each_other() {
    for db in both().await {
        let mut unit = begin(&db).await;
        assert_eq!(unit.save_form_section(&section(500, 0, b"one")).await.unwrap(), 1, "{}", db.name);
        let again = unit.save_form_section(&section(500, 0, b"other")).await;
        assert!(
            matches!(again, Err(Error::Conflict { what: "form_section", current: 1 })),
            "{}: {again:?}",
            db.name
        );
        assert_eq!(unit.save_form_section(&section(500, 1, b"two")).await.unwrap(), 2);
        let stale = unit.save_form_section(&section(500, 1, b"three")).await;
        assert!(matches!(stale, Err(Error::Conflict { current: 2, .. })), "{}: {stale:?}", db.name);
        let kept = unit.form_sections(id(500)).await.unwrap();
        assert_eq!(kept, [section(500, 2, b"two")], "{}", db.name);
        assert!(unit.form(id(500)).await.unwrap().unwrap().version >= 2, "the form moves with its sections");
        assert!(unit.form_sections(id(501)).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_form_closes_once_and_takes_no_answers_afterwards() {
    for db in both().await {
        let mut unit = begin(&db).await;
        unit.save_form_section(&section(500, 0, b"one")).await.unwrap();
        let stale = unit.close_form(id(500), 0, FormStanding::Submitted, at(20)).await;
        assert!(matches!(stale, Err(Error::Conflict { what: "form", current: 1 })), "{}: {stale:?}", db.name);
        assert_eq!(unit.close_form(id(500), 1, FormStanding::Submitted, at(20)).await.unwrap(), 2);
        let twice = unit.close_form(id(500), 2, FormStanding::Submitted, at(21)).await;
        assert!(matches!(twice, Err(Error::Conflict { .. })), "{}: {twice:?}", db.name);
        let late = unit.save_form_section(&section(500, 1, b"late")).await;
        assert!(matches!(late, Err(Error::Conflict { what: "form", .. })), "{}: {late:?}", db.name);
        let all = unit.forms_of(id(100)).await.unwrap();
        assert_eq!(
            all.iter().map(|f| (f.id, f.state)).collect::<Vec<_>>(),
            [(id(501), FormStanding::Open), (id(500), FormStanding::Submitted)],
            "{}",
            db.name
        );
    }
}

#[tokio::test]
async fn a_link_is_found_by_its_token_and_keeps_what_became_of_it() {
    for db in both().await {
        let mut unit = begin(&db).await;
        unit.insert_form_link(&link(700)).await.unwrap();
        unit.insert_form_link(&link(701)).await.unwrap();
        let used = FormLinkRow {
            opened_at: Some(at(701)),
            code: Some(vec![1]),
            code_at: Some(at(702)),
            code_tries: 2,
            proof_hash: Some(vec![3; 32]),
            proved_at: Some(at(703)),
            chased_at: Some(at(704)),
            used_at: Some(at(705)),
            revoked_at: Some(at(706)),
            ..link(700)
        };
        unit.update_form_link(&used).await.unwrap();
        assert_eq!(unit.form_link_by_token(&link(700).token_hash).await.unwrap(), Some(used.clone()));
        assert_eq!(unit.form_link(id(701)).await.unwrap(), Some(link(701)), "{}", db.name);
        assert_eq!(unit.form_links(id(500)).await.unwrap(), [used, link(701)], "{}", db.name);
        assert_eq!(unit.form_link_by_token(&[0; 32]).await.unwrap(), None);
        let missing = unit.update_form_link(&link(702)).await;
        assert!(matches!(missing, Err(Error::Dangling { .. })), "{}: {missing:?}", db.name);
        let same = unit.insert_form_link(&FormLinkRow { id: id(703), ..link(700) }).await;
        assert!(matches!(same, Err(Error::Duplicate { .. })), "{}: one token opens one section", db.name);
    }
}

#[tokio::test]
async fn a_document_never_changes_and_is_replaced_once() {
    for db in both().await {
        let mut unit = begin(&db).await;
        unit.insert_form_document(&document(800, 500)).await.unwrap();
        let next = FormDocumentRow { number: 2, replaces: Some(id(800)), ..document(801, 501) };
        unit.insert_form_document(&next).await.unwrap();
        unit.insert_form(&form(502)).await.unwrap();
        unit.commit().await.unwrap();
        let mut unit = db.store.write().await.unwrap();
        assert_eq!(unit.form_document(id(800)).await.unwrap(), Some(document(800, 500)), "{}", db.name);
        assert_eq!(unit.form_document_of(id(501)).await.unwrap(), Some(next.clone()));
        assert_eq!(unit.form_documents(id(100)).await.unwrap(), [next, document(800, 500)], "{}", db.name);
        let twice = unit.insert_form_document(&document(802, 500)).await;
        assert!(matches!(twice, Err(Error::Duplicate { .. })), "{}: one document a form", db.name);
        drop(unit);
        let mut unit = db.store.write().await.unwrap();
        let rival = FormDocumentRow { replaces: Some(id(800)), ..document(803, 502) };
        let rival = unit.insert_form_document(&rival).await;
        assert!(matches!(rival, Err(Error::Duplicate { .. })), "{}: replaced once", db.name);
    }
}

#[tokio::test]
async fn files_are_listed_without_what_they_hold_and_forgotten_with_the_answers() {
    for db in both().await {
        let mut unit = begin(&db).await;
        unit.insert_form_upload(&upload(900), b"abc".to_vec()).await.unwrap();
        unit.insert_form_upload(&upload(901), b"def".to_vec()).await.unwrap();
        unit.save_form_section(&section(500, 0, b"one")).await.unwrap();
        assert_eq!(unit.form_uploads(id(500)).await.unwrap(), [upload(900), upload(901)], "{}", db.name);
        assert_eq!(unit.form_upload(id(900)).await.unwrap(), Some(upload(900)));
        assert_eq!(unit.form_upload_body(id(901)).await.unwrap().as_deref(), Some(b"def".as_slice()));
        assert!(unit.drop_form_upload(id(900)).await.unwrap());
        assert!(!unit.drop_form_upload(id(900)).await.unwrap(), "{}", db.name);
        assert_eq!(unit.form_upload_body(id(900)).await.unwrap(), None, "{}", db.name);
        unit.forget_form_answers(id(500)).await.unwrap();
        assert!(unit.form_uploads(id(500)).await.unwrap().is_empty(), "{}", db.name);
        assert!(unit.form_sections(id(500)).await.unwrap().is_empty(), "{}", db.name);
    }
}

#[tokio::test]
async fn a_backup_carries_forms_whole() {
    let folder = tempfile::tempdir().unwrap();
    for from in both().await {
        let mut unit = begin(&from).await;
        unit.save_form_section(&section(500, 0, b"one")).await.unwrap();
        unit.insert_form_link(&link(700)).await.unwrap();
        unit.insert_form_document(&document(800, 500)).await.unwrap();
        let next = FormDocumentRow { number: 2, replaces: Some(id(800)), ..document(801, 501) };
        unit.insert_form_document(&next).await.unwrap();
        // Larger together than what is held before it is written.
        for n in 0..3_u8 {
            let body = vec![n; 1_500_000];
            unit.insert_form_upload(&upload(900 + u128::from(n)), body).await.unwrap();
        }
        unit.commit().await.unwrap();
        let file = folder.path().join(format!("{}.backup", from.name));
        from.store.backup(&file).await.unwrap();
        for into in both().await {
            into.store.restore(&file).await.unwrap();
            let mut unit = into.store.read().await.unwrap();
            let what = format!("{} into {}", from.name, into.name);
            assert_eq!(unit.form_sections(id(500)).await.unwrap(), [section(500, 1, b"one")], "{what}");
            assert_eq!(unit.form_links(id(500)).await.unwrap(), [link(700)], "{what}");
            assert_eq!(
                unit.form_documents(id(100)).await.unwrap(),
                [next.clone(), document(800, 500)],
                "{what}"
            );
            assert_eq!(unit.form_uploads(id(500)).await.unwrap().len(), 3, "{what}");
            assert!(unit.form_upload_body(id(902)).await.unwrap() == Some(vec![2; 1_500_000]), "{what}");
        }
    }
}
