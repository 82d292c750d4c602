//! A home in another area on the child's page: can health there meet the needs, who was told and has answered, which body
//! pays for what.

use kinfold_casework::Action;
use kinfold_casework::health::HealthPage;
use kinfold_casework::health::facts::{AreaNotice, Feasibility, Payer, Told};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::tag::{Colour, tag};
use kinfold_look::{Markup, State, date, html};
use kinfold_record::EventKind;

use super::{provenance, record_address, record_links};

/// What is recorded here of a home in another area, although its kinds belong to other strands or are joined to nothing.
pub(super) const KINDS: [EventKind; 4] = [
    EventKind::NoticeSent,
    EventKind::NoticeAcknowledged,
    EventKind::HealthFeasibility,
    EventKind::ResponsibleCommissioner,
];

/// The notice of a home in another area: a code of `notice`.
pub(super) const NOTICE: &str = "out_of_area_health";

/// Nothing for a child who lives in their own area and of whom nothing of this was ever said: that is most.
pub(super) fn another_area(page: &HealthPage) -> Markup {
    let facts = &page.facts;
    let theirs = page.reads_health() || page.handle.may.has(Action::RecordHealthNotice);
    let home = page.timeline.placement_on(page.today).filter(|_| theirs);
    let away = home.filter(|h| h.location.as_ref().is_some_and(|l| l != "in_area"));
    if away.is_none() && facts.feasibility.is_none() && facts.payers.is_empty() && facts.area_notice.is_none()
    {
        return html! {};
    }
    let codes = &page.book.guidance.codes;
    html! {
        h2.govuk-heading-m { "A home in another area" }
        @if let Some(home) = away {
            p.govuk-body { (home.location.as_ref().map_or("", |l| codes.title("location", l))) ", since " (date::long(home.start)) "." }
        }
        @match &facts.feasibility {
            Some(said) => (feasibility(page, said)),
            None if away.is_some() && page.reads_health() => {
                p.govuk-body { "Can health there meet the child’s needs? " (State::DueSoon.saying("Not asked yet")) }
            }
            None => {}
        }
        (record_links(page, &[(EventKind::HealthFeasibility, "Record what services there can do")]))
        @match &facts.area_notice {
            Some(sent) => (notice(page, sent)),
            None if away.is_some() && page.handle.may.has(Action::RecordHealthNotice) => {
                p.govuk-body { "Which health services there know of it? " (State::Stuck.saying("Nobody told yet")) }
            }
            None => {}
        }
        @if page.handle.may.has(Action::RecordHealthNotice) {
            p class="govuk-body kf-screen-only" {
                a.govuk-link href=(record_address(page, EventKind::NoticeSent, None)) {
                    @if facts.area_notice.is_some() { "Record that more were told" } @else { "Record who was told" }
                }
            }
        }
        @if !facts.payers.is_empty() {
            h3.govuk-heading-s { "Which body pays for what" }
            (Table::new("Which body pays for what", ["Service", "Who pays", "Since"].map(Column::new)).caption_hidden().dense()
                .rows(facts.payers.iter().map(|payer| row(page, payer))))
        }
        (record_links(page, &[(EventKind::ResponsibleCommissioner, "Record who pays")]))
    }
}

fn feasibility(page: &HealthPage, said: &Feasibility) -> Markup {
    let codes = &page.book.guidance.codes;
    html! {
        p.govuk-body {
            "Can health there meet the child’s needs? " strong { (codes.title("feasibility", &said.outcome)) }
            @if !said.unmet.is_empty() {
                ". Not met: " (said.unmet.iter().map(|area| codes.title("health_area", area).to_lowercase()).collect::<Vec<_>>().join(", "))
            }
            "."
            @if let Some(asked) = &said.asked { " Asked: " (asked.trim_end_matches('.')) "." }
            " " (provenance(&said.source, &page.book))
        }
        @if let Some(text) = &said.text { p.govuk-body { (text) } }
    }
}

fn notice(page: &HealthPage, sent: &AreaNotice) -> Markup {
    let codes = &page.book.guidance.codes;
    let may = page.handle.may.has(Action::RecordHealthNotice);
    let row = |told: &Told| {
        let of = Some(told.recipient.as_str());
        Row::new()
            .cell(codes.title("notifiee", &told.recipient))
            .cell(html! {
                (date::short_or_unknown(told.on))
                @if let Some(again) = told.again { br; span.govuk-hint { "again " (date::short(again)) } }
            })
            .cell(html! {
                @match told.answered {
                    Some(on) => (State::Met.saying(&format!("Acknowledged {}", date::short(on)))),
                    None => {
                        (State::DueSoon.saying("Not acknowledged yet"))
                        @if may {
                            br;
                            span.kf-screen-only {
                                a.govuk-link href=(record_address(page, EventKind::NoticeAcknowledged, of)) { "Record the answer" }
                                " "
                                a.govuk-link href=(record_address(page, EventKind::NoticeSent, of)) { "Sent again" }
                            }
                        }
                    },
                }
            })
    };
    html! {
        h3.govuk-heading-s { "Who was told" }
        (Table::new("Who was told", ["Who", "Told", "Answer"].map(Column::new)).caption_hidden().dense().rows(sent.told.iter().map(row)))
    }
}

fn row(page: &HealthPage, payer: &Payer) -> Row {
    let may = page.handle.may.has(Action::to_record_kind(EventKind::ResponsibleCommissioner));
    Row::new()
        .cell(page.book.guidance.codes.title("commissioned_service", &payer.service))
        .cell(html! {
            (payer.body)
            @if payer.disputed {
                " " (tag("Disputed", Colour::Red))
                @if let Some(other) = &payer.other_body { br; "Or: " (other) }
            }
            @if let Some(text) = &payer.text { br; span.govuk-hint { (text) } }
            @if payer.disputed && may {
                br;
                a class="govuk-link kf-screen-only" href=(record_address(page, EventKind::ResponsibleCommissioner, Some(&payer.service))) { "Record what was settled" }
            }
        })
        .cell(date::short(payer.source.on))
}
