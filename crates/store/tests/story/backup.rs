use kinfold_store::testing::{TestDatabase, both, postgres, sqlite};
use kinfold_store::*;

use crate::rows::{at, audit, child, council, day, duty, entry, id, leaf_as_it_is, person, place, team};

async fn fill(db: &TestDatabase) {
    council(&db.store).await;
    let mut unit = db.store.write().await.unwrap();
    let odd = PersonRow {
        totp_secret: Some(vec![0, 255, 10]),
        disabled_at: Some(at(-1)),
        ..person(13, "Zoë \"O’Leary\"\n")
    };
    unit.insert_people(&[odd]).await.unwrap();
    // A part whose id comes before the team it is part of.
    let whole = team(5, "Whole");
    let part = TeamRow { parent: Some(id(5)), ..team(4, "Part") };
    unit.insert_teams(&[whole]).await.unwrap();
    unit.insert_teams(&[part]).await.unwrap();
    unit.insert_children(&[ChildRow { restricted: true, ..child(100, "Kit") }, child(101, "Lou")])
        .await
        .unwrap();
    unit.insert_circle(&[place(100, 10, "social_worker")]).await.unwrap();
    unit.insert_entries(&(1..=600).map(|n| entry(n, 100 + n % 2)).collect::<Vec<_>>()).await.unwrap();
    unit.insert_duties(&[DutyRow { due_at: Some(at(5)), ..duty(100, "visit", 9) }]).await.unwrap();
    unit.append_audit(&mut [audit(1), audit(2)], leaf_as_it_is).await.unwrap();
    unit.take_references(7).await.unwrap();
    unit.set_setting("authority", "Fernshire").await.unwrap();
    unit.commit().await.unwrap();
}

async fn told(store: &Store) -> String {
    let mut unit = store.read().await.unwrap();
    format!(
        "{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}",
        unit.people(&PeopleFilter::default(), Page::first(99)).await.unwrap(),
        unit.teams().await.unwrap(),
        unit.child_row(id(100)).await.unwrap(),
        unit.circle_of(id(100), None).await.unwrap(),
        unit.entries_after(0, 999).await.unwrap(),
        unit.duties_after(None, 99).await.unwrap(),
        unit.audit_rows(0, 99).await.unwrap(),
        unit.access_epoch().await.unwrap(),
        unit.settings().await.unwrap(),
    )
}

#[tokio::test]
async fn a_backup_of_either_database_restores_into_either() {
    let folder = tempfile::tempdir().unwrap();
    for from in both().await {
        fill(&from).await;
        let file = folder.path().join(format!("{}.backup", from.name));
        let written = from.store.backup(&file).await.unwrap();
        for into in both().await {
            let restored = into.store.restore(&file).await.unwrap();
            assert_eq!(restored, written, "{} into {}", from.name, into.name);
            assert_eq!(told(&into.store).await, told(&from.store).await, "{} into {}", from.name, into.name);
            let mut unit = into.store.write().await.unwrap();
            assert_eq!(unit.append_audit(&mut [audit(3)], leaf_as_it_is).await.unwrap(), 2);
            assert_eq!(unit.take_references(1).await.unwrap(), 8);
            let version = unit.child_row(id(100)).await.unwrap().unwrap().child.version;
            unit.append_entries(id(100), version, &[entry(900, 100)]).await.unwrap();
            let last = unit.entry(id(900)).await.unwrap().unwrap().seq;
            let count = unit.entries_after(0, 9999).await.unwrap();
            assert!(count.iter().all(|row| row.seq <= last), "{}: the order of recording goes on", into.name);
            unit.commit().await.unwrap();
            let again = into.store.restore(&file).await;
            assert!(matches!(again, Err(Error::Backup(_))), "{}: only into a new database", into.name);
        }
        let twice = from.store.backup(&file).await;
        assert!(matches!(twice, Err(Error::Backup(_))), "a backup overwrites nothing");
    }
}

#[tokio::test]
async fn a_damaged_backup_restores_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let from = sqlite().await;
    fill(&from).await;
    let file = folder.path().join("whole.backup");
    from.store.backup(&file).await.unwrap();
    let whole = std::fs::read_to_string(&file).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    let without = |n: usize| {
        let mut kept = lines.clone();
        kept.remove(n);
        kept.join("\n")
    };
    let damaged = [
        ("cut short", lines[..lines.len() - 1].join("\n")),
        ("cut in a line", whole[..whole.len() / 2].to_owned()),
        ("a line is missing", without(lines.len() - 4)),
        ("another kind of file", "Child,DOB\n1,2\n".to_owned()),
        ("empty", String::new()),
        ("another version", whole.replacen("\"schema\":", "\"schema\":9", 1)),
        ("a wrong value", whole.replacen("[\"setting\",[\"authority\"", "[\"setting\",[17", 1)),
        ("an unknown table", whole.replacen("[\"setting\"", "[\"sitting\"", 1)),
        ("something after the end", format!("{whole}[\"setting\",[\"a\",\"b\"]]\n")),
    ];
    for into in [sqlite().await, postgres().await] {
        for (what, text) in &damaged {
            assert!(*text != whole, "{what}: not damaged");
            let bad = folder.path().join("bad.backup");
            std::fs::write(&bad, text).unwrap();
            let refused = into.store.restore(&bad).await;
            assert!(matches!(refused, Err(Error::Backup(_))), "{} {what}: {refused:?}", into.name);
        }
        let mut unit = into.store.read().await.unwrap();
        assert_eq!(
            unit.people(&PeopleFilter::default(), Page::first(1)).await.unwrap().total,
            0,
            "{}",
            into.name
        );
        drop(unit);
        into.store.restore(&file).await.unwrap();
        let mut unit = into.store.read().await.unwrap();
        assert_eq!(unit.children_to_refresh(day(1), 9).await.unwrap().len(), 0);
    }
}
