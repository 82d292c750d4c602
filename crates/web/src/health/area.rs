//! A home in another area on the child's page: can health there meet the needs, who was told, which body pays for what.

use kinfold_casework::Action;
use kinfold_casework::health::HealthPage;
use kinfold_casework::health::facts::{AreaNotice, Payer};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::tag::{Colour, tag};
use kinfold_look::{Markup, date, html};
use kinfold_record::EventKind;

use super::{provenance, record_links};

/// Nothing for a child of whom nothing of this was ever said: most live in their own area.
pub(super) fn another_area(page: &HealthPage) -> Markup {
    let facts = &page.facts;
    if facts.feasibility.is_none() && facts.payers.is_empty() && facts.area_notice.is_none() {
        return html! {};
    }
    let codes = &page.book.guidance.codes;
    html! {
        h2.govuk-heading-m { "A home in another area" }
        @if let Some(said) = &facts.feasibility {
            p.govuk-body {
                "Can health there meet the child’s needs? " strong { (codes.title("feasibility", &said.outcome)) }
                @if !said.unmet.is_empty() {
                    ". Not met: " (said.unmet.iter().map(|area| codes.title("health_area", area).to_lowercase()).collect::<Vec<_>>().join(", "))
                }
                "."
                @if let Some(asked) = &said.asked { " Asked: " (asked) "." }
                (provenance(&said.source, &page.book))
            }
            @if let Some(text) = &said.text { p.govuk-body { (text) } }
        }
        @if let Some(sent) = &facts.area_notice { (notice(page, sent)) }
        @if !facts.payers.is_empty() {
            (Table::new("Which body pays for what", ["Service", "Who pays", "Since"].map(Column::new)).dense()
                .rows(facts.payers.iter().map(|payer| row(page, payer))))
        }
        (record_links(page, &[
            (EventKind::HealthFeasibility, "Record what services there can do"),
            (EventKind::ResponsibleCommissioner, "Record who pays"),
        ]))
        @if page.handle.may.has(Action::RecordHealthNotice) {
            p class="govuk-body kf-screen-only" {
                a.govuk-link href=(format!("/children/{}/record/notice_acknowledged", page.handle.id())) { "Record that the notice was acknowledged" }
            }
        }
    }
}

fn notice(page: &HealthPage, sent: &AreaNotice) -> Markup {
    let codes = &page.book.guidance.codes;
    let answered =
        |who: &str| sent.acknowledged.iter().find(|(by, _)| by == who).map(|(_, source)| source.on);
    html! {
        p.govuk-body { "Notice sent " (date::long(sent.source.on)) ":" }
        ul class="govuk-list govuk-list--bullet" {
            @for who in &sent.recipients {
                li {
                    (codes.title("notifiee", who)) ": "
                    @match answered(who) {
                        Some(on) => { "acknowledged " (date::short(on)) },
                        None => "not acknowledged yet",
                    }
                }
            }
        }
    }
}

fn row(page: &HealthPage, payer: &Payer) -> Row {
    Row::new()
        .cell(page.book.guidance.codes.title("commissioned_service", &payer.service))
        .cell(html! {
            (payer.body)
            @if payer.disputed {
                " " (tag("Disputed", Colour::Red))
                @if let Some(other) = &payer.other_body { br; "Or: " (other) }
            }
            @if let Some(text) = &payer.text { br; span.govuk-hint { (text) } }
        })
        .cell(date::short(payer.source.on))
}
