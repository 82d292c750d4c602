//! Reading questions, and the columns of tables, which are questions too.

use smol_str::{SmolStr, format_smolstr};

use super::kind_read::kind;
use super::read::is_word;
use super::scope::Scope;
use super::{AnswerCheck, Expr, Kind, Name, Question, Section, expr_read};
use crate::table::{Table, hint};

/// Words that mean something else in expressions.
const TAKEN: [&str; 8] = ["and", "or", "not", "in", "yes", "no", "today", "row"];
/// How much has to be said where an answer must be explained: a short sentence.
const EXPLAINED: u32 = 20;

/// Where questions stand.
pub(super) struct Place<'a> {
    /// The sections before.
    pub sections: &'a [Section],
    /// The section at hand.
    pub here: &'a str,
    /// The questions of the section before the table, for its columns; otherwise empty.
    pub outside: &'a [Question],
    /// Whether these are columns.
    pub columns: bool,
}

impl Place<'_> {
    fn scope<'a>(&'a self, t: &'a Table<'_, '_>, before: &'a [Question]) -> Scope<'a> {
        let (before, row) = if self.columns { (self.outside, before) } else { (before, &[][..]) };
        Scope {
            codes: t.reading.codes,
            sections: self.sections,
            here: Some(self.here),
            before,
            row,
            scores: &[],
        }
    }
}

/// The questions of a section.
pub(crate) fn questions(section: &Table<'_, '_>, before: &[Section], here: &str) -> Vec<Question> {
    let place = Place { sections: before, here, outside: &[], columns: false };
    read(section.tables("question"), &place)
}

/// The columns of a table.
pub(super) fn columns(table: &Table<'_, '_>, place: &Place<'_>) -> Vec<Question> {
    read(table.tables("column"), place)
}

fn read(tables: Vec<Table<'_, '_>>, place: &Place<'_>) -> Vec<Question> {
    let mut out: Vec<Question> = Vec::new();
    for t in tables {
        if let Some(question) = question(&t, place, &out) {
            let analysis = if place.columns { None } else { analysis(&t, &question, place, &out) };
            out.push(question);
            out.extend(analysis);
        }
        t.finish();
    }
    out
}

fn question(t: &Table<'_, '_>, place: &Place<'_>, before: &[Question]) -> Option<Question> {
    let id = t.must("id", t.text("id"))?;
    check_id(t, "id", id, place, before);
    let label = t.must("label", t.text("label"));
    let name = t.text("name").map(str::to_owned);
    let hint_text = t.text("hint").map(str::to_owned);
    let help = t.text("help").map(str::to_owned);
    let required = t.flag("required").unwrap_or(true);
    let or_reason = t.text("or_reason").map(SmolStr::new);
    if let Some(list) = &or_reason {
        check_list(t, "or_reason", list);
    }
    let scope = place.scope(t, before);
    let show_if = expr_read::condition(t, "show_if", &scope);
    let kind = t.must("kind", kind(t, place, before));
    let page = page(t, place, before).unwrap_or_else(|| SmolStr::new(id));
    let prefill = expr_read::expression(t, "prefill", &Scope::facts(t.reading.codes));
    if let (Some(prefill), Some(kind)) = (&prefill, &kind) {
        let wanted = super::scope::Type::of(kind);
        if !prefill.kind.fits(&wanted) {
            let message =
                format!("`prefill` is {}, but the answer is {}", prefill.kind.words(), wanted.words());
            t.reading.mistake(prefill.at, message, None);
        }
    }
    let mut question = Question {
        id: SmolStr::new(id),
        page,
        label: label?.to_owned(),
        name,
        hint: hint_text,
        help,
        required,
        or_reason,
        show_if,
        prefill: prefill.map(|p| p.expr),
        explains: None,
        checks: Vec::new(),
        kind: kind?,
    };
    question.checks = checks(t, place, before, &question);
    Some(question)
}

