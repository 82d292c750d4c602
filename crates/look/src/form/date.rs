//! Date input (day, month, year) and time input (hour, minute).

use super::fieldset::{Legend, draw};
use super::{FormState, Group, id_of};
use crate::classes;
use maud::{Markup, html};

/// GOV.UK date input. Its fields are `name-day`, `name-month`, `name-year`; read them with [`FormState::read_date`].
#[derive(Clone, Debug)]
pub struct DateInput {
    name: String,
    legend: Legend,
    hint: Option<String>,
    birthday: bool,
}

impl DateInput {
    /// A date input.
    pub fn new(name: impl Into<String>, legend: impl Into<Legend>) -> Self {
        Self { name: name.into(), legend: legend.into(), hint: None, birthday: false }
    }

    /// Help below the legend ("For example, 27 3 2026").
    #[must_use]
    pub fn hint(mut self, words: impl Into<String>) -> Self {
        self.hint = Some(words.into());
        self
    }

    /// The reader's own date of birth: the browser may fill it in.
    #[must_use]
    pub fn own_birthday(mut self) -> Self {
        self.birthday = true;
        self
    }

    /// Draws it with what was typed and what is wrong.
    #[must_use]
    pub fn render(&self, state: &FormState) -> Markup {
        let parts = [("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4)];
        group(&self.name, &self.legend, self.hint.as_deref(), state, |id| {
            html! {
                div.govuk-date-input id=(id) {
                    @for (part, words, width) in parts {
                        (item(&self.name, part, words, width, self.birthday, state))
                    }
                }
            }
        })
    }
}

/// Hour and minute in the shape of a date input. Its fields are `name-hour`, `name-minute`; read them with
/// [`FormState::read_time`].
#[derive(Clone, Debug)]
pub struct TimeInput {
    name: String,
    legend: Legend,
    hint: Option<String>,
}

impl TimeInput {
    /// A time input on the 24-hour clock.
    pub fn new(name: impl Into<String>, legend: impl Into<Legend>) -> Self {
        Self { name: name.into(), legend: legend.into(), hint: None }
    }

    /// Help below the legend ("Use the 24-hour clock, for example 15 30").
    #[must_use]
    pub fn hint(mut self, words: impl Into<String>) -> Self {
        self.hint = Some(words.into());
        self
    }

    /// Draws it with what was typed and what is wrong.
    #[must_use]
    pub fn render(&self, state: &FormState) -> Markup {
        group(&self.name, &self.legend, self.hint.as_deref(), state, |id| {
            html! {
                div class="govuk-date-input kf-time-input" id=(id) {
                    @for (part, words) in [("hour", "Hour"), ("minute", "Minute")] {
                        (item(&self.name, part, words, 2, false, state))
                    }
                }
            }
        })
    }
}

fn group(
    name: &str,
    legend: &Legend,
    hint: Option<&str>,
    state: &FormState,
    fields: impl FnOnce(&str) -> Markup,
) -> Markup {
    let id = id_of(name);
    let group = Group { id: &id, hint, error: state.error_of(name) };
    html! {
        div.govuk-form-group.govuk-form-group--error[group.error.is_some()] {
            fieldset.govuk-fieldset role="group" aria-describedby=[group.described_by()] {
                (draw(legend))
                (group.hint_and_error())
                (fields(&id))
            }
        }
    }
}

fn item(name: &str, part: &str, words: &str, width: u8, birthday: bool, state: &FormState) -> Markup {
    let id = format!("{}-{part}", id_of(name));
    let field = format!("{name}-{part}");
    // An error that names no part marks them all.
    let wrong = state.error_is_at(name, &id) || state.error_is_at(name, &id_of(name));
    let marked = if wrong { "govuk-input--error" } else { "" };
    let class =
        classes(&["govuk-input govuk-date-input__input", marked, &format!("govuk-input--width-{width}")]);
    html! {
        div.govuk-date-input__item {
            div.govuk-form-group {
                label class="govuk-label govuk-date-input__label" for=(id) { (words) }
                input class=(class) id=(id) name=(field) type="text" inputmode="numeric"
                    value=(state.value(&field)) autocomplete=[birthday.then(|| format!("bday-{part}"))];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Required;

    #[test]
    fn the_date_keeps_each_part_as_typed_and_marks_the_wrong_one() {
        let mut state =
            FormState::from_pairs([("visit-day", "31"), ("visit-month", "feb"), ("visit-year", "26")]);
        assert_eq!(state.read_date("visit", "Date of the visit", Required::Yes), None);
        let text = DateInput::new("visit", "When was the visit?")
            .hint("For example, 27 3 2026")
            .render(&state)
            .into_string();
        assert!(text.contains(
            "<fieldset class=\"govuk-fieldset\" role=\"group\" aria-describedby=\"visit-hint visit-error\">"
        ));
        assert!(text.contains("value=\"feb\"") && text.contains("value=\"31\""));
        assert_eq!(text.matches("govuk-input--error").count(), 1);
        assert!(text.contains("govuk-input--error govuk-input--width-4\" id=\"visit-year\""));
    }

    #[test]
    fn an_error_about_the_whole_date_marks_every_part() {
        let mut state = FormState::new();
        state.error("visit", "Date of the visit must be today or in the past");
        let text = DateInput::new("visit", "When?").render(&state).into_string();
        assert_eq!(text.matches("govuk-input--error").count(), 3);
    }

    #[test]
    fn hour_and_minute_are_labelled() {
        let text =
            TimeInput::new("at", "What time?").render(&FormState::new().with("at-hour", "15")).into_string();
        assert!(
            text.contains("for=\"at-hour\">Hour</label>")
                && text.contains("for=\"at-minute\">Minute</label>")
        );
        assert!(text.contains("value=\"15\""));
    }
}
