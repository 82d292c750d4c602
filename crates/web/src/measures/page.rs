//! One measure: what it means, how it moved, whom it is about.

use axum::extract::Path;
use kinfold_casework::Action;
use kinfold_casework::measures::{MeasurePage, Part, Seen, SplitTable};
use kinfold_guidance::measure::{Better, MeasureUnit};
use kinfold_look::banner::inset;
use kinfold_look::card::{Stat, stats};
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, html};

use super::{
    about_hidden, area_title, chart, children, confidence, day_words, layer, lower_first, made_of,
    made_of_seen, value_words, written, year_asked, year_chooser, year_words,
};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/measures/{measure}", For::Authority(Action::ViewMeasures), show)]
}

async fn show(visit: Visit, Path(id): Path<String>) -> Reply<Markup> {
    let part = match visit.query.value("part") {
        "rest" => Part::Rest,
        "all" => Part::Denominator,
        _ => Part::Numerator,
    };
    let (at, rows) = children::page_of(&visit);
    let page = visit.casework().measure(&visit.actor, &id, year_asked(&visit), part, rows).await?;
    let (line, measure) = (&page.line, &page.line.measure);
    let mut around = frame(&visit, &measure.title);
    around.back = Some(("All measures".to_owned(), format!("/measures?year={}", page.year.year)));
    let path = format!("/measures/{}", measure.id);
    Ok(around.render(&html! {
        span.govuk-caption-l { (area_title(measure.area())) }
        h1.govuk-heading-l { (measure.title) }
        p.kf-lead { (measure.question) " " (measure.why) }
        @if !layer(measure).0.is_empty() { p { (layer(measure)) } }
        (year_chooser(&path, &page.years, page.year))
        (about_hidden(page.audience))
        (figure(&page))
        h2.govuk-heading-m { "What it means" }
        (summary_list(&facts(&page)))
        h2.govuk-heading-m { "Year by year" }
        (chart::line(line).draw())
        div.kf-measures { (chart::table(line)) }
        @if !page.splits.is_empty() {
            h2.govuk-heading-m { "Split" }
            p.govuk-body { (year_words(page.year)) ". Each child is in one group of each table, as they were on the last day." }
            div.kf-measures { @for split in &page.splits { (split_table(split, measure.unit)) } }
        }
        @if !page.left_out.is_empty() {
            h2.govuk-heading-m { "Left out" }
            (Table::new("Children left out, and why", [Column::new("Why"), Column::figures("Children")]).caption_hidden().fits().dense()
                .rows(page.left_out.iter().map(|(why, count)| Row::new().cell(why).cell(count))))
        }
        (children::section(&visit, &page, at))
    }))
}

fn figure(page: &MeasurePage) -> Markup {
    let (line, unit) = (&page.line, page.line.measure.unit);
    if line.seen == Seen::NotRecorded {
        return inset(&html! {
            strong { "Not recorded. " }
            "Nothing that this measure counts had been recorded by " (day_words(page.year.span.to))
            ", so there is no figure. It is not nought."
        });
    }
    let (numerator, denominator) = made_of_seen(unit, line.seen);
    let part = if unit == MeasureUnit::Mean { "in all, numerator" } else { "numerator" };
    let stat = |figure: String, label: &str| Stat {
        figure,
        label: label.to_owned(),
        note: None,
        href: None,
        state: None,
    };
    stats(&[
        stat(value_words(unit, line.seen), &lower_first(&year_words(page.year))),
        stat(numerator, part),
        stat(denominator, "denominator"),
    ])
}

fn facts(page: &MeasurePage) -> Vec<Fact> {
    let (line, measure) = (&page.line, &page.line.measure);
    let (cohort, cohort_source) = &page.cohort;
    let mut facts = vec![
        Fact::new("Numerator", html! { "Those " (measure.numerator.words) }),
        Fact::new(
            "Denominator",
            html! {
                (measure.denominator.words) br;
                span.govuk-hint { "Group: " (cohort) ". " (cohort_source) }
            },
        ),
        Fact::new(
            "The figure is",
            match measure.unit {
                MeasureUnit::Percent => {
                    "of a hundred children of the denominator, how many are in the numerator"
                }
                MeasureUnit::Mean => "the numerator’s total divided by the children who have one",
                MeasureUnit::Count => "a number",
            },
        ),
        Fact::new(
            "Better",
            match measure.better {
                Better::Up => "more",
                Better::Down => "less",
                Better::Neither => "neither more nor less: it describes",
            },
        ),
        Fact::new(
            "Source",
            html! {
                @match &measure.source.url { Some(url) => a.govuk-link href=(url) rel="noreferrer noopener" { (measure.source.cite) }, None => (measure.source.cite) }
                @if let Some(note) = &measure.source.note { br; span.govuk-hint { (note) } }
            },
        ),
        Fact::new("How sure we are", confidence(measure)),
        Fact::new(
            "For years that end",
            html! {
                "from " (day_words(measure.effective_from))
                @if let Some(to) = measure.effective_to { " and before " (day_words(to)) }
            },
        ),
        Fact::new(
            "Target",
            html! {
                @match &line.target { Some(target) => (written(measure.unit, target)), None => "None set. A council sets its own in its local guidance." }
            },
        ),
    ];
    for (name, year, value, source) in &line.comparators {
        facts.push(Fact::new(
            format!("{name} {year}"),
            html! { (written(measure.unit, value)) br; span.govuk-hint { (source) } },
        ));
    }
    facts.push(Fact::new("Worked example", html! { (measure.example.working) }));
    facts
}

fn split_table((title, groups): &SplitTable, unit: MeasureUnit) -> Markup {
    let columns = [
        Column::new(title),
        Column::figures("Figure"),
        Column::figures("Numerator"),
        Column::figures("Denominator"),
    ];
    let rows = groups.iter().filter(|(_, public)| public.denominator != Some(0)).map(|(group, public)| {
        let (numerator, denominator) = made_of(unit, *public);
        Row::new()
            .cell(group)
            .cell(value_words(unit, Seen::Figures(*public)))
            .cell(numerator)
            .cell(denominator)
    });
    html! { (Table::new(format!("By {}", title.to_lowercase()), columns).dense().rows(rows)) }
}
