//! Measures as files to take away. The password is asked for again, and the log says how much was taken.

use axum::extract::Path;
use kinfold_casework::Action;
use kinfold_casework::measures::MeasureYear;
use kinfold_look::{Markup, html};

use super::year_asked;
use crate::board::export::{Format, file};
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    let figures = For::Authority(Action::ViewMeasures);
    // Whoever may take lists of children away may see figures too.
    let lists = For::Authority(Action::ExportBoard);
    vec![
        get("/measures.csv", figures, figures_csv),
        get("/measures.xlsx", figures, figures_xlsx),
        get("/measures/{measure}/children.csv", lists, children_csv),
        get("/measures/{measure}/children.xlsx", lists, children_xlsx),
    ]
}

/// Links to the files of a page.
pub(super) fn downloads(path: &str, year: MeasureYear, what: &str) -> Markup {
    let link = |format: Format| {
        let year = if path == "/measures" { String::new() } else { format!("?year={}", year.year) };
        format!("{path}.{}{year}", format.extension())
    };
    html! {
        p class="govuk-body kf-screen-only" {
            "Take a copy (" (what) "): "
            a.govuk-link href=(link(Format::Csv)) { "CSV file" }
            " or "
            a.govuk-link href=(link(Format::Xlsx)) { "Excel file (XLSX)" }
            ". You will be asked for your password, and the log keeps what was taken."
        }
    }
}

async fn figures_csv(visit: Visit) -> Reply {
    figures(visit, Format::Csv).await
}

async fn figures_xlsx(visit: Visit) -> Reply {
    figures(visit, Format::Xlsx).await
}

async fn children_csv(visit: Visit, Path(id): Path<String>) -> Reply {
    children(visit, &id, Format::Csv).await
}

async fn children_xlsx(visit: Visit, Path(id): Path<String>) -> Reply {
    children(visit, &id, Format::Xlsx).await
}

async fn figures(visit: Visit, format: Format) -> Reply {
    let year = year_asked(&visit);
    let table = visit.casework().export_measures(&visit.actor, year, format.extension()).await?;
    file(table, "measures", format)
}

async fn children(visit: Visit, id: &str, format: Format) -> Reply {
    let year = year_asked(&visit);
    let table = visit.casework().export_measure_children(&visit.actor, id, year, format.extension()).await?;
    file(table, "measure-children", format)
}
