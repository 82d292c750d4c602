//! The needs profile as files: tables for those who count, and a PDF that can be put into a needs assessment.

use axum::response::Response;
use kinfold_casework::Action;
use kinfold_casework::measures::Seen;
use kinfold_casework::needs::{NeedsLine, NeedsPage};
use kinfold_look::date;
use kinfold_paper::{Block, Paper};

use super::needs::profile_asked;
use super::{HIDDEN, lower_first, made_of, made_of_seen, value_words, year_asked, year_words};
use crate::board::export::{Format, file};
use crate::on_paper::{paper_of, pdf_file};
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ViewMeasures);
    vec![get("/needs.csv", whom, csv), get("/needs.xlsx", whom, xlsx), get("/needs.pdf", whom, on_paper)]
}

async fn csv(visit: Visit) -> Reply {
    sheet(visit, Format::Csv).await
}

async fn xlsx(visit: Visit) -> Reply {
    sheet(visit, Format::Xlsx).await
}

async fn sheet(visit: Visit, format: Format) -> Reply {
    let (id, year) = (profile_asked(&visit), year_asked(&visit));
    let table = visit.casework().export_needs(&visit.actor, id, year, format.extension()).await?;
    file(table, "needs-profile", format)
}

async fn on_paper(visit: Visit) -> Reply<Response> {
    let page = visit.casework().needs(&visit.actor, profile_asked(&visit), year_asked(&visit)).await?;
    let authority = visit.casework().settings().authority.clone();
    pdf_file(&paper(&page, authority), "needs-profile")
}

fn paper(page: &NeedsPage, from: String) -> Paper {
    paper_of(page.profile.head.title.to_string(), from, page.made, blocks(page))
}

/// The profile as a part of a paper.
pub(crate) fn blocks(page: &NeedsPage) -> Vec<Block> {
    let head = &page.profile.head;
    let mut blocks = vec![
        Block::Strong(format!("{}. Made on {}.", year_words(page.year), date::long(page.made))),
        Block::Text(head.why.clone()),
    ];
    for part in &page.parts {
        blocks.push(Block::Heading(2, part.title.clone()));
        blocks.push(Block::Text(part.words.clone()));
        blocks.push(table(
            &part.title,
            &["Measure", "Figure", "Numerator", "Denominator"],
            part.lines.iter().map(|line| {
                let (numerator, denominator) = made_of_seen(line.measure.unit, line.seen);
                let value = value_words(line.measure.unit, line.seen);
                vec![line.measure.title.to_string(), value, numerator, denominator]
            }),
        ));
        part.lines.iter().for_each(|line| blocks.extend(splits(line)));
    }
    if let Some(themes) = &page.themes {
        let number = |n: Option<u32>| n.map_or_else(|| HIDDEN.to_owned(), |n| n.to_string());
        blocks.push(Block::Heading(2, themes.title.clone()));
        blocks.push(Block::Text(themes.words.clone()));
        blocks.push(Block::Text(format!("Children who said something: {}.", number(themes.children))));
        let rows = themes.rows.iter().map(|(kind, n)| vec![kind.clone(), number(*n)]);
        blocks.push(table(&themes.title, &["What kind of thing", "Children"], rows));
    }
    blocks.push(Block::Heading(2, "How it was made".to_owned()));
    blocks.extend(page.profile.method.iter().cloned().map(Block::Text));
    blocks.push(Block::Heading(2, "What it cannot say".to_owned()));
    blocks.push(Block::List(page.profile.limits.clone()));
    blocks.push(Block::Text(format!("On what it rests: {}.", head.source.cite)));
    blocks
}

fn splits(line: &NeedsLine) -> Vec<Block> {
    let unit = line.measure.unit;
    let one = |(title, groups): &kinfold_casework::measures::SplitTable| {
        let rows =
            groups.iter().filter(|(_, public)| public.denominator != Some(0)).map(|(group, public)| {
                let (numerator, denominator) = made_of(unit, *public);
                vec![group.clone(), value_words(unit, Seen::Figures(*public)), numerator, denominator]
            });
        let caption = format!("{}, by {}", line.measure.title, lower_first(title));
        table(&caption, &[title, "Figure", "Numerator", "Denominator"], rows)
    };
    line.splits.iter().map(one).collect()
}

fn table(caption: &str, heads: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Block {
    let heads = heads.iter().map(|head| (*head).to_owned()).collect();
    Block::Table { caption: caption.to_owned(), heads, rows: rows.collect() }
}
