//! Every rule by area.

use kinfold_casework::Action;
use kinfold_guidance::Rule;
use kinfold_look::card::empty;
use kinfold_look::form::{Button, FormState, Select};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::tag::{Colour, tag};
use kinfold_look::{Markup, html};
use kinfold_record::Strand;

use super::{Here, confidence, layer, tabs, words};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/guidance", For::Authority(Action::ViewGuidance), show)]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let book = visit.casework().guidance(&visit.actor)?;
    let today = visit.casework().today();
    let (area, only) = (Strand::parse(visit.query.value("area")), visit.query.value("only").to_owned());
    let shown = |rule: &&Rule| {
        let newest = book.guidance.rule_on(&rule.id, today).map_or_else(
            || book.guidance.rules.iter().rfind(|r| r.id == rule.id).map(|r| r.version),
            |r| Some(r.version),
        );
        newest == Some(rule.version)
            && area.is_none_or(|a| rule.strand == a)
            && match only.as_str() {
                "unchecked" => rule.confidence == kinfold_guidance::Confidence::M,
                "local" => rule.origin.layer != kinfold_guidance::LayerName::National,
                _ => true,
            }
    };
    let rules: Vec<&Rule> = book.guidance.rules.iter().filter(shown).collect();
    let local = book
        .guidance
        .rules
        .iter()
        .filter(|r| r.origin.layer != kinfold_guidance::LayerName::National)
        .count();
    let form = FormState::new().with("area", area.map_or("", Strand::as_str)).with("only", only.clone());
    Ok(frame(&visit, "Guidance").render(&html! {
        h1.govuk-heading-l { "Guidance" }
        (tabs(&visit, Here::Rules))
        p.govuk-body { "Every timescale that Kinfold works by, with its law. A rule that has been used is never edited: a new version takes its place." }
        @if local > 0 {
            p.govuk-body { (tag("Local", Colour::Purple)) " " (local) @if local == 1 { " rule is" } @else { " rules are" } " this authority’s own." }
        }
        @if let Some(warning) = book.calendar.horizon_warning(today) { (kinfold_look::banner::warning(&warning)) }
        form method="get" action="/guidance" class="kf-screen-only" {
            div.govuk-grid-row {
                div.govuk-grid-column-one-third { (Select::new("area", "Area", Strand::ALL.iter().map(|s| (s.as_str(), s.title()))).empty("Every area").render(&form)) }
                div.govuk-grid-column-one-third { (Select::new("only", "Show", [("unchecked", "Unverified"), ("local", "Local only")]).empty("All rules").render(&form)) }
            }
            (Button::secondary("Show"))
        }
        @if rules.is_empty() {
            (empty("No rule like that", "Choose another area, or show all rules.", Some(("Show all rules", "/guidance"))))
        }
        @for strand in Strand::ALL {
            @let here: Vec<&&Rule> = rules.iter().filter(|r| r.strand == strand).collect();
            @if !here.is_empty() {
                h2.govuk-heading-m { (strand.title()) }
                (Table::new(format!("Rules: {}", strand.title()), ["Rule", "When it is due", "Law"].map(Column::new)).caption_hidden().dense().rows(here.iter().map(|r| row(r))))
            }
        }
        p.govuk-body { (rules.len()) @if rules.len() == 1 { " rule" } @else { " rules" } " shown." }
    }))
}

fn row(rule: &Rule) -> Row {
    Row::new()
        .cell(
            html! { a.govuk-link href=(format!("/guidance/{}", rule.id)) { (rule.title) } br; (layer(rule)) },
        )
        .cell(html! { (words::due_in_short(rule)) })
        .cell(html! { (rule.source.cite) br; span.govuk-hint { (confidence(rule)) } })
}
