//! Where something stands, told by a word and a shape before any colour.

use maud::{Markup, Render, html};
use serde::{Deserialize, Serialize};

/// Where a duty, or anything else with a date, stands.
///
/// The shape is hidden from assistive technology because the word says the same; both survive print and forced colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Its date is far enough off.
    OnTime,
    /// Its date is near.
    DueSoon,
    /// Its date has passed and it is not done.
    Late,
    /// It need not be done, for a coded reason.
    Excused,
    /// It waits for somebody, who is named beside it.
    Stuck,
    /// It is done.
    Met,
    /// Nothing has to happen yet.
    NotYet,
    /// It fell away before it was done (a period of care ended, a placement changed).
    Ended,
}

impl State {
    /// Every state, in the order a key or a filter shows them.
    pub const ALL: [Self; 8] = [
        Self::Late,
        Self::Stuck,
        Self::DueSoon,
        Self::OnTime,
        Self::NotYet,
        Self::Met,
        Self::Excused,
        Self::Ended,
    ];

    /// The word shown and read out.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::OnTime => "On time",
            Self::DueSoon => "Due soon",
            Self::Late => "Late",
            Self::Excused => "Excused",
            Self::Stuck => "Stuck",
            Self::Met => "Done",
            Self::NotYet => "Not yet due",
            Self::Ended => "Ended",
        }
    }

    /// The shape: one character, another for each state. All are in fonts that every common system has, and none is drawn as a
    /// coloured picture on telephones, as the usual sign for a pause is.
    #[must_use]
    pub const fn shape(self) -> &'static str {
        match self {
            Self::OnTime => "✓",
            Self::DueSoon => "◔",
            Self::Late => "!",
            Self::Excused => "–",
            Self::Stuck => "‖",
            Self::Met => "●",
            Self::NotYet => "○",
            Self::Ended => "■",
        }
    }

    /// The part of the class name that tells the state ("late" in `kf-state--late`).
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::OnTime => "on-time",
            Self::DueSoon => "due-soon",
            Self::Late => "late",
            Self::Excused => "excused",
            Self::Stuck => "stuck",
            Self::Met => "met",
            Self::NotYet => "not-yet",
            Self::Ended => "ended",
        }
    }

    /// The state as a plain mark (no box) for running text, tables and lists.
    #[must_use]
    pub fn plain(self) -> Markup {
        self.draw("kf-state--plain", self.word())
    }

    /// The state with words of one's own in place of the usual ones ("3 working days late"). The words must still tell it.
    #[must_use]
    pub fn saying(self, words: &str) -> Markup {
        self.draw("", words)
    }

    /// The state small, for boards. Only what asks for something to be done is boxed: on a board of hundreds, the eye must find it.
    #[must_use]
    pub fn small(self) -> Markup {
        match self {
            Self::Late | Self::Stuck | Self::DueSoon => self.draw("kf-state--small", self.word()),
            _ => self.draw("kf-state--small kf-state--plain", self.word()),
        }
    }

    fn draw(self, modifier: &str, words: &str) -> Markup {
        let class = format!("kf-state kf-state--{} {modifier}", self.slug());
        html! {
            span class=(class.trim_end()) {
                span.kf-state__shape aria-hidden="true" { (self.shape()) }
                " "
                span.kf-state__word { (words) }
            }
        }
    }
}

impl Render for State {
    fn render(&self) -> Markup {
        self.draw("", self.word())
    }
}

/// A key that explains the states used on a page, in the order given.
#[must_use]
pub fn key(states: &[State]) -> Markup {
    html! {
        ul.kf-board__key aria-label="Key" {
            @for state in states { li { (state.plain()) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_state_has_its_own_word_shape_and_class() {
        assert_eq!(State::ALL.iter().map(|s| s.word()).collect::<HashSet<_>>().len(), State::ALL.len());
        assert_eq!(State::ALL.iter().map(|s| s.shape()).collect::<HashSet<_>>().len(), State::ALL.len());
        assert_eq!(State::ALL.iter().map(|s| s.slug()).collect::<HashSet<_>>().len(), State::ALL.len());
    }

    #[test]
    fn the_word_is_read_out_and_the_shape_is_not() {
        let drawn = State::Late.render().into_string();
        assert_eq!(
            drawn,
            "<span class=\"kf-state kf-state--late\"><span class=\"kf-state__shape\" aria-hidden=\"true\">!</span> \
             <span class=\"kf-state__word\">Late</span></span>"
        );
    }

    #[test]
    fn own_words_are_escaped() {
        assert!(State::Late.saying("<b>").into_string().contains("&lt;b&gt;"));
    }
}
