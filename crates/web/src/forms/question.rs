//! Drawing the questions of a form, of every kind, in the shapes of GOV.UK Frontend; and putting what is wrong beside them.

use kinfold_forms::posted::{field, parts, values};
use kinfold_forms::words::{options, variant};
use kinfold_forms::{Answer, Problem, Severity, Sheet};
use kinfold_guidance::form::{Kind, NumberKind, Options, Question};
use kinfold_look::banner::{details, inset};
use kinfold_look::form::{
    Checkboxes, Choice, DateInput, FormState, Legend, Radios, Select, TextInput, Textarea, Width, fieldset,
};
use kinfold_look::{Markup, html};
use smol_str::SmolStr;

use crate::child::event_form::Someone;

/// More choices than this stand in a list that opens.
const MANY: usize = 12;

/// What drawing a question needs.
pub(crate) struct Drawing<'a> {
    pub sheet: &'a Sheet<'a>,
    /// People who can be chosen where a person is asked for.
    pub people: &'a [Someone],
    /// Whether the question is the page's heading: the only one on it.
    pub alone: bool,
}

/// Puts an answer, or what was typed and could not be read, into the fields of a question.
pub(crate) fn fill(form: FormState, question: &Question, answer: Option<&Answer>) -> FormState {
    values(question, answer)
        .into_iter()
        .fold(form, |form, (part, values)| form.with_all(field(&question.id, &part), values))
}

/// The names of the fields of a question.
pub(crate) fn names(question: &Question) -> impl Iterator<Item = String> + '_ {
    parts(question).into_iter().map(|part| field(&question.id, &part))
}

/// Puts problems beside the fields they are about. What is only unusual is answered back, to be drawn as a remark.
pub(crate) fn mark<'p>(
    form: &mut FormState,
    questions: &[&Question],
    problems: &'p [Problem],
) -> Vec<&'p str> {
    let mut remarks = Vec::new();
    for problem in problems {
        if problem.severity == Severity::Advisory {
            remarks.push(problem.message.as_str());
            continue;
        }
        let id = problem.row.as_ref().map_or(&problem.key.question, |(_, column)| column);
        let Some(question) = questions.iter().find(|q| q.id == *id) else {
            form.form_error(&problem.message);
            continue;
        };
        let part = problem.part.as_str();
        match (&question.kind, part) {
            (Kind::Date { .. }, "" | "day" | "month" | "year") => {
                let part = if part.is_empty() { "day" } else { part };
                form.error_at(id.as_str(), field(id, part), &problem.message);
            }
            (Kind::Address, "") => form.error(field(id, "lines"), &problem.message),
            (Kind::Instrument { items, .. }, "") => {
                let first = items.first().map_or_else(String::new, |item| field(id, item));
                form.error_at(id.as_str(), first, &problem.message);
            }
            (Kind::Table { .. } | Kind::Upload { .. }, "") => {
                form.error_at(id.as_str(), format!("{id}-add"), &problem.message);
            }
            _ => form.error(field(id, part), &problem.message),
        }
    }
    remarks
}

