//! A paper that was made, drawn: as a page and as a PDF from the same sections, so that the two cannot differ.

use jiff::civil::Date;
use kinfold_casework::authority::frozen::{ActionLine, Figure, PaperBlock, PaperSection, Quote};
use kinfold_guidance::framework::Voice;
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};
use kinfold_paper::Block;

use super::days_late;

/// What "not shown" means.
pub(super) const NOT_SHOWN_WORDS: &str =
    "“Not shown” stands where so few children are behind a figure that one could be known.";

/// Where the parts of a paper lead, for whoever reads it.
#[derive(Debug, Clone, Default)]
pub(super) struct Links {
    /// To the page of each measure and plan.
    pub inside: bool,
    /// Where uploaded documents are: "/panel/…/files".
    pub files: Option<String>,
}

/// Paragraphs and lists as they were typed: a line that starts with "- " is a point of a list.
pub(super) fn prose(text: &str) -> Markup {
    let parts = parts(text);
    html! {
        @for part in &parts {
            @match part {
                Part::Words(words) => p.govuk-body { (words) },
                Part::Points(points) => ul class="govuk-list govuk-list--bullet" { @for point in points { li { (point) } } },
            }
        }
    }
}

enum Part {
    Words(String),
    Points(Vec<String>),
}

fn parts(text: &str) -> Vec<Part> {
    let mut out = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match (line.strip_prefix("- "), out.last_mut()) {
            (Some(point), Some(Part::Points(points))) => points.push(point.to_owned()),
            (Some(point), _) => out.push(Part::Points(vec![point.to_owned()])),
            (None, _) => out.push(Part::Words(line.to_owned())),
        }
    }
    out
}

/// A day without its weekday.
pub(super) fn plain_day(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// The sections of a paper.
pub(super) fn sections(sections: &[PaperSection], links: &Links) -> Markup {
    html! {
        @for section in sections {
            section {
                h2.govuk-heading-m { (section.heading) }
                @for block in &section.blocks { (block_drawn(block, &section.heading, links)) }
            }
        }
    }
}

fn block_drawn(block: &PaperBlock, heading: &str, links: &Links) -> Markup {
    match block {
        PaperBlock::Text { text } => html! { div.kf-read { (prose(text)) } },
        PaperBlock::Figures { figures } => figures_drawn(figures, heading, links.inside),
        PaperBlock::Actions { actions } => actions_drawn(actions, heading, links.inside),
        PaperBlock::Quotes { quotes } => html! { div.kf-read { (quotes_drawn(quotes)) } },
        PaperBlock::Link { title, address } => html! {
            p.govuk-body { @if links.inside { a.govuk-link href=(address) { (title) } } @else { (title) } }
        },
        PaperBlock::File { file, title, kind, size } => html! {
            p.govuk-body {
                @match &links.files {
                    Some(base) => { a.govuk-link href=(format!("{base}/{file}")) { (title) " (" (file_words(kind, *size)) ")" } }
                    None => { (title) }
                }
            }
        },
    }
}

/// What kind of document and how large, in words.
pub(super) fn file_words(kind: &str, size: i64) -> String {
    let what = match kind {
        "application/pdf" => "PDF",
        kind if kind.contains("spreadsheet") => "Excel file",
        kind if kind.contains("opendocument") => "ODT document",
        _ => "Word document",
    };
    match size {
        0..1_000_000 => format!("{what}, {} kB", size.max(1000) / 1000),
        _ => format!("{what}, {:.1} MB", size as f64 / 1_000_000.0),
    }
}

/// What people said.
pub(super) fn quotes_drawn(quotes: &[Quote]) -> Markup {
    html! {
        @for quote in quotes {
            blockquote class="govuk-inset-text" { p.govuk-body { "“" (quote.words) "”" } p.govuk-hint { (whose(&quote.of)) } }
        }
    }
}

/// Whose words, in general.
pub(super) fn whose(of: &str) -> &'static str {
    Voice::ALL.into_iter().find(|voice| voice.as_str() == of).map_or("Somebody", Voice::title)
}

fn before(figure: &Figure) -> String {
    match &figure.before {
        Some((words, to)) => format!("{words} (to {})", date::short(*to)),
        None => "–".to_owned(),
    }
}

fn figure_words(figure: &Figure) -> String {
    match figure.made_of.is_empty() {
        true => figure.figure.clone(),
        false => format!("{} ({})", figure.figure, figure.made_of),
    }
}

