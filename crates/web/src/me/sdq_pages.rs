//! The pages of the questions about how I am: which questions stand on each, what they are called, and what was answered.

use std::collections::BTreeMap;

use kinfold_casework::forms::{Changes, FormDesk, mark};
use kinfold_forms::posted::{self, Posted, field};
use kinfold_forms::{Answer, Answers, Key, Sheet, words};
use kinfold_guidance::form::{Kind, LicensedWords, Question, Section};
use kinfold_look::form::{Choice, FormState, Legend, Radios};
use kinfold_look::{Markup, html};
use smol_str::SmolStr;

use crate::forms::{Drawing, fill, licensed};

/// How many questions stand on a page.
const ON_A_PAGE: usize = 5;
/// What a box stands for that was left empty on purpose.
const SKIP: &str = "skip";

/// The address of a page, from 1.
pub(super) fn address(number: usize) -> String {
    format!("/me/questions/{number}")
}

/// All the pages of the questions, as they are asked with these answers.
pub(super) struct Paper<'a> {
    pub pages: Vec<Sheetful<'a>>,
    /// The words of the questions, where the authority has them.
    pub words: Option<&'a LicensedWords>,
    sheet: &'a Sheet<'a>,
}

/// One page.
pub(super) struct Sheetful<'a> {
    /// Which, from 1.
    pub number: usize,
    pub section: &'a Section,
    question: &'a Question,
    /// The items of an instrument that stand here; `None` for a question by itself.
    items: Option<&'a [SmolStr]>,
}

impl<'a> Paper<'a> {
    /// The pages of the sections that are the young person's to answer. Who fills it in and on which form is known.
    pub fn of(desk: &'a FormDesk, sheet: &'a Sheet<'a>) -> Self {
        let mut pages: Vec<Sheetful<'a>> = Vec::new();
        let mut found = None;
        for section in sheet.sections().filter(|s| s.question("filled_in").is_none()) {
            found = found.or_else(|| licensed(&desk.book.guidance, section, sheet));
            for question in sheet.questions(section, 0) {
                let whole: Vec<Option<&'a [SmolStr]>> = match &question.kind {
                    Kind::Instrument { items, .. } => items.chunks(ON_A_PAGE).map(Some).collect(),
                    Kind::Table { .. } | Kind::Upload { .. } => Vec::new(),
                    _ => vec![None],
                };
                for items in whole {
                    pages.push(Sheetful { number: pages.len() + 1, section, question, items });
                }
            }
        }
        Self { pages, words: found, sheet }
    }

    /// The page of an address.
    pub fn page(&self, number: &str) -> Option<&Sheetful<'a>> {
        let number: usize = number.parse().ok()?;
        self.pages.get(number.checked_sub(1)?)
    }

    /// The first page on which something was not answered; `None` when all of it was.
    pub fn resume(&self) -> Option<usize> {
        self.pages.iter().find(|page| page.left_out(self.sheet.answers) > 0).map(|page| page.number)
    }

    fn called(&self, number: &str) -> String {
        let words = self.words.and_then(|words| words.item("self", number));
        words.map_or_else(|| format!("Question {number}"), |words| format!("{number}. {words}"))
    }

    /// An answer in words: the authority's, or which box it is.
    fn boxed(&self, answer: i32, from: i32, of_items: bool) -> String {
        if of_items && self.words.is_some() {
            return words::item_answer(&self.sheet.clone().with_words(self.words), answer);
        }
        const BOXES: [&str; 5] = ["First box", "Second box", "Third box", "Fourth box", "Fifth box"];
        let at = usize::try_from(answer - from).ok();
        at.and_then(|at| BOXES.get(at)).map_or_else(|| answer.to_string(), |words| (*words).to_owned())
    }

    fn boxes(
        &self,
        alone: bool,
        name: String,
        legend: String,
        range: (i32, i32),
        of_items: bool,
        form: &FormState,
    ) -> Markup {
        let choices = (range.0..=range.1)
            .map(|n| Choice::new(n.to_string(), self.boxed(n, range.0, of_items)))
            .chain([Choice::new(SKIP, "I would rather not say")]);
        let legend = if alone { Legend::heading(legend) } else { Legend::medium(legend) };
        Radios::new(name, legend, choices).render(form)
    }

    /// The questions of a page.
    pub fn fields(&self, page: &Sheetful<'a>, form: &FormState) -> Markup {
        match (&page.question.kind, page.items, numbered(page.question)) {
            (Kind::Instrument { from, to, .. }, Some(items), _) => html! {
                @for item in items {
                    (self.boxes(page.alone(), field(&page.question.id, item), self.called(item), (*from, *to), *to == 2, form))
                }
            },
            (Kind::Scale { from, to, .. }, _, Some(number)) => self.boxes(
                page.alone(),
                page.question.id.to_string(),
                self.called(number),
                (*from, *to),
                false,
                form,
            ),
            _ => Drawing { sheet: self.sheet, people: &[], alone: false }.question(page.question, form),
        }
    }

    /// What was answered on a page: how each question is called, and the answer in words.
    pub fn answers(&self, page: &Sheetful<'a>, answers: &Answers) -> Vec<(String, String)> {
        let none = || "You left this out".to_owned();
        let given = answers.get(&page.key());
        match (&page.question.kind, page.items, numbered(page.question)) {
            (Kind::Instrument { from, to, .. }, Some(items), _) => {
                let said = |item: &SmolStr| match given {
                    Some(Answer::Items(all)) => all.get(item).map(|n| self.boxed(*n, *from, *to == 2)),
                    _ => None,
                };
                items.iter().map(|item| (self.called(item), said(item).unwrap_or_else(none))).collect()
            }
            (Kind::Scale { from, .. }, _, Some(number)) => {
                let said = match given {
                    Some(Answer::Scale(n)) => self.boxed(*n, *from, false),
                    _ => none(),
                };
                vec![(self.called(number), said)]
            }
            _ => {
                let said = match words::shown(self.sheet, page.question, given) {
                    words::Shown::Line(line) => line,
                    words::Shown::List(list) => list.join(", "),
                    words::Shown::Nothing => none(),
                    _ => "You have answered this".to_owned(),
                };
                vec![(page.question.label.clone(), said)]
            }
        }
    }
}

