//! The lists of an inspection and its pack as files. The password is asked for again, and the log says what was taken.

use std::io::{Cursor, Write as _};

use axum::http::header;
use axum::response::{IntoResponse, Response};
use kinfold_casework::authority::inspection::{InspectionPack, RESTRICTED};
use kinfold_casework::board::Exported;
use kinfold_casework::{Action, Error};
use kinfold_exchange::sheet::{Sheet, to_book};
use kinfold_guidance::inspection::NotHeld;
use kinfold_look::{Markup, PreEscaped, html};
use kinfold_paper::{Block, Paper, pdf};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::frozen::plain_day;
use crate::assets::paper_fonts;
use crate::board::export::sheet_of;
use crate::measures::{made_of_seen, needs_out, value_words, year_words};
use crate::on_paper::paper_of;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::PrepareInspection);
    vec![get("/inspection/lists.xlsx", whom, lists), get("/inspection/pack.zip", whom, pack)]
}

fn book(tables: Vec<Exported>) -> Reply<Vec<u8>> {
    let sheets: Vec<Sheet> = tables.into_iter().map(sheet_of).collect();
    Ok(to_book(&sheets).map_err(|e| Error::Internal(e.to_string()))?)
}

fn taken(bytes: Vec<u8>, kind: &'static str, name: &str) -> Response {
    let named = format!("attachment; filename=\"kinfold-{name}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, named)], bytes).into_response()
}

async fn lists(visit: Visit) -> Reply {
    let tables = visit.casework().export_inspection(&visit.actor).await?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(taken(book(tables)?, kind, "inspection-lists.xlsx"))
}

async fn pack(visit: Visit) -> Reply {
    let pack = visit.casework().inspection_pack(&visit.actor).await?;
    let settings = visit.casework().settings().clone();
    let links = index(&pack, &settings.authority, &settings.address).into_string().into_bytes();
    let paper = paper(&pack, settings.authority.clone(), &settings.address);
    let fonts = paper_fonts().ok_or_else(|| Error::Internal("there are no fonts".to_owned()))?;
    let paper = pdf(&paper, fonts).map_err(|error| Error::Internal(error.to_string()))?;
    let files = [("index.html", links), ("pack.pdf", paper), ("lists.xlsx", book(pack.page.tables())?)];
    let packed = packed(&files).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(taken(packed, "application/zip", "inspection-pack.zip"))
}

/// The files in a zip. No times are written into it, so that the same files give the same zip.
fn packed(files: &[(&str, Vec<u8>)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The figures and lists as a page of links, for whoever opens the pack beside the running program.
fn index(pack: &InspectionPack, authority: &str, address: &str) -> Markup {
    let title = "Evidence for an inspection";
    html! {
        (PreEscaped("<!DOCTYPE html>"))
        html lang="en-GB" {
            head { meta charset="utf-8"; meta name="viewport" content="width=device-width"; title { (title) } }
            body {
                main {
                    h1 { (title) }
                    p { (authority) ", " (plain_day(pack.page.made)) ". Each link opens for those who may read what it shows." }
                    h2 { "Lists" }
                    ul { @for made in &pack.page.lists {
                        li { a href=(format!("{address}/inspection/lists/{}", made.list.id)) { (made.list.title) } ": " (made.rows.len()) " rows" }
                    } }
                    h2 { "Figures" }
                    p { (year_words(pack.year)) }
                    ul { @for line in &pack.measures {
                        li {
                            a href=(format!("{address}/measures/{}?year={}#children", line.measure.id, pack.year.year)) { (line.measure.title) }
                            ": " (value_words(line.measure.unit, line.seen))
                        }
                    } }
                    h2 { "Self-assessments, action plans and the panel" }
                    ul {
                        @for line in &pack.audits { li { a href=(format!("{address}/audits/{}", line.audit.id)) { (line.audit.title) } } }
                        @for line in &pack.plans { li { a href=(format!("{address}/plans/{}", line.plan.id)) { (line.plan.title) } } }
                        @for line in &pack.panel.meetings { li { a href=(format!("{address}/panel/{}/minutes", line.meeting.id)) { "Meeting of the panel on " (plain_day(line.meeting.on)) } } }
                    }
                    p { a href=(format!("{address}/needs")) { "Needs profile" } }
                    p { (RESTRICTED) }
                }
            }
        }
    }
}

fn heading(words: &str) -> Block {
    Block::Heading(2, words.to_owned())
}

fn table(caption: &str, heads: &[&str], rows: Vec<Vec<String>>) -> Block {
    let heads = heads.iter().map(|head| (*head).to_owned()).collect();
    Block::Table { caption: caption.to_owned(), heads, rows }
}

/// The paper of the pack. Behind every figure stands the address where the children behind it are listed.
fn paper(pack: &InspectionPack, from: String, address: &str) -> Paper {
    let page = &pack.page;
    let mut blocks = vec![
        Block::Strong(format!("{}. Made on {}.", page.asked.title, plain_day(page.made))),
        Block::Text(
            "Figures are shown as the measures page shows them to whoever made this pack: small numbers may stand in it, so that it is not for publication. Behind each figure stands where the children behind it are listed, for those who may read it; index.html beside this paper has the same as links.".to_owned(),
        ),
        Block::Text(format!("What stands under “Where” begins with {address}")),
    ];
    blocks.extend(lists_part(pack));
    blocks.push(heading("Figures"));
    blocks.push(Block::Text(format!("{}.", year_words(pack.year))));
    blocks.push(figures(pack));
    blocks.extend(papers_part(pack));
    blocks.push(heading("Needs profile"));
    blocks.push(Block::Strong(pack.needs.title.clone()));
    // A part of this paper, so that its own headings stand a step lower.
    blocks.extend(needs_out::blocks(&pack.needs).into_iter().map(|block| match block {
        Block::Heading(_, words) => Block::Heading(3, words),
        block => block,
    }));
    paper_of("Evidence for an inspection".to_owned(), from, page.made, blocks)
}

fn lists_part(pack: &InspectionPack) -> Vec<Block> {
    let page = &pack.page;
    let number = |number: &Option<String>| number.clone().unwrap_or_else(|| "–".to_owned());
    let made = page.lists.iter().map(|made| {
        let at = format!("/inspection/lists/{}", made.list.id);
        vec![number(&made.list.number), made.list.title.clone(), made.rows.len().to_string(), at]
    });
    let not =
        page.asked.elsewhere.iter().map(|of| vec![number(&of.number), of.title.clone(), of.why.clone()]);
    let lacks = page.lists.iter().flat_map(|made| {
        let of = move |of: &NotHeld| vec![number(&made.list.number), of.title.clone(), of.why.clone()];
        made.list.lacks.iter().map(of)
    });
    vec![
        heading("Lists"),
        Block::Text("The lists themselves are in lists.xlsx beside this paper.".to_owned()),
        table("Lists made from the record", &["List", "Title", "Rows", "Where"], made.collect()),
        table("Lists that are not kept here", &["List", "Title", "Where it is"], not.collect()),
        table("Columns that are asked for and not here", &["List", "Column", "Why"], lacks.collect()),
        Block::Text(RESTRICTED.to_owned()),
    ]
}

fn figures(pack: &InspectionPack) -> Block {
    let rows = pack.measures.iter().map(|line| {
        let unit = line.measure.unit;
        let (numerator, denominator) = made_of_seen(unit, line.seen);
        vec![
            line.measure.title.to_string(),
            value_words(unit, line.seen),
            format!("{numerator} of {denominator}"),
            line.target.clone().unwrap_or_else(|| "–".to_owned()),
            format!("/measures/{}?year={}", line.measure.id, pack.year.year),
        ]
    });
    table("Figures", &["Measure", "Figure", "Made of", "Target", "Where"], rows.collect())
}

fn papers_part(pack: &InspectionPack) -> Vec<Block> {
    let none = |words: &str| Block::Text(words.to_owned());
    let mut out = vec![heading("Self-assessments")];
    let audits = pack.audits.iter().map(|line| {
        let audit = &line.audit;
        vec![
            format!("{} ({})", audit.title, line.framework),
            format!("{} to {}", plain_day(audit.from), plain_day(audit.to)),
            format!("{} of {} judged, {} seen differently", line.judged, line.questions, line.disagreed),
            format!("/audits/{}", audit.id),
        ]
    });
    let audits: Vec<_> = audits.collect();
    out.push(match audits.is_empty() {
        true => none("None was begun."),
        false => table("Self-assessments", &["Title", "Period", "How far it has got", "Where"], audits),
    });
    out.push(heading("Action plans"));
    let plans = pack.plans.iter().map(|line| {
        let plan = &line.plan;
        let over = plan.recommendations.iter().filter(|of| !of.status().is_open()).count();
        let reported = plan.reports.last().map_or_else(|| "none".to_owned(), |report| plain_day(report.on));
        vec![
            plan.title.clone(),
            format!("{over} of {} finished, {} late", plan.recommendations.len(), line.late),
            format!("Last report: {reported}"),
            format!("/plans/{}", plan.id),
        ]
    });
    let plans: Vec<_> = plans.collect();
    out.push(match plans.is_empty() {
        true => none("There is none."),
        false => table("Action plans", &["Title", "Recommendations", "Report", "Where"], plans),
    });
    out.push(heading("The corporate parenting panel"));
    let meetings = pack.panel.meetings.iter().map(|line| {
        let meeting = &line.meeting;
        let state = match (&meeting.cancelled, &meeting.agreed) {
            (Some(_), _) => "Not held".to_owned(),
            (None, Some((on, _))) => format!("Minutes agreed on {}", plain_day(*on)),
            (None, None) if meeting.on > pack.panel.today => "To come".to_owned(),
            (None, None) => "Minutes not agreed yet".to_owned(),
        };
        vec![plain_day(meeting.on), state, format!("/panel/{}/minutes", meeting.id)]
    });
    let meetings: Vec<_> = meetings.collect();
    out.push(match meetings.is_empty() {
        true => none("It has not met."),
        false => table("Meetings", &["Day", "Minutes", "Where"], meetings),
    });
    out
}
