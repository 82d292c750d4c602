//! Reading one survey.

use toml::de::DeTable;

use super::{Survey, SurveySection};
use crate::form::{Expr, Kind, Name, Question, Section, questions};
use crate::layer::LayerName;
use crate::library::{Headed as _, few, head, long, place};
use crate::table::{Reading, Table};

/// Kinds of question that somebody without a record, and without an account, can be asked.
const KINDS: [&str; 8] = ["text", "rich", "date", "yes_no", "choice", "several", "number", "scale"];
/// Fewer answers than this could be somebody's.
const LEAST: i32 = 5;

/// Reads a whole file. `None` when something that must be there is not; the mistakes say what.
pub(crate) fn survey(
    reading: &Reading<'_>,
    root: &DeTable<'_>,
    layer: &LayerName,
    path: &str,
) -> Option<Survey> {
    let t = Table::new(reading, root, 0..0, "the survey");
    let head = head(&t, root, layer, path, Survey::WORD);
    let (asks, intro) = (few(&t, "asks"), long(&t, "intro"));
    let anonymous = t.must("anonymous", t.flag("anonymous"));
    let least = t.number("least").unwrap_or(LEAST);
    if least < 1 || (anonymous == Some(true) && least < LEAST) {
        let hint =
            format!("At least {LEAST} when answers are anonymous, so that nobody can be told from them.");
        t.at("least", format!("results cannot be shown from {least} answers on"), Some(hint));
    }
    let sections = sections(&t);
    t.finish();
    Some(Survey {
        head: head?,
        asks: asks?,
        intro: intro?,
        anonymous: anonymous?,
        least: u16::try_from(least).unwrap_or(5),
        sections,
    })
}

fn sections(survey: &Table<'_, '_>) -> Vec<SurveySection> {
    let mut out: Vec<SurveySection> = Vec::new();
    let mut before: Vec<Section> = Vec::new();
    for t in survey.tables("section") {
        let id = place(&t, "id", out.iter().map(|s| s.id.as_str()));
        let title = few(&t, "title");
        let (intro, place) = (t.text("intro").map(str::to_owned), t.text("place").map(str::to_owned));
        let questions = questions(&t, &before, id.as_deref().unwrap_or_default());
        if questions.is_empty() {
            t.at("question", "the section asks nothing", Some("Add [[section.question]].".into()));
        }
        for (question, table) in questions.iter().zip(t.tables("question")) {
            fit(question, &table);
        }
        t.finish();
        let (Some(id), Some(title)) = (id, title) else { continue };
        let section = SurveySection { id, title, intro, place, questions };
        before.push(section.as_section());
        out.push(section);
    }
    if out.is_empty() {
        survey.at("section", "the survey has no section", Some("Add [[section]].".into()));
    }
    out
}

/// What is asked of somebody who is not known can look at no record and explain nothing.
fn fit(question: &Question, t: &Table<'_, '_>) {
    if !KINDS.contains(&question.kind.as_str()) {
        let hint = format!("Known here: {}.", KINDS.join(", "));
        t.at("kind", format!("a survey cannot ask for a {}", question.kind.as_str()), Some(hint));
    }
    for key in ["prefill", "analysis"] {
        if t.has(key) {
            t.at(key, format!("a question of a survey has no `{key}`"), None);
        }
    }
    let mut facts = false;
    let conditions = question.show_if.iter().chain(question.checks.iter().map(|c| &c.when));
    conditions.for_each(|e: &Expr| e.names(&mut |name| facts |= matches!(name, Name::Fact(_))));
    if facts
        || matches!(&question.kind, Kind::Date { from, to } if [from, to].into_iter().flatten().any(born))
    {
        let hint = "It may look at answers given before.".to_owned();
        t.at("id", "a survey is about no child, so nothing can be asked about one", Some(hint));
    }
}

fn born(limit: &crate::form::DayLimit) -> bool {
    matches!(limit, crate::form::DayLimit::Birth)
}
