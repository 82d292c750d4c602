//! Lines of the log as a table, a file and a filter: shared by who looked at one record and the whole audit.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kinfold_casework::access_log::{LogFilter, LogLine, kinds};
use kinfold_casework::chronology::recorded_words;
use kinfold_exchange::sheet::{Cell, Sheet};
use kinfold_look::card::empty;
use kinfold_look::filter::{Chosen, Filter};
use kinfold_look::form::{Checkboxes, Choice, DateInput, FormState, Legend, Required, Select};
use kinfold_look::nav::Pagination;
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};
use uuid::Uuid;

/// Lines on one page.
pub(super) const PER_PAGE: i64 = 50;

/// The filter in an address.
pub(super) fn read(form: &mut FormState) -> LogFilter {
    LogFilter {
        person: form.value("person").parse().ok(),
        kind: Some(form.value("kind").to_owned()).filter(|kind| kinds(false).any(|(code, _)| code == kind)),
        day: form.read_date("day", "The day", Required::No),
        refused: form.holds("refused", "yes"),
    }
}

/// Which page of the list is asked for.
pub(super) fn page_of(form: &FormState) -> (u32, kinfold_casework::rows::Page) {
    let page: u32 = form.value("page").parse().unwrap_or(1).clamp(1, 100_000);
    (page, kinfold_casework::rows::Page { limit: PER_PAGE, offset: i64::from(page - 1) * PER_PAGE })
}

/// The same filter as a query: to go through pages and to export.
pub(super) fn query(filter: &LogFilter, page: Option<u32>) -> String {
    let mut out = form_urlencoded::Serializer::new(String::new());
    if let Some(person) = filter.person {
        out.append_pair("person", &person.to_string());
    }
    if let Some(kind) = &filter.kind {
        out.append_pair("kind", kind);
    }
    if let Some(day) = filter.day {
        out.append_pair("day-day", &day.day().to_string());
        out.append_pair("day-month", &day.month().to_string());
        out.append_pair("day-year", &day.year().to_string());
    }
    if filter.refused {
        out.append_pair("refused", "yes");
    }
    if let Some(page) = page {
        out.append_pair("page", &page.to_string());
    }
    out.finish()
}

/// The filter panel beside a list.
pub(super) fn panel(
    base: &str,
    about_a_child: bool,
    filter: &LogFilter,
    people: &BTreeMap<String, Uuid>,
    form: &FormState,
) -> Filter {
    let without = |change: fn(&mut LogFilter)| {
        let mut rest = filter.clone();
        change(&mut rest);
        format!("{base}?{}", query(&rest, None))
    };
    let mut chosen = Vec::new();
    let mut on = |category: &str, words: Option<String>, href: String| {
        if let Some(words) = words {
            chosen.push(Chosen { category: category.to_owned(), values: vec![(words, href)] });
        }
    };
    let name_of = |id: Uuid| {
        people.iter().find(|(_, p)| **p == id).map_or_else(|| "One person".to_owned(), |(n, _)| n.clone())
    };
    on("Who", filter.person.map(name_of), without(|f| f.person = None));
    let kind = filter
        .kind
        .as_ref()
        .and_then(|kind| kinds(false).find(|(code, _)| code == kind))
        .map(|(_, words)| words.to_owned());
    on("What", kind, without(|f| f.kind = None));
    on("Day", filter.day.map(date::short), without(|f| f.day = None));
    on("Only", filter.refused.then(|| "what was refused".to_owned()), without(|f| f.refused = false));
    let mut who: Vec<(String, String)> =
        people.iter().map(|(name, id)| (id.to_string(), name.clone())).collect();
    if let Some(person) = filter.person
        && !people.values().any(|id| *id == person)
    {
        who.push((person.to_string(), "The person chosen".to_owned()));
    }
    Filter {
        action: base.to_owned(),
        chosen,
        fields: html! {
            (Select::new("person", "Who", who).empty("Everybody").render(form))
            (Select::new("kind", "What", kinds(about_a_child)).empty("Everything").render(form))
            (DateInput::new("day", Legend::small("Day")).render(form))
            (Checkboxes::new("refused", Legend::small("Outcome"), [Choice::new("yes", "Only what was refused")]).small().render(form))
        },
        keep: Vec::new(),
    }
}

