//! A plan, or a report of it, as a file: CSV and XLSX for those who count, and a PDF that everybody can read.

use axum::extract::Path;
use axum::response::Response;
use kinfold_casework::Action;
use kinfold_casework::authority::PlanPage;
use kinfold_casework::authority::plan_out::{said, targets};
use kinfold_look::date;
use kinfold_paper::{Block, Paper};
use uuid::Uuid;

use crate::board::export::{Format, file};
use crate::on_paper::{paper_of, pdf_file};
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ViewPlans);
    vec![
        get("/plans/{plan}/plan.pdf", whom, plan_pdf),
        get("/plans/{plan}/plan.csv", whom, plan_csv),
        get("/plans/{plan}/plan.xlsx", whom, plan_xlsx),
        get("/plans/{plan}/reports/{version}/report.pdf", whom, report_pdf),
        get("/plans/{plan}/reports/{version}/report.csv", whom, report_csv),
        get("/plans/{plan}/reports/{version}/report.xlsx", whom, report_xlsx),
    ]
}

async fn plan_csv(visit: Visit, Path(id): Path<Uuid>) -> Reply {
    sheet(visit, id, None, Format::Csv).await
}

async fn plan_xlsx(visit: Visit, Path(id): Path<Uuid>) -> Reply {
    sheet(visit, id, None, Format::Xlsx).await
}

async fn report_csv(visit: Visit, Path((id, version)): Path<(Uuid, i64)>) -> Reply {
    sheet(visit, id, Some(version), Format::Csv).await
}

async fn report_xlsx(visit: Visit, Path((id, version)): Path<(Uuid, i64)>) -> Reply {
    sheet(visit, id, Some(version), Format::Xlsx).await
}

async fn sheet(visit: Visit, id: Uuid, report: Option<i64>, format: Format) -> Reply {
    let table = visit.casework().export_plan(&visit.actor, id, report, format.extension()).await?;
    file(table, "action-plan", format)
}

async fn plan_pdf(visit: Visit, Path(id): Path<Uuid>) -> Reply {
    on_paper(visit, id, None).await
}

async fn report_pdf(visit: Visit, Path((id, version)): Path<(Uuid, i64)>) -> Reply {
    on_paper(visit, id, Some(version)).await
}

async fn on_paper(visit: Visit, id: Uuid, report: Option<i64>) -> Reply<Response> {
    let page = visit.casework().plan(&visit.actor, id, report).await?;
    let authority = visit.casework().settings().authority.clone();
    pdf_file(&paper(&page, authority), "action-plan")
}

/// The plan in the shape in which panels have always read it.
fn paper(page: &PlanPage, from: String) -> Paper {
    let plan = &page.plan;
    let mut blocks = vec![Block::Strong(match &page.report {
        Some(report) => format!("Progress report for {}, {}", report.to, date::long(report.on)),
        None => format!("Action plan as it stood on {}", date::long(page.on)),
    })];
    blocks.extend(plan.source.clone().map(Block::Text));
    let words = page.report.as_ref().and_then(|report| report.words.clone());
    for text in words.iter().chain(&plan.about) {
        blocks.extend(text.lines().map(|line| Block::Text(line.to_owned())));
    }
    let late = plan.late(page.on).count();
    blocks.push(Block::Text(format!(
        "{} recommendations, {} still to do, {late} late. {} answers for the plan.",
        plan.recommendations.len(),
        plan.open(),
        page.name(Some(plan.owner)),
    )));
    let heads = ["No", "Recommendation", "Target date", "Progress", "Comment by the panel"];
    let rows = plan.recommendations.iter().map(|r| {
        let mut progress = said(&r.progress);
        let standing = match r.days_late(page.on) {
            Some(days) => format!("{}, {}", r.status().title(), super::days_late(days)),
            None => r.status().title().to_owned(),
        };
        let lead = page.lead(r).map_or_else(String::new, |lead| format!(" Lead: {lead}."));
        progress.push_str(&format!("\n{standing}.{lead}"));
        vec![r.number.clone(), r.text.clone(), targets(r), progress, said(&r.comments)]
    });
    blocks.push(Block::Table {
        caption: "Recommendations".to_owned(),
        heads: heads.map(str::to_owned).to_vec(),
        rows: rows.collect(),
    });
    if !plan.comments.is_empty() {
        blocks.push(Block::Heading(2, "What the panel said about the plan as a whole".to_owned()));
        blocks.extend(said(&plan.comments).lines().map(|line| Block::Text(line.to_owned())));
    }
    let day = page.on;
    paper_of(plan.title.clone(), from, day, blocks)
}
