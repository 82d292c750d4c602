use std::path::{Path, PathBuf};

use jiff::civil::date;
use kinfold_casework::imports::ReadReturn;
use kinfold_casework::imports::census::SourceFile;
use kinfold_casework::{Clock as _, Error};
use kinfold_record::{Chronology, Event, EventKind, Timeline};
use kinfold_store::DutyState;

use crate::world::{World, noon, on_both};

fn two_years() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../census/tests/data/two_years")
}

fn files(dir: &Path, prefix: &str, out: &mut Vec<(String, Vec<u8>)>) {
    for item in std::fs::read_dir(dir).unwrap() {
        let path = item.unwrap().path();
        let name = format!("{prefix}/{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            files(&path, &name, out);
        } else {
            out.push((name, std::fs::read(&path).unwrap()));
        }
    }
}

/// The episodes of the later year with some words in place of others; every other file as it is.
fn episodes(name: &str, bytes: Vec<u8>, from: &str, to: &str) -> Vec<u8> {
    if !name.ends_with("2025-26/episodes.csv") || from.is_empty() {
        return bytes;
    }
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains(from));
    text.replace(from, to).into_bytes()
}

/// The two invented years, put right as the test asks.
fn read(world: &World, from: &str, to: &str) -> ReadReturn {
    let mut all = Vec::new();
    files(&two_years(), "r", &mut all);
    let sources: Vec<SourceFile> = all
        .into_iter()
        .map(|(name, bytes)| SourceFile::new(name.clone(), episodes(&name, bytes, from, to)))
        .collect();
    world.casework.read_return("two_years", &sources, None)
}

fn unchanged(world: &World) -> ReadReturn {
    read(world, "", "")
}

/// A moment later: entries of one import are recorded after those of the one before.
fn later(world: &World) {
    world.clock.set(world.clock.now() + jiff::SignedDuration::from_mins(5));
}

