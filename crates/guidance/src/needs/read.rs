//! Reading one needs profile.

use smol_str::SmolStr;
use toml::de::DeTable;

use super::{NeedsFigure, NeedsProfile, NeedsSection, NeedsThemes};
use crate::layer::{Layer, LayerName};
use crate::library::{Headed as _, Library, few, head, long, place, spot};
use crate::measure::Measures;
use crate::mistake::Mistake;
use crate::table::{Reading, Table, hint};

/// The list of what a child's words can be about.
const TOPICS: &str = "voice_topic";

/// Reads a whole file. `None` when something that must be there is not; the mistakes say what.
pub(crate) fn profile(
    reading: &Reading<'_>,
    root: &DeTable<'_>,
    layer: &LayerName,
    path: &str,
) -> Option<NeedsProfile> {
    let t = Table::new(reading, root, 0..0, "the needs profile");
    let head = head(&t, root, layer, path, NeedsProfile::WORD);
    let (method, limits) = (paragraphs(&t, "method"), paragraphs(&t, "limits"));
    let sections = sections(&t);
    let themes = t.table("themes").and_then(|themes| {
        let (title, words) = (few(&themes, "title"), long(&themes, "words"));
        let leave_out = themes.has("leave_out").then(|| themes.codes("leave_out", TOPICS)).flatten();
        themes.finish();
        Some(NeedsThemes { title: title?, words: words?, leave_out: leave_out.unwrap_or_default() })
    });
    t.finish();
    Some(NeedsProfile { head: head?, method: method?, limits: limits?, sections, themes })
}

/// A profile says how it was made and what it cannot say, or it is not one to be published.
fn paragraphs(t: &Table<'_, '_>, key: &'static str) -> Option<Vec<String>> {
    let texts = t.must(key, t.texts(key))?;
    if texts.is_empty() {
        t.at(key, format!("`{key}` says nothing"), Some("Write a paragraph or more.".into()));
    }
    Some(texts.into_iter().map(|(text, _)| text.to_string()).collect())
}

fn sections(profile: &Table<'_, '_>) -> Vec<NeedsSection> {
    let mut out: Vec<NeedsSection> = Vec::new();
    for t in profile.tables("section") {
        let id = place(&t, "id", out.iter().map(|s| s.id.as_str()));
        let (title, words) = (few(&t, "title"), long(&t, "words"));
        let figures: Vec<NeedsFigure> = t.tables("figure").into_iter().filter_map(figure).collect();
        if figures.is_empty() {
            t.at("figure", "the section has no figure", Some("Add [[section.figure]].".into()));
        }
        t.finish();
        let (Some(id), Some(title), Some(words)) = (id, title, words) else { continue };
        out.push(NeedsSection { id, title, words, figures });
    }
    if out.is_empty() {
        profile.at("section", "the profile has no section", Some("Add [[section]].".into()));
    }
    out
}

fn figure(t: Table<'_, '_>) -> Option<NeedsFigure> {
    let measure = t.must("measure", t.text("measure")).map(SmolStr::new);
    let by = if t.has("by") { t.texts("by") } else { None };
    t.finish();
    let by = by.unwrap_or_default().into_iter().map(|(split, _)| split).collect();
    Some(NeedsFigure { measure: measure?, by })
}

/// Checks that every measure and split that a profile shows is there.
pub(crate) fn known(
    profiles: &Library<NeedsProfile>,
    measures: &Measures,
    layers: &[Layer],
    mistakes: &mut Vec<Mistake>,
) {
    for profile in &profiles.list {
        for figure in profile.sections.iter().flat_map(|section| &section.figures) {
            let ids = || measures.list.iter().map(|m| m.id.as_str());
            if !ids().any(|id| id == figure.measure) {
                let (id, near) = (&figure.measure, hint(&figure.measure, ids()));
                let wanted = format!("measure = \"{id}\"");
                let message = format!("there is no measure \"{id}\"");
                mistakes.push(spot(layers, &profile.head, &wanted, message, near));
            }
            let splits = || measures.splits.iter().map(|s| s.id.as_str());
            for by in figure.by.iter().filter(|by| !splits().any(|id| id == by.as_str())) {
                let message = format!("there is no split \"{by}\"");
                let near = hint(by, splits());
                mistakes.push(spot(layers, &profile.head, &format!("\"{by}\""), message, near));
            }
        }
    }
}
