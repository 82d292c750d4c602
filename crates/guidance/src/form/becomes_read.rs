//! Reading what answers become in the record, checked against what entries hold.

use kinfold_record::{EventKind, FieldKind, FieldSpec, Sensitivity};
use smol_str::SmolStr;

use super::expr_read::{self, Typed, read_at};
use super::scope::{Scope, Type};
use super::{Becomes, Expr, Kind, Name, Part, Question, Score, Section};
use crate::table::{Table, hint};

pub(super) fn becomes(form: &Table<'_, '_>, sections: &[Section], scores: &[Score]) -> Vec<Becomes> {
    let mut out = Vec::new();
    for t in form.tables("becomes") {
        out.extend(one(&t, sections, scores));
        t.finish();
    }
    out
}

fn one(t: &Table<'_, '_>, sections: &[Section], scores: &[Score]) -> Option<Becomes> {
    let names: Vec<&str> = EventKind::ALL.iter().map(|k| k.as_str()).collect();
    let event = t.must("event", t.choice("event", &names, EventKind::parse));
    let for_each = t.text("for_each");
    let (here, row) = for_each.map_or((None, &[][..]), |name| repeated(t, name, sections));
    let scope = Scope { codes: t.reading.codes, sections, here, before: &[], row, scores };
    let when = expr_read::condition(t, "when", &scope);
    let happened_on = t.must("happened_on", expr_read::expression(t, "happened_on", &scope));
    if let Some(on) = happened_on.as_ref().filter(|on| !on.kind.fits(&Type::Date)) {
        t.reading.mistake(on.at, format!("`happened_on` is {}, not a date", on.kind.words()), None);
    }
    let mut about = Vec::new();
    for (question, at) in t.texts("about").unwrap_or_default() {
        match scope.question(&question) {
            Ok(q) if matches!(q.kind, Kind::Person) => about.push(question),
            _ => t.reading.mistake(at, format!("\"{question}\" is no question that asks for a person"), None),
        }
    }
    let labels = Sensitivity::ALL.map(Sensitivity::as_str);
    let sensitivity = t.choice("sensitivity", &labels, Sensitivity::parse);
    let open_because = t.text("open_because").map(str::to_owned);
    let fields = match (event, t.table("fields")) {
        (Some(event), Some(table)) => fields(&table, event, &scope),
        (Some(event), None) if event.fields().iter().any(|f| f.required) => {
            t.at(
                "event",
                format!("{} has fields that must be filled", event.as_str()),
                Some("Add [becomes.fields].".into()),
            );
            Vec::new()
        }
        _ => Vec::new(),
    };
    let mut out = Becomes {
        event: event?,
        when,
        for_each: for_each.map(SmolStr::new),
        happened_on: happened_on?.expr,
        about,
        sensitivity: sensitivity.unwrap_or_default(),
        open_because,
        fields,
    };
    check_sensitivity(t, &mut out, sensitivity, sections, scores);
    Some(out)
}

/// The columns of a table, or the section that repeats.
fn repeated<'a>(t: &Table<'_, '_>, name: &str, sections: &'a [Section]) -> (Option<&'a str>, &'a [Question]) {
    if let Some(section) = sections.iter().find(|s| s.id == name && s.repeat.is_some()) {
        return (Some(section.id.as_str()), &[]);
    }
    for section in sections {
        if let Some(Question { kind: Kind::Table { columns, .. }, .. }) = section.question(name) {
            if section.repeat.is_some() {
                t.at("for_each", "a table in a section that repeats cannot become entries", None);
            }
            return (None, columns);
        }
    }
    let tables = sections.iter().flat_map(|s| &s.questions).filter(|q| matches!(q.kind, Kind::Table { .. }));
    let repeating = sections.iter().filter(|s| s.repeat.is_some()).map(|s| s.id.as_str());
    let message = format!("\"{name}\" is neither a table nor a section that repeats");
    t.at("for_each", message, hint(name, tables.map(|q| q.id.as_str()).chain(repeating)));
    (None, &[])
}

