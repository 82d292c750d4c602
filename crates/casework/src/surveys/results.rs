//! What a round came to, question by question. Numbers are hidden by the rules of the measures: a small number, whatever
//! would give it away, and the same number wherever else it stands. Pure.

use jiff::civil::Date;
use kinfold_forms::words::{options, yes_no};
use kinfold_forms::{Answer, Answers, Key};
use kinfold_guidance::form::{Kind, Question};
use kinfold_guidance::measure::{Better, MeasureUnit};
use kinfold_guidance::{Codes, Survey};
use kinfold_measures::{Figure, SMALLEST, Span, Sum, publish};
use smol_str::SmolStr;

use crate::authority::Stamp;

/// What a round came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// How many answered.
    pub answered: u32,
    /// Whether that is enough to show anything at all.
    pub enough: bool,
    /// By question, in order; empty when it is not enough.
    pub questions: Vec<Outcome>,
}

/// What one question came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The question.
    pub question: SmolStr,
    /// The part of the survey it stands in.
    pub section: String,
    /// What was asked.
    pub label: String,
    /// The answers, counted.
    pub counted: Counted,
    /// The same question in rounds before, the newest first.
    pub before: Vec<Earlier>,
}

/// Answers to a question, counted.
#[derive(Debug, Clone, PartialEq)]
pub enum Counted {
    /// How many chose what.
    Choices(Choices),
    /// The mean of numbers, in tenths, with its unit; `None` when there are too few.
    Mean(Option<i64>, Option<String>),
    /// What was written freely.
    Texts(Texts),
}

/// How many chose what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choices {
    /// Whether several could be chosen, so that they add up to more than those who answered.
    pub several: bool,
    /// What could be chosen, in order; last those who gave no answer, if any could.
    pub rows: Vec<Chosen>,
}

/// One of the choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Its code.
    pub code: SmolStr,
    /// Its words.
    pub title: String,
    /// How many chose it; `None` is hidden.
    pub count: Option<u32>,
    /// The same in tenths of a per cent of all who answered the survey.
    pub tenths: Option<i64>,
}

/// What was written freely in answer to a question.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Texts {
    /// Whether enough people wrote something for any of it to be shown.
    pub enough: bool,
    /// What may be read, once somebody has looked through it; in no order.
    pub cleared: Option<Vec<String>>,
    /// How many were left out by whoever looked.
    pub left_out: u32,
    /// Who looked, and when.
    pub looked: Option<Stamp>,
}

/// A question in an earlier round: tenths of a per cent by code, where they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// What the round is called.
    pub title: String,
    /// Its last day.
    pub ended_on: Date,
    /// By code.
    pub tenths: Vec<(SmolStr, Option<i64>)>,
}

/// The code of those who gave no answer.
const NO_ANSWER: &str = "no_answer";

