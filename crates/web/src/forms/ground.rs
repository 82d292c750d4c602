//! The pages of a section, the same for a colleague and for somebody outside: questions, rows of tables, files, and the
//! answers to check.

use kinfold_casework::forms::{Changes, mark};
use kinfold_forms::posted::{self, Posted};
use kinfold_forms::words::shown;
use kinfold_forms::{Answer, AnsweredPerson, Answers, Key, Problem, Severity, Sheet, Step};
use kinfold_guidance::form::{Kind, Question, Section};
use kinfold_look::banner::{inset, warning};
use kinfold_look::compare::{Side, compare};
use kinfold_look::form::{Button, FormState, button_group, csrf_field, error_summary, hidden};
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::{Markup, html};
use kinfold_record::PersonId;

use super::answer::{answer, plain};
use super::question::{Drawing, fill, mark as put_problems, names};
use crate::child::event_form::Someone;

/// Where a section is filled in, and by whom.
pub(super) struct Ground<'a> {
    pub sheet: &'a Sheet<'a>,
    /// The same form with only what may be suggested.
    pub suggestions: Option<&'a Sheet<'a>>,
    pub section: &'a Section,
    /// Which time round, from 0.
    pub time: u8,
    /// The address that steps are added to: "/children/…/forms/…/sections".
    pub base: String,
    /// The address that files are sent to.
    pub files: String,
    /// The address that a file is had from; `None` where files are only listed.
    pub file: Option<String>,
    /// Where the list of sections is.
    pub home: (String, &'static str),
    pub csrf: String,
    pub people: Vec<Someone>,
    /// Whether the answers can be changed.
    pub open: bool,
}

impl<'a> Ground<'a> {
    /// The address of a step.
    pub fn address(&self, step: &Step) -> String {
        match step {
            Step::Tasks | Step::Check => self.home.0.clone(),
            step => format!("{}/{step}", self.base),
        }
    }

    pub(super) fn key(&self, question: &Question) -> Key {
        Key { question: question.id.clone(), time: self.time }
    }