fn fields(t: &Table<'_, '_>, event: EventKind, scope: &Scope<'_>) -> Vec<(SmolStr, Expr)> {
    let mut out = Vec::new();
    for (name, span, value) in t.pairs() {
        let Some(spec) = event.field(name).and_then(|i| event.fields().get(usize::from(i))) else {
            let known = event.fields().iter().map(|f| f.name);
            let message = format!("{} has no field `{name}`", event.as_str());
            t.reading.mistake(span.start, message, hint(name, known));
            continue;
        };
        let Some(text) = value.get_ref().as_str() else {
            let hint = "Write an expression in single quotes: 'mood', '\"initial\"', 'yes'.".to_owned();
            t.reading.mistake(value.span().start, format!("`{name}` is not an expression"), Some(hint));
            continue;
        };
        let Some(typed) = read_at(t, value.span().start, name, text, scope) else { continue };
        if let Err((message, hint)) = fits(spec, &typed, scope) {
            t.reading.mistake(typed.at, format!("`{name}` {message}"), hint);
        }
        out.push((SmolStr::new(name), typed.expr));
    }
    for spec in event.fields().iter().filter(|f| f.required) {
        if !t.has(spec.name) {
            let message = format!("{} needs `{}` ({})", event.as_str(), spec.name, spec.label);
            t.reading.mistake(t.span.start, message, None);
        }
    }
    out
}

/// Whether a value may stand in a field.
fn fits(spec: &FieldSpec, typed: &Typed, scope: &Scope<'_>) -> Result<(), (String, Option<String>)> {
    // Of alternatives, each has to fit.
    let each = |exprs: Vec<&Expr>| {
        exprs.into_iter().try_for_each(|e| {
            let kind = match e {
                Expr::Text(_) => Type::Text,
                Expr::Name(name) => named(name, scope).unwrap_or(Type::Unknown),
                Expr::If(..) | Expr::First(_) | Expr::Reason(_) => typed.kind.clone(),
                _ => return Ok(()),
            };
            fits(spec, &Typed { expr: e.clone(), kind, at: typed.at }, scope)
        })
    };
    match &typed.expr {
        Expr::If(_, a, b) => return each(vec![a.as_ref(), b.as_ref()]),
        Expr::First(list) => return each(list.iter().collect()),
        _ => {}
    }
    let wrong = |wanted: &str| Err((format!("takes {wanted}, not {}", typed.kind.words()), None));
    match (spec.kind, &typed.kind) {
        (_, Type::Unknown) => Ok(()),
        (FieldKind::Code(list) | FieldKind::Codes(list), Type::Text) => match &typed.expr {
            Expr::Text(code) => codes(list, &[SmolStr::new(code)], scope),
            _ => wrong(&format!("a code of {list}")),
        },
        (FieldKind::Code(list) | FieldKind::Codes(list), Type::Code(options))
        | (FieldKind::Codes(list), Type::Codes(options)) => {
            codes(list, &options.codes(scope.codes).unwrap_or_default(), scope)
        }
        (FieldKind::Code(list), _) => wrong(&format!("a code of {list}")),
        (FieldKind::Codes(list), _) => wrong(&format!("codes of {list}")),
        (FieldKind::Flag, Type::Flag)
        | (FieldKind::Number, Type::Number)
        | (FieldKind::Day, Type::Date)
        | (FieldKind::Line | FieldKind::Text | FieldKind::Address, Type::Text)
        | (FieldKind::Address, Type::Address)
        | (FieldKind::Person, Type::Person)
        | (FieldKind::Reference, Type::Reference) => Ok(()),
        (FieldKind::Flag, _) => wrong("yes or no"),
        (FieldKind::Number, _) => wrong("a number"),
        (FieldKind::Day, _) => wrong("a date"),
        (FieldKind::Person, _) => wrong("a person"),
        (FieldKind::People, _) => wrong("nothing from a form"),
        (FieldKind::Reference, _) => wrong("`reference(…)`"),
        (FieldKind::Line | FieldKind::Text | FieldKind::Address, _) => {
            let hint = "`words(x)` gives what a person reads for it.".to_owned();
            Err((format!("takes a text, not {}", typed.kind.words()), Some(hint)))
        }
    }
}

