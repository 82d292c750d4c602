//! Reading one form.

use kinfold_record::{Sensitivity, Strand, Subject};
use smol_str::SmolStr;
use toml::de::DeTable;

use super::scope::Scope;
use super::{Delegate, Form, Repeat, Section, becomes_read, expr_read, question_read, score_read};
use crate::canonical;
use crate::layer::LayerName;
use crate::rule::{Confidence, Origin, Source};
use crate::rule_read::supersedes;
use crate::table::{Reading, Table, hint};
use crate::vocabulary::ROLES;

/// More of anything than this nobody fills in.
pub(super) const MOST: i32 = 200;

/// Reads a whole file. `None` when something that must be there is not; the mistakes say what.
pub(crate) fn form(reading: &Reading<'_>, root: &DeTable<'_>, layer: &LayerName, path: &str) -> Option<Form> {
    let t = Table::new(reading, root, 0..0, "the form");
    let version = t.must("version", t.number("version")).unwrap_or(1);
    if version < 1 {
        t.at("version", "versions count from 1", None);
    }
    let id = id(&t, layer, path, version);
    let title = t.must("title", t.text("title"));
    let why = t.must("why", t.text("why"));
    let about = t.choice("about", &["child", "carer", "home"], Subject::parse).unwrap_or_default();
    let strands = Strand::ALL.map(Strand::as_str);
    let strand = t.must("strand", t.choice("strand", &strands, Strand::parse));
    let confidence = t.must("confidence", confidence(&t));
    let from = t.must("effective_from", t.date("effective_from"));
    let to = t.date("effective_to");
    if from.zip(to).is_some_and(|(from, to)| to <= from) {
        t.at("effective_to", "the form ends before it begins", None);
    }
    let source = t.must("source", t.table("source")).and_then(|s| {
        let cite = s.must("cite", s.text("cite")).map(str::to_owned);
        let (url, note) = (s.text("url").map(str::to_owned), s.text("note").map(str::to_owned));
        s.finish();
        Some(Source { cite: cite?, url, note })
    });
    let starts = t.must("starts", roles(&t, "starts", false));
    let serves = t.texts("serves").unwrap_or_default().into_iter().map(|(id, _)| id).collect();
    let offered_if = expr_read::condition(&t, "offered_if", &Scope::facts(reading.codes));
    let sections = sections(&t);
    let scores = score_read::scores(&t, &sections);
    let becomes = becomes_read::becomes(&t, &sections, &scores);
    let supersedes = supersedes(&t, layer);
    t.finish();
    Some(Form {
        id: id?,
        version: u16::try_from(version).unwrap_or(1),
        title: SmolStr::new(title?),
        why: why?.to_owned(),
        about,
        strand: strand?,
        confidence: confidence?,
        effective_from: from?,
        effective_to: to,
        source: source?,
        starts: starts?,
        serves,
        offered_if,
        sections,
        scores,
        becomes,
        supersedes,
        origin: Origin { layer: layer.clone(), file: path.to_owned(), line: 1 },
        hash: canonical::hash(root),
    })
}

fn id(t: &Table<'_, '_>, layer: &LayerName, path: &str, version: i32) -> Option<SmolStr> {
    let id = t.must("id", t.text("id"))?;
    if !(id.contains('.') && id.split('.').all(is_word)) {
        let hint = "Write it like \"health.review\": small letters, digits and _, with a dot.".to_owned();
        t.at("id", format!("\"{id}\" is not an id"), Some(hint));
    }
    let local = id.starts_with("local.");
    match layer {
        LayerName::National if local => {
            t.at("id", "a national form cannot have an id that starts with `local.`", None);
        }
        LayerName::Local(_) if !local => t.at(
            "id",
            format!("\"{id}\" is in a local layer, so its id must start with `local.`"),
            Some("To use it instead of a national form, name that in `supersedes`, with `reason` and `approved_by`.".into()),
        ),
        _ => {}
    }
    let stem = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".toml");
    let wanted = if version == 1 { id.to_owned() } else { format!("{id}.v{version}") };
    if stem != wanted {
        let message = format!("the file of {id} version {version} is called {stem}.toml");
        t.at("id", message, Some(format!("Call it {wanted}.toml.")));
    }
    Some(SmolStr::new(id))
}

/// Small letters, digits and `_`, starting with a letter.
pub(super) fn is_word(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_lowercase())
        && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// The letter of a table's `confidence`.
