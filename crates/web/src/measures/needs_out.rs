//! The needs profile as files: tables for those who count, and a PDF that can be put into a needs assessment.

use axum::response::Response;
use kinfold_casework::Action;
use kinfold_casework::measures::Seen;
use kinfold_casework::needs::{NeedsLine, NeedsSplit, NeedsTold};
use kinfold_look::date;
use kinfold_paper::{Block, Paper};

use super::needs::profile_asked;
use super::needs_drawn::year_told;
use super::{HIDDEN, lower_first, made_of, made_of_seen, value_words, year_asked};
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
    pdf_file(&paper(&page.told, authority), "needs-profile")
}

fn paper(told: &NeedsTold, from: String) -> Paper {
    paper_of(told.title.clone(), from, told.made, blocks(told))
}

/// The profile as a part of a paper.
pub(crate) fn blocks(told: &NeedsTold) -> Vec<Block> {
    let mut blocks = vec![
        Block::Strong(format!("{}. Made on {}.", year_told(told), date::long(told.made))),
        Block::Text(told.why.clone()),
    ];
    for part in &told.parts {
        blocks.push(Block::Heading(2, part.title.clone()));
        blocks.push(Block::Text(part.words.clone()));
        blocks.push(table(
            &part.title,
            &["Measure", "Figure", "Numerator", "Denominator"],
            part.lines.iter().map(|line| {
                let (numerator, denominator) = made_of_seen(line.unit, line.seen());
                vec![line.title.clone(), value_words(line.unit, line.seen()), numerator, denominator]
            }),
        ));
        part.lines.iter().for_each(|line| blocks.extend(splits(line)));
    }
    if let Some(themes) = &told.themes {
        let number = |n: Option<u32>| n.map_or_else(|| HIDDEN.to_owned(), |n| n.to_string());
        blocks.push(Block::Heading(2, themes.title.clone()));
        blocks.push(Block::Text(themes.words.clone()));
        blocks.push(Block::Text(format!("Children who said something: {}.", number(themes.children))));
        let rows = themes.rows.iter().map(|(kind, n)| vec![kind.clone(), number(*n)]);
        blocks.push(table(&themes.title, &["What kind of thing", "Children"], rows));
    }
    blocks.push(Block::Heading(2, "How it was made".to_owned()));
    blocks.extend(told.method.iter().cloned().map(Block::Text));
    blocks.push(Block::Heading(2, "What it cannot say".to_owned()));
    blocks.push(Block::List(told.limits.clone()));
    blocks.push(Block::Text(format!("On what it rests: {}.", told.cite)));
    blocks
}

fn splits(line: &NeedsLine) -> Vec<Block> {
    let unit = line.unit;
    let one = |split: &NeedsSplit| {
        let counted = split.groups.iter().filter(|(_, public)| public.denominator != Some(0));
        let rows = counted.map(|(group, public)| {
            let (numerator, denominator) = made_of(unit, *public);
            vec![group.clone(), value_words(unit, Seen::Figures(*public)), numerator, denominator]
        });
        let caption = format!("{}, by {}", line.title, lower_first(&split.title));
        table(&caption, &[&split.title, "Figure", "Numerator", "Denominator"], rows)
    };
    line.splits.iter().map(one).collect()
}

fn table(caption: &str, heads: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Block {
    let heads = heads.iter().map(|head| (*head).to_owned()).collect();
    Block::Table { caption: caption.to_owned(), heads, rows: rows.collect() }
}
