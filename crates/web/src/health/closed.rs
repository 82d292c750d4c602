//! The compartments: birth family, sexual health, therapy. Each is shown to those with its own right, and to nobody else:
//! not its entries, not how many there are, not even that there is one.

use kinfold_casework::Action;
use kinfold_casework::health::HealthPage;
use kinfold_casework::health::facts::Note;
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
        @if may.has(Action::ViewTherapy) || may.has(Action::RecordTherapy) {
            h2.govuk-heading-m { "Therapy notes" }
            @if may.has(Action::ViewTherapy) { (notes(page, "Therapy notes", &page.facts.therapy, "")) }
            (record_links(page, &[(EventKind::TherapyNote, "Write a therapy note")]))
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