/// The lines, with the pages before and after.
pub(super) fn list(
    base: &str,
    filter: &LogFilter,
    lines: &[LogLine],
    total: i64,
    page: u32,
    with_record: bool,
) -> Markup {
    let pages = u32::try_from((total + PER_PAGE - 1) / PER_PAGE).unwrap_or(1).max(1);
    let mut columns = vec!["When", "Who", "What"];
    if with_record {
        columns.push("Record");
    }
    columns.extend(["Why", "Outcome"]);
    html! {
        p.govuk-body { (total) @if total == 1 { " line" } @else { " lines" } ", newest first." }
        @if lines.is_empty() {
            (empty("Nothing to show", "No line of the log fits. Change the filter, or take it off.", None))
        } @else {
            (Table::new("Who did what", columns.into_iter().map(Column::new)).caption_hidden().dense().no_row_names()
                .rows(lines.iter().map(|line| row(line, with_record))))
        }
        (Pagination { page, pages, what: "the log".to_owned() }.render(|n| format!("{base}?{}", query(filter, Some(n)))))
    }
}

fn row(line: &LogLine, with_record: bool) -> Row {
    let mut row = Row::new()
        .cell(html! { (date::long_with_time(recorded_words(line.at))) })
        .cell(html! { (line.who) })
        .cell(html! { (line.deed) @if line.export { " " strong class="govuk-tag govuk-tag--purple" { "Export" } } });
    if with_record {
        row = row.cell(html! {
            @match &line.child {
                Some((id, reference)) => a.govuk-link href=(format!("/children/{id}/access")) { (reference) },
                None => span.govuk-hint { "None" },
            }
        });
    }
    row.cell(html! { (line.why) })
        .cell(html! { @if line.allowed { "Allowed" } @else { strong { "Refused" } } })
}

/// The lines as a table to export. It says who and when, never what an entry says.
pub(super) fn sheet(lines: &[LogLine]) -> Sheet {
    let columns = ["Line", "When (England)", "Who", "What", "Record", "Why", "Outcome", "Export"];
    Sheet {
        name: "Log".to_owned(),
        columns: columns.map(str::to_owned).to_vec(),
        rows: lines
            .iter()
            .map(|line| {
                vec![
                    Cell::Number(line.place),
                    recorded_words(line.at).strftime("%Y-%m-%d %H:%M:%S").to_string().into(),
                    line.who.as_str().into(),
                    line.deed.as_str().into(),
                    line.child.as_ref().map(|(_, reference)| reference.as_str()).into(),
                    line.why.as_str().into(),
                    if line.allowed { "allowed" } else { "refused" }.into(),
                    if line.export { "yes" } else { "" }.into(),
                ]
            })
            .collect(),
    }
}

/// The day of a filter, as words for a heading.
pub(super) fn day_words(day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| format!(" on {}", date::long(day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_survives_its_own_address() {
        let filter = LogFilter {
            person: Some(Uuid::from_u128(7)),
            kind: Some("view_child".to_owned()),
            day: Some(jiff::civil::date(2026, 3, 9)),
            refused: true,
        };
        let mut form = crate::visit::query(&query(&filter, Some(2)));
        assert_eq!(page_of(&form).0, 2);
        assert_eq!(read(&mut form), filter);
        assert_eq!(read(&mut FormState::new()), LogFilter::default());
    }

    #[test]
    fn an_unknown_kind_filters_nothing() {
        assert_eq!(read(&mut crate::visit::query("kind=%27%3B+DROP")).kind, None);
    }
}
