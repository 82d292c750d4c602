//! The files of a return, as they would be sent today or as they were signed off. The password is asked for again, and
//! the log says what was taken.

use std::io::{Cursor, Write as _};

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use kinfold_casework::census_return::{FileKind, WrittenFile};
use kinfold_casework::{Action, Error};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::collection_words;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ExportReturn);
    vec![get("/return/{year}/files.zip", whom, csv), get("/return/{year}/files.xml", whom, xml)]
}

async fn csv(visit: Visit, Path(year): Path<i16>) -> Reply {
    let files = taken(&visit, year, FileKind::Csv).await?;
    let packed = packed(&files).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(answer(&visit, year, packed, "application/zip", "zip"))
}

async fn xml(visit: Visit, Path(year): Path<i16>) -> Reply {
    let files = taken(&visit, year, FileKind::Xml).await?;
    let bytes = files.into_iter().next().map(|file| file.bytes).unwrap_or_default();
    Ok(answer(&visit, year, bytes, "application/xml", "xml"))
}

fn number(visit: &Visit) -> Option<usize> {
    visit.query.value("signed").parse().ok()
}

async fn taken(visit: &Visit, year: i16, kind: FileKind) -> Reply<Vec<WrittenFile>> {
    Ok(visit.casework().return_files(&visit.actor, year, number(visit), kind).await?)
}

/// The files in a zip. No times are written into it, so that the same files give the same zip.
fn packed(files: &[WrittenFile]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for file in files {
        zip.start_file(file.name.as_str(), SimpleFileOptions::default())?;
        zip.write_all(&file.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn answer(
    visit: &Visit,
    year: i16,
    bytes: Vec<u8>,
    kind: &'static str,
    extension: &str,
) -> axum::response::Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let signed = number(visit).map_or_else(String::new, |n| format!("-signed-{n}"));
    let named = format!("attachment; filename=\"ssda903-{}{signed}.{extension}\"", collection_words(year));
    if let Ok(value) = HeaderValue::from_str(&named) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_files_give_the_same_zip() {
        let files = [WrittenFile { name: "header.csv".into(), bytes: b"CHILD\r\n".to_vec() }];
        let zip = packed(&files).unwrap();
        assert_eq!(zip, packed(&files).unwrap());
        let mut read = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
        assert_eq!(read.by_index(0).unwrap().name().unwrap(), "header.csv");
    }
}
