//! What is known: allergies, conditions, medicines; teeth, eyes and hearing; the early years and the red book.

use kinfold_casework::health::HealthPage;
use kinfold_casework::health::facts::{Early, Item, ItemKind};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};
use kinfold_record::EventKind;

use super::{nothing, provenance, record_link, record_links};

const ITEMS: [(ItemKind, &str, &str); 3] = [
    (
        ItemKind::Allergy,
        "Allergies",
        "Nobody has asked about allergies, or nobody wrote it down: not the same as none.",
    ),
    (
        ItemKind::Medicine,
        "Medicines",
        "Nobody has asked about medicines, or nobody wrote it down: not the same as none.",
    ),
    (
        ItemKind::Condition,
        "Conditions",
        "Nobody has asked about conditions, or nobody wrote it down: not the same as none.",
    ),
];

pub(super) fn items(page: &HealthPage) -> Markup {
    html! {
        @for (kind, title, unasked) in ITEMS {
            @let found: Vec<&Item> = page.facts.items_of(kind).collect();
            @let none = page.facts.none_known.iter().find(|(_, topic)| topic == kind.topic());
            h2.govuk-heading-m { (title) }
            @if !found.is_empty() {
                (Table::new(title, ["What", "What to know and do", "Since", "From"].map(Column::new)).caption_hidden().dense().rows(found.iter().map(|item| item_row(page, item))))
            } @else if let Some((source, _)) = none {
                p.govuk-body { "Asked, and none known. " (provenance(source, &page.book)) }
            } @else {
                (nothing(page, unasked))
            }
        }
        (record_links(page, &[
            (EventKind::AllergyNoted, "Add an allergy"), (EventKind::MedicineStarted, "Add a medicine"),
            (EventKind::ConditionNoted, "Add a condition"), (EventKind::NoneKnown, "Asked, and none known"),
            (EventKind::SubstanceScreening, "Asked about substance use"),
        ]))
    }
}

fn item_row(page: &HealthPage, item: &Item) -> Row {
    let codes = &page.book.guidance.codes;
    let (_, over) = item.kind.kinds();
    let (kind, severity) = &item.allergy;
    Row::new()
        .cell(html! {
            (item.name)
            @if let Some(kind) = kind { br; span.govuk-hint { (codes.title("allergy", kind)) } }
            @if let Some(severity) = severity { br; strong { (codes.title("allergy_severity", severity)) } }
            @match item.diagnosed { Some(true) => { br; span.govuk-hint { "Diagnosed" } }, Some(false) => { br; span.govuk-hint { "Not diagnosed" } }, None => {} }
        })
        .cell(html! {
            @if let Some(detail) = &item.detail { p.govuk-body-s { (detail) } }
            @if let Some(care) = &item.care { p.govuk-body-s { (care) } }
            @if let Some(review) = item.review_on { p.govuk-body-s { "To be reviewed on " (date::long(review)) } }
        })
        .cell(date::short_or_unknown(item.since))
        .cell(html! { (provenance(&item.source, &page.book)) br; (record_link(page, over, Some(&item.item), "End")) })
}

pub(super) fn checks(page: &HealthPage) -> Markup {
    let codes = &page.book.guidance.codes;
    let kinds = [
        (EventKind::DentalCheck, "Teeth", "Treatment is needed"),
        (EventKind::EyeTest, "Eyes", "Wears glasses"),
        (EventKind::HearingTest, "Hearing", "Wears a hearing aid"),
    ];
    html! {
        h2.govuk-heading-m { "Teeth, eyes and hearing" }
        @if page.reads_health() {
            (Table::new("Teeth, eyes and hearing", ["Which", "Last seen", "What was found", "Next"].map(Column::new)).caption_hidden().dense().rows(kinds.iter().map(|(kind, title, flag)| {
                let check = page.facts.check_of(*kind);
                Row::new()
                    .cell(title)
                    .cell(html! { @match check { Some(check) => (provenance(&check.source, &page.book)), None => (date::unknown()) } })
                    .cell(html! {
                        @if let Some(check) = check {
                            @if let Some(outcome) = &check.outcome { (codes.title("check_outcome", outcome)) br; }
                            @if let Some(text) = &check.text { (text) br; }
                            @if check.flag == Some(true) { strong { (flag) } }
                        }
                    })
                    .cell(date::short_or_unknown(check.and_then(|check| check.again_on)))
            })))
        } @else {
            (nothing(page, ""))
        }
        (record_links(page, &[
            (EventKind::DentalCheck, "Record a dental check"), (EventKind::EyeTest, "Record an eye test"),
            (EventKind::HearingTest, "Record a hearing test"), (EventKind::DevelopmentCheck, "Record a development check"),
        ]))
    }
}

/// What every child's early record should hold, and what of it was found; what nobody has looked for is a gap.
pub(super) fn early(page: &HealthPage) -> Markup {
    let codes = &page.book.guidance.codes;
    let list =
        codes.list("early_history").map(|list| list.on(page.today).collect::<Vec<_>>()).unwrap_or_default();
    let of = |what: &str| -> Option<&Early> { page.facts.early.iter().find(|early| early.what == what) };
    html! {
        h2.govuk-heading-m { "Early history and the red book" }
        @match page.facts.red_book.first() {
            Some(book) => p.govuk-body {
                "Red book: " strong { (codes.title("red_book", &book.state)) }
                @if let Some(by) = &book.held_by { ", " (codes.title("red_book_holder", by).to_lowercase()) }
                ". "
                @if !book.copies.is_empty() { "Copies: " (book.copies.iter().map(|c| codes.title("red_book_holder", c)).collect::<Vec<_>>().join(", ")) ". " }
                (provenance(&book.source, &page.book))
            },
            None => (nothing(page, "Nobody has said where the red book is.")),
        }
        @if page.reads_health() {
            (Table::new("Early history", ["What", "Known?", "Result", "From"].map(Column::new)).caption_hidden().dense().rows(list.into_iter().filter(|code| code.code != "other" || of("other").is_some()).map(|code| {
                let early = of(&code.code);
                let asked: Vec<&str> = early.map(|e| e.asked.iter().map(|a| codes.title("provenance", a)).collect()).unwrap_or_default();
                Row::new()
                    .cell(html! { (code.title) })
                    .cell(html! {
                        @match early { Some(early) => (codes.title("found", &early.known)), None => "Not looked for yet" }
                        @if !asked.is_empty() { br; span.govuk-hint { "Asked: " (asked.join(", ")) } }
                    })
                    .cell(html! { @if let Some(result) = early.and_then(|e| e.result.as_ref()) { (result) } })
                    .cell(html! { @if let Some(early) = early { (provenance(&early.source, &page.book)) } })
            })))
        }
        (record_links(page, &[
            (EventKind::RedBook, "Record about the red book"), (EventKind::EarlyHistory, "Record what was looked for"),
            (EventKind::BirthDetails, "Record birth details"),
        ]))
    }
}
