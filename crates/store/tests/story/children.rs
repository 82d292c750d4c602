use std::ops::ControlFlow;

use jiff::civil;
use kinfold_store::testing::{both, sqlite};
use kinfold_store::*;

use crate::rows::{child, council, day, everything, id};

#[tokio::test]
async fn a_child_is_read_back_as_it_was_written() {
    for db in both().await {
        council(&db.store).await;
        let mut row = child(100, "Zoë O’Leary");
        row.team = Some(id(2));
        row.projection.born = Some(civil::date(1969, 12, 31));
        row.projection.next_change = Some(civil::date(9999, 12, 31));
        row.projection.timeline = (0..=255).cycle().take(5000).collect();
        let mut unit = db.store.write().await.unwrap();
        unit.insert_children(std::slice::from_ref(&row)).await.unwrap();
        let glance = unit.child_row(id(100)).await.unwrap().unwrap();
        assert_eq!(glance.child, row, "{}", db.name);
        assert_eq!(unit.child_by_reference("K100").await.unwrap(), Some(row.clone()));
        assert_eq!(unit.child_row(id(101)).await.unwrap(), None);

        let new = Projection {
            name: "Zoë Fern".to_owned(),
            entries: 7,
            timeline: vec![9],
            ..row.projection.clone()
        };
        unit.save_projection(id(100), &new).await.unwrap();
        let child = unit.child_row(id(100)).await.unwrap().unwrap().child;
        assert_eq!(child, ChildRow { projection: new.clone(), ..row });
        assert!(matches!(unit.save_projection(id(101), &new).await, Err(Error::Dangling { .. })));
    }
}

#[tokio::test]
async fn references_are_handed_out_once() {
    for db in both().await {
        let mut unit = db.store.write().await.unwrap();
        let first = unit.take_references(3).await.unwrap();
        assert_eq!(unit.take_references(1).await.unwrap(), first + 3, "{}", db.name);
    }
}

#[tokio::test]
async fn every_filter_narrows_the_list() {
    for db in both().await {
        council(&db.store).await;
        let mut odd = child(102, "Odd One");
        odd.team = Some(id(3));
        odd.projection = Projection {
            looked_after: false,
            leaver_category: Some("relevant".to_owned()),
            legal_status: Some("E1".to_owned()),
            placement_type: Some("K2".to_owned()),
            location: Some("out".to_owned()),
            key_worker: Some(id(12)),
            born: Some(civil::date(2008, 1, 1)),
            ..odd.projection
        };
        let mut unit = db.store.write().await.unwrap();
        unit.insert_children(&[child(100, "Bee"), child(101, "ant"), odd]).await.unwrap();
        unit.insert_circle(&[crate::rows::place(102, 12, "personal_adviser")]).await.unwrap();
        let none = ChildFilter::default();
        let all = unit.children(&everything(), &none, Page::first(10)).await.unwrap();
        assert_eq!(
            all.rows.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(),
            ["ant", "Bee", "Odd One"],
            "{}",
            db.name
        );
        for (n, filter) in [
            ChildFilter { teams: vec![id(3), id(2)], ..none.clone() },
            ChildFilter { looked_after: Some(false), ..none.clone() },
            ChildFilter { leaver_category: Some("relevant".to_owned()), ..none.clone() },
            ChildFilter { legal_status: Some("E1".to_owned()), ..none.clone() },
            ChildFilter { placement_type: Some("K2".to_owned()), ..none.clone() },
            ChildFilter { location: Some("out".to_owned()), ..none.clone() },
            ChildFilter { key_worker: Some(id(12)), ..none.clone() },
            ChildFilter { born_before: Some(civil::date(2014, 5, 6)), ..none.clone() },
            ChildFilter { circle_of: Some(id(12)), ..none.clone() },
        ]
        .iter()
        .enumerate()
        {
            let found = unit.children(&everything(), filter, Page::first(10)).await.unwrap();
            let names: Vec<_> = found.rows.iter().map(|c| c.name.as_str()).collect();
            assert_eq!((names, found.total), (vec!["Odd One"], 1), "{} filter {n}", db.name);
        }
        let young = ChildFilter { born_from: Some(civil::date(2014, 5, 6)), ..none };
        assert_eq!(unit.children(&everything(), &young, Page::first(1)).await.unwrap().total, 2);
    }
}

