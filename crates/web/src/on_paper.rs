//! Papers as files: whatever leaves as a PDF leaves here, in one shape and under a name that tells of nobody, because the
//! file lies in a folder that others may see.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use kinfold_casework::Error;
use kinfold_paper::{Block, Paper, pdf};

use crate::assets::paper_fonts;
use crate::oops::Reply;

/// A paper as a file called `name`.pdf.
pub(crate) fn pdf_file(paper: &Paper, name: &str) -> Reply<Response> {
    let fonts = paper_fonts().ok_or_else(|| Error::Internal("there are no fonts".to_owned()))?;
    let bytes = pdf(paper, fonts).map_err(|error| Error::Internal(error.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.pdf\"")),
    ];
    Ok((headers, bytes).into_response())
}

/// A paper with its title, whose it is, and its day.
pub(crate) fn paper_of(title: String, from: String, day: Date, blocks: Vec<Block>) -> Paper {
    Paper {
        title,
        language: "en-GB".to_owned(),
        from,
        made: (
            u16::try_from(day.year()).unwrap_or_default(),
            u8::try_from(day.month()).unwrap_or(1),
            u8::try_from(day.day()).unwrap_or(1),
        ),
        blocks,
    }
}
