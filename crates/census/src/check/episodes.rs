//! What rules ask again and again of episodes.

use jiff::civil::Date;

use super::context::Context;
use super::days::{after, before, on_or_after, on_or_before};
use super::view::{ChildYear, Row, Rows};
use crate::tables::EpisodeRow;

impl Row<'_, EpisodeRow> {
    /// Whether it has no end, or none that is a day.
    pub fn is_open(&self) -> bool {
        self.dec.value().is_none()
    }

    /// Whether the child stopped being looked after with it: it has a reason, and that is not `X1`.
    pub fn ends_care(&self) -> bool {
        !self.rec.is_blank() && !self.rec.is("X1")
    }

    /// Whether the child started to be looked after with it.
    pub fn starts_care(&self) -> bool {
        self.rne.is("S")
    }

    /// Whether it is an agreed series of short-term placements.
    pub fn is_short_term(&self) -> bool {
        self.ls.is_any(&["V3", "V4"])
    }

    /// Whether it touches these days: it started by the last and did not end before the first.
    pub fn touches(&self, first: Date, last: Date) -> bool {
        on_or_before(self.decom.value(), last) && !before(self.dec.value(), first)
    }

    /// Whether the child was in it on this day, by the evening: it had started, and had not ended.
    pub fn runs_on(&self, day: Date) -> bool {
        on_or_before(self.decom.value(), day) && (self.is_open() || after(self.dec.value(), day))
    }
}

impl<'a> Rows<'a, EpisodeRow> {
    /// The last that started before a day, of those in order.
    pub fn last_before(&self, day: Date) -> Option<Row<'a, EpisodeRow>> {
        self.iter().rev().find(|e| before(e.decom.value(), day))
    }

    /// The open one, the latest if there are several.
    pub fn open(&self) -> Option<Row<'a, EpisodeRow>> {
        self.iter().rev().find(Row::is_open)
    }
}

impl ChildYear<'_> {
    /// Whether the child was looked after on this day.
    pub fn looked_after_on(&self, day: Date) -> bool {
        self.episodes().iter().any(|e| e.runs_on(day))
    }

    /// Whether the child was looked after without a break for the whole collection year, agreed short breaks left
    /// out: the children of OC2.
    pub fn looked_after_all_year(&self, context: &Context<'_>) -> bool {
        let mut any = false;
        for episode in self.episodes() {
            if !on_or_before(episode.decom.value(), context.end)
                || !(episode.is_open() || on_or_after(episode.dec.value(), context.start))
            {
                continue;
            }
            let began = episode.starts_care() && after(episode.decom.value(), context.start);
            // An end without a reason counts as an end: only X1 says that the child stayed.
            let ended = !episode.rec.is("X1") && episode.dec.value().is_some_and(|dec| context.holds(dec));
            if began || ended || episode.is_short_term() {
                return false;
            }
            any = true;
        }
        any
    }
}