fn term(kind: TermKind, text: &str) -> Term {
    Term { kind, term: text.to_owned() }
}

fn probe(kind: TermKind, text: &str, prefix: bool, weight: i64) -> Probe {
    Probe { kind, term: text.to_owned(), prefix, weight }
}

#[tokio::test]
async fn a_search_needs_every_word_and_puts_the_best_first() {
    use TermKind::{Name, Nhs, Phonetic};
    for db in both().await {
        let mut unit = db.store.write().await.unwrap();
        unit.insert_children(&[child(100, "Ann Smith"), child(101, "Anne Smyth"), child(102, "Bo Smith")])
            .await
            .unwrap();
        let rows = [
            (100, term(Name, "ann")),
            (100, term(Name, "smith")),
            (100, term(Phonetic, "SM0")),
            (100, term(Nhs, "9434765919")),
            (101, term(Name, "anne")),
            (101, term(Name, "smyth")),
            (101, term(Phonetic, "SM0")),
            (102, term(Name, "bo")),
            (102, term(Name, "smith")),
            (102, term(Phonetic, "SM0")),
        ];
        unit.insert_terms(&rows.map(|(n, t)| (id(n), t))).await.unwrap();
        let ann = vec![probe(Name, "ann", false, 10), probe(Name, "ann", true, 5)];
        let smith = vec![probe(Name, "smith", false, 10), probe(Phonetic, "SM0", false, 3)];
        let both_words = Search { words: vec![ann.clone(), smith.clone()], at_least: 0 };
        let found = unit.search(&everything(), &both_words, 10).await.unwrap();
        let got: Vec<_> = found.iter().map(|f| (f.child.name.as_str(), f.score)).collect();
        assert_eq!(got, [("Ann Smith", 20), ("Anne Smyth", 8)], "{}", db.name);
        let one_word = Search { at_least: 1, ..both_words };
        let found = unit.search(&everything(), &one_word, 10).await.unwrap();
        assert_eq!(found.iter().map(|f| f.score).collect::<Vec<_>>(), [20, 10, 8]);
        let number = Search { words: vec![vec![probe(Nhs, "9434765919", false, 100)]], at_least: 0 };
        assert_eq!(unit.search(&everything(), &number, 10).await.unwrap().len(), 1);
        for hostile in ["'; DROP TABLE child; --", "%", "_", "\\", "\u{10FFFF}", ""] {
            let words = vec![vec![probe(Name, hostile, false, 1)]];
            let found = unit.search(&everything(), &Search { words, at_least: 0 }, 10).await.unwrap();
            assert!(found.is_empty(), "{} {hostile:?}", db.name);
        }
        assert!(unit.search(&everything(), &Search::default(), 10).await.unwrap().is_empty());

        unit.replace_terms(id(101), &[term(Name, "zara"), term(Name, "zara")]).await.unwrap();
        let zara = Search { words: vec![vec![probe(Name, "za", true, 1)]], at_least: 0 };
        assert_eq!(unit.search(&everything(), &zara, 10).await.unwrap()[0].child.id, id(101));
        assert_eq!(unit.search(&everything(), &one_word, 10).await.unwrap().len(), 2);
    }
}