/// Counts the answers to a survey. `today` is the day on which code lists are read.
pub(super) fn results(survey: &Survey, answers: &[&Answers], codes: &Codes, today: Date) -> Results {
    let answered = u32::try_from(answers.len()).unwrap_or(u32::MAX);
    let least = usize::from(survey.least).max(usize::try_from(SMALLEST).unwrap_or(6));
    if answers.len() < least {
        return Results { answered, enough: false, questions: Vec::new() };
    }
    let tallies: Vec<Tally> = survey.questions().map(|q| Tally::of(q, answers, codes, today)).collect();
    // Published together, so that a number hidden in one place stands in no other.
    let figures: Vec<Figure> = tallies.iter().flat_map(|tally| tally.figures(answered, today)).collect();
    let mut shown = publish(&figures).into_iter();
    let sections = survey.sections.iter().flat_map(|s| s.questions.iter().map(move |q| (s, q)));
    let questions = sections.zip(&tallies).map(|((section, question), tally)| {
        let counted = match tally {
            Tally::One(groups) => {
                let figure = shown.next();
                let row = |at: usize| figure.as_ref().and_then(|f| f.splits.first()?.get(at)?.amount);
                let rows = groups.iter().enumerate().map(|(at, group)| group.row(row(at), answered));
                // Nobody left it out, or nobody may know.
                let rows = rows.filter(|row| row.code != NO_ANSWER || row.count != Some(0)).collect();
                Counted::Choices(Choices { several: false, rows })
            }
            Tally::Several(groups) => {
                let rows = groups.iter().map(|group| {
                    let seen = shown.next().and_then(|f| f.total.numerator).map(i64::from);
                    group.row(seen, answered)
                });
                Counted::Choices(Choices { several: true, rows: rows.collect() })
            }
            Tally::Mean { count, tenths, unit } => {
                Counted::Mean(tenths.filter(|_| *count >= least), unit.clone())
            }
            Tally::Texts(count) => Counted::Texts(Texts { enough: *count >= least, ..Texts::default() }),
        };
        Outcome {
            question: question.id.clone(),
            section: section.title.clone(),
            label: question.label.clone(),
            counted,
            before: Vec::new(),
        }
    });
    Results { answered, enough: true, questions: questions.collect() }
}

/// The same question in an earlier round, where it can be compared: asked in the same words, with the same choices.
pub(super) fn earlier(
    now: &Survey,
    question: &str,
    then: &Survey,
    results: &Results,
    (title, ended_on): (&str, Date),
) -> Option<Earlier> {
    let ((_, asked), (_, before)) = (now.question(question)?, then.question(question)?);
    if asked.label != before.label || asked.kind != before.kind {
        return None;
    }
    let outcome = results.questions.iter().find(|q| q.question == question)?;
    let Counted::Choices(choices) = &outcome.counted else { return None };
    let tenths = choices.rows.iter().map(|row| (row.code.clone(), row.tenths)).collect();
    Some(Earlier { title: title.to_owned(), ended_on, tenths })
}

/// A choice, and how many took it.
#[derive(Debug)]
struct Group {
    code: SmolStr,
    title: String,
    count: u32,
}

impl Group {
    fn new(code: impl Into<SmolStr>, title: impl Into<String>) -> Self {
        Self { code: code.into(), title: title.into(), count: 0 }
    }

    fn row(&self, seen: Option<i64>, answered: u32) -> Chosen {
        let count = seen.and_then(|n| u32::try_from(n).ok());
        let tenths = count.filter(|_| answered > 0).map(|n| {
            let (n, all) = (i64::from(n), i64::from(answered));
            (n * 2_000 / all + 1) / 2
        });
        Chosen { code: self.code.clone(), title: self.title.clone(), count, tenths }
    }
}

/// What there is to count of a question.
#[derive(Debug)]
enum Tally {
    /// Everybody falls into one group.
    One(Vec<Group>),
    /// Everybody may fall into several.
    Several(Vec<Group>),
    Mean {
        count: usize,
        tenths: Option<i64>,
        unit: Option<String>,
    },
    Texts(usize),
}

