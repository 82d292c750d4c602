//! The rows of a table, the same for a colleague and for somebody outside: the list of them, and a page for each.

use kinfold_casework::forms::{Changes, mark};
use kinfold_forms::posted::{self, Posted};
use kinfold_forms::words::shown;
use kinfold_forms::{Answer, Row, Step};
use kinfold_guidance::form::{Kind, Question};
use kinfold_look::banner::important_banner;
use kinfold_look::form::{Button, FormState, button_group, csrf_field, error_summary, hidden};
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::{Markup, html};

use super::answer::answer;
use super::ground::{Ground, typed};
use super::question::{Drawing, fill, label, mark as put_problems};

/// A row as it was sent.
pub(super) struct SentRow {
    /// What saving it changes.
    pub changes: Changes,
    /// Its form, to be drawn again: with what is wrong, or after a conflict.
    pub form: FormState,
    /// The address of the list it stands in.
    pub list: String,
}

/// A table: its question, its columns, its rows so far, and which of them a page is about (`None` for another).
struct Place<'a> {
    question: &'a Question,
    columns: &'a [Question],
    rows: Vec<Row>,
    at: Option<usize>,
}

impl<'a> Ground<'a> {
    /// The list of rows on the page of their question.
    pub(super) fn table(&self, question: &Question, form: &FormState, alone: bool) -> Markup {
        let Kind::Table { columns, row, most, .. } = &question.kind else { return html! {} };
        let none = Vec::new();
        let rows = match self.sheet.answers.get(&self.key(question)) {
            Some(Answer::Rows(rows)) => rows,
            _ => &none,
        };
        let step = |at: Option<u16>| Step::Row {
            section: self.section.id.clone(),
            time: self.time,
            question: question.id.clone(),
            row: at,
        };
        html! {
            @if alone { h1.govuk-heading-l { (label(question)) } } @else { h2.govuk-heading-m { (label(question)) } }
            @if let Some(hint) = &question.hint { div.govuk-hint { (hint) } }
            @if let Some(error) = form.error_of(&question.id) { p.govuk-error-message { span.govuk-visually-hidden { "Error:" } " " (error) } }
            @for (at, line) in rows.iter().enumerate() {
                @let number = u16::try_from(at).unwrap_or(u16::MAX);
                @if alone { h2.govuk-heading-s { (row) " " (at + 1) } } @else { h3.govuk-heading-s { (row) " " (at + 1) } }
                (summary_list(&columns.iter().filter_map(|column| {
                    let given = line.get(&column.id)?;
                    Some(Fact::new(column.label.clone(), answer(&shown(self.sheet, column, Some(given)), &|_| None)))
                }).collect::<Vec<_>>()))
                div.govuk-button-group {
                    a.govuk-link href=(self.address(&step(Some(number)))) { "Change" span.govuk-visually-hidden { " " (row) " " (at + 1) } }
                    form method="post" action=(self.address(&step(Some(number)))) {
                        (csrf_field(&self.csrf))
                        (hidden("draft-version", &self.row_mark(question)))
                        button class="govuk-button govuk-button--secondary" type="submit" name="remove" value="yes" { "Remove" span.govuk-visually-hidden { " " (row) " " (at + 1) } }
                    }
                }
            }
            @if rows.is_empty() { p.govuk-body { "Nothing has been added yet." } }
            @if rows.len() < usize::from(*most) {
                p.govuk-body { a.govuk-link id=(format!("{}-add", question.id)) href=(self.address(&step(None))) { "Add " (if rows.is_empty() { "the first" } else { "another" }) ": " (row) } }
            }
        }
    }

    fn row_mark(&self, question: &Question) -> String {
        mark(self.sheet.answers, [&self.key(question)])
    }

