//! Reading how scores are worked out.

use smol_str::SmolStr;
use toml::Spanned;
use toml::de::DeValue;

use super::kind_read::decimal;
use super::read::{confidence, is_word};
use super::scope::Scope;
use super::{Band, Bands, Decimal, Kind, Part, Score, Section, expr_read};
use crate::table::{Table, hint};

pub(super) fn scores(form: &Table<'_, '_>, sections: &[Section]) -> Vec<Score> {
    let mut out: Vec<Score> = Vec::new();
    for t in form.tables("score") {
        if let Some(score) = score(&t, sections, &out) {
            out.push(score);
        }
        t.finish();
    }
    out
}

fn score(t: &Table<'_, '_>, sections: &[Section], before: &[Score]) -> Option<Score> {
    let id = t.must("id", t.text("id"))?;
    if !is_word(id) || before.iter().any(|s| s.id == id) {
        let hint = "Small letters, digits and _, each once.".to_owned();
        t.at("id", format!("a score cannot have the id \"{id}\""), Some(hint));
    }
    let title = t.must("title", t.text("title"));
    let scope = Scope { codes: t.reading.codes, sections, here: None, before: &[], row: &[], scores: before };
    let of = match (t.text("question"), t.has("of")) {
        (Some(question), false) => items(t, question, sections),
        (None, true) => parts(t, sections, before),
        _ => {
            let hint = "Give `question` with `items`, or `of = [\"question\", \"score.other\"]`.".to_owned();
            t.at("id", "a score is of the items of one instrument, or of questions and scores", Some(hint));
            Vec::new()
        }
    };
    let parts = i32::try_from(of.len()).unwrap_or(i32::MAX);
    let at_least = t.number("at_least").unwrap_or(parts);
    if !of.is_empty() && !(1..=parts).contains(&at_least) {
        t.at("at_least", format!("of {parts} parts there cannot be at least {at_least}"), None);
    }
    let pro_rata = t.flag("pro_rata").unwrap_or(false);
    let zero_if = expr_read::condition(t, "zero_if", &scope);
    let bands = t.tables("bands").into_iter().filter_map(|b| bands(b, &scope)).collect();
    Some(Score {
        id: SmolStr::new(id),
        title: title?.to_owned(),
        of,
        at_least: u16::try_from(at_least).unwrap_or(1),
        pro_rata,
        zero_if,
        bands,
    })
}

fn items(t: &Table<'_, '_>, question: &str, sections: &[Section]) -> Vec<Part> {
    let found = sections.iter().filter(|s| s.repeat.is_none()).find_map(|s| s.question(question));
    let Some(Kind::Instrument { items: known, to, .. }) = found.map(|q| &q.kind) else {
        t.at(
            "question",
            format!("\"{question}\" is no question of kind instrument that is asked once"),
            None,
        );
        return Vec::new();
    };
    let reverse: Vec<SmolStr> = t.texts("reverse").unwrap_or_default().into_iter().map(|(i, _)| i).collect();
    let counts = t.table("counts").map(counts).unwrap_or_default();
    let listed = t.must("items", t.texts("items")).unwrap_or_default();
    if let Some(other) = reverse.iter().find(|r| !listed.iter().any(|(i, _)| i == *r)) {
        t.at("reverse", format!("item {other} is not among the items"), None);
    }
    let part = |(item, at): (SmolStr, usize)| {
        if !known.contains(&item) {
            t.reading.mistake(at, format!("\"{question}\" has no item \"{item}\""), None);
        }
        let reverse_from = reverse.contains(&item).then(|| Decimal::whole(i64::from(*to)));
        Part::Item { question: SmolStr::new(question), item, reverse_from, counts: counts.clone() }
    };
    listed.into_iter().map(part).collect()
}

/// `counts = { 0 = 0, 1 = 0, 2 = 1 }`: what each answer counts as.
fn counts(t: Table<'_, '_>) -> Vec<(Decimal, Decimal)> {
    let number = |v: &Spanned<DeValue<'_>>| v.get_ref().as_integer().and_then(|n| n.as_str().parse().ok());
    let mut out = Vec::new();
    for (answer, span, value) in t.pairs() {
        match (answer.parse(), number(value)) {
            (Ok(answer), Some(counts)) => out.push((answer, counts)),
            _ => t.reading.mistake(span.start, "an answer and what it counts as are two numbers", None),
        }
    }
    out
}

fn parts(t: &Table<'_, '_>, sections: &[Section], before: &[Score]) -> Vec<Part> {
    let mut out = Vec::new();
    let reverse: Vec<SmolStr> = t.texts("reverse").unwrap_or_default().into_iter().map(|(i, _)| i).collect();
    let from = decimal(t, "reverse_from");
    if !reverse.is_empty() && from.is_none() {
        t.at("reverse", "`reverse` needs `reverse_from`: an answer counts as that less the answer", None);
    }
    for (name, at) in t.texts("of").unwrap_or_default() {
        if let Some(score) = name.strip_prefix("score.") {
            if !before.iter().any(|s| s.id == score) {
                let known = before.iter().map(|s| s.id.as_str());
                t.reading.mistake(
                    at,
                    format!("no score \"{score}\" comes before this one"),
                    hint(score, known),
                );
            }
            out.push(Part::Score(SmolStr::new(score)));
            continue;
        }
        let found = sections.iter().filter(|s| s.repeat.is_none()).find_map(|s| s.question(&name));
        if !found.is_some_and(|q| matches!(q.kind, Kind::Number(_) | Kind::Scale { .. })) {
            t.reading.mistake(at, format!("\"{name}\" is no number or scale that is asked once"), None);
        }
        let reverse_from = from.filter(|_| reverse.contains(&name));
        out.push(Part::Question { question: name, reverse_from });
    }
    out
}

fn bands(t: Table<'_, '_>, scope: &Scope<'_>) -> Option<Bands> {
    let scheme = t.must("scheme", t.text("scheme"));
    let confidence = t.must("confidence", confidence(&t));
    let when = expr_read::condition(&t, "when", scope);
    let mut bands: Vec<Band> = Vec::new();
    for b in t.tables("band") {
        let (code, title) = (b.must("code", b.text("code")), b.must("title", b.text("title")));
        let to = b.must("to", decimal(&b, "to"));
        if let (Some(code), Some(title), Some(to)) = (code, title, to) {
            if bands.last().is_some_and(|last| to <= last.to) {
                b.at("to", "bands go up: this one ends before the one above it", None);
            }
            if !is_word(code) {
                b.at("code", format!("a band cannot have the code \"{code}\""), None);
            }
            bands.push(Band { code: SmolStr::new(code), title: title.to_owned(), to });
        }
        b.finish();
    }
    if bands.is_empty() {
        t.at("band", "a set of bands has at least one", Some("Add [[score.bands.band]].".into()));
    }
    t.finish();
    Some(Bands { scheme: scheme?.to_owned(), confidence: confidence?, when, bands })
}
