//! Reading one framework.

use smol_str::SmolStr;
use toml::de::DeTable;

use super::{Aspect, Colour, Framework, Item, ItemKind, Level, Part, Profile, Scale, Suggested, Voice};
use crate::layer::{Layer, LayerName};
use crate::library::{Headed as _, Library, few, head, long, place, spot};
use crate::measure::Measures;
use crate::mistake::Mistake;
use crate::rule::Rule;
use crate::table::{Reading, Table, hint};

/// Fewest and most levels a person can tell apart.
const LEVELS: std::ops::RangeInclusive<usize> = 2..=7;
/// More items than this nobody answers.
const ITEMS: usize = 400;

/// Reads a whole file. `None` when something that must be there is not; the mistakes say what.
pub(crate) fn framework(
    reading: &Reading<'_>,
    root: &DeTable<'_>,
    layer: &LayerName,
    path: &str,
) -> Option<Framework> {
    let t = Table::new(reading, root, 0..0, "the framework");
    let head = head(&t, root, layer, path, Framework::WORD);
    let part_word = few(&t, "part_word");
    let scale = t.must("scale", t.table("scale")).and_then(scale);
    let aspects = aspects(&t);
    let profile = t.table("profile").and_then(profile);
    let parts = parts(&t, &aspects);
    if profile.is_some() {
        every_field(&t, &aspects, &parts);
    }
    t.finish();
    Some(Framework { head: head?, part_word: part_word?, scale: scale?, aspects, profile, parts })
}

fn scale(t: Table<'_, '_>) -> Option<Scale> {
    let asks = few(&t, "asks");
    let plain = optional(&t, "plain");
    let ours = t.flag("ours").unwrap_or(false);
    let mut levels: Vec<Level> = Vec::new();
    for l in t.tables("level") {
        let code = place(&l, "code", levels.iter().map(|l| l.code.as_str()));
        let (title, means, plain) = (few(&l, "title"), long(&l, "means"), optional(&l, "plain"));
        if let Some(title) = &title
            && levels.iter().any(|other| other.title == *title)
        {
            let hint = "A level is told by its word; its colour is only a help.".to_owned();
            l.at("title", format!("two levels are called \"{title}\""), Some(hint));
        }
        let names = Colour::ALL.map(Colour::as_str);
        let parse = |s: &str| Colour::ALL.into_iter().find(|c| c.as_str() == s);
        let colour = l.must("colour", l.choice("colour", &names, parse));
        l.finish();
        let level = || Some(Level { code: code?, title: title?, means: means?, plain, colour: colour? });
        levels.extend(level());
    }
    if !LEVELS.contains(&levels.len()) {
        let hint = format!("Between {} and {}, the lowest first.", LEVELS.start(), LEVELS.end());
        t.at("level", format!("a scale of {} levels cannot be used", levels.len()), Some(hint));
    }
    t.finish();
    Some(Scale { asks: asks?, plain, ours, levels })
}

fn aspects(t: &Table<'_, '_>) -> Vec<Aspect> {
    let mut out: Vec<Aspect> = Vec::new();
    for a in t.tables("aspect") {
        let id = place(&a, "id", out.iter().map(|a| a.id.as_str()));
        let (title, about) = (few(&a, "title"), long(&a, "about"));
        a.finish();
        let aspect = || Some(Aspect { id: id?, title: title?, about: about? });
        out.extend(aspect());
    }
    out
}

fn profile(t: Table<'_, '_>) -> Option<Profile> {
    let (title, place) = (few(&t, "title"), few(&t, "place"));
    let asks = t.must("asks", t.texts("asks")).unwrap_or_default();
    t.finish();
    Some(Profile {
        title: title?,
        place: place?,
        asks: asks.into_iter().map(|(ask, _)| ask.to_string()).collect(),
    })
}

fn parts(framework: &Table<'_, '_>, aspects: &[Aspect]) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    let mut seen: Vec<SmolStr> = Vec::new();
    for t in framework.tables("part") {
        let id = place(&t, "id", out.iter().map(|p| p.id.as_str()));
        let (number, place, title) = (few(&t, "number"), few(&t, "place"), few(&t, "title"));
        let (plain, about) = (optional(&t, "plain"), optional(&t, "about"));
        let who = t.texts("who").unwrap_or_default().into_iter().map(|(who, _)| who.to_string()).collect();
        let mut items = Vec::new();
        for i in t.tables("item") {
            items.extend(item(&i, aspects, &mut seen));
            i.finish();
        }
        if items.is_empty() {
            t.at("item", "the part has nothing to judge", Some("Add [[part.item]].".into()));
        }
        t.finish();
        let part = || {
            Some(Part { id: id?, number: number?, place: place?, title: title?, plain, about, who, items })
        };
        out.extend(part());
    }
    if out.is_empty() {
        framework.at("part", "the framework has no part", Some("Add [[part]].".into()));
    }
    if seen.len() > ITEMS {
        let hint = format!("At most {ITEMS}: make two frameworks of it.");
        framework.at("part", format!("{} items are more than anybody answers", seen.len()), Some(hint));
    }
    out
}

