//! Reading the files under `guidance/measures/`: one file a measure, and the files that measures share.

use smol_str::SmolStr;
use toml::de::DeTable;

use super::ask_read::{amount, asks};
use super::example::example;
use super::{Better, Counts, Denominator, Exclusion, Measure, MeasureUnit, Measures, Numerator, layout};
use crate::canonical;
use crate::layer::{Layer, LayerName};
use crate::mistake::{Mistake, position};
use crate::rule::{Confidence, Origin, Source};
use crate::table::{Reading, Table, hint};

/// Reads one file of the folder into what is known so far.
pub(crate) fn measures_of(
    reading: &Reading<'_>,
    root: &DeTable<'_>,
    layer: &LayerName,
    path: &str,
    out: &mut Measures,
) {
    match path {
        "measures/cohorts.toml" => {
            let t = Table::new(reading, root, 0..0, "the file of cohorts");
            layout::cohorts(&t, &mut out.cohorts);
            t.finish();
        }
        "measures/splits.toml" => {
            let t = Table::new(reading, root, 0..0, "the file of splits");
            layout::splits(&t, &mut out.splits);
            t.finish();
        }
        "measures/figures.toml" => {
            let t = Table::new(reading, root, 0..0, "the file of figures");
            layout::figures(&t, &mut out.targets, &mut out.comparators);
            t.finish();
        }
        _ => out.list.extend(measure(reading, root, layer, path)),
    }
}

fn id(t: &Table<'_, '_>, layer: &LayerName, path: &str, version: i32) -> Option<SmolStr> {
    let id = t.must("id", t.text("id"))?;
    let well_formed = id.contains('.')
        && id.split('.').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        });
    if !well_formed {
        let hint = "Write it like \"health.dental\": small letters, digits and _, with a dot.".to_owned();
        t.at("id", format!("\"{id}\" is not an id"), Some(hint));
    }
    let local = id.starts_with("local.");
    match layer {
        LayerName::National if local => {
            t.at("id", "a national measure cannot have an id that starts with `local.`", None);
        }
        LayerName::Local(_) if !local => t.at(
            "id",
            format!("\"{id}\" is in a local layer, so its id must start with `local.`"),
            Some("Targets for a national measure stand in measures/figures.toml.".into()),
        ),
        _ => {}
    }
    let stem = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".toml");
    let wanted = if version == 1 { id.to_owned() } else { format!("{id}.v{version}") };
    if well_formed && stem != wanted {
        t.at(
            "id",
            format!("the file of {id} version {version} is called {stem}.toml"),
            Some(format!("Call it {wanted}.toml.")),
        );
    }
    Some(SmolStr::new(id))
}

fn measure(reading: &Reading<'_>, root: &DeTable<'_>, layer: &LayerName, path: &str) -> Option<Measure> {
    let t = Table::new(reading, root, 0..0, "the measure");
    let version = t.must("version", t.number("version")).unwrap_or(1);
    if version < 1 {
        t.at("version", "versions count from 1", None);
    }
    let id = id(&t, layer, path, version);
    let title = t.must("title", t.text("title"));
    let question = t.must("question", t.text("question"));
    let why = t.must("why", t.text("why"));
    let units = [MeasureUnit::Percent, MeasureUnit::Mean, MeasureUnit::Count];
    let parse = |s: &str| units.into_iter().find(|u| u.as_str() == s);
    let unit = t.must("unit", t.choice("unit", &units.map(MeasureUnit::as_str), parse));
    let ways = [Better::Up, Better::Down, Better::Neither];
    let parse = |s: &str| ways.into_iter().find(|b| b.as_str() == s);
    let better = t.must("better", t.choice("better", &ways.map(Better::as_str), parse));
    let letters = [Confidence::A, Confidence::B, Confidence::L, Confidence::M];
    let parse = |s: &str| letters.into_iter().find(|c| c.as_str() == s);
    let confidence = t.must("confidence", t.choice("confidence", &letters.map(Confidence::as_str), parse));
    let from = t.must("effective_from", t.date("effective_from"));
    let to = t.date("effective_to");
    if from.zip(to).is_some_and(|(from, to)| to <= from) {
        t.at("effective_to", "the measure ends before it begins", None);
    }
    let source = t.must("source", t.table("source")).and_then(|s| {
        let cite = s.must("cite", s.text("cite")).map(str::to_owned);
        let (url, note) = (s.text("url").map(str::to_owned), s.text("note").map(str::to_owned));
        s.finish();
        Some(Source { cite: cite?, url, note })
    });
    let denominator = t.must("denominator", t.table("denominator")).and_then(denominator);
    let numerator = t.must("numerator", t.table("numerator")).and_then(|n| numerator(n, unit));
    let example = t.must("example", t.table("example")).and_then(example);
    let out = (|| {
        Some(Measure {
            id: id?,
            version: u16::try_from(version).unwrap_or(1),
            title: SmolStr::new(title?),
            question: question?.to_owned(),
            why: why?.to_owned(),
            unit: unit?,
            better: better?,
            confidence: confidence?,
            effective_from: from?,
            effective_to: to,
            source: source?,
            denominator: denominator?,
            numerator: numerator?,
            example: example?,
            origin: Origin { layer: layer.clone(), file: path.to_owned(), line: 1 },
            hash: canonical::hash(root),
        })
    })();
    t.finish();
    out
}