impl Tally {
    fn of(question: &Question, answers: &[&Answers], codes: &Codes, today: Date) -> Self {
        let key = Key::of(&question.id);
        let given: Vec<&Answer> = answers.iter().filter_map(|a| a.get(&key)).collect();
        let offered = |list| -> Vec<Group> {
            options(list, codes, today).into_iter().map(|(code, title)| Group::new(code, title)).collect()
        };
        match &question.kind {
            Kind::Choice(list) => Self::one(offered(list), &given, answers.len()),
            Kind::YesNo => {
                let groups =
                    [true, false].map(|flag| Group::new(if flag { "yes" } else { "no" }, yes_no(flag)));
                Self::one(groups.into(), &given, answers.len())
            }
            Kind::Scale { from, to, low, high } => {
                let words = |n: i32| match n {
                    n if n == *from => format!("{n}: {low}"),
                    n if n == *to => format!("{n}: {high}"),
                    n => n.to_string(),
                };
                let groups = (*from..=*to).map(|n| Group::new(n.to_string(), words(n))).collect();
                Self::one(groups, &given, answers.len())
            }
            Kind::Date { .. } => {
                let mut years: Vec<i16> = given.iter().filter_map(|a| year(a)).collect();
                years.sort_unstable();
                years.dedup();
                let groups = years.into_iter().map(|y| Group::new(y.to_string(), y.to_string())).collect();
                Self::one(groups, &given, answers.len())
            }
            Kind::Several(list) => {
                let mut groups = offered(list);
                for answer in &given {
                    let Answer::Several(chosen) = answer else { continue };
                    groups.iter_mut().filter(|g| chosen.contains(&g.code)).for_each(|g| g.count += 1);
                }
                Self::Several(groups)
            }
            Kind::Number(kind) => {
                let tenths = |answer: &&Answer| match answer {
                    Answer::Number(n) => {
                        n.scaled(10, 1).map(|n| n.round_half_up()).and_then(|n| n.to_whole())
                    }
                    _ => None,
                };
                let numbers: Vec<i64> = given.iter().filter_map(tenths).collect();
                let count = i64::try_from(numbers.len()).unwrap_or(i64::MAX);
                let mean = numbers.iter().sum::<i64>().checked_div(count);
                Self::Mean { count: numbers.len(), tenths: mean, unit: kind.unit.clone() }
            }
            _ => Self::Texts(given.len()),
        }
    }

    fn one(mut groups: Vec<Group>, given: &[&Answer], all: usize) -> Self {
        for answer in given {
            let code = match answer {
                Answer::Choice(code) => code.clone(),
                Answer::YesNo(flag) => SmolStr::new_static(if *flag { "yes" } else { "no" }),
                Answer::Scale(n) => SmolStr::from(n.to_string()),
                answer => year(answer).map(|y| SmolStr::from(y.to_string())).unwrap_or_default(),
            };
            groups.iter_mut().filter(|g| g.code == code).for_each(|g| g.count += 1);
        }
        let told: u32 = groups.iter().map(|g| g.count).sum();
        let mut silent = Group::new(NO_ANSWER, "No answer");
        silent.count = u32::try_from(all).unwrap_or(u32::MAX).saturating_sub(told);
        groups.push(silent);
        Self::One(groups)
    }

    /// The numbers of this question as the measures know figures, in the order in which they are taken back.
    fn figures(&self, answered: u32, today: Date) -> Vec<Figure> {
        match self {
            Self::One(groups) => {
                let sum = |n: u32| Sum { denominator: n, numerator: n, amount: i64::from(n) };
                let rows = groups.iter().map(|group| sum(group.count)).collect();
                vec![figure(MeasureUnit::Count, sum(answered), vec![rows], today)]
            }
            Self::Several(groups) => {
                let one = |group: &Group| {
                    let (denominator, numerator) = (answered, group.count);
                    let sum = Sum { denominator, numerator, amount: i64::from(numerator) };
                    figure(MeasureUnit::Percent, sum, Vec::new(), today)
                };
                groups.iter().map(one).collect()
            }
            Self::Mean { .. } | Self::Texts(_) => Vec::new(),
        }
    }
}

fn year(answer: &Answer) -> Option<i16> {
    match answer {
        Answer::Date(on) => Some(on.year()),
        _ => None,
    }
}

fn figure(unit: MeasureUnit, total: Sum, splits: Vec<Vec<Sum>>, today: Date) -> Figure {
    Figure {
        measure: SmolStr::new_static("survey"),
        version: 1,
        span: Span { from: today, to: today },
        unit,
        better: Better::Neither,
        total,
        splits,
        children: Vec::new(),
        excluded: Vec::new(),
        reasons: Vec::new(),
    }
}

#[cfg(test)]
#[path = "results_tests.rs"]
mod tests;
