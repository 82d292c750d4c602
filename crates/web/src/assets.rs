//! Style sheet, script, fonts and mark: inside the binary, under names that hold a hash of their content.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use kinfold_look::page::Assets;
use kinfold_paper::Fonts;
use rust_embed::RustEmbed;

use crate::App;

#[derive(RustEmbed)]
#[folder = "../../assets/dist/"]
struct Dist;

static NAMES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    Dist::get("manifest.json").and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default()
});

fn address(name: &str) -> Option<String> {
    NAMES.get(name).map(|hashed| format!("/assets/{hashed}"))
}

/// The fonts of documents on paper: those of the pages, letters of English first and the rest of the Latin alphabet after.
pub(crate) fn paper_fonts() -> Option<&'static Fonts> {
    static FONTS: LazyLock<Option<Fonts>> = LazyLock::new(|| {
        let file = |weight: &str, part: &str| {
            let name = format!("atkinson-hyperlegible-next-{part}-{weight}-normal.woff2");
            Some(Dist::get(NAMES.get(&name)?)?.data)
        };
        let (latin, more) = (file("400", "latin")?, file("400", "latin-ext")?);
        let (bold, more_bold) = (file("700", "latin")?, file("700", "latin-ext")?);
        let fonts = Fonts::read(&[&latin, &more], &[&bold, &more_bold]);
        fonts.inspect_err(|error| tracing::error!(%error, "the fonts cannot be read")).ok()
    });
    FONTS.as_ref()
}

/// Addresses for a page's head.
pub(crate) fn assets() -> Assets {
    Assets {
        css: address("kinfold.css").unwrap_or_default(),
        js: address("kinfold.js"),
        fonts: ["400", "700"]
            .iter()
            .filter_map(|weight| address(&format!("atkinson-hyperlegible-next-latin-{weight}-normal.woff2")))
            .collect(),
        icon: address("favicon.svg"),
        licences: address("licences.txt"),
    }
}

pub(crate) fn router() -> Router<App> {
    Router::new().route("/assets/{name}", axum::routing::get(asset))
}

async fn asset(Path(name): Path<String>) -> Response {
    let Some(file) = Dist::get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
    // The name changes with the content, so it may be kept for ever.
    let headers =
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, file.data.into_owned()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_fonts_for_paper() {
        assert!(paper_fonts().is_some());
    }

    #[test]
    fn the_licences_are_there_in_full() {
        let name = NAMES.get("licences.txt").unwrap();
        let text = String::from_utf8(Dist::get(name).unwrap().data.into_owned()).unwrap();
        let mit = "to any person obtaining a copy of this software";
        assert_eq!(text.matches(mit).count(), 2, "MIT, of two packages");
        assert_eq!(text.matches("THE SOFTWARE IS PROVIDED \"AS IS\"").count(), 2);
        for words in
            ["Government Digital Service", "Ministry of Justice", "SIL OPEN FONT LICENSE Version 1.1"]
        {
            assert!(text.contains(words), "{words}");
        }
    }
}
