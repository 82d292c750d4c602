//! The answers of a questionnaire, put to the questions of a form by their ids.

use std::collections::BTreeMap;

use kinfold_fhir::Answer as Sent;
use kinfold_forms::{Answer, AnsweredPerson, Answers, Key};
use kinfold_guidance::form::{Form, Kind, Question};
use smol_str::SmolStr;

use crate::error::FieldProblem;

/// Answers at their questions.
pub(super) struct Placed {
    /// As the forms know them.
    pub answers: Answers,
    /// Under which link each was sent.
    pub at: BTreeMap<Key, String>,
}

fn problem(link: &str, words: impl Into<String>) -> FieldProblem {
    let at = format!("QuestionnaireResponse.item.where(linkId='{link}')");
    FieldProblem { field: at, message: words.into() }
}

/// Puts every answer to its question. An item of an instrument is `items-25`, a question asked several times `mood~1`.
///
/// # Errors
/// What belongs to no question, or is no answer to it.
pub(super) fn placed(form: &Form, sent: &BTreeMap<String, Vec<Sent>>) -> Result<Placed, Vec<FieldProblem>> {
    let (mut answers, mut at, mut wrong) = (Answers::default(), BTreeMap::new(), Vec::new());
    let mut items: BTreeMap<Key, BTreeMap<SmolStr, i32>> = BTreeMap::new();
    for (link, given) in sent {
        let (question, item) = match link.split_once('-') {
            Some((question, item)) => (question, Some(item)),
            None => (link.as_str(), None),
        };
        let found = question.parse::<Key>().ok().and_then(|key| {
            let (section, question) = form.question(&key.question)?;
            let most = section.repeat.as_ref().map_or(1, |repeat| repeat.most);
            (key.time < most).then_some((key, section, question))
        });
        let Some((key, section, question)) = found else {
            wrong.push(problem(link, "The form has no such question. See the ids of its questions."));
            continue;
        };
        if section.repeat.is_some() {
            let times = answers.times.entry(section.id.clone()).or_insert(0);
            *times = (*times).max(key.time + 1);
        }
        at.insert(key.clone(), problem(link, "").field);
        if let (Kind::Instrument { items: known, .. }, Some(item)) = (&question.kind, item) {
            match (known.iter().find(|known| *known == item), given.as_slice()) {
                (Some(item), [Sent::Whole(answer)]) => {
                    items.entry(key).or_default().insert(item.clone(), *answer);
                }
                (None, _) => wrong.push(problem(link, "The questionnaire has no item of this number.")),
                _ => wrong.push(problem(link, "Answer the item with one valueInteger.")),
            }
            continue;
        }
        match (item, answer(question, given)) {
            (None, Ok(answer)) => answers.set(key, Some(answer)),
            (Some(_), _) => {
                wrong.push(problem(link, "The form has no such question. See the ids of its questions."))
            }
            (None, Err(words)) => wrong.push(problem(link, words)),
        }
    }
    for (key, items) in items {
        answers.set(key, Some(Answer::Items(items)));
    }
    if wrong.is_empty() { Ok(Placed { answers, at }) } else { Err(wrong) }
}

fn code(sent: &Sent) -> Option<SmolStr> {
    match sent {
        Sent::Code(_, code, _) | Sent::Text(code) => Some(code.into()),
        _ => None,
    }
}

/// One answer of the kind that the question takes. Whether it is one of its codes, or within its limits, is checked with
/// the whole form.
fn answer(question: &Question, given: &[Sent]) -> Result<Answer, &'static str> {
    let one = match given {
        [one] => Some(one),
        _ => None,
    };
    match (&question.kind, one) {
        (Kind::Several(_), _) => given
            .iter()
            .map(code)
            .collect::<Option<Vec<_>>>()
            .map(Answer::Several)
            .ok_or("Answer with codes, as valueCoding."),
        (_, None) => Err("Give one answer."),
        (Kind::Text { .. } | Kind::Rich { .. }, Some(Sent::Text(text))) => Ok(Answer::Text(text.clone())),
        (Kind::ChildWords { .. }, Some(Sent::Text(text))) => Ok(Answer::ChildWords(text.clone())),
        (Kind::Date { .. }, Some(Sent::Day(day))) => Ok(Answer::Date(*day)),
        (Kind::YesNo, Some(Sent::Flag(flag))) => Ok(Answer::YesNo(*flag)),
        (Kind::Choice(_), Some(sent)) => {
            code(sent).map(Answer::Choice).ok_or("Answer with a code, as valueCoding.")
        }
        (Kind::Scale { .. }, Some(Sent::Whole(number))) => Ok(Answer::Scale(*number)),
        (Kind::Number(_), Some(Sent::Whole(number))) => {
            number.to_string().parse().map(Answer::Number).map_err(|_| "This number is too large.")
        }
        (Kind::Number(_), Some(Sent::Number(number))) => number
            .to_string()
            .parse()
            .map(Answer::Number)
            .map_err(|_| "Give a number with at most four places after the point."),
        (Kind::Person, Some(Sent::Text(name))) => {
            Ok(Answer::Person(AnsweredPerson { name: name.clone(), ..AnsweredPerson::default() }))
        }
        (Kind::Text { .. } | Kind::Rich { .. } | Kind::ChildWords { .. } | Kind::Person, _) => {
            Err("Answer with words, as valueString.")
        }
        (Kind::Date { .. }, _) => Err("Answer with a day, as valueDate."),
        (Kind::YesNo, _) => Err("Answer with valueBoolean."),
        (Kind::Scale { .. }, _) => Err("Answer with valueInteger."),
        (Kind::Number(_), _) => Err("Answer with valueDecimal or valueInteger."),
        (Kind::Instrument { .. }, _) => {
            Err("Answer each item by its number: the question's id, a hyphen, the item.")
        }
        (Kind::Table { .. } | Kind::Address | Kind::Upload { .. } | Kind::Signature { .. }, _) => {
            Err("Such a question cannot be answered by another program. Fill in this form in Kinfold.")
        }
    }
}
