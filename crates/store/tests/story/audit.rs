use kinfold_store::testing::{both, postgres_url};
use kinfold_store::*;

use crate::rows::{at, audit, id, leaf_as_it_is};

#[tokio::test]
async fn any_number_of_lines_is_sealed_each_with_its_place() {
    for db in both().await {
        let mut size = 0;
        // Up to 64 go in one statement, more in several.
        for count in [1_u8, 2, 17, 63, 64, 65, 200] {
            let mut lines: Vec<NewAudit> = (0..count).map(audit).collect();
            let mut unit = db.store.write().await.unwrap();
            let seal = |seq: i64, _: &NewAudit| [u8::try_from(seq % 256).unwrap(); 32];
            assert_eq!(unit.append_audit(&mut lines, seal).await.unwrap(), size, "{}", db.name);
            unit.commit().await.unwrap();
            let rows = db.store.read().await.unwrap().audit_rows(size, 999).await.unwrap();
            let expected: Vec<AuditRow> =
                (size..).zip(lines).map(|(seq, line)| AuditRow { seq, line }).collect();
            assert_eq!(rows, expected, "{}", db.name);
            assert!(rows.iter().all(|row| row.line.leaf == seal(row.seq, &row.line)), "{}", db.name);
            size += i64::from(count);
        }
    }
}

#[tokio::test]
async fn the_log_is_numbered_without_gaps_from_nought() {
    for db in both().await {
        let mut unit = db.store.write().await.unwrap();
        assert_eq!(
            unit.append_audit(&mut [audit(1), audit(2)], leaf_as_it_is).await.unwrap(),
            0,
            "{}",
            db.name
        );
        unit.commit().await.unwrap();
        let mut unit = db.store.write().await.unwrap();
        assert_eq!(unit.append_audit(&mut [audit(3)], leaf_as_it_is).await.unwrap(), 2);
        unit.roll_back().await.unwrap();
        let mut unit = db.store.write().await.unwrap();
        assert_eq!(
            unit.append_audit(&mut [audit(4)], leaf_as_it_is).await.unwrap(),
            2,
            "{}: what was rolled back leaves no gap",
            db.name
        );
        unit.commit().await.unwrap();
        let mut unit = db.store.read().await.unwrap();
        assert_eq!(unit.audit_size().await.unwrap(), 3);
        let rows = unit.audit_rows(1, 9).await.unwrap();
        assert_eq!(
            rows,
            [AuditRow { seq: 1, line: audit(2) }, AuditRow { seq: 2, line: audit(4) }],
            "{}",
            db.name
        );
        assert_eq!(unit.audit_leaves(0, 2).await.unwrap(), [[1; 32], [2; 32]]);
    }
}

#[tokio::test]
async fn processes_that_append_at_once_leave_no_gap() {
    let url = postgres_url().await;
    let mut stores = Vec::new();
    for _ in 0..3 {
        stores.push(Store::open(&url, Open::default()).await.unwrap());
    }
    let tasks: Vec<_> = (0..30_u8)
        .map(|n| {
            let store = stores[usize::from(n) % 3].clone();
            tokio::spawn(async move {
                let mut unit = store.write().await.unwrap();
                unit.append_audit(&mut [audit(n), audit(n)], leaf_as_it_is).await.unwrap();
                if n % 5 == 0 { unit.roll_back().await.unwrap() } else { unit.commit().await.unwrap() }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let rows = stores[0].read().await.unwrap().audit_rows(0, 99).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), (0..48).collect::<Vec<_>>());
    assert!(rows.chunks(2).all(|pair| pair[0].line == pair[1].line), "lines of one unit stand together");
}

#[tokio::test]
async fn lines_are_found_newest_first_whether_they_are_in_the_lists_yet_or_not() {
    for db in both().await {
        let mut unit = db.store.write().await.unwrap();
        let refused =
            NewAudit { allowed: false, action: "export".to_owned(), child: None, person: None, ..audit(2) };
        let another = NewAudit { child: Some(id(101)), person: Some(id(11)), ..audit(4) };
        let lines = &mut [audit(1), refused, audit(3), another];
        unit.append_audit(lines, leaf_as_it_is).await.unwrap();
        for (sorted, left) in [(0, 4), (1, 3), (2, 1), (9, 0), (9, 0)] {
            assert_eq!(unit.sort_audit(sorted).await.unwrap(), left, "{}", db.name);
            assert_eq!(unit.unlisted_audit().await.unwrap(), 0, "{}", db.name);
            let all = AuditFilter::default();
            for (n, (filter, found)) in [
                (all.clone(), vec![3, 2, 1, 0]),
                (AuditFilter { child: Some(id(100)), ..all.clone() }, vec![2, 0]),
                (AuditFilter { child: Some(id(101)), ..all.clone() }, vec![3]),
                (AuditFilter { child: Some(id(101)), person: Some(id(10)), ..all.clone() }, vec![]),
                (AuditFilter { person: Some(id(10)), ..all.clone() }, vec![2, 0]),
                (AuditFilter { person: Some(id(11)), child: Some(id(101)), ..all.clone() }, vec![3]),
                (AuditFilter { action: Some("export".to_owned()), ..all.clone() }, vec![1]),
                (AuditFilter { allowed: Some(false), ..all.clone() }, vec![1]),
                (AuditFilter { from: Some(at(2)), ..all.clone() }, vec![3, 2, 1]),
                (AuditFilter { before: Some(at(2)), ..all.clone() }, vec![0]),
            ]
            .into_iter()
            .enumerate()
            {
                let page = unit.audit(&filter, Page::first(9)).await.unwrap();
                let seqs: Vec<_> = page.rows.iter().map(|row| row.seq).collect();
                assert_eq!((page.total as usize, seqs), (found.len(), found), "{} filter {n}", db.name);
            }
        }
        unit.unsort_audit().await.unwrap();
        assert_eq!(unit.sort_audit(9).await.unwrap(), 0, "they can be made again");
    }
}

#[tokio::test]
async fn sorting_the_log_changes_nothing_that_a_page_shows() {
    for db in both().await {
        let mut unit = db.store.write().await.unwrap();
        unit.append_audit(&mut [audit(1), audit(2)], leaf_as_it_is).await.unwrap();
        unit.commit().await.unwrap();
        let before = db.store.glance().await.unwrap().epochs().await.unwrap();
        let mut unit = db.store.write().await.unwrap();
        unit.sort_audit(9).await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(db.store.glance().await.unwrap().epochs().await.unwrap(), before, "{}", db.name);
    }
}

#[tokio::test]
async fn checkpoints_are_kept_in_order_of_size() {
    for db in both().await {
        let row = |size| AuditCheckpointRow {
            size,
            root: [9; 32],
            at: at(size),
            signature: vec![1, 2],
            key_id: "k1".to_owned(),
        };
        let mut unit = db.store.write().await.unwrap();
        assert_eq!(unit.last_checkpoint().await.unwrap(), None);
        unit.insert_checkpoint(&row(5)).await.unwrap();
        unit.insert_checkpoint(&row(3)).await.unwrap();
        assert_eq!(unit.last_checkpoint().await.unwrap(), Some(row(5)));
        assert_eq!(unit.checkpoints().await.unwrap(), [row(3), row(5)]);
        assert!(matches!(unit.insert_checkpoint(&row(5)).await, Err(Error::Duplicate { .. })), "{}", db.name);
    }
}
