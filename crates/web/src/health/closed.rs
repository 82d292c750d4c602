//! The compartments: birth family, sexual health, substances, therapy, and questionnaires answer by answer. Each is shown to those with its own right, and to nobody else:
//! not its entries, not how many there are, not even that there is one.

use kinfold_casework::Action;
use kinfold_casework::health::HealthPage;
use kinfold_casework::health::facts::{Note, SdqAnswers, Substances};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};
use kinfold_record::EventKind;

use super::{provenance, record_links};

pub(super) fn compartments(page: &HealthPage) -> Markup {
    let may = page.handle.may;
    html! {
        @if may.has(Action::ViewFamilyHealth) || may.has(Action::RecordFamilyHealth) {
            h2.govuk-heading-m { "Health of the birth family" }
            p.govuk-body {
                "Kept apart, and shared only by decision. "
                @if may.has(Action::ViewFamilyHealth) {
                    a.govuk-link href=(format!("/children/{}/health/family", page.handle.id())) { "Read it and decide what is shared" }
                }
            }
            (record_links(page, &[(EventKind::FamilyHistory, "Add a fact about the birth family")]))
        }
        @if may.has(Action::ViewSexualHealth) || may.has(Action::RecordSexualHealth) {
            h2.govuk-heading-m { "Sexual health" }
            @if may.has(Action::ViewSexualHealth) { (notes(page, "Sexual health", &page.facts.sexual, "sexual_health_topic")) }
            (record_links(page, &[(EventKind::SexualHealthNote, "Record sexual health")]))
        }
        @if may.has(Action::ViewSubstanceUse) {
            h2.govuk-heading-m { "Alcohol, drugs and tobacco" }
            (substances(page))
            (record_links(page, &[
                (EventKind::SubstanceScreening, "Asked about substance use"),
                (EventKind::SubstanceMisuse, "Record for the statutory return"),
            ]))
        }
        @if may.has(Action::ViewTherapy) || may.has(Action::RecordTherapy) {
            h2.govuk-heading-m { "Therapy notes" }
            @if may.has(Action::ViewTherapy) { (notes(page, "Therapy notes", &page.facts.therapy, "")) }
            (record_links(page, &[(EventKind::TherapyNote, "Write a therapy note")]))
        }
    }
}

fn substances(page: &HealthPage) -> Markup {
    let codes = &page.book.guidance.codes;
    let row = |said: &Substances| {
        let help = [("offered", said.help.0), ("received", said.help.1)];
        Row::new()
            .cell(provenance(&said.source, &page.book))
            .cell(html! {
                strong {
                    @match &said.outcome {
                        Ok(outcome) => (codes.title("screening_outcome", outcome)),
                        Err(true) => "A problem was found (statutory return)",
                        Err(false) => "No problem was found (statutory return)",
                    }
                }
                @for (what, done) in help {
                    @if let Some(done) = done { br; "Help " @if !done { "not " } (what) }
                }
            })
            .cell(html! {
                @if !said.about.is_empty() { (said.about.iter().map(|s| codes.title("substance", s)).collect::<Vec<_>>().join(", ")) br; }
                @if let Some(text) = &said.text { (text) }
            })
    };
    html! {
        @if page.facts.substances.is_empty() {
            p.govuk-body { "Nobody has asked yet, or nobody wrote it down." }
        } @else {
            (Table::new("Alcohol, drugs and tobacco", ["When", "What came of it", "What was said"].map(Column::new)).caption_hidden().dense()
                .rows(page.facts.substances.iter().rev().map(row)))
        }
    }
}

const SCALES: [&str; 6] = ["Emotional", "Conduct", "Hyperactivity", "Peer problems", "Prosocial", "Impact"];

/// Questionnaires answer by answer, by the numbers of the form: its words belong to others.
pub(super) fn answers(page: &HealthPage) -> Markup {
    let codes = &page.book.guidance.codes;
    let one = |sheet: &SdqAnswers| {
        let answered: Vec<char> = sheet.answers.as_deref().unwrap_or_default().chars().collect();
        let scales = SCALES.iter().zip(sheet.scales);
        html! {
            h3.govuk-heading-s {
                (date::long(sheet.source.on)) ", " (codes.title("sdq_informant", &sheet.informant))
                @if let Some(language) = &sheet.language { " (" (language) ")" }
            }
            p.govuk-body { (scales.filter_map(|(scale, points)| Some(format!("{scale} {}", points?))).collect::<Vec<_>>().join("; ")) "." }
            @if !answered.is_empty() {
                ol class="govuk-list kf-columns" {
                    @for (at, answer) in answered.iter().enumerate() {
                        li { "Item " (at + 1) ": " @if *answer == '-' { "no answer" } @else { strong { (answer) } } }
                    }
                }
            }
        }
    };
    let sheets = html! {
        p.govuk-hint { "By the numbers of the form: 0 not true, 1 somewhat true, 2 certainly true, as it was answered." }
        @for sheet in page.facts.sdq_answers.iter().rev() { (one(sheet)) }
    };
    html! {
        @if page.handle.may.has(Action::ViewAnswers) && !page.facts.sdq_answers.is_empty() {
            (kinfold_look::banner::details("Answers one by one", &sheets, false))
        }
    }
}

fn notes(page: &HealthPage, caption: &str, notes: &[Note], list: &str) -> Markup {
    let codes = &page.book.guidance.codes;
    html! {
        @if notes.is_empty() {
            p.govuk-body { "Nothing is written here yet." }
        } @else {
            (Table::new(caption, ["When", "What"].map(Column::new)).caption_hidden().dense().rows(notes.iter().rev().map(|note| {
                Row::new()
                    .cell(html! { (date::short(note.source.on)) (provenance(&note.source, &page.book)) })
                    .cell(html! {
                        @if let (Some(topic), false) = (&note.topic, list.is_empty()) { strong { (codes.title(list, topic)) } br; }
                        @if let Some(text) = &note.text { (text) }
                    })
            })))
        }
    }
}
