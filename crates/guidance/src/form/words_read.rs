//! Reading the words of an instrument that an authority holds a licence for.

use smol_str::SmolStr;
use toml::de::DeTable;

use super::LicensedWords;
use crate::layer::LayerName;
use crate::table::{Reading, Table};

/// `words/licensed/<instrument>/<language>.toml`.
pub(crate) fn words(
    reading: &Reading<'_>,
    root: &DeTable<'_>,
    layer: &LayerName,
    path: &str,
) -> Option<LicensedWords> {
    let t = Table::new(reading, root, 0..0, "the file of licensed words");
    if *layer == LayerName::National {
        let hint = "Put it into the authority's own folder of guidance.".to_owned();
        t.at("", "licensed words do not come with the program", Some(hint));
    }
    let mut parts = path.trim_end_matches(".toml").rsplit('/');
    let (language, instrument) = (parts.next()?, parts.next()?);
    let licence = t.must("licence", t.text("licence"));
    let mut called: Vec<SmolStr> =
        t.texts("called").unwrap_or_default().into_iter().map(|(name, _)| name).collect();
    if language == "en" {
        called.push(SmolStr::new_static("English"));
    }
    let mut items = Vec::new();
    if let Some(variants) = t.must("items", t.table("items")) {
        for (variant, span, value) in variants.pairs() {
            match value.get_ref().as_table() {
                Some(inner) => {
                    let inner = Table::new(reading, inner, value.span(), "`items`");
                    items.push((SmolStr::new(variant), texts(&inner)));
                }
                None => reading.mistake(
                    span.start,
                    "items stand under the wording they belong to",
                    Some("Write [items.all], or [items.teacher], above them.".into()),
                ),
            }
        }
    }
    let mut answers = Vec::new();
    if let Some(table) = t.must("answers", t.table("answers")) {
        for (answer, words) in texts(&table) {
            match answer.parse() {
                Ok(number) => answers.push((number, words)),
                Err(wrong) => table.at(&answer, format!("{answer} is {wrong}"), None),
            }
        }
    }
    t.finish();
    Some(LicensedWords {
        instrument: SmolStr::new(instrument),
        language: SmolStr::new(language),
        called,
        licence: licence?.to_owned(),
        items,
        answers,
    })
}

fn texts(t: &Table<'_, '_>) -> Vec<(SmolStr, String)> {
    let mut out = Vec::new();
    for (key, span, value) in t.pairs() {
        match value.get_ref().as_str() {
            Some(words) => out.push((SmolStr::new(key), words.to_owned())),
            None => t.reading.mistake(span.start, format!("`{key}` has no words in quotes"), None),
        }
    }
    out
}
