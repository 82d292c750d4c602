//! What everybody can read without signing in: the words of its pages are measured, nobody is named on them, small numbers
//! are hidden, and what was published stays to the byte.

use crate::support::people::someone;
use crate::support::reading::{hardness, sentences};
use crate::support::{Answer, Council, HIDDEN_NAME, OPEN_NAME, Tie};
use axum::http::StatusCode;
use kinfold_access::Role;
use kinfold_casework::authority::Writers;
use kinfold_casework::authority::publish::{NewPublication, NewSection, PublishedLine};
use kinfold_guidance::PaperKind;
use kinfold_store::testing;

/// A council whose papers are those of the demonstration.
async fn council(database: testing::TestDatabase) -> (Council, Vec<PublishedLine>) {
    let roles = [
        Role::PanelClerk,
        Role::Director,
        Role::Councillor,
        Role::Commissioner,
        Role::SocialWorker,
        Role::PartnershipLead,
    ];
    let people: Vec<_> = roles.iter().map(|role| someone(*role, Tie::Circle)).collect();
    let council = Council::open(database, people, 30).await;
    let id = |role: Role| council.person(role, Tie::Circle).id.0;
    let writers = Writers {
        clerk: id(Role::PanelClerk),
        director: id(Role::Director),
        councillor: id(Role::Councillor),
        commissioner: id(Role::Commissioner),
        worker: id(Role::SocialWorker),
        lead: id(Role::PartnershipLead),
        young: None,
    };
    council.casework.invent_papers(writers).await.unwrap();
    let published = council.casework.published().await.unwrap();
    (council, published)
}

