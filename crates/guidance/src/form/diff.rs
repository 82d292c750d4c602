//! What differs between two sets of forms, in plain words: which question came, which went, who reads a section now.

use smol_str::format_smolstr;

use super::{Form, Forms, Question, Section};
use crate::diff::{Change, ChangeKind};
use crate::layer::LayerName;

/// What `new` changes, compared with `old`: forms by version, and the licensed words of instruments.
pub(crate) fn changes(old: &Forms, new: &Forms) -> Vec<Change> {
    let change = |kind, form: &Form, lines| Change {
        kind,
        id: format_smolstr!("forms/{}", form.id),
        version: Some(form.version),
        layer: form.origin.layer.clone(),
        lines,
    };
    let mut out = Vec::new();
    for form in &new.list {
        let same = old.version(&form.id, form.version);
        if same.is_some_and(|was| was.hash == form.hash) {
            continue;
        }
        let earlier = old.list.iter().rfind(|f| f.id == form.id && f.version < form.version);
        let replaced = form.supersedes.as_ref();
        let replaced = replaced.and_then(|s| old.list.iter().rfind(|f| f.id == s.rule));
        let (kind, was) = match (same, earlier, replaced) {
            (Some(was), ..) => (ChangeKind::Changed, Some(was)),
            (_, Some(was), _) => (ChangeKind::NewVersion, Some(was)),
            (_, _, Some(was)) => (ChangeKind::Supersedes, Some(was)),
            _ => (ChangeKind::Added, None),
        };
        out.push(change(kind, form, was.map_or_else(|| summary(form), |was| differences(was, form))));
    }
    for form in &old.list {
        if new.version(&form.id, form.version).is_none() {
            out.push(change(ChangeKind::Removed, form, summary(form)));
        }
    }
    for words in &new.licensed {
        let was = old.licensed(&words.instrument, &words.language);
        if was != Some(words) {
            let lines =
                vec![if was.is_some() { "the words differ" } else { "the words are there" }.to_owned()];
            out.push(licensed(&words.instrument, &words.language, lines));
        }
    }
    for words in &old.licensed {
        if new.licensed(&words.instrument, &words.language).is_none() {
            let lines = vec!["the words are no longer there: it is asked by item number".to_owned()];
            out.push(licensed(&words.instrument, &words.language, lines));
        }
    }
    out
}

fn licensed(instrument: &str, language: &str, lines: Vec<String>) -> Change {
    Change {
        kind: ChangeKind::Other,
        id: format_smolstr!("words/licensed/{instrument}/{language}.toml"),
        version: None,
        layer: LayerName::National,
        lines,
    }
}

fn head(form: &Form) -> [(&'static str, String); 6] {
    let to = form.effective_to.map_or_else(|| "further notice".into(), |day| day.to_string());
    [
        ("title", form.title.to_string()),
        ("what it is for", form.why.clone()),
        ("source", form.source.cite.clone()),
        ("confidence", form.confidence.as_str().to_owned()),
        ("in force", format!("{} to {to}", form.effective_from)),
        ("started by", form.starts.join(", ")),
    ]
}

fn summary(form: &Form) -> Vec<String> {
    let mut lines: Vec<String> =
        head(form).into_iter().map(|(name, text)| format!("{name}: {text}")).collect();
    let questions: usize = form.sections.iter().map(|s| s.questions.len()).sum();
    lines.push(format!("sections: {}, questions: {questions}", form.sections.len()));
    lines
}

fn differences(old: &Form, new: &Form) -> Vec<String> {
    let mut lines: Vec<String> = head(old)
        .into_iter()
        .zip(head(new))
        .filter(|((_, a), (_, b))| a != b)
        .map(|((name, a), (_, b))| format!("{name}: {a} → {b}"))
        .collect();
    for section in &new.sections {
        match old.section(&section.id) {
            None => lines.push(format!("section “{}” is new", section.title)),
            Some(was) => sections(was, section, &mut lines),
        }
        for question in &section.questions {
            match old.question(&question.id) {
                None => lines.push(format!("question “{}” is new in “{}”", question.label, section.title)),
                Some((place, was)) => {
                    if place.id != section.id {
                        lines.push(format!("question “{}” moves to “{}”", question.label, section.title));
                    }
                    questions(was, question, &mut lines);
                }
            }
        }
    }
    let gone = old.sections.iter().filter(|s| new.section(&s.id).is_none());
    lines.extend(gone.map(|s| format!("section “{}” goes", s.title)));
    let gone = old.sections.iter().flat_map(|s| &s.questions).filter(|q| new.question(&q.id).is_none());
    lines.extend(gone.map(|q| format!("question “{}” goes", q.label)));
    let mut differ = |differs: bool, words: &str| {
        if differs {
            lines.push(words.to_owned());
        }
    };
    differ(old.offered_if != new.offered_if, "for which children it is offered differs");
    differ(old.serves != new.serves, "the duties it is filled in for differ");
    differ(old.scores != new.scores, "how it is scored differs");
    differ(old.becomes != new.becomes, "what the answers become in the record differs");
    if lines.is_empty() {
        lines.push("the order of what is asked differs".to_owned());
    }
    lines
}

/// What differs of a section besides its questions: who fills it in and who reads it before all.
fn sections(old: &Section, new: &Section, lines: &mut Vec<String>) {
    let mut say = |name: &str, a: String, b: String| {
        if a != b {
            lines.push(format!("section “{}”, {name}: {a} → {b}", new.title));
        }
    };
    say("title", old.title.clone(), new.title.clone());
    say("filled in by", old.fills.join(", "), new.fills.join(", "));
    say("read by", old.reads.join(", "), new.reads.join(", "));
    say("sensitivity", old.sensitivity.as_str().to_owned(), new.sensitivity.as_str().to_owned());
    let outside = |s: &Section| s.delegate.as_ref().map_or_else(|| "nobody".to_owned(), |d| d.to.clone());
    say("handed outside to", outside(old), outside(new));
    let rest = |s: &Section| (s.intro.clone(), s.after.clone(), s.show_if.clone(), s.repeat.clone());
    if rest(old) != rest(new) {
        lines.push(format!("section “{}”: when it is asked, or its introduction, differs", new.title));
    }
}

fn questions(old: &Question, new: &Question, lines: &mut Vec<String>) {
    let mut say = |differs: bool, words: &str| {
        if differs {
            lines.push(format!("question “{}”: {words}", new.label));
        }
    };
    say(old.label != new.label, &format!("it was asked as “{}”", old.label));
    let must = if new.required { "it has to be answered now" } else { "it may go unanswered now" };
    say(old.required != new.required, must);
    say(old.kind != new.kind, "what kind of answer it takes, or its limits, differ");
    say(old.show_if != new.show_if, "when it is asked differs");
    say(old.checks != new.checks, "what is checked differs");
    let words = |q: &Question| (q.name.clone(), q.hint.clone(), q.help.clone());
    say(words(old) != words(new), "its help differs");
    let rest = |q: &Question| (q.or_reason.clone(), q.prefill.clone(), q.explains.clone(), q.page.clone());
    say(rest(old) != rest(new), "its page, what is offered as an answer, or the reasons for none differ");
}
