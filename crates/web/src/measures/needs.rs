//! The needs profile: who the children are and what they need, for those who plan services. No child is in it, and
//! whoever looks sees it as it may be published.

use kinfold_casework::Action;
use kinfold_casework::measures::{MeasureYear, Public, Seen, SplitTable};
use kinfold_casework::needs::{NeedsLine, NeedsPage, NeedsPart, Themes};
use kinfold_guidance::measure::MeasureUnit;
use kinfold_look::card::empty;
use kinfold_look::form::{FormState, Select};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};

use super::{HIDDEN, address, lower_first, made_of, made_of_seen, value_words, year_asked, year_words};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/needs", For::Authority(Action::ViewMeasures), show)]
}

/// The profile that the address asks for.
pub(super) fn profile_asked(visit: &Visit) -> Option<&str> {
    Some(visit.query.value("profile")).filter(|id| !id.is_empty())
}

async fn show(visit: Visit) -> Reply<Markup> {
    let page = visit.casework().needs(&visit.actor, profile_asked(&visit), year_asked(&visit)).await?;
    let head = &page.profile.head;
    let mut around = frame(&visit, &head.title);
    around.back = Some(("All measures".to_owned(), format!("/measures?year={}", page.year.year)));
    Ok(around.render(&html! {
        span.govuk-caption-l { "Needs profile" }
        h1.govuk-heading-l { (head.title) }
        p.kf-lead { (head.why) }
        (chooser(&page))
        @if page.empty {
            (empty(
                "Nobody to count yet",
                "Figures appear here when children are in the record: added one by one, or brought in with a statutory return.",
                None,
            ))
        } @else {
            p.govuk-body { (year_words(page.year)) ". Made on " (date::long(page.made)) "." }
            @for part in &page.parts { (section(part, page.year)) }
            @if let Some(themes) = &page.themes { (said(themes)) }
            (about(&page))
            (downloads(&page))
        }
    }))
}

fn chooser(page: &NeedsPage) -> Markup {
    let years: Vec<(String, String)> =
        page.years.iter().map(|y| (y.year.to_string(), year_words(*y))).collect();
    let (id, title) = (page.profile.head.id.to_string(), page.profile.head.title.to_string());
    let mut profiles = vec![(id.clone(), title)];
    profiles.extend(page.others.iter().cloned());
    let state = FormState::new().with("year", page.year.year.to_string()).with("profile", id);
    html! {
        form class="kf-read kf-screen-only" method="get" action="/needs" {
            @if profiles.len() > 1 { (Select::new("profile", "Profile", profiles).render(&state)) }
            (Select::new("year", "Year", years).render(&state))
            button class="govuk-button govuk-button--secondary" type="submit" { "Show" }
        }
    }
}

fn section(part: &NeedsPart, year: MeasureYear) -> Markup {
    // Figures that are not split stand together; each that is has its tables under it.
    html! {
        h2.govuk-heading-l { (part.title) }
        p.govuk-body { (part.words) }
        div.kf-measures { (totals(part, year)) }
        @for line in &part.lines {
            @let (shown, hidden) = line.splits.iter().partition::<Vec<&SplitTable>, _>(|(_, groups)| tells(groups));
            @if !shown.is_empty() {
                div.kf-splits { @for (title, groups) in shown { (groups_of(line, title, groups)) } }
            }
            @if !hidden.is_empty() {
                p.govuk-hint {
                    (line.measure.title) ": not shown by "
                    (hidden.iter().map(|(title, _)| lower_first(title)).collect::<Vec<_>>().join(", "))
                    ": every number is too small."
                }
            }
        }
    }
}

/// Whether a table would tell anything: one in which every figure is hidden does not.
fn tells(groups: &[(String, Public)]) -> bool {
    groups.iter().any(|(_, public)| public.value.is_some())
}

fn totals(part: &NeedsPart, year: MeasureYear) -> Table {
    let columns = [
        Column::new("Measure"),
        Column::figures("Figure"),
        Column::figures("Numerator"),
        Column::figures("Denominator"),
    ];
    let rows = part.lines.iter().map(|line| {
        let unit = line.measure.unit;
        let (numerator, denominator) = made_of_seen(unit, line.seen);
        Row::new()
            .cell(html! { a.govuk-link href=(address(&line.measure.id, year)) { (line.measure.title) } })
            .cell(value_words(unit, line.seen))
            .cell(numerator)
            .cell(denominator)
    });
    Table::new(part.title.clone(), columns).caption_hidden().dense().rows(rows)
}