impl Drawing<'_> {
    fn legend(&self, question: &Question) -> Legend {
        if self.alone { Legend::heading(label(question)) } else { Legend::medium(label(question)) }
    }

    /// A question with its fields. Tables and files are drawn by the page, which knows their addresses.
    pub fn question(&self, question: &Question, form: &FormState) -> Markup {
        let id = question.id.as_str();
        html! {
            (self.fields(question, id, form))
            @if let Some(help) = &question.help {
                (details("Help with this question", &html! { @for part in help.split("\n\n") { p { (part) } } }, false))
            }
            (self.reason(question, form))
        }
    }

    fn fields(&self, question: &Question, id: &str, form: &FormState) -> Markup {
        let hint = question.hint.clone();
        let text = |input: TextInput| {
            let input = match &hint {
                Some(hint) => input.hint(hint),
                None => input,
            };
            if self.alone { input.as_heading().render(form) } else { input.render(form) }
        };
        let area = |rows: u8, limit: u32| {
            let area = Textarea::new(id, label(question)).rows(rows).limit(limit);
            let area = match &hint {
                Some(hint) => area.hint(hint),
                None => area,
            };
            if self.alone { area.as_heading().render(form) } else { area.render(form) }
        };
        let hinted = |radios: Radios| match &hint {
            Some(hint) => radios.hint(hint).render(form),
            None => radios.render(form),
        };
        match &question.kind {
            Kind::Text { most } if *most > 300 => area(3, *most),
            Kind::Text { .. } => text(TextInput::new(id, label(question)).autocomplete("off")),
            Kind::Rich { most, .. } => area(8, *most),
            Kind::ChildWords { .. } => area(6, 20_000),
            Kind::Date { .. } => {
                let hint = hint.clone().unwrap_or_else(|| "For example, 27 3 2026".to_owned());
                DateInput::new(id, self.legend(question)).hint(hint).render(form)
            }
            Kind::YesNo => hinted(Radios::yes_no(id, self.legend(question))),
            Kind::Choice(list) => self.choice(question, list, form),
            Kind::Several(list) => {
                let choices = self.options(list).into_iter().map(|(code, title)| Choice::new(code, title));
                let boxes = Checkboxes::new(id, self.legend(question), choices);
                boxes.hint(hint.clone().unwrap_or_else(|| "Select all that apply".to_owned())).render(form)
            }
            Kind::Number(kind) => text(number(id, label(question), kind)),
            Kind::Scale { from, to, low, high } => {
                let words = |n: i32| match n {
                    n if n == *from => format!("{n}: {low}"),
                    n if n == *to => format!("{n}: {high}"),
                    n => n.to_string(),
                };
                let choices = (*from..=*to).map(|n| Choice::new(n.to_string(), words(n)));
                hinted(Radios::new(id, self.legend(question), choices))
            }
            Kind::Person => self.person(question, form),
            Kind::Address => {
                let (lines, postcode) = (field(id, "lines"), field(id, "postcode"));
                self.group(question, &html! {
                    (Textarea::new(lines, "Address").rows(4).render(form))
                    (TextInput::new(postcode, "Postcode, if known").width(Width::Chars(10)).autocomplete("off").render(form))
                })
            }
            Kind::Signature { declaration } => html! {
                (inset(&html! { p { (declaration) } }))
                (text(TextInput::new(id, label(question)).autocomplete("off")))
            },
            Kind::Instrument { items, from, to, .. } => self.instrument(question, items, (*from, *to), form),
            Kind::Table { .. } | Kind::Upload { .. } => html! {},
        }
    }

    fn options(&self, list: &Options) -> Vec<(SmolStr, String)> {
        options(list, self.sheet.codes, self.sheet.facts.today)
    }

    fn choice(&self, question: &Question, list: &Options, form: &FormState) -> Markup {
        let id = question.id.as_str();
        let offered = self.options(list);
        if offered.len() > MANY {
            let pairs = offered.into_iter().map(|(code, title)| (code.to_string(), title));
            let select =
                Select::new(id, if self.alone { "Choose one".to_owned() } else { label(question) }, pairs);
            let select = select.empty("Choose").render(form);
            return if self.alone {
                self.group(question, &select)
            } else {
                html! { (select) }
            };
        }
        let choices = offered.into_iter().map(|(code, title)| Choice::new(code, title));
        let radios = Radios::new(id, self.legend(question), choices);
        match &question.hint {
            Some(hint) => radios.hint(hint).render(form),
            None => radios.render(form),
        }
    }

    fn person(&self, question: &Question, form: &FormState) -> Markup {
        let id = question.id.as_str();
        let people = self.people.iter().map(|p| (p.id.clone(), p.words.clone()));
        self.group(question, &html! {
            @if !self.people.is_empty() {
                (Select::new(id, "Somebody in the circle", people).empty("Somebody else").render(form))
            }
            (TextInput::new(field(id, "name"), if self.people.is_empty() { "Name" } else { "Or their name" }).autocomplete("off").render(form))
            (TextInput::new(field(id, "role"), "Who they are, if known").autocomplete("off").render(form))
            (TextInput::new(field(id, "contact"), "How to reach them, if known").autocomplete("off").render(form))
        })
    }

    fn instrument(
        &self,
        question: &Question,
        items: &[SmolStr],
        range: (i32, i32),
        form: &FormState,
    ) -> Markup {
        let id = question.id.as_str();
        let variant = variant(self.sheet, question);
        let words = |item: &str| self.sheet.licensed.and_then(|w| w.item(&variant, item));
        let error = form.error_of(id);
        self.group(question, &html! {
            @if let Some(error) = error {
                p.govuk-error-message { span.govuk-visually-hidden { "Error:" } " " (error) }
            }
            @if self.sheet.licensed.is_none() {
                (inset(&html! { p { "The wording of this questionnaire is licensed and does not come with Kinfold. Enter each answer by the number of its item on the paper form." } }))
            }
            @for item in items {
                @let choices = (range.0..=range.1).map(|n| Choice::new(n.to_string(), kinfold_forms::words::item_answer(self.sheet, n)));
                (Radios::new(field(id, item), Legend::small(match words(item) {
                    Some(words) => format!("{item}. {words}"),
                    None => format!("Item {item}"),
                }), choices).inline().small().render(form))
            }
        })
    }

    fn group(&self, question: &Question, content: &Markup) -> Markup {
        let hint = format!("{}-about", question.id);
        fieldset(
            &self.legend(question),
            question.hint.as_ref().map(|_| hint.as_str()),
            &html! {
                @if let Some(words) = &question.hint { div.govuk-hint id=(hint) { (words) } }
                (content)
            },
        )
    }

    /// The reasons for which a question may go unanswered.
    fn reason(&self, question: &Question, form: &FormState) -> Markup {
        let list = match &question.kind {
            Kind::ChildWords { reasons } => Some(reasons),
            _ => question.or_reason.as_ref(),
        };
        let Some(list) = list else { return html! {} };
        let name = field(&question.id, "reason");
        let text = field(&question.id, "reason-text");
        let list = Options::List { list: list.clone(), only: Vec::new() };
        let choices = self.options(&list).into_iter().map(|(code, title)| (code.to_string(), title));
        let open =
            !form.value(&name).is_empty() || form.error_of(&name).is_some() || form.error_of(&text).is_some();
        let list = matches!(question.kind, Kind::Table { .. } | Kind::Upload { .. });
        details(
            if list { "There is nothing to add" } else { "There is no answer to this" },
            &html! {
                (Select::new(name, "Why not?", choices).empty("Choose a reason").render(form))
                (Textarea::new(text, "More about the reason, if it needs it").rows(3).limit(2000).render(form))
            },
            open,
        )
    }
}

fn number(id: &str, label: String, kind: &NumberKind) -> TextInput {
    let input = TextInput::new(id, label).figures().width(Width::Chars(10)).autocomplete("off");
    match &kind.unit {
        Some(unit) => input.suffix(unit),
        None => input,
    }
}

/// The question, said to be optional where it is.
pub(super) fn label(question: &Question) -> String {
    if question.required || question.label.ends_with("(optional)") {
        question.label.clone()
    } else {
        format!("{} (optional)", question.label)
    }
}
