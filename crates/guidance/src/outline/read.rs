//! Reading one outline.

use smol_str::SmolStr;
use toml::de::DeTable;

use super::{Draw, Outline, PaperKind, Promise, Section};
use crate::layer::LayerName;
use crate::library::{Headed as _, few, head, long};
use crate::table::{Reading, Table, hint};

/// Reads a whole file. `None` when something that must be there is not; the mistakes say what.
pub(crate) fn outline(
    reading: &Reading<'_>,
    root: &DeTable<'_>,
    layer: &LayerName,
    path: &str,
) -> Option<Outline> {
    let t = Table::new(reading, root, 0..0, "the outline");
    let head = head(&t, root, layer, path, Outline::WORD);
    let kind = t.must("kind", t.choice("kind", &PaperKind::ALL.map(PaperKind::as_str), PaperKind::parse));
    let reader = few(&t, "reader");
    let profile = t.text("profile").map(SmolStr::new);
    match (kind, &profile) {
        (Some(PaperKind::NeedsProfile), None) => {
            let hint = "Add `profile = \"joint.profile\"`.".to_owned();
            t.at("kind", "the outline does not say which needs profile stands in the paper", Some(hint));
        }
        (Some(kind), Some(_)) if kind != PaperKind::NeedsProfile => {
            t.at("profile", "only a paper of the kind needs_profile has a needs profile in it", None);
        }
        _ => {}
    }
    let mut sections: Vec<Section> = Vec::new();
    for s in t.tables("section") {
        let read = section(&s, &sections);
        s.finish();
        sections.extend(read);
    }
    let mut promises = Vec::new();
    for p in t.tables("promise") {
        let read = promise(&p);
        p.finish();
        promises.extend(read);
    }
    if sections.is_empty() {
        t.at("section", "the outline has no section", Some("Add [[section]].".into()));
    }
    if kind.is_some_and(|kind| kind != PaperKind::Pledge) && !promises.is_empty() {
        t.at("promise", "only a pledge has promises", None);
    }
    t.finish();
    Some(Outline { head: head?, kind: kind?, reader: reader?, profile, sections, promises })
}

fn section(t: &Table<'_, '_>, before: &[Section]) -> Option<Section> {
    let id = few(t, "id");
    if let Some(id) = &id
        && before.iter().any(|s| s.id == *id)
    {
        t.at("id", format!("the section {id} is there twice"), None);
    }
    let (heading, text) = (few(t, "heading"), long(t, "text"));
    let measures = t.texts("measures").unwrap_or_default().into_iter().map(|(m, _)| m).collect();
    let names = Draw::ALL.map(Draw::as_str);
    let mut draws = Vec::new();
    for (name, _) in t.texts("draws").unwrap_or_default() {
        match Draw::parse(&name) {
            Some(draw) => draws.push(draw),
            None => t.at("draws", format!("nothing is drawn as \"{name}\""), hint(&name, names)),
        }
    }
    Some(Section { id: SmolStr::new(id?), heading: heading?, text: text?, measures, draws })
}

fn promise(t: &Table<'_, '_>) -> Option<Promise> {
    let (text, means) = (long(t, "text"), long(t, "means"));
    let measure = t.text("measure").map(SmolStr::new);
    let figure = |key| t.number(key).and_then(|n| u32::try_from(n).ok());
    let (at_least, at_most) = (figure("at_least"), figure("at_most"));
    match (&measure, at_least.is_some(), at_most.is_some()) {
        (None, false, false) | (Some(_), true, false) | (Some(_), false, true) => {}
        (None, ..) => t.at("measure", "a promise says from which figure it is kept, and of no measure", None),
        (Some(_), ..) => {
            let hint = "Say `at_least = 90` or `at_most = 10`, one of the two.".to_owned();
            t.at("measure", "the promise does not say which figure keeps it", Some(hint));
        }
    }
    Some(Promise { text: text?, means: means?, measure, at_least, at_most })
}
