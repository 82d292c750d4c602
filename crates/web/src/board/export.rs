//! The board and its lists as files to take away. The password is asked for again, and the log says how much was taken.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use kinfold_casework::board::{Exported, ExportedCell};
use kinfold_casework::{Action, Error};
use kinfold_exchange::sheet::{Cell, Sheet};
use kinfold_look::form::FormState;
use kinfold_look::{Markup, html};

use super::ask::{address, read};
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ExportBoard);
    vec![
        get("/board.csv", whom, board_csv),
        get("/board.xlsx", whom, board_xlsx),
        get("/board/list.csv", whom, list_csv),
        get("/board/list.xlsx", whom, list_xlsx),
    ]
}

/// A format a table can be taken away in.
#[derive(Clone, Copy)]
pub(crate) enum Format {
    Csv,
    Xlsx,
}

impl Format {
    pub(crate) const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    const fn kind(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// Links to the files of a page, with its filters.
pub(super) fn downloads(path: &str, query: &FormState) -> Markup {
    let link = |format: Format| {
        address(&format!("{path}.{}", format.extension()), query, &[("order", query.value("order"))])
    };
    html! {
        p class="govuk-body kf-screen-only" {
            "Take a copy: "
            a.govuk-link href=(link(Format::Csv)) { "CSV file" }
            " or "
            a.govuk-link href=(link(Format::Xlsx)) { "Excel file (XLSX)" }
            ". You will be asked for your password, and the log keeps what was taken."
        }
    }
}

async fn board_csv(visit: Visit) -> Reply {
    board(visit, Format::Csv).await
}

async fn board_xlsx(visit: Visit) -> Reply {
    board(visit, Format::Xlsx).await
}

async fn list_csv(visit: Visit) -> Reply {
    list(visit, Format::Csv).await
}

async fn list_xlsx(visit: Visit) -> Reply {
    list(visit, Format::Xlsx).await
}

async fn board(visit: Visit, format: Format) -> Reply {
    let table = visit.casework().export_board(&visit.actor, &read(&visit.query), format.extension()).await?;
    file(table, "board", format)
}

async fn list(visit: Visit, format: Format) -> Reply {
    let table =
        visit.casework().export_board_list(&visit.actor, &read(&visit.query), format.extension()).await?;
    file(table, "duties", format)
}

/// A table as the writer of files takes it.
pub(crate) fn sheet_of(table: Exported) -> Sheet {
    let cell = |cell: ExportedCell| match cell {
        ExportedCell::Text(text) => Cell::Text(text),
        ExportedCell::Number(number) => Cell::Number(number),
        ExportedCell::Tenths(number) => Cell::Tenths(number),
        ExportedCell::Day(day) => Cell::Day(day),
        ExportedCell::Empty => Cell::Empty,
    };
    let rows = table.rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect();
    Sheet { name: table.name, columns: table.columns, rows }
}

/// A table as an answer that the browser keeps as a file.
pub(crate) fn file(table: Exported, name: &str, format: Format) -> Reply {
    let sheet = sheet_of(table);
    let bytes = match format {
        Format::Csv => sheet.to_csv(),
        Format::Xlsx => sheet.to_xlsx(),
    }
    .map_err(|e| Error::Internal(e.to_string()))?;
    let mut response: Response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.kind()));
    let named = format!("attachment; filename=\"kinfold-{name}.{}\"", format.extension());
    if let Ok(value) = HeaderValue::from_str(&named) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_the_filters_of_its_page() {
        let query = FormState::new().with("team", "none").with("state", "late");
        let text = downloads("/board/list", &query).into_string();
        assert!(text.contains("href=\"/board/list.csv?team=none&amp;state=late\""), "{text}");
        assert!(text.contains("href=\"/board/list.xlsx?team=none&amp;state=late\""), "{text}");
    }
}
