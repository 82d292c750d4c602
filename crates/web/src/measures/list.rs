//! All measures of a year, by heading.

use kinfold_casework::Action;
use kinfold_casework::measures::{MeasureLine, MeasuresPage};
use kinfold_look::card::empty;
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::tag::{Colour, tag};
use kinfold_look::{Markup, html};

use super::export::downloads;
use super::{
    about_hidden, address, area_title, chart, layer, made_of_seen, value_words, written, year_asked,
    year_chooser, year_words,
};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/measures", For::Authority(Action::ViewMeasures), show)]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let page = visit.casework().measures(&visit.actor, year_asked(&visit)).await?;
    let mut around = frame(&visit, "Measures");
    around.wide = true;
    let mut areas: Vec<&str> = page.lines.iter().map(|line| line.measure.area()).collect();
    areas.dedup();
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Measures" }
        p.kf-lead { "How the authority does by its children. " (year_words(page.year)) ". A measure opens its definition, its splits and what is behind the figure." }
        (year_chooser("/measures", &page.years, page.year))
        (about_hidden(page.audience))
        @if page.empty {
            (empty(
                "Nobody to count yet",
                "Figures appear here when children are in the record: added one by one, or brought in with a statutory return.",
                None,
            ))
        } @else {
            @for area in areas {
                h2.govuk-heading-m { (area_title(area)) }
                div.kf-measures { (table(&page, area)) }
            }
            p class="govuk-body kf-screen-only" {
                a.govuk-link href=(format!("/needs?year={}", page.year.year)) { "Needs profile" }
                ": who the children are and what they need, for those who plan services."
            }
            (downloads("/measures", page.year, "all measures with their splits, in every year"))
        }
    }))
}

fn table(page: &MeasuresPage, area: &str) -> Table {
    let columns = [
        Column::new("Measure"),
        Column::figures("Figure"),
        Column::figures("Numerator"),
        Column::figures("Denominator"),
        Column::figures("Target"),
        Column::new("Compared with"),
        Column::new("Five years"),
    ];
    let lines = page.lines.iter().filter(|line| line.measure.area() == area);
    Table::new(format!("{}: {}", area_title(area), year_words(page.year)), columns)
        .caption_hidden()
        .dense()
        .rows(lines.map(|line| row(page, line)))
}

fn row(page: &MeasuresPage, line: &MeasureLine) -> Row {
    let measure = &line.measure;
    let (numerator, denominator) = made_of_seen(measure.unit, line.seen);
    Row::new()
        .cell(html! {
            a.govuk-link href=(address(&measure.id, page.year)) { (measure.title) }
            " " (layer(measure))
            @if measure.confidence == kinfold_guidance::Confidence::M { " " (tag("Unverified", Colour::Yellow)) }
        })
        .cell(value_words(measure.unit, line.seen))
        .cell(numerator)
        .cell(denominator)
        .cell(line.target.as_deref().map_or_else(|| "–".to_owned(), |target| written(measure.unit, target)))
        .cell(html! {
            @if line.comparators.is_empty() { "–" }
            @for (name, year, value, _) in &line.comparators {
                div { (name) " " (year) ": " (written(measure.unit, value)) }
            }
        })
        .cell(chart::line(line).spark())
}