fn denominator(t: Table<'_, '_>) -> Option<Denominator> {
    let cohort = t.must("cohort", t.text("cohort"));
    let words = t.must("words", t.text("words"));
    let who = t.table("where").map(asks).unwrap_or_default();
    let exclude = exclusions(&t);
    t.finish();
    Some(Denominator { cohort: SmolStr::new(cohort?), who, exclude, words: words?.to_owned() })
}

/// `[[exclude]]` tables: why, and who.
pub(super) fn exclusions(t: &Table<'_, '_>) -> Vec<Exclusion> {
    let mut out = Vec::new();
    for e in t.tables("exclude") {
        let why = e.must("why", e.text("why"));
        let who = e.must("where", e.table("where")).map(asks);
        e.finish();
        if let (Some(why), Some(who)) = (why, who) {
            out.push(Exclusion { why: why.to_owned(), who });
        }
    }
    out
}

fn numerator(t: Table<'_, '_>, unit: Option<MeasureUnit>) -> Option<Numerator> {
    let words = t.must("words", t.text("words"));
    let counts = match (t.has("where"), t.has("amount")) {
        (true, false) => t.table("where").map(asks).map(Counts::Who),
        (false, true) => t.table("amount").and_then(amount).map(Counts::Amount),
        _ => {
            let _ = (t.get("where"), t.get("amount"));
            let hint = "Give `where` (who is counted) or `amount` (what is added up).".to_owned();
            t.reading.mistake(t.span.start, "the numerator is either `where` or `amount`", Some(hint));
            None
        }
    };
    match (unit, &counts) {
        (Some(MeasureUnit::Percent), Some(Counts::Amount(_))) => {
            t.at("amount", "a percentage counts children: give `where` instead of `amount`", None);
        }
        (Some(MeasureUnit::Mean), Some(Counts::Who(_))) => {
            t.at("where", "a mean is of an amount: give `amount` instead of `where`", None);
        }
        _ => {}
    }
    t.finish();
    Some(Numerator { counts: counts?, words: words?.to_owned() })
}

/// All measures beside each other; they are sorted by id and version.
pub(crate) fn together(measures: &Measures, layers: &[Layer], mistakes: &mut Vec<Mistake>) {
    let mut wrong = |measure: &Measure, key: &str, message: String, hint: Option<String>| {
        let layer = layers.iter().find(|l| l.name == measure.origin.layer);
        let file = layer.and_then(|l| l.files.iter().find(|f| f.path == measure.origin.file));
        let text = file.map(|f| f.text.as_str()).unwrap_or_default();
        let (line, column) = position(text, text.find(&format!("{key} =")).unwrap_or(0));
        let label = layer.map_or_else(|| measure.origin.file.clone(), |l| l.label(&measure.origin.file));
        mistakes.push(Mistake { file: label, line, column, message, hint });
    };
    for m in &measures.list {
        if measures.cohort(&m.denominator.cohort).is_none() {
            let name = &m.denominator.cohort;
            let near = hint(name, measures.cohorts.iter().map(|c| c.id.as_str()));
            wrong(m, "cohort", format!("there is no cohort \"{name}\" in measures/cohorts.toml"), near);
        }
    }
    for pair in measures.list.windows(2) {
        let [a, b] = pair else { continue };
        if a.id == b.id && a.version == b.version {
            let message = format!("{} version {} is also in {}", b.id, b.version, a.origin.file);
            wrong(b, "version", message, Some("Give the newer one the next version.".into()));
        } else if a.id == b.id && a.effective_to.is_none_or(|to| b.effective_from < to) {
            let message = format!(
                "version {} of {} starts on {}, while version {} still holds",
                b.version, b.id, b.effective_from, a.version
            );
            let hint = format!("Give version {} an `effective_to` on or before that day.", a.version);
            wrong(b, "effective_from", message, Some(hint));
        }
    }
    let known = |id: &str| measures.list.iter().any(|m| m.id == id);
    let targets = measures.targets.iter().map(|t| &t.measure);
    let unknown: Vec<&SmolStr> =
        targets.chain(measures.comparators.iter().map(|c| &c.measure)).filter(|id| !known(id)).collect();
    for id in unknown {
        // The last layer that names it is the one to put right.
        for layer in layers {
            for file in layer.files.iter().filter(|f| f.path == "measures/figures.toml") {
                let Some(at) = file.text.find(&format!("\"{id}\"")) else { continue };
                let (line, column) = position(&file.text, at);
                mistakes.push(Mistake {
                    file: layer.label(&file.path),
                    line,
                    column,
                    message: format!("there is no measure \"{id}\""),
                    hint: hint(id, measures.list.iter().map(|m| m.id.as_str())),
                });
            }
        }
    }
}