    /// The table that a row's page belongs to; `None` where there is no such page (any more).
    fn place_of(&self, step: &Step) -> Option<Place<'a>> {
        let Step::Row { question, row, .. } = step else { return None };
        if !self.sheet.has_step(step) {
            return None;
        }
        let question = self.section.question(question)?;
        let Kind::Table { columns, .. } = &question.kind else { return None };
        let rows = match self.sheet.answers.get(&self.key(question)) {
            Some(Answer::Rows(rows)) => rows.clone(),
            _ => Vec::new(),
        };
        Some(Place { question, columns, rows, at: row.map(usize::from) })
    }

    /// The columns of the table that a row's page belongs to.
    pub fn columns(&self, step: &Step) -> Vec<&'a Question> {
        self.place_of(step).map_or_else(Vec::new, |place| place.columns.iter().collect())
    }

    /// The form of a row's page with what the row holds so far; `None` where there is no such page.
    pub fn fresh_row(&self, step: &Step) -> Option<FormState> {
        let place = self.place_of(step)?;
        let form = FormState::new().with("draft-version", self.row_mark(place.question));
        let held = place.at.and_then(|at| place.rows.get(at));
        Some(place.columns.iter().fold(form, |form, column| match held {
            Some(row) => fill(form, column, row.get(&column.id)),
            None => form,
        }))
    }

    /// Where a row that was sent belongs: one that somebody has taken out meanwhile is another one, so that what was typed
    /// is not lost with it.
    fn standing(&self, step: &Step) -> Step {
        match step {
            Step::Row { section, time, question, row: Some(_) } if !self.sheet.has_step(step) => {
                Step::Row { section: section.clone(), time: *time, question: question.clone(), row: None }
            }
            step => step.clone(),
        }
    }

    /// A row as it was sent, to be saved or taken out; `None` where there is no such page. Nothing changes where the row to
    /// take out is gone already.
    pub fn sent_row(&self, step: &Step, sent: &FormState) -> Option<SentRow> {
        let Place { question, columns, mut rows, at } = self.place_of(&self.standing(step))?;
        let all: Vec<&Question> = columns.iter().collect();
        let mut form = typed(&all, sent).with("draft-version", sent.value("draft-version"));
        let removing = sent.holds("remove", "yes");
        match at {
            Some(at) if removing => {
                rows.remove(at);
            }
            None if removing => {
                return Some(SentRow { changes: Changes::default(), form, list: self.list(question) });
            }
            at => {
                let posted: Posted = sent.pairs().collect();
                let line =
                    posted::read_row(columns, &posted, self.sheet.facts.today, &|id| self.somebody(id));
                let index = u16::try_from(at.unwrap_or(rows.len())).unwrap_or(u16::MAX);
                let problems = self.sheet.check_row(self.section, &self.key(question), columns, index, &line);
                put_problems(&mut form, &all, &problems);
                match at.and_then(|at| rows.get_mut(at)) {
                    Some(row) => *row = line,
                    None => rows.push(line),
                }
            }
        }
        let rows = (!rows.is_empty()).then_some(Answer::Rows(rows));
        let changes = Changes { answers: vec![(self.key(question), rows)], times: None };
        Some(SentRow { changes, form, list: self.list(question) })
    }

    /// The address of the list of a table's rows.
    fn list(&self, question: &Question) -> String {
        self.address(&self.sheet.page_of(&self.section.id, self.time, &question.id))
    }

    /// A row's page after somebody else changed the table: what was typed stays, to be saved over what there is now.
    pub fn row_again(&self, step: &Step, form: FormState) -> Markup {
        let note = important_banner(
            &html! { p.govuk-notification-banner__heading { "Somebody else changed this list meanwhile. Nothing was overwritten: look at the list, then save what you typed again." } },
        );
        let step = self.standing(step);
        let form = match self.place_of(&step) {
            Some(place) => form.with("draft-version", self.row_mark(place.question)),
            None => form,
        };
        self.row_page(&step, &form, &note)
    }

    /// The page of one row.
    pub fn row_page(&self, step: &Step, form: &FormState, note: &Markup) -> Markup {
        let Some(Place { question, columns, .. }) = self.place_of(step) else { return html! {} };
        let Kind::Table { row, .. } = &question.kind else { return html! {} };
        let drawing = Drawing { sheet: self.sheet, people: &self.people, alone: false };
        let action = self.address(step);
        html! {
            (error_summary(form))
            (note)
            span.govuk-caption-l { (self.title()) }
            h1.govuk-heading-l { (question.label) ": " (row) }
            form method="post" action=(action) novalidate {
                (csrf_field(&self.csrf))
                (hidden("draft-version", form.value("draft-version")))
                @for column in columns { (drawing.question(column, form)) }
                (button_group(&[Button::main("Save")], Some(("Cancel", &self.list(question)))))
            }
        }
    }
}
