//! What is written down about a round, and what stands today.

use jiff::civil::Date;
use kinfold_guidance::Survey;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::authority::{Stamp, Written};

/// Something that happened to a round. Read for ever.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RoundEvent {
    /// It was opened and the invitations went out.
    RoundOpened {
        /// What is asked, as it was that day: later guidance never changes an open round.
        survey: Box<Survey>,
        /// What the round is called.
        title: String,
        /// The day it was opened.
        opened_on: Date,
        /// The last day on which it can be answered.
        closes_on: Date,
        /// How many were invited.
        invited: u32,
    },
    /// More people were invited.
    RoundWidened {
        /// How many more.
        invited: u32,
    },
    /// The last day was moved.
    RoundMoved {
        /// The last day now.
        closes_on: Date,
    },
    /// Those who had not answered were reminded.
    RoundReminded {
        /// On which day.
        on: Date,
    },
    /// It was closed before its last day had passed.
    RoundClosed {
        /// On which day.
        on: Date,
    },
    /// Somebody looked through what was written freely in answer to one question.
    TextsCleared {
        /// The question.
        question: String,
        /// What may be read, encrypted, in hexadecimal: the words of the answers, without what could name somebody.
        texts: String,
        /// How many were left out.
        left_out: u32,
    },
}

impl crate::authority::Body for RoundEvent {
    const ROOM: &'static str = "survey_round";
}

/// A round as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// Which.
    pub id: Uuid,
    /// Its last entry.
    pub version: i64,
    /// What is asked.
    pub survey: Survey,
    /// What it is called.
    pub title: String,
    /// The day it was opened.
    pub opened_on: Date,
    /// The last day on which it can be answered.
    pub closes_on: Date,
    /// The day somebody closed it, if they did before its last day had passed.
    pub closed_on: Option<Date>,
    /// How many were invited.
    pub invited: u32,
    /// The days on which those who had not answered were reminded.
    pub reminded_on: Vec<Date>,
    /// What was looked through: question, sealed words, how many were left out, who and when.
    pub cleared: Vec<(String, String, u32, Stamp)>,
    /// Who opened it.
    pub opened: Stamp,
}

impl Round {
    /// Folds the entries of a round; `None` when they do not begin with its opening.
    pub fn of(id: Uuid, entries: &[Written<RoundEvent>]) -> Option<Self> {
        let first = entries.first()?;
        let RoundEvent::RoundOpened { survey, title, opened_on, closes_on, invited } = &first.event else {
            return None;
        };
        let mut round = Self {
            id,
            version: first.version,
            survey: (**survey).clone(),
            title: title.clone(),
            opened_on: *opened_on,
            closes_on: *closes_on,
            closed_on: None,
            invited: *invited,
            reminded_on: Vec::new(),
            cleared: Vec::new(),
            opened: first.stamp(),
        };
        for entry in entries.get(1..).unwrap_or_default() {
            round.version = entry.version;
            match &entry.event {
                RoundEvent::RoundOpened { .. } => {}
                RoundEvent::RoundWidened { invited } => round.invited += invited,
                RoundEvent::RoundMoved { closes_on } => round.closes_on = *closes_on,
                RoundEvent::RoundReminded { on } => round.reminded_on.push(*on),
                RoundEvent::RoundClosed { on } => round.closed_on = Some(*on),
                RoundEvent::TextsCleared { question, texts, left_out } => {
                    round.cleared.retain(|(of, ..)| of != question);
                    round.cleared.push((question.clone(), texts.clone(), *left_out, entry.stamp()));
                }
            }
        }
        Some(round)
    }

    /// Whether it can be answered on a day.
    pub fn is_open(&self, on: Date) -> bool {
        self.closed_on.is_none() && on <= self.closes_on
    }

    /// The day after which nobody answered.
    pub fn ended_on(&self) -> Date {
        self.closed_on.unwrap_or(self.closes_on)
    }

    /// Whether those who have not answered are to be reminded on a day without anybody asking: once, in the last week, when
    /// they have had as long to answer.
    pub fn reminds_itself(&self, on: Date) -> bool {
        let from = self.closes_on.saturating_sub(jiff::Span::new().days(7));
        let had_a_week = self.opened_on <= from;
        self.is_open(on) && had_a_week && from <= on && self.reminded_on.iter().all(|day| *day < from)
    }
}