/// The number of a question that stands by itself on the paper: "26" of `item_26`.
fn numbered(question: &Question) -> Option<&str> {
    question.id.strip_prefix("item_")
}

impl Sheetful<'_> {
    fn key(&self) -> Key {
        Key::of(&self.question.id)
    }

    /// Whether one question stands here: it is the heading then.
    pub fn alone(&self) -> bool {
        match self.items {
            Some(items) => items.len() == 1,
            None => numbered(self.question).is_some(),
        }
    }

    /// What the page is called.
    pub fn title(&self) -> String {
        match (self.items, numbered(self.question)) {
            (Some([first, .., last]), _) => format!("Questions {first} to {last}"),
            (Some([one]), _) => format!("Question {one}"),
            (_, Some(number)) => format!("Question {number}"),
            _ => "One more question".to_owned(),
        }
    }

    /// The answers to this page alone.
    fn part(&self, answers: &Answers) -> Answers {
        let mut part = Answers::default();
        let given = match (answers.get(&self.key()), self.items) {
            (Some(Answer::Items(all)), Some(items)) => {
                let here: BTreeMap<SmolStr, i32> =
                    all.iter().filter(|(i, _)| items.contains(i)).map(|(i, n)| (i.clone(), *n)).collect();
                Some(Answer::Items(here)).filter(|a| !a.is_empty())
            }
            (given, _) => given.cloned(),
        };
        part.set(self.key(), given);
        part
    }

    /// How many of its questions have no answer.
    fn left_out(&self, answers: &Answers) -> usize {
        let part = self.part(answers);
        match (part.get(&self.key()), self.items) {
            (Some(Answer::Items(given)), Some(items)) => items.len() - given.len(),
            (None, Some(items)) => items.len(),
            (given, None) => usize::from(given.is_none()),
            _ => 0,
        }
    }

    /// The mark of its answers as they are.
    pub fn mark(&self, answers: &Answers) -> String {
        mark(&self.part(answers), [&self.key()])
    }

    /// The page with what was answered so far.
    pub fn fresh(&self, answers: &Answers) -> FormState {
        fill(FormState::new(), self.question, self.part(answers).get(&self.key()))
            .with("draft-version", self.mark(answers))
    }

    /// Only what was typed on this page.
    pub fn typed(&self, sent: &FormState) -> FormState {
        let start = format!("{}-", self.question.id);
        FormState::from_pairs(
            sent.pairs().filter(|(name, _)| *name == self.question.id || name.starts_with(&start)),
        )
    }

    /// What the page changes; `None` when something was sent that is none of the answers.
    pub fn changes(&self, desk: &FormDesk, sent: &FormState) -> Option<Changes> {
        let said: Posted = sent.pairs().filter(|(_, value)| *value != SKIP).collect();
        let read = posted::read(self.question, &said, desk.today, &|_| None);
        let (answer, range) = match (read, self.items, &self.question.kind) {
            (Some(Answer::Items(here)), Some(items), Kind::Instrument { from, to, .. }) => {
                let fits = here.iter().all(|(i, n)| items.contains(i) && (from..=to).contains(&n));
                (Some(self.joined(&desk.answers, here)), fits)
            }
            (None, Some(_), _) => (Some(self.joined(&desk.answers, BTreeMap::new())), true),
            (Some(Answer::Scale(n)), _, Kind::Scale { from, to, .. }) => {
                (Some(Answer::Scale(n)), (*from..=*to).contains(&n))
            }
            (Some(Answer::Typed(_)), _, _) => (None, false),
            (read, _, _) => (read, true),
        };
        let answer = answer.filter(|a| !a.is_empty());
        range.then(|| Changes { answers: vec![(self.key(), answer)], times: None })
    }

    /// The answers of this page beside those of the others.
    fn joined(&self, answers: &Answers, here: BTreeMap<SmolStr, i32>) -> Answer {
        let mut all = match answers.get(&self.key()) {
            Some(Answer::Items(all)) => all.clone(),
            _ => BTreeMap::new(),
        };
        all.retain(|item, _| !self.items.is_some_and(|items| items.contains(item)));
        all.extend(here);
        Answer::Items(all)
    }

    /// Whether something would be another answer than it is.
    pub fn alters(&self, answers: &Answers, changes: &Changes) -> bool {
        changes.answers.iter().any(|(key, answer)| answers.get(key) != answer.as_ref())
    }
}
