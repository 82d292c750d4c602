//! Measures: how the authority does by its children, figure by figure, with the definition of each and, for those
//! allowed, the children behind it.

mod chart;
mod children;
mod export;
mod list;
mod needs;
mod needs_drawn;
pub(crate) mod needs_out;
mod page;

use jiff::civil::Date;
use kinfold_casework::measures::{Audience, MeasureYear, Public, Seen, figure_words};
use kinfold_guidance::measure::MeasureUnit;
use kinfold_guidance::{Confidence, LayerName, Measure};
use kinfold_look::form::{FormState, Select};
use kinfold_look::tag::{Colour, tag};
use kinfold_look::{Markup, html};

pub(crate) use self::needs_drawn::profile_drawn;
use crate::Route;
use crate::visit::Visit;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    [list::routes(), page::routes(), export::routes(), needs::routes(), needs_out::routes()]
        .into_iter()
        .flatten()
        .collect()
}

/// What is written for a hidden number, as statistics write it.
const HIDDEN: &str = "c";

/// The year that the address asks for.
fn year_asked(visit: &Visit) -> Option<i16> {
    visit.query.value("year").parse().ok()
}

/// A year in words.
pub(crate) fn year_words(year: MeasureYear) -> String {
    let days = day_words(year.span.to);
    if year.running { format!("12 months to {days} (today)") } else { format!("Year to {days}") }
}

/// Words that go on in a sentence.
fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// A day without its weekday, which says nothing about a year.
fn day_words(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// A year under a chart or at the head of a row.
fn year_short(year: MeasureYear) -> String {
    if year.running { "now".to_owned() } else { year.year.to_string() }
}

/// The form that chooses the year.
fn year_chooser(path: &str, years: &[MeasureYear], chosen: MeasureYear) -> Markup {
    let options: Vec<(String, String)> = years.iter().map(|y| (y.year.to_string(), year_words(*y))).collect();
    let state = FormState::new().with("year", chosen.year.to_string());
    html! {
        form class="kf-read kf-screen-only" method="get" action=(path) {
            (Select::new("year", "Year", options).render(&state))
            button class="govuk-button govuk-button--secondary" type="submit" { "Show" }
        }
    }
}

/// The words of a heading that measures stand under.
fn area_title(area: &str) -> String {
    match area {
        "adoption" => "Adoption".to_owned(),
        "children" => "Children looked after".to_owned(),
        "education" => "Education".to_owned(),
        "health" => "Health".to_owned(),
        "leaving" => "Care leavers".to_owned(),
        "missing" => "Missing from care".to_owned(),
        "need" => "Needs".to_owned(),
        "offending" => "Offending".to_owned(),
        "reviews" => "Reviews".to_owned(),
        "stability" => "Stability".to_owned(),
        // A heading of the council's own.
        other => {
            let words = other.replace('_', " ");
            let mut letters = words.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        }
    }
}

/// A figure, or why there is none.
pub(crate) fn value_words(unit: MeasureUnit, seen: Seen) -> String {
    match seen {
        Seen::NotRecorded => "not recorded".to_owned(),
        Seen::Figures(public) => match public.value {
            Some(value) => figure_words(unit, value),
            None if public.denominator == Some(0) => "nobody to count".to_owned(),
            None => HIDDEN.to_owned(),
        },
    }
}

/// What the figure is made of: the numerator and the denominator. Of a mean, the amounts added up and the children.
fn made_of(unit: MeasureUnit, public: Public) -> (String, String) {
    let number = |n: Option<i64>| n.map_or_else(|| HIDDEN.to_owned(), |n| n.to_string());
    let numerator = match unit {
        MeasureUnit::Mean => public.amount,
        MeasureUnit::Percent | MeasureUnit::Count => public.numerator.map(i64::from),
    };
    (number(numerator), number(public.denominator.map(i64::from)))
}

/// The same where nothing may have been recorded.
pub(crate) fn made_of_seen(unit: MeasureUnit, seen: Seen) -> (String, String) {
    match seen {
        Seen::Figures(public) => made_of(unit, public),
        Seen::NotRecorded => ("–".to_owned(), "–".to_owned()),
    }
}

/// A figure somebody wrote in a file, in the words of the unit.
fn written(unit: MeasureUnit, value: &str) -> String {
    if unit == MeasureUnit::Percent { format!("{value}%") } else { value.to_owned() }
}

/// What "c" means, for those who see it.
fn about_hidden(audience: Audience) -> Markup {
    html! {
        @if audience == Audience::Public {
            p.govuk-hint {
                "“" (HIDDEN) "” stands for a number that is not shown: it is from 1 to 5, or would give such a number away. "
                "You see figures as they may be published."
            }
        }
    }
}

/// How sure we are of a definition: always in words, and louder when nobody has checked it.
fn confidence(measure: &Measure) -> Markup {
    match measure.confidence {
        Confidence::M => {
            html! { (tag("Unverified", Colour::Yellow)) " " (Confidence::M.words().trim_start_matches("Unverified: ")) }
        }
        sure => html! { (sure.words()) },
    }
}

/// Where a definition comes from. Nothing for a national one.
fn layer(measure: &Measure) -> Markup {
    match &measure.origin.layer {
        LayerName::National => html! {},
        LayerName::Local(name) => tag(&format!("Local: {name}"), Colour::Purple),
    }
}

/// The address of a measure in a year.
fn address(id: &str, year: MeasureYear) -> String {
    format!("/measures/{id}?year={}", year.year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_never_a_nought() {
        let none = Public { denominator: Some(0), numerator: Some(0), amount: Some(0), value: None };
        let hidden = Public { denominator: Some(40), numerator: None, amount: None, value: None };
        let nought = Public { denominator: Some(40), numerator: Some(0), amount: Some(0), value: Some(0.0) };
        let words = |seen| value_words(MeasureUnit::Percent, seen);
        assert_eq!(words(Seen::NotRecorded), "not recorded");
        assert_eq!(words(Seen::Figures(none)), "nobody to count");
        assert_eq!(words(Seen::Figures(hidden)), "c");
        assert_eq!(words(Seen::Figures(nought)), "0.0%");
        assert_eq!(made_of(MeasureUnit::Percent, hidden), ("c".to_owned(), "40".to_owned()));
    }

    #[test]
    fn a_heading_of_the_councils_own_reads_as_words() {
        assert_eq!(area_title("family_time"), "Family time");
        assert_eq!(area_title("leaving"), "Care leavers");
    }
}
