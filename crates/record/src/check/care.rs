//! Care, homes and safety.

use super::Check;
use super::Severity::{Doubtful, Impossible};
use crate::Event;

impl Check<'_> {
    pub(super) fn care(&mut self) {
        let on = self.on;
        let in_law = matches!(
            self.e.event,
            Event::CareStarted { .. } | Event::CareCeased { .. } | Event::LegalStatusChanged { .. }
        );
        if !in_law {
            return;
        }
        let ceases = matches!(self.e.event, Event::CareCeased { .. });
        if let Some(eighteen) = self.eighteen()
            && (on > eighteen || on == eighteen && !ceases)
        {
            let message = if ceases {
                format!("Care ended on the 18th birthday, {eighteen}. Date it that day.")
            } else {
                format!(
                    "Nobody is looked after from their 18th birthday, {eighteen}. Check this date and the date of birth."
                )
            };
            self.say(Impossible, message);
            return;
        }
        let looked_after = self.looked_after();
        match &self.e.event {
            Event::CareStarted { .. } => {
                // A period may start on the very day another ended.
                let during = self.t.care.iter().any(|p| p.start <= on && p.end.is_none_or(|end| on < end));
                self.impossible(
                    during,
                    "The child is already looked after on this date. Record that they stopped first, or record a change \
                     of legal status.",
                );
                let later = self.t.care.iter().any(|p| p.start > on);
                self.doubtful(later, "There is a later period of care. Record when this one ended.");
            }
            Event::LegalStatusChanged { .. } => self.impossible(
                !looked_after,
                "The child is not looked after on this date. Record that they came into care, with this legal status.",
            ),
            _ => {
                // The birthday has ended it, but nobody has said so yet.
                let unsaid = self.t.care.iter().any(|p| p.end == Some(on) && p.end_reason.is_none());
                self.impossible(
                    !looked_after && !unsaid,
                    "The child is not looked after on this date. Check the date, or record when they came into care.",
                );
            }
        }
    }

    pub(super) fn home(&mut self) {
        let on = self.on;
        match &self.e.event {
            Event::PlacementStarted { .. } => {
                let leaver = self.t.age_on(on).is_some_and(|age| age >= 16)
                    && self.t.care.iter().any(|p| p.start < on);
                self.impossible(
                    !self.looked_after() && !leaver,
                    "The child is not looked after on this date. Record first that they came into care.",
                );
            }
            Event::PlacementEnded { .. } | Event::PlacementTermsChanged { .. } => {
                let ends = matches!(self.e.event, Event::PlacementEnded { .. });
                // The end of care, or the next home, may have ended it that day already; this entry then says why.
                let there = |p: &crate::Placement| {
                    p.start <= on && p.end.is_none_or(|end| on < end || ends && on == end)
                };
                if self.t.placements.iter().any(there) {
                    return;
                }
                let message = match self.t.placements.iter().find(|p| p.start > on) {
                    Some(p) if ends => {
                        format!("The home started on {}, after this date. Check both dates.", p.start)
                    }
                    _ => "There is no open placement on this date. Record first when it started.".to_owned(),
                };
                self.say(Impossible, message);
            }
            Event::AdviserVisit { .. } => {
                let young = self.t.age_on(on).is_some_and(|age| age < 16);
                self.doubtful(
                    young && self.looked_after(),
                    "Personal advisers work with young people from 16. Record a visit instead, if that is what it was.",
                );
            }
            _ => {}
        }
    }

    pub(super) fn safety(&mut self) {
        let on = self.on;
        let at = self.e.happened_at;
        // Times settle what happened first only when both are known.
        let earlier =
            |a: Option<jiff::civil::Time>, b: Option<jiff::civil::Time>| a.zip(b).is_some_and(|(a, b)| a < b);
        match &self.e.event {
            Event::WentMissing { category } => {
                let open = self
                    .t
                    .missing
                    .iter()
                    .any(|m| m.start <= on && m.end.is_none() && m.category == *category);
                if open {
                    self.say(
                        Doubtful,
                        "The child is already missing on this date. Record first when they came back.",
                    );
                }
            }
            Event::Found { .. } => {
                let open: Vec<_> =
                    self.t.missing.iter().filter(|m| m.start <= on && m.end.is_none()).collect();
                let before =
                    !open.is_empty() && open.iter().all(|m| m.start == on && earlier(at, m.start_at));
                self.impossible(
                    open.is_empty(),
                    "The child was not missing on this date. Record first when they went missing.",
                );
                self.impossible(before, "They came back before they went. Check both times.");
            }
            Event::ReturnInterview { .. } => {
                let back = self
                    .t
                    .missing
                    .iter()
                    .any(|m| m.end.is_some_and(|end| end < on || end == on && !earlier(at, m.end_at)));
                self.impossible(
                    !back,
                    "The child had not come back from being missing by then. Record first when they came back.",
                );
            }
            _ => {}
        }
    }
}
