//! Somebody who fills in a whole form: every question that is asked gets an answer its kind takes, and every text is the one
//! that belongs to its section.

use kinfold_casework::forms::{Changes, FormDesk, mark};
use kinfold_casework::{Actor, Casework};
use kinfold_forms::{Answer, AnsweredPerson, Answers, Key, Row, Severity, Sheet, words};
use kinfold_guidance::form::{DayLimit, Decimal, Kind, Question, Section};
use kinfold_record::ChildId;
use uuid::Uuid;

/// Fills in a form from one end to the other and submits it; answers its document.
pub async fn submitted(
    casework: &Casework,
    actor: &Actor,
    child: ChildId,
    form: &str,
    text: impl Fn(&Section) -> String,
) -> Uuid {
    let id = casework.start_form(actor, child, form, None, form).await.unwrap();
    let desk = casework.form_desk(actor, child, id).await.unwrap();
    let answers = complete(&desk, text);
    for section in &desk.form.sections {
        let part = answers.part(section);
        let changes = Changes {
            answers: part.given.into_iter().map(|(key, answer)| (key, Some(answer))).collect(),
            times: part.times.into_iter().next(),
        };
        if !changes.answers.is_empty() {
            let seen = mark(&Answers::default(), changes.answers.iter().map(|(key, _)| key));
            casework.save_form(actor, child, id, &section.id, &seen, &changes).await.unwrap();
        }
    }
    let seen = casework.form_desk(actor, child, id).await.unwrap().version;
    casework.submit_form(actor, child, id, seen, &format!("{form}-submit")).await.unwrap().document
}

fn complete(desk: &FormDesk, text: impl Fn(&Section) -> String) -> Answers {
    let (mut answers, mut asked) = (Answers::default(), Vec::new());
    for _ in 0..300 {
        let sheet = Sheet::new(&desk.form, &answers, &desk.facts, &desk.book.guidance.codes);
        let next = sheet.asked().find(|(section, key, question)| {
            let wrong = sheet.check_section(section, key.time);
            let mine = wrong.iter().any(|p| p.key == *key && p.severity == Severity::Error);
            mine || sheet.answer(key).is_none() && !matches!(question.kind, Kind::Upload { .. })
        });
        let Some((section, key, question)) = next else { return answers };
        let answer = match &question.kind {
            Kind::Table { columns, .. } => Answer::Rows(vec![row(&sheet, section, &key, columns, &text)]),
            _ => one(&sheet, question, &text(section)),
        };
        asked.push(key.to_string());
        answers.set(key, Some(answer));
    }
    panic!("{} does not come to an end: {:?}", desk.form.id, asked.last());
}

fn row<'a>(
    sheet: &Sheet<'a>,
    section: &'a Section,
    key: &Key,
    columns: &'a [Question],
    text: &impl Fn(&Section) -> String,
) -> Row {
    let mut row = Row::default();
    for column in columns {
        if sheet.column_asked(section, key.time, columns, &row, column) {
            row.0.insert(column.id.clone(), one(sheet, column, &text(section)));
        }
    }
    row
}

fn one(sheet: &Sheet<'_>, question: &Question, text: &str) -> Answer {
    let (today, codes) = (sheet.facts.today, sheet.codes);
    let long = format!("{text} and the same once more, so that it is long enough to be an answer: {text}.");
    match &question.kind {
        Kind::Text { .. } => Answer::Text(text.to_owned()),
        Kind::Rich { .. } => Answer::Text(long),
        Kind::ChildWords { .. } => Answer::ChildWords(long),
        Kind::YesNo => Answer::YesNo(true),
        Kind::Date { from: Some(DayLimit::Today), .. } => {
            Answer::Date(today.saturating_add(jiff::Span::new().days(20)))
        }
        Kind::Date { .. } => Answer::Date(today.saturating_sub(jiff::Span::new().days(3))),
        // The last of a list is what asks for more: "yes, serious", "help was offered".
        Kind::Choice(options) => {
            let may = words::options(options, codes, today);
            let wanted = ["yes", "refer", "act", "in_part"];
            let found = may.iter().find(|(code, _)| wanted.contains(&code.as_str())).or(may.first());
            Answer::Choice(found.unwrap().0.clone())
        }
        Kind::Several(options) => {
            let may = words::options(options, codes, today);
            Answer::Several(may.into_iter().take(1).map(|(code, _)| code).collect())
        }
        Kind::Number(kind) => {
            let least = kind.least.unwrap_or(Decimal::whole(0));
            let more = least.plus(Decimal::whole(40)).unwrap();
            Answer::Number(if kind.most.is_some_and(|most| more > most) { least } else { more })
        }
        Kind::Scale { from, .. } => Answer::Scale(*from),
        Kind::Person => Answer::Person(AnsweredPerson { name: text.to_owned(), ..AnsweredPerson::default() }),
        Kind::Address => {
            Answer::Address(kinfold_forms::Address { lines: text.to_owned(), postcode: String::new() })
        }
        Kind::Signature { .. } => Answer::Signature { name: "Alex Moor".to_owned(), on: today },
        Kind::Instrument { items, from, .. } => {
            Answer::Items(items.iter().map(|item| (item.clone(), *from)).collect())
        }
        Kind::Upload { .. } | Kind::Table { .. } => panic!("{} is answered elsewhere", question.id),
    }
}