async fn read(council: &Council, path: &str) -> Answer {
    let answer = council.stranger().get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pledge_and_what_is_written_for_children_read_at_nine() {
    let (council, published) = council(testing::sqlite().await).await;
    let of = |kind: PaperKind| published.iter().find(|line| line.paper == kind).unwrap();
    let report = published.iter().find(|line| line.reader == "Children’s council").unwrap();
    let empty = Council::open(testing::sqlite().await, vec![], 1).await;
    let pages = [
        ("the pledge", read(&council, "/pledge").await),
        ("no pledge yet", read(&empty, "/pledge").await),
        ("the report", read(&council, &format!("/published/{}", report.id)).await),
        ("the offer", read(&council, &format!("/published/{}", of(PaperKind::LocalOffer).id)).await),
    ];
    for (page, answer) in pages {
        let lines = sentences(&answer.body);
        let hard = hardness(&lines);
        assert!(hard.words > 20, "{page}: only {} words", hard.words);
        assert!(
            hard.kincaid <= 4.0 && hard.coleman <= 4.0,
            "{page}: Flesch-Kincaid {:.1}, Coleman-Liau {:.1}\n{}",
            hard.kincaid,
            hard.coleman,
            lines.join("\n")
        );
    }
}

async fn stays(database: testing::TestDatabase) {
    let (council, published) = council(database).await;
    assert!(published.len() >= 3);
    // Nobody is named, and no number from 1 to 5 stands as a figure.
    let mut names: Vec<String> = council.people.iter().map(|someone| someone.name.clone()).collect();
    names.extend([OPEN_NAME, HIDDEN_NAME].into_iter().flat_map(|(a, b)| [a.to_owned(), b.to_owned()]));
    let mut paths = vec!["/published".to_owned(), "/pledge".to_owned()];
    paths.extend(published.iter().map(|line| format!("/published/{}", line.id)));
    for path in &paths {
        let body = read(&council, path).await.body;
        for name in &names {
            assert!(!body.contains(name.as_str()), "{path} names {name}");
        }
        for cell in body.split("<td").skip(1) {
            let text = cell.split_once('>').map_or("", |(_, rest)| rest.split('<').next().unwrap_or(""));
            assert!(!["1", "2", "3", "4", "5"].contains(&text.trim()), "{path} shows {text}");
        }
        assert!(!body.contains("href=\"/measures/"), "{path}: a link that leads a stranger nowhere");
    }
    // What was published stays to the byte, whatever happens to the draft.
    let line = published.iter().find(|line| line.paper == PaperKind::AnnualReport).unwrap();
    let pdf = format!("/published/{}/versions/1/paper.pdf", line.id);
    let before = council.stranger().get(&pdf).await;
    assert!(before.bytes.starts_with(b"%PDF"));
    let director = council.sign_in(Role::Director, Tie::Circle).await;
    let director = council.casework.actor(&director.cookies["kinfold_session"]).await.unwrap();
    let new = NewSection { heading: "More".to_owned(), text: "New words.".to_owned(), measures: vec![] };
    council.casework.write_section(&director, (line.id, None), 0, &new, "a").await.unwrap();
    council.casework.publish(&director, line.id, 999, "Words were missing.", "b").await.unwrap();
    let after = council.stranger().get(&pdf).await;
    assert!(before.bytes == after.bytes, "the first version is another file");
    let newest = read(&council, &format!("/published/{}", line.id)).await;
    assert!(newest.body.contains("It puts right: ") && newest.body.contains("New words."));
    // So does a needs profile, as a page, as a paper and as a table, whatever happens to the record.
    let line = published.iter().find(|line| line.paper == PaperKind::NeedsProfile).unwrap();
    let of = |file: &str| format!("/published/{}/versions/1{file}", line.id);
    let mut kept = Vec::new();
    for file in ["", "/paper.pdf", "/figures.csv"] {
        kept.push(read(&council, &of(file)).await.bytes);
    }
    let table = String::from_utf8(kept[2].clone()).unwrap();
    assert!(table.contains("children.looked_after") && table.contains(",c"), "{table}");
    council.casework.write_section(&director, (line.id, None), 0, &new, "d").await.unwrap();
    council.later(jiff::SignedDuration::from_hours(24 * 40));
    let director = council.sign_in(Role::Director, Tie::Circle).await;
    let director = council.casework.actor(&director.cookies["kinfold_session"]).await.unwrap();
    council.casework.fix_figures(&director, line.id, "e").await.unwrap();
    council.casework.publish(&director, line.id, 999, "Forty days later.", "f").await.unwrap();
    for (file, before) in ["/paper.pdf", "/figures.csv"].iter().zip(&kept[1..]) {
        assert!(read(&council, &of(file)).await.bytes == *before, "{file} is another file");
    }
    let again = read(&council, &of("")).await.body;
    let profile = |page: &str| {
        let from = page.find("Who they are").unwrap();
        page[from..from + page[from..].find("On what it rests").unwrap()].to_owned()
    };
    assert_eq!(profile(&again), profile(&String::from_utf8(kept[0].clone()).unwrap()));
    assert!(again.contains("There is a newer version."));
    let newest = read(&council, &format!("/published/{}", line.id)).await.body;
    assert!(newest.contains("Forty days later.") && newest.contains("versions/2/figures.csv"));
    let other = published.iter().find(|line| line.paper == PaperKind::AnnualReport).unwrap();
    let none = council.stranger().get(&format!("/published/{}/versions/1/figures.csv", other.id)).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND, "a report has no table");
    // A draft that was never published is nowhere.
    let draft = NewPublication {
        outline: "annual_report.leader".to_owned(),
        title: "A draft".to_owned(),
        year: 2026,
    };
    let draft = council.casework.start_publication(&director, &draft, "c").await.unwrap();
    for path in [format!("/published/{draft}"), format!("/published/{draft}/versions/1")] {
        assert_eq!(council.stranger().get(&path).await.status, StatusCode::NOT_FOUND);
    }
    assert!(!read(&council, "/published").await.body.contains("A draft"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_published_stays_and_names_nobody_on_sqlite() {
    stays(testing::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_published_stays_and_names_nobody_on_postgresql() {
    stays(testing::postgres().await).await;
}