/// The groups of a split. A number of children is shown with its share of them all: nobody needs a denominator there.
fn groups_of(line: &NeedsLine, title: &str, groups: &[(String, Public)]) -> Markup {
    let unit = line.measure.unit;
    let counted = groups.iter().filter(|(_, public)| public.denominator != Some(0));
    // Every table has a name of its own: whoever hears the page goes from one to the next by it.
    let caption = format!("{}, by {}", line.measure.title, lower_first(title));
    if unit == MeasureUnit::Count {
        let total = match line.seen {
            Seen::Figures(public) => public.numerator,
            Seen::NotRecorded => None,
        };
        let columns = [Column::new(title), Column::figures("Children"), Column::figures("Share")];
        let rows = counted.map(|(group, public)| {
            let share = public.numerator.zip(total).filter(|(_, total)| *total > 0);
            Row::new()
                .cell(group)
                .cell(public.numerator.map_or_else(|| HIDDEN.to_owned(), |n| n.to_string()))
                .cell(share.map_or_else(
                    || HIDDEN.to_owned(),
                    |(n, total)| format!("{:.1}%", 100.0 * f64::from(n) / f64::from(total)),
                ))
        });
        return html! { (Table::new(caption, columns).dense().rows(rows)) };
    }
    let columns = [
        Column::new(title),
        Column::figures("Figure"),
        Column::figures("Numerator"),
        Column::figures("Denominator"),
    ];
    let rows = counted.map(|(group, public)| {
        let (numerator, denominator) = made_of(unit, *public);
        Row::new()
            .cell(group)
            .cell(value_words(unit, Seen::Figures(*public)))
            .cell(numerator)
            .cell(denominator)
    });
    html! { (Table::new(caption, columns).dense().rows(rows)) }
}

fn said(themes: &Themes) -> Markup {
    let number = |n: Option<u32>| n.map_or_else(|| HIDDEN.to_owned(), |n| n.to_string());
    let rows = themes.rows.iter().map(|(kind, n)| Row::new().cell(kind).cell(number(*n)));
    let columns = [Column::new("What kind of thing"), Column::figures("Children")];
    html! {
        h2.govuk-heading-l { (themes.title) }
        p.govuk-body { (themes.words) }
        @if themes.children == Some(0) {
            p.govuk-body { "Nobody said anything in their own space in this year." }
        } @else {
            p.govuk-body { "Children who said something: " (number(themes.children)) "." }
            div.kf-measures { (Table::new(themes.title.clone(), columns).caption_hidden().fits().dense().rows(rows)) }
        }
    }
}

fn about(page: &NeedsPage) -> Markup {
    let profile = &page.profile;
    html! {
        h2.govuk-heading-l { "How it was made" }
        @for text in &profile.method { p.govuk-body { (text) } }
        h2.govuk-heading-l { "What it cannot say" }
        ul class="govuk-list govuk-list--bullet" { @for text in &profile.limits { li { (text) } } }
        p.govuk-body {
            "On what it rests: "
            @match &profile.head.source.url {
                Some(url) => a.govuk-link href=(url) rel="noreferrer noopener" { (profile.head.source.cite) },
                None => (profile.head.source.cite),
            }
            ". "
            @if let Some(note) = &profile.head.source.note { (note) }
        }
    }
}

fn downloads(page: &NeedsPage) -> Markup {
    let link =
        |ending: &str| format!("/needs.{ending}?year={}&profile={}", page.year.year, page.profile.head.id);
    html! {
        p class="govuk-body kf-screen-only" {
            "Take a copy: "
            a.govuk-link href=(link("pdf")) { "PDF for a needs assessment" }
            ", "
            a.govuk-link href=(link("csv")) { "CSV file" }
            " or "
            a.govuk-link href=(link("xlsx")) { "Excel file (XLSX)" }
            ". For the last two you will be asked for your password; the log keeps what was taken."
        }
    }
}
