//! The words of a young auditor's pages are measured, for every framework.

use crate::support::people::someone;
use crate::support::reading::{hardness, sentences};
use crate::support::{Council, Tie};
use axum::http::StatusCode;
use jiff::civil::date;
use kinfold_access::Role;
use kinfold_casework::authority::NewAudit;
use kinfold_store::testing;

/// Young auditors are older than the youngest who read the other pages: read with ease at eleven.
const AUDITOR: f64 = 6.0;

#[tokio::test(flavor = "multi_thread")]
async fn a_young_auditor_reads_every_framework_and_their_pages_with_ease() {
    let people = vec![someone(Role::YoungPerson, Tie::Circle), someone(Role::PartnershipLead, Tie::Circle)];
    let council = Council::open(testing::sqlite().await, people, 1).await;
    let lead = council.sign_in(Role::PartnershipLead, Tie::Circle).await;
    let lead = council.casework.actor(&lead.cookies["kinfold_session"]).await.unwrap();
    let mut child = council.sign_in(Role::YoungPerson, Tie::Circle).await;
    let mut pages = vec![("nothing asked yet".to_owned(), child.get("/me/audits").await, 4.0)];
    let email = council.person(Role::YoungPerson, Tie::Circle).email.clone();
    let book = council.casework.book();
    assert!(book.guidance.frameworks.list.len() >= 7);
    for framework in &book.guidance.frameworks.list {
        let id = framework.head.id.to_string();
        let new = NewAudit {
            title: "Sam".to_owned(),
            framework: id.clone(),
            location: String::new(),
            from: date(2025, 12, 1),
            to: date(2026, 11, 30),
            partners: "Us".to_owned(),
        };
        let audit = council.casework.start_audit(&lead, &new, &id).await.unwrap();
        let key = format!("invite {id}");
        council.casework.invite_young_auditor(&lead, audit, &email, &key).await.unwrap();
        let here = format!("/me/audits/{audit}");
        pages.push((id.clone(), child.get(&here).await, AUDITOR));
        let questions: Vec<_> = framework.items().map(|item| format!("{here}/{}", item.id)).collect();
        let asked = child.get(&questions[0]).await;
        let first = child.post(&questions[0], &[("key", &asked.field("key"))]).await;
        assert_eq!(first.status, StatusCode::UNPROCESSABLE_ENTITY, "{id}");
        pages.push((format!("{id}, a question"), asked, AUDITOR));
        pages.push((format!("{id}, with mistakes"), first, AUDITOR));
        let level = framework.scale.levels[0].code.as_str();
        let key = format!("answer {id}");
        let fields = [("key", key.as_str()), ("level", level), ("reason", "It is so.")];
        assert_eq!(child.post(&questions[0], &fields).await.location(), here);
        pages.push((format!("{id}, answered"), child.get(&questions[0]).await, AUDITOR));
        council.casework.close_audit(&lead, audit, "").await.unwrap();
        pages.push((format!("{id}, closed"), child.get(&questions[0]).await, AUDITOR));
    }
    pages.push(("the list".to_owned(), child.get("/me/audits").await, 4.0));
    let mut hardest = Vec::new();
    for (page, answer, most) in pages {
        assert!(
            answer.body.contains("kf-me") && answer.body.contains("govuk-exit-this-page__button"),
            "{page}"
        );
        let lines = sentences(&answer.body);
        let hard = hardness(&lines);
        assert!(hard.words > 20, "{page}: only {} words were measured", hard.words);
        if hard.kincaid > most || hard.coleman > most {
            let lines = lines.join(" | ");
            hardest.push(format!(
                "{page}: Flesch-Kincaid {:.1}, Coleman-Liau {:.1}\n{lines}",
                hard.kincaid, hard.coleman
            ));
        }
    }
    assert!(hardest.is_empty(), "too hard:\n{}", hardest.join("\n"));
}
