//! Cards, figures that open their list, and empty states.

use crate::classes;
use crate::state::State;
use maud::{Markup, html};

/// A card: one thing with a way into it.
#[derive(Clone, Debug)]
pub struct Card {
    /// Title.
    pub title: String,
    /// Where the title leads.
    pub href: Option<String>,
    /// State, shown in words under the title.
    pub state: Option<State>,
    /// What it says.
    pub body: Markup,
    /// Links at the foot.
    pub foot: Option<Markup>,
}

/// Cards in a grid. Their titles are `h3`.
#[must_use]
pub fn cards(cards: &[Card]) -> Markup {
    html! {
        ul.kf-cards {
            @for card in cards {
                li class=(edged("kf-card", card.state)) {
                    h3 class="govuk-heading-s kf-card__title" {
                        @if let Some(href) = &card.href { a.govuk-link href=(href) { (card.title) } } @else { (card.title) }
                    }
                    @if let Some(state) = card.state { p { (state) } }
                    div.kf-card__body { (card.body) }
                    @if let Some(foot) = &card.foot { div.kf-card__foot { (foot) } }
                }
            }
        }
    }
}

/// A figure that opens the list behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stat {
    /// The figure, already written ("1,204", "87%").
    pub figure: String,
    /// What it counts ("reviews late").
    pub label: String,
    /// Of how many, since when.
    pub note: Option<String>,
    /// Address of the list behind it.
    pub href: Option<String>,
    /// State it tells of, for its edge; the label says it in words.
    pub state: Option<State>,
}

/// Figures in a row.
#[must_use]
pub fn stats(stats: &[Stat]) -> Markup {
    html! {
        ul.kf-stats {
            @for stat in stats {
                li class=(edged("kf-stat", stat.state)) {
                    @let content = html! {
                        span.kf-stat__figure { (stat.figure) } " "
                        span.kf-stat__label { (stat.label) }
                    };
                    @if let Some(href) = &stat.href { a.govuk-link href=(href) { (content) } } @else { (content) }
                    @if let Some(note) = &stat.note { " " span.kf-stat__note { (note) } }
                }
            }
        }
    }
}

fn edged(base: &str, state: Option<State>) -> String {
    let edge = match state {
        Some(state @ (State::Late | State::DueSoon | State::Stuck | State::OnTime)) => {
            format!("{base}--{}", state.slug())
        }
        _ => String::new(),
    };
    classes(&[base, &edge])
}

/// An empty page or list: what will be here, who starts it, and the one thing to do.
#[must_use]
pub fn empty(title: &str, text: &str, action: Option<(&str, &str)>) -> Markup {
    html! {
        div.kf-empty {
            h2 class="govuk-heading-m kf-empty__title" { (title) }
            p class="govuk-body kf-empty__text" { (text) }
            @if let Some((words, href)) = action {
                p.kf-empty__action { (crate::form::button_link(words, href, false)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_opens_its_list() {
        let text = stats(&[Stat {
            figure: "12".into(),
            label: "reviews <late>".into(),
            note: Some("of 600".into()),
            href: Some("/late".into()),
            state: Some(State::Late),
        }])
        .into_string();
        assert!(text.contains("<li class=\"kf-stat kf-stat--late\"><a class=\"govuk-link\" href=\"/late\">"));
        assert!(text.contains("reviews &lt;late&gt;"));
    }

    #[test]
    fn a_card_tells_its_state_in_words_too() {
        let card = Card {
            title: "Review".into(),
            href: None,
            state: Some(State::Stuck),
            body: html! {},
            foot: None,
        };
        let text = cards(&[card]).into_string();
        assert!(text.contains("kf-card--stuck") && text.contains(">Stuck</span>"));
    }

    #[test]
    fn an_empty_page_says_what_to_do() {
        let text =
            empty("No visits yet", "The first is due soon.", Some(("Record a visit", "/v"))).into_string();
        assert!(text.contains("href=\"/v\"") && text.contains("Record a visit"));
    }
}