fn named(name: &Name, scope: &Scope<'_>) -> Option<Type> {
    match name {
        Name::Answer(id) => scope.question(id).ok().map(|q| Type::of(&q.kind)),
        Name::Column(id) => scope.row.iter().find(|q| q.id == *id).map(|q| Type::of(&q.kind)),
        Name::Fact(id) => Scope::fact(id),
        Name::Score(_) => Some(Type::Number),
        Name::Times(_) | Name::Band(_) => None,
    }
}

fn codes(list: &str, given: &[SmolStr], scope: &Scope<'_>) -> Result<(), (String, Option<String>)> {
    let Some(known) = scope.codes.list(list) else {
        return Err((format!("has no code list \"{list}\""), None));
    };
    match given.iter().find(|code| known.get(code).is_none()) {
        None => Ok(()),
        Some(code) => {
            let near = hint(code, known.codes.iter().map(|c| c.code.as_str()));
            Err((format!("cannot hold \"{code}\": it is not a code of {list}"), near))
        }
    }
}

/// An entry is read at least as narrowly as the sections it comes from, or says why not.
fn check_sensitivity(
    t: &Table<'_, '_>,
    out: &mut Becomes,
    given: Option<Sensitivity>,
    sections: &[Section],
    scores: &[Score],
) {
    let mut from: Vec<Sensitivity> = Vec::new();
    for expr in out.fields.iter().map(|(_, e)| e) {
        expr.names(&mut |name| behind(name, out.for_each.as_deref(), sections, scores, &mut from));
    }
    let usual = out.event.usual_sensitivity();
    out.sensitivity = given.unwrap_or(usual);
    if let Some(own) = out.event.compartment()
        && !closes(out.sensitivity, own)
    {
        let message = format!("an entry of this kind is {}, or restricted", own.as_str());
        t.at("sensitivity", message, None);
    }
    let open = from.into_iter().find(|label| !closes(out.sensitivity, *label));
    if let (Some(label), None) = (open, &out.open_because) {
        let message = format!(
            "this entry would be {}, but answers it comes from are {}",
            out.sensitivity.as_str(),
            label.as_str()
        );
        let hint = "Give it a `sensitivity` that is as close, or say in `open_because` why more may read it."
            .to_owned();
        t.at("event", message, Some(hint));
    }
}

/// How sensitive the sections are that a name takes its value from.
fn behind(
    name: &Name,
    table: Option<&str>,
    sections: &[Section],
    scores: &[Score],
    out: &mut Vec<Sensitivity>,
) {
    let of = |id: &str| sections.iter().find(|s| s.question(id).is_some()).map(|s| s.sensitivity);
    match name {
        Name::Answer(id) => out.extend(of(id)),
        Name::Column(_) => out.extend(table.and_then(of)),
        Name::Times(id) => out.extend(sections.iter().find(|s| s.id == *id).map(|s| s.sensitivity)),
        Name::Fact(_) => {}
        Name::Score(id) | Name::Band(id) => {
            for part in scores.iter().filter(|s| s.id == *id).flat_map(|s| &s.of) {
                match part {
                    Part::Question { question, .. } | Part::Item { question, .. } => out.extend(of(question)),
                    // Scores use only those before them, so this ends.
                    Part::Score(id) => behind(&Name::Score(id.clone()), table, sections, scores, out),
                }
            }
        }
    }
}

/// Whether something under the first label is read by no more people than under the second.
fn closes(label: Sensitivity, other: Sensitivity) -> bool {
    const LADDER: [Sensitivity; 5] = [
        Sensitivity::Ordinary,
        Sensitivity::Health,
        Sensitivity::ThirdParty,
        Sensitivity::Safeguarding,
        Sensitivity::Restricted,
    ];
    let rank = |label| LADDER.iter().position(|l| *l == label);
    // A compartment is read by fewer than read health.
    let compartment = rank(label).is_none();
    label == other
        || other == Sensitivity::Ordinary
        || label == Sensitivity::Restricted
        || compartment && other == Sensitivity::Health
        || rank(label).zip(rank(other)).is_some_and(|(a, b)| a >= b)
}