/// `[[section.question.check]]`: what contradicts this answer, which may itself be named.
fn checks(t: &Table<'_, '_>, place: &Place<'_>, before: &[Question], of: &Question) -> Vec<AnswerCheck> {
    let with_this: Vec<Question> = before.iter().cloned().chain([of.clone()]).collect();
    let mut out = Vec::new();
    for c in t.tables("check") {
        let when = c.must("when", expr_read::condition(&c, "when", &place.scope(&c, &with_this)));
        let say = c.must("say", c.text("say"));
        let advisory = c.flag("advisory").unwrap_or(false);
        c.finish();
        if let (Some(when), Some(say)) = (when, say) {
            out.push(AnswerCheck { when, say: say.to_owned(), advisory });
        }
    }
    out
}

fn check_id(t: &Table<'_, '_>, key: &str, id: &str, place: &Place<'_>, before: &[Question]) {
    if !is_word(id) || TAKEN.contains(&id) {
        let hint = "Small letters, digits and _, starting with a letter.".to_owned();
        t.at(key, format!("a question cannot have the id \"{id}\""), Some(hint));
    }
    let earlier = |s: &Section| !place.columns && s.question(id).is_some();
    if before.iter().any(|q| q.id == id) || place.sections.iter().any(earlier) {
        t.at(key, format!("the question \"{id}\" is there twice"), Some("Ids are unique in a form.".into()));
    }
}

pub(super) fn check_list(t: &Table<'_, '_>, key: &str, list: &str) {
    if t.reading.codes.list(list).is_none() {
        let known: Vec<&str> = t.reading.codes.lists().map(|(name, _)| name.as_str()).collect();
        t.at(key, format!("there is no code list \"{list}\""), hint(list, known));
    }
}

/// `with = "height"`: asked on the same page as an earlier question.
fn page(t: &Table<'_, '_>, place: &Place<'_>, before: &[Question]) -> Option<SmolStr> {
    if place.columns {
        return None;
    }
    let with = t.text("with")?;
    match before.iter().find(|q| q.id == with) {
        // Pages are read in order: what stands between would be asked in two places.
        Some(first) if before.last().is_some_and(|last| last.page == first.page) => Some(first.page.clone()),
        Some(first) => {
            let message = format!("\"{with}\" is not asked right before this, so they cannot share a page");
            t.at("with", message, Some(format!("Move this question up, right after \"{}\".", first.id)));
            None
        }
        None => {
            let known = before.iter().map(|q| q.id.as_str());
            t.at(
                "with",
                format!("no question \"{with}\" comes before this one in the section"),
                hint(with, known),
            );
            None
        }
    }
}

/// `analysis = { when, label, hint }`: a question that asks for reasons, right after this one and on its page.
fn analysis(t: &Table<'_, '_>, of: &Question, place: &Place<'_>, before: &[Question]) -> Option<Question> {
    let a = t.table("analysis")?;
    let with_this: Vec<Question> = before.iter().cloned().chain([of.clone()]).collect();
    let when = expr_read::condition(&a, "when", &place.scope(&a, &with_this));
    let label = a.must("label", a.text("label"));
    let hint_text = a.text("hint").map(str::to_owned);
    let id = format_smolstr!("{}_analysis", of.id);
    check_id(&a, "label", &id, place, &with_this);
    let given = a.has("when");
    a.finish();
    let answered = || Expr::Answered(Box::new(Expr::Name(Name::Answer(of.id.clone()))));
    Some(Question {
        id,
        page: of.page.clone(),
        label: label?.to_owned(),
        name: None,
        hint: hint_text,
        help: None,
        required: true,
        or_reason: None,
        show_if: Some(if given { when? } else { answered() }),
        prefill: None,
        explains: Some(of.id.clone()),
        checks: Vec::new(),
        kind: Kind::Rich { least: EXPLAINED, most: super::kind_read::LONG },
    })
}