fn item(t: &Table<'_, '_>, aspects: &[Aspect], seen: &mut Vec<SmolStr>) -> Option<Item> {
    let id = place(t, "id", seen.iter().map(SmolStr::as_str));
    seen.extend(id.clone());
    let names = ItemKind::ALL.map(ItemKind::as_str);
    let parse = |s: &str| ItemKind::ALL.into_iter().find(|k| k.as_str() == s);
    let kind = t.must("kind", t.choice("kind", &names, parse));
    let ours = t.flag("ours").unwrap_or(false);
    let (number, place) = (optional(t, "number"), optional(t, "place"));
    if !ours && (number.is_none() || place.is_none()) {
        let hint = "Give `number` and `place`, or `ours = true` when the source does not have it.".to_owned();
        t.at("id", "an item of the source says where it stands there", Some(hint));
    }
    if ours && place.is_some() {
        t.at("place", "an item of our own has no place in the source", Some("Leave `place` out.".into()));
    }
    let aspect = t.text("aspect").map(SmolStr::new);
    match &aspect {
        Some(name) if !aspects.iter().any(|a| a.id == *name) => {
            let near = hint(name, aspects.iter().map(|a| a.id.as_str()));
            t.at("aspect", format!("there is no aspect \"{name}\""), near);
        }
        None if !aspects.is_empty() => {
            let known = hint("", aspects.iter().map(|a| a.id.as_str()));
            t.at("aspect", "the item does not say under which aspect it stands", known);
        }
        _ => {}
    }
    let title = if t.has("title") { few(t, "title") } else { optional(t, "title") };
    let text = long(t, "text");
    let plain = optional(t, "plain");
    let points = t.texts("points").unwrap_or_default().into_iter().map(|(p, _)| p.to_string()).collect();
    let evidence = t.tables("evidence").iter().filter_map(evidence).collect();
    Some(Item {
        id: id?,
        kind: kind?,
        number,
        place,
        aspect,
        title,
        text: text?,
        plain,
        points,
        evidence,
        ours,
    })
}

fn optional(t: &Table<'_, '_>, key: &'static str) -> Option<String> {
    // Asked for also when absent, so that the key is known.
    let there = t.text(key)?;
    let _ = long(t, key);
    Some(there.to_owned())
}

fn evidence(t: &Table<'_, '_>) -> Option<Suggested> {
    let measure = t.text("measure").map(SmolStr::new);
    let list = t.text("list").map(SmolStr::new);
    let document = optional(t, "document");
    let about = optional(t, "quotation");
    let names = Voice::ALL.map(Voice::as_str);
    let parse = |s: &str| Voice::ALL.into_iter().find(|v| v.as_str() == s);
    let of = t.choice("of", &names, parse);
    if t.has("of") && about.is_none() {
        t.at("of", "`of` says whose words a `quotation` is", None);
    }
    let of = of.unwrap_or(Voice::Children);
    t.done();
    match (measure, list, document, about) {
        (Some(id), None, None, None) => Some(Suggested::Measure(id)),
        (None, Some(id), None, None) => Some(Suggested::List(id)),
        (None, None, Some(words), None) => Some(Suggested::Document(words)),
        (None, None, None, Some(about)) => Some(Suggested::Quotation { of, about }),
        _ => {
            let hint = "One of `measure`, `list`, `document` and `quotation`.".to_owned();
            t.reading.mistake(t.span.start, "evidence is one thing", Some(hint));
            None
        }
    }
}

/// A profile on one page has no empty field.
fn every_field(t: &Table<'_, '_>, aspects: &[Aspect], parts: &[Part]) {
    if aspects.is_empty() {
        let hint = Some("Add [[aspect]].".to_owned());
        return t.at("profile", "a profile sets parts against aspects, and there are none", hint);
    }
    for part in parts {
        for aspect in aspects {
            if !part.items.iter().any(|i| i.aspect.as_ref() == Some(&aspect.id)) {
                let message = format!("nothing in \"{}\" stands under the aspect \"{}\"", part.id, aspect.id);
                t.at("profile", message, Some("Every field of the profile needs an item.".into()));
            }
        }
    }
}

/// Whether the measures and rules that evidence names are there.
pub(crate) fn known(
    frameworks: &Library<Framework>,
    measures: &Measures,
    rules: &[Rule],
    layers: &[Layer],
    mistakes: &mut Vec<Mistake>,
) {
    for framework in &frameworks.list {
        for suggested in framework.items().flat_map(|i| &i.evidence) {
            let (wanted, message, near) = match suggested {
                Suggested::Measure(id) if !measures.list.iter().any(|m| m.id == *id) => (
                    format!("measure = \"{id}\""),
                    format!("there is no measure \"{id}\""),
                    hint(id, measures.list.iter().map(|m| m.id.as_str())),
                ),
                Suggested::List(id) if !rules.iter().any(|r| r.id == *id) => (
                    format!("list = \"{id}\""),
                    format!("there is no rule \"{id}\" whose children could be listed"),
                    hint(id, rules.iter().map(|r| r.id.as_str())),
                ),
                _ => continue,
            };
            mistakes.push(spot(layers, &framework.head, &wanted, message, near));
        }
    }
}
