//! What a round came to, as files: CSV and XLSX for those who count, and a report that everybody can read.

use axum::extract::Path;
use axum::response::Response;
use kinfold_casework::surveys::{Counted, Outcome, Results, RoundPage};
use kinfold_casework::{Action, Error};
use kinfold_look::date;
use kinfold_paper::{Block, Paper};
use uuid::Uuid;

use super::share;
use crate::board::export::{Format, file};
use crate::on_paper::{paper_of, pdf_file};
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ViewSurveys);
    vec![
        get("/surveys/{round}/results.pdf", whom, report),
        get("/surveys/{round}/results.csv", whom, csv),
        get("/surveys/{round}/results.xlsx", whom, xlsx),
    ]
}

async fn csv(visit: Visit, Path(id): Path<Uuid>) -> Reply {
    sheet(visit, id, Format::Csv).await
}

async fn xlsx(visit: Visit, Path(id): Path<Uuid>) -> Reply {
    sheet(visit, id, Format::Xlsx).await
}

async fn sheet(visit: Visit, id: Uuid, format: Format) -> Reply {
    let table = visit.casework().export_round(&visit.actor, id, format.extension()).await?;
    file(table, "survey", format)
}

async fn report(visit: Visit, Path(id): Path<Uuid>) -> Reply<Response> {
    let page = visit.casework().survey_round(&visit.actor, id).await?;
    let results = page.results.clone().ok_or(Error::Absent)?;
    let authority = visit.casework().settings().authority.clone();
    pdf_file(&paper(&page, &results, authority), "survey")
}

fn paper(page: &RoundPage, results: &Results, from: String) -> Paper {
    let round = &page.round;
    let mut blocks = vec![
        Block::Strong(format!("{}, {}", round.title, date::long(round.ended_on()))),
        Block::Text(format!("{} were invited and {} answered.", round.invited, results.answered)),
        Block::Text(
            "Numbers from 1 to 5, and what would give them away, are hidden. Shares are of all who answered."
                .to_owned(),
        ),
    ];
    if !results.enough {
        blocks.push(Block::Text("Too few answered for anything to be shown.".to_owned()));
    }
    let mut section = String::new();
    for outcome in &results.questions {
        if outcome.section != section {
            section.clone_from(&outcome.section);
            blocks.push(Block::Heading(2, section.clone()));
        }
        blocks.push(Block::Heading(3, outcome.label.clone()));
        blocks.extend(answers(outcome));
    }
    let day = page.today;
    paper_of(round.survey.head.title.to_string(), from, day, blocks)
}

fn answers(outcome: &Outcome) -> Vec<Block> {
    match &outcome.counted {
        Counted::Choices(choices) => {
            let mut heads = vec!["Answer".to_owned(), "How many".to_owned(), "Share".to_owned()];
            heads.extend(outcome.before.iter().map(|b| b.title.clone()));
            let rows = choices.rows.iter().map(|choice| {
                let count = choice.count.map_or_else(|| "hidden".to_owned(), |n| n.to_string());
                let mut row = vec![choice.title.clone(), count, share(choice.tenths)];
                row.extend(outcome.before.iter().map(|before| {
                    let then = before.tenths.iter().find(|(code, _)| *code == choice.code).map(|(_, t)| *t);
                    then.map_or_else(String::new, share)
                }));
                row
            });
            vec![Block::Table { caption: outcome.label.clone(), heads, rows: rows.collect() }]
        }
        Counted::Mean(Some(n), unit) => {
            let unit = unit.as_ref().map_or_else(String::new, |unit| format!(" {unit}"));
            vec![Block::Text(format!("On average {}.{}{unit}.", n / 10, n.unsigned_abs() % 10))]
        }
        Counted::Mean(None, _) => {
            vec![Block::Text("Too few answered for an average to be shown.".to_owned())]
        }
        Counted::Texts(texts) => match &texts.cleared {
            Some(cleared) if !cleared.is_empty() => vec![Block::List(cleared.clone())],
            Some(_) => vec![Block::Text("Nothing that was written may be read.".to_owned())],
            None if texts.enough => {
                vec![Block::Text("What was written has not been looked through yet.".to_owned())]
            }
            None => vec![Block::Text("Too few wrote something for any of it to be shown.".to_owned())],
        },
    }
}
