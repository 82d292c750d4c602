//! A needs profile drawn, live or as it was published: from the same figures, so that the two cannot differ.

use kinfold_casework::measures::{Public, Seen};
use kinfold_casework::needs::{NeedsLine, NeedsPart, NeedsSplit, NeedsTold, Themes};
use kinfold_guidance::measure::MeasureUnit;
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};

use super::{HIDDEN, day_words, lower_first, made_of, made_of_seen, value_words};

/// The profile without its title: its sections, what children said, how it was made and what it cannot say. Figures lead
/// to their measures for whoever may see those (`inside`).
pub(crate) fn profile_drawn(told: &NeedsTold, inside: bool) -> Markup {
    html! {
        p.govuk-body { (year_told(told)) ". Made on " (date::long(told.made)) "." }
        @for part in &told.parts { (section(part, told.year, inside)) }
        @if let Some(themes) = &told.themes { (said(themes)) }
        (about(told))
    }
}

/// The year counted, in words that stay true.
pub(super) fn year_told(told: &NeedsTold) -> String {
    let days = day_words(told.to);
    if told.running { format!("12 months to {days}") } else { format!("Year to {days}") }
}

fn section(part: &NeedsPart, year: i16, inside: bool) -> Markup {
    // Figures that are not split stand together; each that is has its tables under it.
    html! {
        h2.govuk-heading-m { (part.title) }
        p.govuk-body { (part.words) }
        div.kf-measures { (totals(part, year, inside)) }
        @for line in &part.lines {
            @let (shown, hidden) = line.splits.iter().partition::<Vec<&NeedsSplit>, _>(|split| tells(&split.groups));
            @if !shown.is_empty() {
                div.kf-splits { @for split in shown { (groups_of(line, &split.title, &split.groups)) } }
            }
            @if !hidden.is_empty() {
                p.govuk-hint {
                    (line.title) ": not shown by "
                    (hidden.iter().map(|split| lower_first(&split.title)).collect::<Vec<_>>().join(", "))
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

fn totals(part: &NeedsPart, year: i16, inside: bool) -> Table {
    let columns = [
        Column::new("Measure"),
        Column::figures("Figure"),
        Column::figures("Numerator"),
        Column::figures("Denominator"),
    ];
    let rows = part.lines.iter().map(|line| {
        let (unit, seen) = (line.unit, line.seen());
        let (numerator, denominator) = made_of_seen(unit, seen);
        let address = format!("/measures/{}?year={year}", line.measure);
        Row::new()
            .cell(
                html! { @if inside { a.govuk-link href=(address) { (line.title) } } @else { (line.title) } },
            )
            .cell(value_words(unit, seen))
            .cell(numerator)
            .cell(denominator)
    });
    Table::new(part.title.clone(), columns).caption_hidden().dense().rows(rows)
}

/// The groups of a split. A number of children is shown with its share of them all: nobody needs a denominator there.
fn groups_of(line: &NeedsLine, title: &str, groups: &[(String, Public)]) -> Markup {
    let unit = line.unit;
    let counted = groups.iter().filter(|(_, public)| public.denominator != Some(0));
    // Every table has a name of its own: whoever hears the page goes from one to the next by it.
    let caption = format!("{}, by {}", line.title, lower_first(title));
    if unit == MeasureUnit::Count {
        let total = line.figure.and_then(|public| public.numerator);
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
        h2.govuk-heading-m { (themes.title) }
        p.govuk-body { (themes.words) }
        @if themes.children == Some(0) {
            p.govuk-body { "Nobody said anything in their own space in this year." }
        } @else {
            p.govuk-body { "Children who said something: " (number(themes.children)) "." }
            div.kf-measures { (Table::new(themes.title.clone(), columns).caption_hidden().fits().dense().rows(rows)) }
        }
    }
}

fn about(told: &NeedsTold) -> Markup {
    html! {
        h2.govuk-heading-m { "How it was made" }
        @for text in &told.method { p.govuk-body { (text) } }
        h2.govuk-heading-m { "What it cannot say" }
        ul class="govuk-list govuk-list--bullet" { @for text in &told.limits { li { (text) } } }
        p.govuk-body {
            "On what it rests: "
            @match &told.url {
                Some(url) => a.govuk-link href=(url) rel="noreferrer noopener" { (told.cite) },
                None => (told.cite),
            }
            ". "
            @if let Some(note) = &told.note { (note) }
        }
    }
}
