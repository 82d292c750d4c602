//! A home in another area: whether health there can meet the needs, who was told and answered, and which body pays for what.

use jiff::civil::Date;
use kinfold_record::{Entry, Event};
use smol_str::SmolStr;

use super::{HealthFacts, Source};

/// The notice of a home in another area: a code of `notice`.
const NOTICE: &str = "out_of_area_health";

/// Whether the services of another area can meet the child's needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feasibility {
    /// Where it stands.
    pub source: Source,
    /// A code of `feasibility`.
    pub outcome: SmolStr,
    /// What could not be met: codes of `health_area`.
    pub unmet: Vec<SmolStr>,
    /// Who was asked.
    pub asked: Option<String>,
    /// What was said.
    pub text: Option<String>,
}

/// Which body pays for a kind of service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payer {
    /// Where it stands.
    pub source: Source,
    /// A code of `commissioned_service`.
    pub service: SmolStr,
    /// Which body.
    pub body: String,
    /// Whether it is disputed.
    pub disputed: bool,
    /// Who else is said to be responsible.
    pub other_body: Option<String>,
    /// Who pays meanwhile.
    pub text: Option<String>,
}

/// A notice to the health services of another area, with who was told and who has answered since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaNotice {
    /// Where it stands, as it was sent last.
    pub source: Source,
    /// Who was told, in the order of telling.
    pub told: Vec<Told>,
}

/// One who was told of a home in their area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// A code of `notifiee`.
    pub recipient: SmolStr,
    /// The day they were told; `None` for one who answered a notice that does not name them.
    pub on: Option<Date>,
    /// The last day they were told again, because they had not answered.
    pub again: Option<Date>,
    /// The day they acknowledged it.
    pub answered: Option<Date>,
}

impl AreaNotice {
    /// Whether somebody who was told has not answered.
    pub fn is_open(&self) -> bool {
        self.told.iter().any(|told| told.answered.is_none())
    }

    fn of(&mut self, recipient: &SmolStr) -> Option<&mut Told> {
        self.told.iter_mut().find(|told| told.recipient == *recipient)
    }

    /// The same notice once more: those who have not answered are told again, others for the first time.
    fn sent_again(&mut self, recipients: &[SmolStr], source: Source) {
        for recipient in recipients {
            match self.of(recipient) {
                Some(told) if told.answered.is_none() => told.again = Some(source.on),
                Some(_) => {}
                None => self.told.push(Told::new(recipient, Some(source.on))),
            }
        }
        self.source = source;
    }
}

impl Told {
    fn new(recipient: &SmolStr, on: Option<Date>) -> Self {
        Self { recipient: recipient.clone(), on, again: None, answered: None }
    }
}

impl HealthFacts {
    /// Entries of the day they happened, oldest first.
    pub(super) fn another_area(&mut self, entries: &[&Entry]) {
        for entry in entries {
            let source = Source::of(entry, None);
            match &entry.event {
                Event::HealthFeasibility { outcome, unmet, asked, text, .. } => {
                    self.feasibility = Some(Feasibility {
                        source,
                        outcome: outcome.clone(),
                        unmet: unmet.clone().unwrap_or_default(),
                        asked: asked.clone(),
                        text: text.clone(),
                    });
                }
                // The last word on each kind of service.
                Event::ResponsibleCommissioner { service, body, disputed, other_body, text } => {
                    self.payers.retain(|payer| payer.service != *service);
                    self.payers.push(Payer {
                        source,
                        service: service.clone(),
                        body: body.clone(),
                        disputed: *disputed == Some(true),
                        other_body: other_body.clone(),
                        text: text.clone(),
                    });
                }
                Event::NoticeSent { notice, recipients, .. } if notice == NOTICE => {
                    let recipients = recipients.clone().unwrap_or_default();
                    match self.area_notice.as_mut().filter(|before| before.is_open()) {
                        Some(before) => before.sent_again(&recipients, source),
                        // Everybody has answered the one before: this is another move.
                        None => {
                            let told = recipients.iter().map(|who| Told::new(who, Some(source.on))).collect();
                            self.area_notice = Some(AreaNotice { source, told });
                        }
                    }
                }
                Event::NoticeAcknowledged { notice, recipient } if notice == NOTICE => {
                    let Some(sent) = &mut self.area_notice else { continue };
                    match sent.of(recipient) {
                        Some(told) => {
                            told.answered.get_or_insert(source.on);
                        }
                        None => {
                            let told = Told::new(recipient, None);
                            sent.told.push(Told { answered: Some(source.on), ..told });
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kinfold_record::{ChildId, EntryId, Sensitivity};
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn sent(day: i8, to: &[&str]) -> Entry {
        entry(day, json!({"kind": "notice_sent", "notice": NOTICE, "recipients": to}))
    }

    fn answered(day: i8, by: &str) -> Entry {
        entry(day, json!({"kind": "notice_acknowledged", "notice": NOTICE, "recipient": by}))
    }

    fn entry(day: i8, event: serde_json::Value) -> Entry {
        Entry {
            id: EntryId(Uuid::from_u128(u128::from(day.unsigned_abs()))),
            child: ChildId(Uuid::nil()),
            happened_on: date(2026, 11, day),
            happened_at: None,
            recorded_at: jiff::Timestamp::UNIX_EPOCH,
            recorded_by: None,
            source: None,
            about: Vec::new(),
            sensitivity: Sensitivity::Ordinary,
            replaces: None,
            event: serde_json::from_value(event).unwrap(),
        }
    }

    fn told(entries: &[Entry]) -> Vec<(String, Option<i8>, Option<i8>)> {
        let mut facts = HealthFacts::default();
        facts.another_area(&entries.iter().collect::<Vec<_>>());
        let line =
            |t: &Told| (t.recipient.to_string(), t.again.map(|d| d.day()), t.answered.map(|d| d.day()));
        facts.area_notice.unwrap().told.iter().map(line).collect()
    }

    #[test]
    fn who_has_not_answered_is_told_again_and_what_was_answered_stays() {
        let mut entries = vec![sent(2, &["gp", "area_health_team"]), answered(4, "gp")];
        entries.push(sent(9, &["gp", "area_health_team", "school"]));
        let gp = ("gp".to_owned(), None, Some(4));
        assert_eq!(
            told(&entries),
            [gp.clone(), ("area_health_team".to_owned(), Some(9), None), ("school".to_owned(), None, None)]
        );
        entries.extend([answered(11, "area_health_team"), answered(12, "area_health_team")]);
        assert_eq!(told(&entries)[1], ("area_health_team".to_owned(), Some(9), Some(11)), "the first answer");
        // Somebody answers who was not named.
        entries.push(answered(13, "area_icb"));
        assert_eq!(told(&entries)[3], ("area_icb".to_owned(), None, Some(13)));
    }

    #[test]
    fn once_everybody_has_answered_the_next_notice_is_about_another_move() {
        let entries = [sent(2, &["gp"]), answered(4, "gp"), sent(20, &["gp", "area_health_team"])];
        assert_eq!(
            told(&entries),
            [("gp".to_owned(), None, None), ("area_health_team".to_owned(), None, None)]
        );
    }
}