async fn standing(world: &World, key: &str) -> (Vec<EventKind>, Timeline) {
    let mut unit = world.database.store.read().await.unwrap();
    let (_, child) = unit.children_by_import_key(&[key.to_owned()]).await.unwrap().remove(0);
    let entries = unit.entries(child).await.unwrap().iter().map(|row| row.entry().unwrap()).collect();
    let chronology = Chronology::new(kinfold_record::ChildId(child), entries).unwrap();
    (chronology.standing(None).iter().map(|e| e.event.kind()).collect(), Timeline::fold(&chronology, None))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_dry_run_says_what_the_import_then_does_and_a_second_import_does_nothing() {
    on_both(|world: World| async move {
        let casework = &world.casework;
        let returned = unchanged(&world);
        assert!(returned.children() > 1 && returned.years == [2025, 2026], "{:?}", returned.years);
        let plan = casework.plan_import(&returned).await.unwrap();
        let mut unit = world.database.store.glance().await.unwrap();
        let before = unit.count_entries().await.unwrap();
        assert_eq!(unit.count_children().await.unwrap(), 1, "a dry run writes nothing");
        let mut told = Vec::new();
        let run = casework.run_import(None, &returned, None, |at| told.push(at.done)).await.unwrap();
        assert_eq!(run.counts, plan.counts);
        assert_eq!(run.counts.children_new, returned.children());
        assert_eq!(told.last(), Some(&returned.children()));
        let brought = usize::try_from(unit.count_entries().await.unwrap() - before).unwrap();
        assert_eq!(brought, run.counts.entries_new);
        later(&world);
        let again = casework.run_import(None, &returned, None, |_| {}).await.unwrap();
        assert_eq!((again.counts.children_same, again.counts.entries_new), (returned.children(), 0));
        assert_eq!(again.counts.entries_same, brought);
        assert_eq!(usize::try_from(unit.count_entries().await.unwrap() - before).unwrap(), brought);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn duties_are_right_after_an_import() {
    on_both(|world: World| async move {
        world.casework.run_import(None, &unchanged(&world), None, |_| {}).await.unwrap();
        let mut unit = world.database.store.read().await.unwrap();
        let (_, child) = unit.children_by_import_key(&["ssda903:F002".to_owned()]).await.unwrap().remove(0);
        let row = unit.child_row(child).await.unwrap().unwrap().child;
        assert!(row.projection.looked_after);
        let open =
            unit.duties_of(child).await.unwrap().into_iter().filter(|d| d.state == DutyState::Open).count();
        assert!(open > 3, "a child in care is owed visits, reviews, health…: {open}");
        drop(unit);
        // What is stored is what a rebuild from the entries alone gives.
        let rebuilt = world.casework.rebuild(|_| {}).await.unwrap();
        assert_eq!(rebuilt.changed, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_corrected_return_changes_only_what_it_corrects() {
    on_both(|world: World| async move {
        world.casework.run_import(None, &unchanged(&world), None, |_| {}).await.unwrap();
        later(&world);
        let corrected = read(&world, "F002,03/07/2025,S,V2,N8", "F002,03/07/2025,S,V2,N1");
        let run = world.casework.run_import(None, &corrected, None, |_| {}).await.unwrap();
        assert_eq!(
            (run.counts.children_changed, run.counts.entries_changed, run.counts.entries_new),
            (1, 1, 0)
        );
        let (_, timeline) = standing(&world, "ssda903:F002").await;
        assert_eq!(timeline.care.len(), 1);
        assert_eq!(timeline.care[0].category_of_need.as_deref(), Some("N1"));
        // Undone, the first import says again what it said.
        later(&world);
        let undone = world.casework.undo_import(None, run.id, |_| {}).await.unwrap();
        assert_eq!((undone.set_back, undone.withdrawn), (1, 0));
        let (_, timeline) = standing(&world, "ssda903:F002").await;
        assert_eq!(timeline.care[0].category_of_need.as_deref(), Some("N8"));
        later(&world);
        let same = world.casework.plan_import(&unchanged(&world)).await.unwrap();
        assert_eq!((same.counts.entries_new, same.counts.entries_changed), (0, 0));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undone_import_leaves_nothing_in_sight_and_can_be_made_again() {
    on_both(|world: World| async move {
        let casework = &world.casework;
        let returned = unchanged(&world);
        let run = casework.run_import(None, &returned, None, |_| {}).await.unwrap();
        let (before, _) = standing(&world, "ssda903:F001").await;
        later(&world);
        let undone = casework.undo_import(None, run.id, |_| {}).await.unwrap();
        assert_eq!(undone.withdrawn, run.counts.entries_new);
        assert_eq!(undone.hidden, run.counts.children_new);
        let (now, _) = standing(&world, "ssda903:F001").await;
        assert_eq!(now, [EventKind::Restricted], "only that it is out of sight");
        let mut unit = world.database.store.read().await.unwrap();
        let scope = kinfold_store::Scope {
            everything: true,
            ..kinfold_store::Scope::nothing(None, casework.today())
        };
        let seen = unit.children(&scope, &Default::default(), kinfold_store::Page::first(100)).await.unwrap();
        assert_eq!(seen.total, 1, "only the child who was there before");
        drop(unit);
        assert!(matches!(casework.undo_import(None, run.id, |_| {}).await, Err(Error::Invalid(_))));
        later(&world);
        let again = casework.run_import(None, &returned, None, |_| {}).await.unwrap();
        assert_eq!(
            (again.counts.entries_new, again.counts.children_changed),
            (run.counts.entries_new, run.counts.children_new)
        );
        let (after, timeline) = standing(&world, "ssda903:F001").await;
        let after: Vec<EventKind> = after
            .into_iter()
            .filter(|k| !matches!(k, EventKind::Restricted | EventKind::RestrictionLifted))
            .collect();
        assert_eq!(after, before);
        assert!(!timeline.holds(kinfold_record::SpellKind::Restricted, casework.today()));
        assert_eq!(casework.rebuild(|_| {}).await.unwrap().changed, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_corrected_is_neither_overwritten_nor_undone() {
    on_both(|world: World| async move {
        let casework = &world.casework;
        let run = casework.run_import(None, &unchanged(&world), None, |_| {}).await.unwrap();
        later(&world);
        // A person puts the category of need right, as the record's own page does.
        let mut unit = world.database.store.write().await.unwrap();
        let (_, child) = unit.children_by_import_key(&["ssda903:F002".to_owned()]).await.unwrap().remove(0);
        let rows = unit.entries(child).await.unwrap();
        let mut entry = rows
            .iter()
            .map(|r| r.entry().unwrap())
            .find(|e| e.event.kind() == EventKind::CareStarted)
            .unwrap();
        entry.replaces = Some(entry.id);
        entry.id = kinfold_record::EntryId(crate::world::id(900));
        entry.source = None;
        entry.recorded_at = casework.now();
        let Event::CareStarted { category_of_need, .. } = &mut entry.event else { panic!("care started") };
        *category_of_need = Some("N4".into());
        unit.insert_entries(&[kinfold_store::EntryRow::of(&entry, None).unwrap()]).await.unwrap();
        unit.commit().await.unwrap();
        later(&world);
        let corrected = read(&world, "F002,03/07/2025,S,V2,N8", "F002,03/07/2025,S,V2,N1");
        let plan = casework.plan_import(&corrected).await.unwrap();
        assert_eq!((plan.counts.entries_kept, plan.counts.entries_changed), (1, 0));
        let undone = casework.undo_import(None, run.id, |_| {}).await.unwrap();
        assert_eq!(undone.hidden, run.counts.children_new - 1);
        assert_eq!(undone.kept, 2, "the correction, and the child it is about");
        let (kinds, timeline) = standing(&world, "ssda903:F002").await;
        assert!(kinds.contains(&EventKind::ChildRegistered));
        assert_eq!(timeline.care[0].category_of_need.as_deref(), Some("N4"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_that_cannot_be_true_beside_the_record_is_told_and_left() {
    on_both(|world: World| async move {
        let casework = &world.casework;
        casework.run_import(None, &unchanged(&world), None, |_| {}).await.unwrap();
        later(&world);
        // Only the later year, in which care seems to start with the first episode there is.
        let mut all = Vec::new();
        files(&two_years(), "r", &mut all);
        let sources: Vec<SourceFile> = all
            .into_iter()
            .filter(|(name, _)| name.contains("2025-26"))
            .map(|(name, bytes)| {
                let bytes = episodes(&name, bytes, "F002,03/07/2025,S", "F002,04/07/2025,S");
                SourceFile::new(name, bytes)
            })
            .collect();
        let plan = casework.plan_import(&casework.read_return("later", &sources, None)).await.unwrap();
        assert!(plan.counts.entries_refused > 0);
        assert!(
            plan.problems
                .iter()
                .any(|p| p.reason.starts_with("Beside what is in the record") && p.line.is_some())
        );
        assert!(noon(date(2026, 12, 1)) <= casework.now());
    })
    .await;
}
