//! Answers in words, as the pages draw them.

use kinfold_forms::rich::Part;
use kinfold_forms::words::Shown;
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, html};

/// An answer. `file` gives the address of a file by its id.
pub(crate) fn answer(shown: &Shown, file: &dyn Fn(&str) -> Option<String>) -> Markup {
    match shown {
        Shown::Nothing => html! { span.kf-unknown { "Not answered" } },
        Shown::Line(line) => html! { (line) },
        Shown::Rich(parts) => rich(parts),
        Shown::ChildWords(parts) => html! { blockquote.kf-child-words { (rich(parts)) } },
        Shown::List(list) => {
            html! { @for (at, line) in list.iter().enumerate() { @if at > 0 { br; } (line) } }
        }
        Shown::Table { heads, rows } => table(heads, rows),
        Shown::Files(files) => html! {
            ul.govuk-list { @for one in files { li {
                @match file(&one.id) {
                    Some(href) => { a.govuk-link href=(href) { (one.name) } }
                    None => (one.name)
                }
            } } }
        },
        Shown::Items(items) => html! {
            ul.govuk-list { @for one in items { li {
                (one.item) @if let Some(words) = &one.words { ". " (words) } ": "
                @if one.answer.is_empty() { span.kf-unknown { "not answered" } } @else { (one.answer) }
            } } }
        },
        Shown::NotGiven { reason, text } => html! {
            "No answer: " (reason) @if !text.is_empty() { ". " (text) }
        },
    }
}

fn rich(parts: &[Part]) -> Markup {
    html! {
        @for part in parts {
            @match part {
                Part::Paragraph(text) => p.govuk-body { @for (at, line) in text.lines().enumerate() { @if at > 0 { br; } (line) } },
                Part::List(items) => ul class="govuk-list govuk-list--bullet" { @for item in items { li { (item) } } },
            }
        }
    }
}

fn table(heads: &[String], rows: &[Vec<String>]) -> Markup {
    if rows.is_empty() {
        return html! { span.kf-unknown { "Nothing listed" } };
    }
    let line = |row: &Vec<String>| {
        row.iter().fold(Row::new(), |line, cell| {
            line.cell(html! { @if cell.is_empty() { "–" } @else { @for (at, text) in cell.lines().enumerate() { @if at > 0 { br; } (text) } } })
        })
    };
    html! {
        (Table::new(heads.first().map_or("Rows", String::as_str), heads.iter().map(Column::new)).caption_hidden().dense().rows(rows.iter().map(line)))
    }
}

/// An answer as plain text, to be compared with another.
pub(super) fn plain(shown: &Shown) -> String {
    let parts = |parts: &[Part]| {
        let one = |part: &Part| match part {
            Part::Paragraph(text) => text.clone(),
            Part::List(items) => items.iter().map(|i| format!("- {i}")).collect::<Vec<_>>().join("\n"),
        };
        parts.iter().map(one).collect::<Vec<_>>().join("\n\n")
    };
    match shown {
        Shown::Nothing => "Not answered".to_owned(),
        Shown::Line(line) => line.clone(),
        Shown::Rich(text) | Shown::ChildWords(text) => parts(text),
        Shown::List(list) => list.join("\n"),
        Shown::Table { rows, .. } => rows.iter().map(|row| row.join("; ")).collect::<Vec<_>>().join("\n"),
        Shown::Files(files) => files.iter().map(|f| f.name.clone()).collect::<Vec<_>>().join("\n"),
        Shown::Items(items) => {
            items.iter().map(|i| format!("{}: {}", i.item, i.answer)).collect::<Vec<_>>().join("\n")
        }
        Shown::NotGiven { reason, text } => format!("No answer: {reason} {text}").trim().to_owned(),
    }
}