#[tokio::test]
async fn children_whose_answer_changes_by_the_date_are_found_and_streamed() {
    for db in both().await {
        let rows: Vec<ChildRow> = (0..10_u8)
            .map(|n| {
                let mut row = child(100 + u128::from(n), "Ivy Dale");
                row.projection.next_change = (n < 8).then(|| day(i8::try_from(n).unwrap() + 1));
                row
            })
            .collect();
        let mut unit = db.store.write().await.unwrap();
        unit.insert_children(&rows).await.unwrap();
        assert_eq!(
            unit.children_to_refresh(day(3), 10).await.unwrap(),
            [id(100), id(101), id(102)],
            "{}",
            db.name
        );
        assert_eq!(unit.children_to_refresh(day(31), 5).await.unwrap().len(), 5);
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let some = unit.all_projections(after, 4).await.unwrap();
            let Some(last) = some.last() else { break };
            after = Some(last.id);
            seen.extend(some.iter().map(|line| line.id));
        }
        assert_eq!(seen, rows.iter().map(|row| row.id).collect::<Vec<_>>(), "{}", db.name);
        for (line, row) in unit.all_folds(Some(id(101)), 3).await.unwrap().iter().zip(&rows[2..]) {
            assert_eq!((line.id, &line.timeline), (row.id, &row.projection.timeline), "{}", db.name);
            assert_eq!(line.digest, row.projection.digest, "{}", db.name);
        }
        assert_eq!(unit.all_folds(None, 20).await.unwrap().len(), 10, "{}", db.name);
        assert_eq!(unit.all_children(None, 2).await.unwrap(), [id(100), id(101)], "{}", db.name);
        assert_eq!(unit.all_children(Some(id(101)), 2).await.unwrap(), [id(102), id(103)], "{}", db.name);
        assert_eq!(unit.count_children().await.unwrap(), 10);
    }
}

#[tokio::test]
async fn readers_share_out_what_duties_are_worked_out_from() {
    for db in both().await {
        // More than a helping for each of them.
        let rows: Vec<ChildRow> = (0..700_u128)
            .map(|n| {
                let mut row = child(1000 + n, "Ivy Dale");
                row.projection.timeline = n.to_be_bytes().repeat(1 + usize::try_from(n).unwrap() * 2);
                row.projection.digest = i64::try_from(n).unwrap() - 350;
                row
            })
            .collect();
        let mut unit = db.store.write().await.unwrap();
        for some in rows.chunks(100) {
            unit.insert_children(some).await.unwrap();
        }
        unit.commit().await.unwrap();

        let read = |reader: Box<dyn FoldReader>, at_most: usize| {
            let mut seen = Vec::new();
            reader
                .read(&mut |fold| {
                    seen.push((fold.id, fold.timeline.to_vec(), fold.digest));
                    if seen.len() == at_most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                })
                .unwrap();
            seen
        };
        let expected: Vec<_> = rows
            .iter()
            .map(|row| (row.id, &row.projection))
            .map(|(id, p)| (id, p.timeline.clone(), p.digest))
            .collect();

        let readers = db.store.fold_readers(3).await.unwrap();
        let threads: Vec<_> = readers
            .into_iter()
            .map(|reader| tokio::task::spawn_blocking(move || read(reader, usize::MAX)))
            .collect();
        let mut seen = Vec::new();
        for thread in threads {
            seen.extend(thread.await.unwrap());
        }
        seen.sort_unstable();
        assert_eq!(seen, expected, "{}", db.name);

        // One that breaks off leaves the rest to the others.
        let readers = db.store.fold_readers(2).await.unwrap();
        let counts = tokio::task::spawn_blocking(move || {
            readers
                .into_iter()
                .zip([1, usize::MAX])
                .map(|(reader, most)| read(reader, most).len())
                .collect::<Vec<_>>()
        });
        let counts = counts.await.unwrap();
        assert_eq!(counts[0], 1, "{}", db.name);
        assert!((1..700).contains(&counts[1]), "{}: {counts:?}", db.name);
    }
}

#[tokio::test]
async fn a_file_that_is_gone_is_an_error_and_not_an_end() {
    let mut db = sqlite().await;
    let mut unit = db.store.write().await.unwrap();
    unit.insert_children(&[child(1, "Ivy Dale")]).await.unwrap();
    unit.commit().await.unwrap();
    let readers = db.store.fold_readers(1).await.unwrap();
    drop(db.folder.take());
    for reader in readers {
        let outcome = reader.read(&mut |_| ControlFlow::Continue(()));
        assert!(matches!(outcome, Err(Error::Unavailable(_))), "{outcome:?}");
    }
}
