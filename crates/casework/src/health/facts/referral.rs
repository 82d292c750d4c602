//! Referrals and what became of them.

use jiff::civil::Date;
use kinfold_record::{Entry, Event};
use smol_str::SmolStr;

use super::{HealthFacts, Source};

/// A referral with its steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referral {
    /// Where it stands.
    pub source: Source,
    /// Its reference.
    pub referral: SmolStr,
    /// A code of `referral_service`.
    pub service: SmolStr,
    /// Which goal of the plan it serves.
    pub goal: String,
    /// To which service, by name.
    pub to: Option<String>,
    /// Whether it is urgent.
    pub urgent: bool,
    /// The first day of the wait, also where that began in another area.
    pub waiting_since: Date,
    /// From which area the wait was carried over: a code of `local_authority`.
    pub carried_from: Option<SmolStr>,
    /// The referral this one stands in for.
    pub instead_of: Option<SmolStr>,
    /// Its steps, oldest first.
    pub steps: Vec<ReferralStep>,
    /// Whether another referral stands in for this one.
    pub replaced: bool,
}

/// What became of a referral on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferralStep {
    /// Where it stands.
    pub source: Source,
    /// A code of `referral_step`.
    pub step: SmolStr,
    /// A day for an appointment.
    pub appointment: Option<Date>,
    /// A code of `referral_reason`.
    pub reason: Option<SmolStr>,
}

/// How a referral stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Nobody has answered.
    Sent,
    /// Taken on.
    Accepted,
    /// On a list, or with an appointment to come.
    Waiting,
    /// Not brought or did not attend, and nothing since.
    NotAttended,
    /// Declined, and no alternative yet.
    Declined,
    /// Declined, and an alternative asked for or made.
    AlternativeAsked,
    /// Seen, or in treatment.
    Seen,
    /// Closed or withdrawn.
    Closed,
}

impl Standing {
    /// Every standing, the one that most needs somebody first.
    pub const ALL: [Self; 8] = [
        Self::Declined,
        Self::NotAttended,
        Self::Sent,
        Self::Accepted,
        Self::Waiting,
        Self::AlternativeAsked,
        Self::Seen,
        Self::Closed,
    ];

    /// Name in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Accepted => "accepted",
            Self::Waiting => "waiting",
            Self::NotAttended => "not_attended",
            Self::Declined => "declined",
            Self::AlternativeAsked => "alternative",
            Self::Seen => "seen",
            Self::Closed => "closed",
        }
    }

    /// The reverse of [`Self::as_str`].
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|x| x.as_str() == s)
    }

    /// What a person reads.
    pub fn title(self) -> &'static str {
        match self {
            Self::Sent => "Sent",
            Self::Accepted => "Accepted",
            Self::Waiting => "Waiting",
            Self::NotAttended => "Not brought",
            Self::Declined => "Declined",
            Self::AlternativeAsked => "Alternative asked for",
            Self::Seen => "Seen",
            Self::Closed => "Closed",
        }
    }

    /// Whether somebody still has to do something about it.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::AlternativeAsked)
    }
}

impl Referral {
    /// How it stands.
    pub fn standing(&self) -> Standing {
        let mut now = Standing::Sent;
        for step in &self.steps {
            now = match step.step.as_str() {
                "accepted" => Standing::Accepted,
                "waiting" | "appointment" => Standing::Waiting,
                "seen" | "in_treatment" => Standing::Seen,
                "did_not_attend" => Standing::NotAttended,
                "declined" => Standing::Declined,
                "alternative_asked" => Standing::AlternativeAsked,
                "withdrawn" | "closed" => Standing::Closed,
                "passed_on" => Standing::Sent,
                _ => now,
            };
        }
        if self.replaced && now == Standing::Declined { Standing::AlternativeAsked } else { now }
    }

    /// The last day on which anything happened to it.
    pub fn last_step_on(&self) -> Date {
        self.steps.last().map_or(self.source.on, |step| step.source.on)
    }
}

impl HealthFacts {
    pub(super) fn referred(&mut self, entries: &[&Entry]) {
        for entry in entries {
            match &entry.event {
                Event::ReferralMade {
                    referral,
                    service,
                    goal,
                    to,
                    urgent,
                    waiting_since,
                    carried_from,
                    instead_of,
                    ..
                } => self.referrals.push(Referral {
                    source: Source::of(entry, None),
                    referral: referral.clone(),
                    service: service.clone(),
                    goal: goal.clone(),
                    to: to.clone(),
                    urgent: *urgent == Some(true),
                    waiting_since: waiting_since.unwrap_or(entry.happened_on),
                    carried_from: carried_from.clone(),
                    instead_of: instead_of.clone(),
                    steps: Vec::new(),
                    replaced: false,
                }),
                Event::ReferralStep { referral, step, appointment, reason, .. } => {
                    for made in self.referrals.iter_mut().filter(|r| r.referral == *referral) {
                        made.steps.push(ReferralStep {
                            source: Source::of(entry, None),
                            step: step.clone(),
                            appointment: *appointment,
                            reason: reason.clone(),
                        });
                    }
                }
                _ => {}
            }
        }
        let instead: Vec<SmolStr> = self.referrals.iter().filter_map(|r| r.instead_of.clone()).collect();
        for referral in &mut self.referrals {
            referral.replaced = instead.contains(&referral.referral);
        }
        self.referrals.reverse();
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kinfold_record::{EntryId, Sensitivity};
    use uuid::Uuid;

    use super::*;

    fn source(day: i8) -> Source {
        Source {
            entry: EntryId(Uuid::from_u128(1)),
            on: date(2026, 11, day),
            sensitivity: Sensitivity::Health,
            about_others: false,
            told_by: None,
        }
    }

    fn with(steps: &[&str]) -> Referral {
        Referral {
            source: source(1),
            referral: "r".into(),
            service: "mental_health".into(),
            goal: "Sleeps through".into(),
            to: None,
            urgent: false,
            waiting_since: date(2026, 2, 1),
            carried_from: None,
            instead_of: None,
            steps: (2..)
                .zip(steps)
                .map(|(day, step)| ReferralStep {
                    source: source(day),
                    step: (*step).into(),
                    appointment: None,
                    reason: None,
                })
                .collect(),
            replaced: false,
        }
    }

    #[test]
    fn a_referral_stands_where_its_last_real_step_left_it() {
        assert_eq!(with(&[]).standing(), Standing::Sent);
        assert_eq!(with(&["accepted", "chased"]).standing(), Standing::Accepted, "asking is no step forward");
        assert_eq!(with(&["accepted", "waiting", "did_not_attend"]).standing(), Standing::NotAttended);
        assert_eq!(with(&["seen", "passed_on"]).standing(), Standing::Sent, "passed on, it waits again");
        assert_eq!(with(&["chased"]).last_step_on(), date(2026, 11, 2), "and is still a sign of life");
    }

    #[test]
    fn a_declined_referral_is_open_until_another_stands_in() {
        let mut declined = with(&["declined"]);
        assert!(declined.standing().is_open());
        declined.replaced = true;
        assert_eq!(declined.standing(), Standing::AlternativeAsked);
        assert!(!declined.standing().is_open());
    }
}
