//! The directory as a spreadsheet to change and bring in again.

use kinfold_casework::Action;

use crate::board::export::{Format, file};
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ViewDirectory);
    vec![get("/directory/export.csv", whom, csv), get("/directory/export.xlsx", whom, xlsx)]
}

async fn csv(visit: Visit) -> Reply {
    let table = visit.casework().export_directory(&visit.actor, "csv").await?;
    file(table, "directory", Format::Csv)
}

async fn xlsx(visit: Visit) -> Reply {
    let table = visit.casework().export_directory(&visit.actor, "xlsx").await?;
    file(table, "directory", Format::Xlsx)
}