    /// The questions of a page.
    pub fn questions(&self, page: &str) -> Vec<&'a Question> {
        self.sheet.page(self.section, self.time, page)
    }

    /// Whether a question has fields on its page. Rows and files are added by pages of their own; while there are none, the
    /// page asks for the reason where the form knows reasons.
    pub fn has_fields(&self, question: &Question) -> bool {
        match (&question.kind, self.sheet.answers.get(&self.key(question))) {
            (Kind::Table { .. }, Some(Answer::Rows(_))) | (Kind::Upload { .. }, Some(Answer::Uploads(_))) => {
                false
            }
            (Kind::Table { .. } | Kind::Upload { .. }, _) => question.or_reason.is_some(),
            _ => true,
        }
    }

    /// What a page would change, as it was sent. Rows and files have pages of their own.
    pub fn changes(&self, page: &str, sent: &FormState) -> Changes {
        let posted: Posted = sent.pairs().collect();
        let circle = |id: PersonId| self.somebody(id);
        let answers = self
            .questions(page)
            .into_iter()
            .filter(|q| self.has_fields(q))
            .map(|q| (self.key(q), posted::read(q, &posted, self.sheet.facts.today, &circle)))
            .collect();
        Changes { answers, times: None }
    }

    pub(super) fn somebody(&self, id: PersonId) -> Option<AnsweredPerson> {
        let found = self.people.iter().find(|p| p.id == id.to_string())?;
        let (name, role) = found.words.split_once(" (").unwrap_or((&found.words, ""));
        let role = role.trim_end_matches(')').to_owned();
        Some(AnsweredPerson { person: Some(id), name: name.to_owned(), role, contact: String::new() })
    }

    /// The mark of a page's answers as they are.
    pub fn mark(&self, page: &str) -> String {
        let keys: Vec<Key> =
            self.questions(page).into_iter().filter(|q| self.has_fields(q)).map(|q| self.key(q)).collect();
        mark(self.sheet.answers, &keys)
    }

    /// A page with what was answered so far, and what the record suggests where nothing was.
    pub fn fresh(&self, page: &str) -> (FormState, bool) {
        let (mut form, mut suggested) = (FormState::new().with("draft-version", self.mark(page)), false);
        for question in self.questions(page) {
            let given = self.sheet.answers.get(&self.key(question));
            let offer =
                if given.is_none() { self.suggestions.and_then(|s| s.prefill(question)) } else { None };
            suggested |= offer.is_some();
            form = fill(form, question, given.or(offer.as_ref()));
        }
        (form, suggested)
    }

    /// Puts what is wrong on a page into its form; answers remarks.
    pub fn wrong(&self, page: &str, form: &mut FormState) -> Vec<String> {
        let problems = self.sheet.check_page(self.section, self.time, page);
        put_problems(form, &self.questions(page), &problems).into_iter().map(str::to_owned).collect()
    }

    /// The heading of a page: its only question, or the section.
    pub fn title(&self) -> String {
        match &self.section.repeat {
            Some(repeat) => format!("{}: {} {}", self.section.title, repeat.each, u16::from(self.time) + 1),
            None => self.section.title.clone(),
        }
    }

    /// A page of questions.
    pub fn page(&self, page: &str, form: &FormState, note: &Markup, remarks: &[String]) -> Markup {
        let step = Step::Page { section: self.section.id.clone(), time: self.time, page: page.into() };
        let action = self.address(&step);
        let questions = self.questions(page);
        let plain: Vec<&&Question> = questions.iter().filter(|q| self.has_fields(q)).collect();
        let alone = questions.len() == 1;
        let drawing = Drawing { sheet: self.sheet, people: &self.people, alone };
        let first = self.sheet.pages(self.section, self.time).first() == Some(&step);
        html! {
            (error_summary(form))
            (note)
            span.govuk-caption-l { (self.title()) }
            @if !alone { h1.govuk-heading-l { (self.title()) } }
            @if let Some(intro) = self.section.intro.as_ref().filter(|_| first) {
                @for part in intro.split("\n\n") { p.govuk-body { (part) } }
            }
            @for remark in remarks { (warning(&format!("{remark}. Check it, and go on if it is right"))) }
            @for question in &questions {
                @if matches!(question.kind, Kind::Table { .. }) { (self.table(question, form, alone)) }
                @if matches!(question.kind, Kind::Upload { .. }) { (self.uploads(question, form, alone)) }
            }
            form method="post" action=(action) novalidate data-kf-draft=[(!plain.is_empty()).then(|| format!("{action}?draft=yes"))] {
                (csrf_field(&self.csrf))
                (hidden("draft-version", form.value("draft-version")))
                @if !remarks.is_empty() { (hidden("remarked", "yes")) }
                @for question in &plain { (drawing.question(question, form)) }
                (button_group(&[Button::main("Save and continue"), Button::secondary("Save and come back later").sends("later", "yes")], None))
            }
        }
    }

    /// The answers of the section, to check, right under the page's heading or under a part's.
    pub fn check(&self, part: bool) -> Markup {
        let times = self.sheet.answers.times(self.section);
        html! {
            @for time in 0..times { (self.check_time(time, times, part)) }
            @if times == 0 { p.govuk-body { "Nothing has been added yet." } }
            @if let Some(repeat) = self.section.repeat.as_ref().filter(|r| self.open && times < r.most) {
                form method="post" action=(self.address(&Step::Section { section: self.section.id.clone(), time: 0 })) {
                    (csrf_field(&self.csrf))
                    (hidden("draft-version", &self.times_mark()))
                    (Button::secondary(format!("Add {}: {}", if times == 0 { "the first" } else { "another" }, repeat.each)).sends("add", "yes"))
                }
            }
        }
    }

    fn check_time(&self, time: u8, times: u8, part: bool) -> Markup {
        let problems = self.sheet.check_section(self.section, time);
        let wrong = |key: &Key| -> Vec<&Problem> {
            problems.iter().filter(|p| p.key == *key && p.severity == Severity::Error).collect()
        };
        let facts: Vec<Fact> = self
            .sheet
            .check_answers(self.section, time)
            .into_iter()
            .map(|line| {
                let file = |id: &str| self.file.as_ref().map(|base| format!("{base}/{id}"));
                let found = wrong(&line.key);
                let fact = Fact::new(line.label, html! {
                    (answer(&line.shown, &file))
                    @for problem in found { p.govuk-error-message { span.govuk-visually-hidden { "Error:" } " " (problem.message) } }
                });
                if self.open { fact.change(self.address(&line.step)) } else { fact }
            })
            .collect();
        let least = self.section.repeat.as_ref().map_or(1, |r| r.least);
        html! {
            @if let Some(repeat) = &self.section.repeat {
                @let words = format!("{} {}", repeat.each, u16::from(time) + 1);
                @if part { h3.govuk-heading-s { (words) } } @else { h2.govuk-heading-s { (words) } }
            }
            (summary_list(&facts))
            @if let Some(repeat) = self.section.repeat.as_ref().filter(|_| self.open && times > least) {
                form method="post" action=(self.address(&Step::Section { section: self.section.id.clone(), time })) {
                    (csrf_field(&self.csrf))
                    (hidden("draft-version", &self.times_mark()))
                    button class="govuk-button govuk-button--secondary" type="submit" name="remove" value="yes" { "Remove" span.govuk-visually-hidden { " " (repeat.each) " " (u16::from(time) + 1) } }
                }
            }
        }
    }

    /// Every question of the section, every time round it can be filled in.
    fn every_key(&self) -> Vec<Key> {
        let most = self.section.repeat.as_ref().map_or(1, |r| r.most);
        let times =
            |q: &Question| (0..most).map(|time| Key { question: q.id.clone(), time }).collect::<Vec<_>>();
        self.section.questions.iter().flat_map(times).collect()
    }

    /// The mark of a section that repeats: another when anything was answered, added or taken out, so that a button pressed
    /// twice does what it says once.
    fn times_mark(&self) -> String {
        let times = self.sheet.answers.times(self.section);
        format!("{times}-{}", mark(self.sheet.answers, &self.every_key()))
    }

    /// What adding or removing a time round changes, with the mark of the answers it was made from and where to go then;
    /// `None` where the section does not repeat, or is no longer as it was `seen`.
    pub fn times(&self, remove: bool, seen: &str) -> Option<(Changes, String, Step)> {
        self.section.repeat.as_ref()?;
        if seen != self.times_mark() {
            return None;
        }
        let before = self.sheet.answers;
        let mut after = before.clone();
        let then = if remove {
            after.remove_time(self.section, self.time);
            Step::Section { section: self.section.id.clone(), time: 0 }
        } else {
            after.add_time(self.section);
            let time = before.times(self.section);
            let first = self.section.questions.first()?;
            Step::Page { section: self.section.id.clone(), time, page: first.page.clone() }
        };
        let keys = self.every_key();
        let answers = keys.iter().map(|key| (key.clone(), after.get(key).cloned())).collect();
        let times = after.times.get(&self.section.id).map(|n| (self.section.id.clone(), *n));
        Some((Changes { answers, times }, mark(before, &keys), then))
    }

    /// What somebody else saved meanwhile, beside what was typed here.
    pub fn conflict(&self, page: &str, typed: &Changes) -> Markup {
        let mut mine: Answers = self.sheet.answers.clone();
        for (key, given) in &typed.answers {
            mine.set(key.clone(), given.clone());
        }
        let text = |answers: &Answers| {
            self.questions(page)
                .into_iter()
                .map(|q| {
                    let given = answers.get(&self.key(q));
                    let words = match given {
                        Some(Answer::Typed(typed)) => {
                            typed.values().flatten().cloned().collect::<Vec<_>>().join(" ")
                        }
                        given => plain(&shown(self.sheet, q, given)),
                    };
                    format!("{}\n{words}", q.label)
                })
                .collect::<Vec<_>>()
                .join("\n\n")
        };
        html! {
            h2.govuk-heading-m { "Somebody else answered this meanwhile" }
            p.govuk-body { "Nothing was overwritten, and what you typed is still below. Compare the two: choose “Save and continue” to save what stands below in place of what is saved, or " a.govuk-link href=(self.address(&Step::Page { section: self.section.id.clone(), time: self.time, page: page.into() })) { "keep what is saved" } "." }
            (compare(
                &Side { title: "Saved now".to_owned(), who: "By somebody else".to_owned(), text: text(self.sheet.answers) },
                &Side { title: "What you typed".to_owned(), who: "Not saved yet".to_owned(), text: text(&mine) },
            ))
        }
    }
}

/// Said where the record suggests an answer.
pub(super) fn from_the_record() -> Markup {
    inset(
        &html! { p { "Some of this comes from the record. Check it, change what is wrong, and save: until then it is no answer." } },
    )
}

/// Keeps only the fields of these questions.
pub(super) fn typed(questions: &[&Question], sent: &FormState) -> FormState {
    let known: Vec<String> = questions.iter().flat_map(|q| names(q)).collect();
    FormState::from_pairs(sent.pairs().filter(|(name, _)| known.iter().any(|k| k == name)))
}