pub(super) fn confidence(t: &Table<'_, '_>) -> Option<Confidence> {
    let letters = [Confidence::A, Confidence::B, Confidence::L, Confidence::M];
    let parse = |s: &str| letters.into_iter().find(|c| c.as_str() == s);
    t.choice("confidence", &letters.map(Confidence::as_str), parse)
}

/// Roles of accounts or in the child's circle; `circle` is everybody in it, where that may be said.
fn roles(t: &Table<'_, '_>, key: &'static str, circle: bool) -> Option<Vec<SmolStr>> {
    let roles = t.texts(key)?;
    let in_circle = t.reading.codes.list("circle_role");
    for (role, at) in &roles {
        let known = ROLES.contains(&role.as_str())
            || circle && role == "circle"
            || in_circle.is_some_and(|l| l.get(role).is_some());
        if !known {
            t.reading.mistake(*at, format!("there is no role \"{role}\""), hint(role, ROLES));
        }
    }
    if roles.is_empty() {
        t.at(key, format!("`{key}` names nobody"), None);
    }
    Some(roles.into_iter().map(|(role, _)| role).collect())
}

fn sections(form: &Table<'_, '_>) -> Vec<Section> {
    let mut out: Vec<Section> = Vec::new();
    for t in form.tables("section") {
        if let Some(section) = section(&t, &out) {
            out.push(section);
        }
        t.finish();
    }
    if out.is_empty() {
        form.at("section", "the form has no section that can be filled in", Some("Add [[section]].".into()));
    }
    out
}

fn section(t: &Table<'_, '_>, before: &[Section]) -> Option<Section> {
    let id = t.must("id", t.text("id"));
    if let Some(id) = id {
        // "check" and "tasks" are pages of every form.
        if !is_word(id) || matches!(id, "check" | "tasks" | "new") {
            t.at(
                "id",
                format!("a section cannot be called \"{id}\""),
                Some("Small letters, digits and _.".into()),
            );
        }
        if before.iter().any(|s| s.id == id) {
            t.at("id", format!("the section \"{id}\" is there twice"), None);
        }
    }
    let title = t.must("title", t.text("title"));
    let intro = t.text("intro").map(str::to_owned);
    let fills = t.must("fills", roles(t, "fills", false));
    let reads = t.must("reads", roles(t, "reads", true));
    let labels = Sensitivity::ALL.map(Sensitivity::as_str);
    let sensitivity = t.must("sensitivity", t.choice("sensitivity", &labels, Sensitivity::parse));
    let delegate = t.table("delegate").and_then(|d| {
        let (to, within) = (d.must("to", d.text("to")), d.must("within", d.period("within")));
        d.finish();
        Some(Delegate { to: to?.to_owned(), within: within? })
    });
    let mut after = Vec::new();
    for (other, at) in t.texts("after").unwrap_or_default() {
        if !before.iter().any(|s| s.id == other) {
            let message = format!("no section \"{other}\" comes before this one");
            t.reading.mistake(at, message, hint(&other, before.iter().map(|s| s.id.as_str())));
        }
        after.push(other);
    }
    let repeat = t.table("repeat").and_then(repeat);
    let here = id.unwrap_or_default();
    let scope =
        Scope { codes: t.reading.codes, sections: before, here: None, before: &[], row: &[], scores: &[] };
    let show_if = expr_read::condition(t, "show_if", &scope);
    let questions = question_read::questions(t, before, here);
    if questions.is_empty() {
        t.at("question", "the section asks nothing", Some("Add [[section.question]].".into()));
    }
    Some(Section {
        id: SmolStr::new(id?),
        title: title?.to_owned(),
        intro,
        fills: fills?,
        reads: reads?,
        sensitivity: sensitivity?,
        delegate,
        after,
        show_if,
        repeat,
        questions,
    })
}

fn repeat(t: Table<'_, '_>) -> Option<Repeat> {
    let each = t.must("each", t.text("each"));
    let least = t.number("least").unwrap_or(1);
    let most = t.number("most").unwrap_or(20);
    if !(0..=most).contains(&least) || !(1..=MOST).contains(&most) {
        t.at(
            "most",
            format!("a section cannot be filled in at least {least} and at most {most} times"),
            None,
        );
    }
    t.finish();
    Some(Repeat {
        each: each?.to_owned(),
        least: u8::try_from(least).unwrap_or(0),
        most: u8::try_from(most).unwrap_or(20),
    })
}
