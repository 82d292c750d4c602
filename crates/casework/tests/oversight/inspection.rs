//! The lists and the pack of an inspection: made from the record for whoever may make them, holding the children whom they
//! may find and of each what they may read, with figures that are the measures page's own.

use jiff::civil::date;
use kinfold_casework::Error;
use kinfold_casework::authority::inspection::{MadeList, NOT_SHOWN};
use kinfold_casework::board::ExportedCell;
use kinfold_guidance::inspection::Take;
use kinfold_record::ChildId;

use crate::world::{
    ANALYST, COUNCILLOR, DIRECTOR, KATHERINE, LEAD, MANAGER, PASSWORD, ROBIN, WREN, ZOE, id, on_both,
};

/// The cells of a column.
fn column(list: &MadeList, take: Take) -> Vec<ExportedCell> {
    let at = list.list.columns.iter().position(|column| column.take == take).unwrap();
    list.rows.iter().map(|row| row[at].clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_holds_whom_its_maker_finds_and_what_they_may_read() {
    on_both(|world| async move {
        let casework = &world.casework;
        let (director, analyst) = (world.sign_in(DIRECTOR).await, world.sign_in(ANALYST).await);
        let list = casework.inspection_list(&director, "looked_after").await.unwrap();
        let mut children = list.children.clone();
        children.sort();
        assert_eq!(
            children,
            [ROBIN, KATHERINE, ZOE].map(|n| ChildId(id(n))),
            "the restricted child is not there"
        );
        assert!(!list.children.contains(&ChildId(id(WREN))));
        assert_eq!(list.rows.len(), list.children.len());
        assert!(list.rows.iter().all(|row| row.len() == list.list.columns.len()));
        let began = ExportedCell::Day(date(2026, 11, 2));
        assert_eq!(column(&list, Take::CareStarted), vec![began; 3]);
        let hidden = ExportedCell::Text(NOT_SHOWN.to_owned());
        // A director reads the everyday and the legal record, and nobody's health.
        assert_eq!(column(&list, Take::LastHealthAssessment), vec![hidden.clone(); 3]);
        assert!(
            column(&list, Take::LegalStatus)
                .iter()
                .all(|cell| matches!(cell, ExportedCell::Text(of) if of != NOT_SHOWN))
        );
        assert!(
            column(&list, Take::LastReview).iter().all(|cell| *cell == ExportedCell::Empty),
            "none was held"
        );
        let theirs = casework.inspection_list(&analyst, "looked_after").await.unwrap();
        assert_eq!(column(&theirs, Take::LastHealthAssessment), vec![hidden; 3]);
        assert!(casework.inspection_list(&director, "missing").await.unwrap().rows.is_empty());

        for person in [COUNCILLOR, LEAD, MANAGER] {
            let other = world.sign_in(person).await;
            assert!(matches!(casework.inspection(&other).await, Err(Error::Absent)));
            assert!(matches!(casework.inspection_list(&other, "looked_after").await, Err(Error::Absent)));
            assert!(matches!(casework.inspection_pack(&other).await, Err(Error::Absent)));
        }
        assert!(matches!(casework.inspection_list(&director, "nothing").await, Err(Error::Absent)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pack_has_the_figures_of_the_measures_page_and_leaves_after_the_password() {
    on_both(|world| async move {
        let casework = &world.casework;
        let token = world.token(DIRECTOR).await;
        let director = casework.actor(&token).await.unwrap();
        assert!(matches!(casework.inspection_pack(&director).await, Err(Error::Reauthenticate)));
        assert!(matches!(casework.export_inspection(&director).await, Err(Error::Reauthenticate)));
        casework.reauthenticate(&director, PASSWORD).await.unwrap();
        let director = casework.actor(&token).await.unwrap();
        let pack = casework.inspection_pack(&director).await.unwrap();
        let page = casework.measures(&director, None).await.unwrap();
        assert!(pack.measures.len() > 10, "{}", pack.measures.len());
        for line in &pack.measures {
            let there = page.lines.iter().find(|other| other.measure.id == line.measure.id).unwrap();
            assert_eq!(there.seen, line.seen, "{}", line.measure.id);
        }
        let tables = casework.export_inspection(&director).await.unwrap();
        assert_eq!(tables.len(), pack.page.lists.len() + 1);
        assert_eq!(tables[0].rows.len(), pack.page.asked.lists.len() + pack.page.asked.elsewhere.len());
        let names: std::collections::BTreeSet<_> = tables.iter().map(|table| table.name.clone()).collect();
        assert_eq!(names.len(), tables.len(), "every sheet has a name of its own");
        let log = world.log().await;
        assert!(log.iter().any(|(action, detail)| action == "export_inspection" && detail.contains("pack")));
    })
    .await;
}