/// Figures as they were on their day.
pub(super) fn figures_drawn(figures: &[Figure], heading: &str, inside: bool) -> Markup {
    let Some(first) = figures.first() else { return html! {} };
    let columns = [
        Column::new("Measure"),
        Column::figures("Figure"),
        Column::figures("Target"),
        Column::figures("Before"),
        Column::new("Since then"),
    ];
    let rows = figures.iter().map(|figure| {
        let address = format!("/measures/{}?year={}", figure.measure, figure.year);
        Row::new()
            .cell(html! { @if inside { a.govuk-link href=(address) { (figure.title) } } @else { (figure.title) } })
            .cell(figure_words(figure))
            .cell(figure.target.clone().unwrap_or_else(|| "–".to_owned()))
            .cell(before(figure))
            .cell(figure.moved.words())
    });
    html! {
        (Table::new(format!("{heading}, to {}", plain_day(first.to)), columns).dense().rows(rows))
    }
}

/// Recommendations as they stood.
fn actions_drawn(actions: &[ActionLine], heading: &str, inside: bool) -> Markup {
    let columns = [
        Column::new("No"),
        Column::new("What is to be done"),
        Column::new("Who leads"),
        Column::new("By when"),
        Column::new("How it stood"),
    ];
    let rows = actions.iter().map(|action| {
        let address = format!("/plans/{}/{}", action.plan, action.recommendation);
        let row = Row::new()
            .cell(html! { @if inside { a.govuk-link href=(address) { (action.number) } } @else { (action.number) } })
            .cell(html! { (action.text.lines().next().unwrap_or_default()) br; span.govuk-hint { (action.title) } })
            .cell(action.lead.clone().unwrap_or_else(|| "nobody yet".to_owned()))
            .cell(action.target.clone().unwrap_or_else(|| "–".to_owned()))
            .cell(stood(action));
        if action.days_late.is_some() { row.late() } else { row }
    });
    html! { (Table::new(format!("{heading}: actions"), columns).caption_hidden().dense().rows(rows)) }
}

fn stood(action: &ActionLine) -> String {
    match action.days_late {
        Some(days) => format!("! {}, {}", action.status.title(), days_late(days)),
        None => action.status.title().to_owned(),
    }
}

/// The same sections for a PDF.
pub(super) fn blocks(sections: &[PaperSection]) -> Vec<Block> {
    let mut out = Vec::new();
    for section in sections {
        out.push(Block::Heading(2, section.heading.clone()));
        for block in &section.blocks {
            match block {
                PaperBlock::Text { text } => out.extend(text_blocks(text)),
                PaperBlock::Figures { figures } => out.extend(figure_table(figures)),
                PaperBlock::Actions { actions } => out.push(action_table(actions)),
                PaperBlock::Quotes { quotes } => out.push(Block::List(
                    quotes.iter().map(|q| format!("“{}” – {}", q.words, whose(&q.of))).collect(),
                )),
                PaperBlock::Link { title, .. } => out.push(Block::Text(title.clone())),
                PaperBlock::File { title, kind, size, .. } => {
                    let words = format!("{title} ({}), beside this pack", file_words(kind, *size));
                    out.push(Block::Text(words));
                }
            }
        }
    }
    out
}

/// Paragraphs and lists for a PDF.
pub(super) fn text_blocks(text: &str) -> Vec<Block> {
    let block = |part| match part {
        Part::Words(words) => Block::Text(words),
        Part::Points(points) => Block::List(points),
    };
    parts(text).into_iter().map(block).collect()
}

fn figure_table(figures: &[Figure]) -> Option<Block> {
    let first = figures.first()?;
    let rows = figures.iter().map(|figure| {
        vec![
            figure.title.clone(),
            figure_words(figure),
            figure.target.clone().unwrap_or_else(|| "–".to_owned()),
            before(figure),
            figure.moved.plain().to_owned(),
        ]
    });
    Some(Block::Table {
        caption: format!("Figures to {}", plain_day(first.to)),
        heads: ["Measure", "Figure", "Target", "Before", "Since then"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    })
}

fn action_table(actions: &[ActionLine]) -> Block {
    let rows = actions.iter().map(|action| {
        vec![
            action.number.clone(),
            format!("{}\n{}", action.text.lines().next().unwrap_or_default(), action.title),
            action.lead.clone().unwrap_or_else(|| "nobody yet".to_owned()),
            action.target.clone().unwrap_or_else(|| "–".to_owned()),
            stood(action),
        ]
    });
    Block::Table {
        caption: "Actions".to_owned(),
        heads: ["No", "What is to be done", "Who leads", "By when", "How it stood"]
            .map(str::to_owned)
            .to_vec(),
        rows: rows.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_start_with_a_dash_are_one_list() {
        let out = prose("One.\n- a\n- b\n\nTwo. <b>").into_string();
        assert_eq!(out.matches("<ul").count(), 1);
        assert_eq!(out.matches("<li>").count(), 2);
        assert!(out.contains("Two. &lt;b&gt;"), "{out}");
        assert_eq!(text_blocks("One.\n- a\n- b").len(), 2);
    }

    #[test]
    fn the_size_of_a_document_is_in_words() {
        assert_eq!(file_words("application/pdf", 12), "PDF, 1 kB");
        assert_eq!(file_words("application/pdf", 2_500_000), "PDF, 2.5 MB");
    }
}
