//! Forms that were handed in, on their way into FHIR: what one reader may read of them, question by question.

use kinfold_fhir::{Answer, Document, Item};
use kinfold_forms::words::Shown;
use kinfold_forms::{Answer as Given, FrozenQuestion, FrozenSection};
use kinfold_guidance::form::{Form, Kind, Options, Question};
use kinfold_record::ChildId;

use crate::forms::ReadDocument;

/// A document as FHIR tells it. `base` is the address of the server, without a slash at its end.
pub(super) fn document(child: ChildId, read: &ReadDocument, base: &str) -> Document {
    Document {
        id: read.id.to_string(),
        form: read.frozen.form.to_string(),
        version: read.frozen.version,
        title: read.frozen.title.clone(),
        at: read.submitted_at,
        replaces: read.replaces.map(|id| id.to_string()),
        replaced: read.replaced,
        address: format!("{base}/children/{child}/documents/{}", read.id),
        sections: read.frozen.sections.iter().map(|section| of_section(&read.form, section)).collect(),
    }
}

/// The id of a question, with which time round from the second on: `mood`, `mood~1`.
fn link(question: &str, time: u8) -> String {
    if time == 0 { question.to_owned() } else { format!("{question}~{time}") }
}

fn of_section(form: &Form, section: &FrozenSection) -> Item {
    let questions = section.questions.iter().map(|q| of_question(form, q, section.time));
    Item {
        link: link(&section.id, section.time),
        text: section.title.clone(),
        answers: Vec::new(),
        items: questions.collect(),
    }
}

fn of_question(form: &Form, asked: &FrozenQuestion, time: u8) -> Item {
    let link = link(&asked.id, time);
    let question = form.question(&asked.id).map(|(_, question)| question);
    let mut item = Item { link, text: asked.label.clone(), ..Item::default() };
    match &asked.answer {
        Some(Given::Items(items)) => {
            item.items = items
                .iter()
                .map(|(number, answer)| Item {
                    link: format!("{}-{number}", item.link),
                    text: format!("Item {number}"),
                    answers: vec![Answer::Whole(*answer)],
                    items: Vec::new(),
                })
                .collect();
        }
        Some(Given::Rows(rows)) => {
            let columns: &[Question] = match question.map(|q| &q.kind) {
                Some(Kind::Table { columns, .. }) => columns,
                _ => &[],
            };
            let row = |(n, row): (usize, &kinfold_forms::Row)| Item {
                link: format!("{}.{}", item.link, n + 1),
                text: format!("Row {}", n + 1),
                answers: Vec::new(),
                items: columns
                    .iter()
                    .filter_map(|column| {
                        let answers = plain(row.get(&column.id)?, Some(column), form, &Shown::Nothing);
                        let link = format!("{}.{}.{}", item.link, n + 1, column.id);
                        Some(Item { link, text: column.label.clone(), answers, items: Vec::new() })
                    })
                    .collect(),
            };
            item.items = rows.iter().enumerate().map(row).collect();
        }
        Some(answer) => item.answers = plain(answer, question, form, &asked.shown),
        None => {}
    }
    item
}

/// The name of the list of codes a question takes, and the title of one of them where the document holds it.
fn coded(code: &str, n: usize, question: Option<&Question>, form: &Form, shown: &Shown) -> Answer {
    let options = match question.map(|q| &q.kind) {
        Some(Kind::Choice(options) | Kind::Several(options)) => Some(options),
        _ => None,
    };
    let list = match options {
        Some(Options::List { list, .. }) => list.to_string(),
        _ => format!("{}:{}", form.id, question.map_or("", |q| q.id.as_str())),
    };
    let title = match (shown, options) {
        (Shown::Line(title), _) => title.clone(),
        (Shown::List(titles), _) => titles.get(n).cloned().unwrap_or_else(|| code.to_owned()),
        (_, Some(Options::Own(own))) => {
            own.iter().find(|(own, _)| own == code).map_or(code, |(_, title)| title).to_owned()
        }
        _ => code.to_owned(),
    };
    Answer::Code(list, code.to_owned(), title)
}

/// Addresses, how to reach people, and files are left out: they are opened in the document itself.
fn plain(answer: &Given, question: Option<&Question>, form: &Form, shown: &Shown) -> Vec<Answer> {
    match answer {
        Given::Text(text) | Given::ChildWords(text) => vec![Answer::Text(text.clone())],
        Given::Date(day) => vec![Answer::Day(*day)],
        Given::YesNo(flag) => vec![Answer::Flag(*flag)],
        Given::Scale(number) => vec![Answer::Whole(*number)],
        Given::Number(number) => number.to_string().parse().map(Answer::Number).into_iter().collect(),
        Given::Choice(code) => vec![coded(code, 0, question, form, shown)],
        Given::Several(codes) => {
            codes.iter().enumerate().map(|(n, code)| coded(code, n, question, form, shown)).collect()
        }
        Given::Person(person) => vec![Answer::Text(person.name.clone())],
        Given::Signature { name, .. } => vec![Answer::Text(name.clone())],
        Given::NotGiven { reason, text } => {
            let words = match shown {
                Shown::NotGiven { reason, .. } => reason.as_str(),
                _ => reason.as_str(),
            };
            let more = text.trim();
            vec![Answer::Text(if more.is_empty() { words.to_owned() } else { format!("{words}: {more}") })]
        }
        Given::Rows(_) | Given::Address(_) | Given::Uploads(_) | Given::Items(_) | Given::Typed(_) => {
            Vec::new()
        }
    }
}
