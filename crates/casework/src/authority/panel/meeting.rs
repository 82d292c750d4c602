//! A meeting of the panel as its entries tell it. Pure: entries in, the meeting out.

use jiff::civil::Date;
use kinfold_guidance::outline::Draw;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::authority::entry::{Body, Stamp, Written};
use crate::authority::frozen::PaperSection;

/// What can be recorded of a meeting. Entries about an item of the agenda or somebody who is called carry its id as their
/// item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MeetingEvent {
    /// It was called, or called anew for another day or place.
    MeetingCalled {
        /// The day.
        on: Date,
        /// The time, in words: "10 am".
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<String>,
        /// Where.
        place: String,
        /// Why it was moved.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// It is not held.
    MeetingCancelled {
        /// Why.
        reason: String,
    },
    /// Somebody is called to it.
    Called {
        /// Their name.
        name: String,
        /// What they are there as.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        role: Option<String>,
        /// Their account, if they have one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<Uuid>,
    },
    /// Whether somebody came.
    Came {
        /// How.
        presence: Presence,
    },
    /// An item was put on the agenda, or changed.
    ItemPut {
        /// Its title.
        title: String,
        /// What is to be said or read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// What is told in it from the record when the pack is made.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        draws: Vec<Draw>,
        /// A publication that is laid before the panel.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        publication: Option<Uuid>,
    },
    /// An item was taken off the agenda.
    ItemTakenOff {
        /// Its title, so that the history reads.
        title: String,
    },
    /// A document was laid beside an item.
    PaperLaid {
        /// It.
        file: Uuid,
        /// What it is.
        title: String,
        /// Its media type.
        media: String,
        /// How large it is, in bytes.
        size: i64,
    },
    /// A document was taken away again. A pack that was issued keeps it.
    PaperTakenAway {
        /// It.
        file: Uuid,
    },
    /// A member said something before the meeting, about an item or the whole.
    Remarked {
        /// In words.
        text: String,
    },
    /// The pack was issued. It never changes.
    PackIssued {
        /// 1, 2, 3…
        number: u32,
        /// The day.
        on: Date,
        /// An item of the agenda each.
        sections: Vec<PaperSection>,
    },
    /// What was said about an item. A later one takes its place.
    Minuted {
        /// In words.
        text: String,
    },
    /// Something was decided, and became a recommendation of an action plan.
    Decided {
        /// In words.
        text: String,
        /// The plan.
        plan: Uuid,
        /// The recommendation.
        recommendation: Uuid,
    },
    /// The minutes were agreed: they never change from then on.
    MinutesAgreed {
        /// The day.
        on: Date,
    },
}

impl Body for MeetingEvent {
    const ROOM: &'static str = "panel";
}

/// Whether somebody came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// They were there.
    Attended,
    /// They said that they could not come.
    Apologies,
    /// They did not come.
    Absent,
}

impl Presence {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Attended, Self::Apologies, Self::Absent];

    /// Name in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Attended => "attended",
            Self::Apologies => "apologies",
            Self::Absent => "absent",
        }
    }

    /// In words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Attended => "Attended",
            Self::Apologies => "Sent apologies",
            Self::Absent => "Did not come",
        }
    }

    /// From its name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|presence| presence.code() == code)
    }
}

/// Somebody who is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    /// Their place in the meeting.
    pub item: Uuid,
    /// Their name.
    pub name: String,
    /// What they are there as.
    pub role: Option<String>,
    /// Their account.
    pub person: Option<Uuid>,
    /// Whether they came, once that is known.
    pub presence: Option<Presence>,
}

/// A document laid beside an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laid {
    /// It.
    pub file: Uuid,
    /// What it is.
    pub title: String,
    /// Its media type.
    pub media: String,
    /// How large it is, in bytes.
    pub size: i64,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// In words.
    pub text: String,
    /// The plan.
    pub plan: Uuid,
    /// The recommendation.
    pub recommendation: Uuid,
    /// Who wrote it down.
    pub written: Stamp,
}

/// Words with who wrote them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// In words.
    pub text: String,
    /// Who.
    pub written: Stamp,
}

/// An item of the agenda.
#[derive(Debug, Clone, PartialEq)]
pub struct AgendaItem {
    /// Its id.
    pub item: Uuid,
    /// Its title.
    pub title: String,
    /// What is to be said or read.
    pub text: Option<String>,
    /// What is told in it from the record.
    pub draws: Vec<Draw>,
    /// A publication that is laid before the panel.
    pub publication: Option<Uuid>,
    /// Documents laid beside it.
    pub papers: Vec<Laid>,
    /// What members said before the meeting.
    pub remarks: Vec<Note>,
    /// What was said in the meeting.
    pub minute: Option<Note>,
    /// What was decided.
    pub decisions: Vec<Decided>,
    /// Who wrote it as it is.
    pub written: Stamp,
}

/// A pack that was issued.
#[derive(Debug, Clone, PartialEq)]
pub struct Pack {
    /// 1, 2, 3…
    pub number: u32,
    /// The day.
    pub on: Date,
    /// An item of the agenda each.
    pub sections: Vec<PaperSection>,
    /// Who issued it.
    pub issued: Stamp,
}

/// A meeting.
#[derive(Debug, Clone, PartialEq)]
pub struct Meeting {
    /// Its id.
    pub id: Uuid,
    /// The day.
    pub on: Date,
    /// The time, in words.
    pub at: Option<String>,
    /// Where.
    pub place: String,
    /// Who called it as it is.
    pub called: Stamp,
    /// Its last entry.
    pub version: i64,
    /// Why it is not held, if it is not.
    pub cancelled: Option<String>,
    /// Who is called.
    pub guests: Vec<Guest>,
    /// The agenda, in order.
    pub items: Vec<AgendaItem>,
    /// What members said before the meeting about the whole.
    pub remarks: Vec<Note>,
    /// Packs, oldest first.
    pub packs: Vec<Pack>,
    /// The day the minutes were agreed.
    pub agreed: Option<(Date, Stamp)>,
}

impl Meeting {
    /// The meeting that entries tell, oldest first; `None` when they do not begin one.
    pub fn of(id: Uuid, entries: &[Written<MeetingEvent>]) -> Option<Self> {
        let mut meeting: Option<Self> = None;
        for entry in entries {
            match (&mut meeting, &entry.event) {
                (None, MeetingEvent::MeetingCalled { on, at, place, .. }) => {
                    meeting = Some(Self {
                        id,
                        on: *on,
                        at: at.clone(),
                        place: place.clone(),
                        called: entry.stamp(),
                        version: entry.version,
                        cancelled: None,
                        guests: Vec::new(),
                        items: Vec::new(),
                        remarks: Vec::new(),
                        packs: Vec::new(),
                        agreed: None,
                    });
                }
                (Some(meeting), _) => meeting.then(entry),
                (None, _) => {}
            }
        }
        meeting
    }

    fn then(&mut self, entry: &Written<MeetingEvent>) {
        self.version = entry.version;
        let written = entry.stamp();
        match (&entry.event, entry.item) {
            (MeetingEvent::MeetingCalled { on, at, place, .. }, _) => {
                (self.on, self.at, self.place) = (*on, at.clone(), place.clone());
                (self.called, self.cancelled) = (written, None);
            }
            (MeetingEvent::MeetingCancelled { reason }, _) => self.cancelled = Some(reason.clone()),
            (MeetingEvent::Called { name, role, person }, Some(item)) => {
                let (name, role, person) = (name.clone(), role.clone(), *person);
                self.guests.push(Guest { item, name, role, person, presence: None });
            }
            (MeetingEvent::Came { presence }, Some(item)) => {
                if let Some(guest) = self.guests.iter_mut().find(|guest| guest.item == item) {
                    guest.presence = Some(*presence);
                }
            }
            (MeetingEvent::ItemPut { title, text, draws, publication }, Some(item)) => {
                let (title, text) = (title.clone(), text.clone());
                let (draws, publication) = (draws.clone(), *publication);
                match self.items.iter_mut().find(|i| i.item == item) {
                    Some(found) => {
                        (found.title, found.text, found.draws) = (title, text, draws);
                        (found.publication, found.written) = (publication, written);
                    }
                    None => self.items.push(AgendaItem {
                        item,
                        title,
                        text,
                        draws,
                        publication,
                        papers: Vec::new(),
                        remarks: Vec::new(),
                        minute: None,
                        decisions: Vec::new(),
                        written,
                    }),
                }
            }
            (MeetingEvent::ItemTakenOff { .. }, Some(item)) => self.items.retain(|i| i.item != item),
            (MeetingEvent::PackIssued { number, on, sections }, _) => {
                let (number, on, sections) = (*number, *on, sections.clone());
                self.packs.push(Pack { number, on, sections, issued: written });
            }
            (MeetingEvent::MinutesAgreed { on }, _) => self.agreed = Some((*on, written)),
            (MeetingEvent::Remarked { text }, None) => {
                self.remarks.push(Note { text: text.clone(), written });
            }
            (event, Some(item)) => {
                if let Some(found) = self.items.iter_mut().find(|i| i.item == item) {
                    found.then(event, written);
                }
            }
            _ => {}
        }
    }

    /// An item of the agenda.
    pub fn item(&self, item: Uuid) -> Option<&AgendaItem> {
        self.items.iter().find(|i| i.item == item)
    }

    /// The pack that holds.
    pub fn pack(&self) -> Option<&Pack> {
        self.packs.last()
    }

    /// Whether anything was written in its minutes.
    pub fn has_minutes(&self) -> bool {
        self.items.iter().any(|item| item.minute.is_some() || !item.decisions.is_empty())
    }

    /// Whether a document was ever laid before it.
    pub fn holds(&self, file: Uuid, entries: &[Written<MeetingEvent>]) -> bool {
        entries
            .iter()
            .any(|e| matches!(&e.event, MeetingEvent::PaperLaid { file: laid, .. } if *laid == file))
    }

    /// How many came, sent apologies or stayed away.
    pub fn count(&self, presence: Presence) -> usize {
        self.guests.iter().filter(|guest| guest.presence == Some(presence)).count()
    }
}

impl AgendaItem {
    fn then(&mut self, event: &MeetingEvent, written: Stamp) {
        match event {
            MeetingEvent::PaperLaid { file, title, media, size } => {
                let (title, media) = (title.clone(), media.clone());
                self.papers.push(Laid { file: *file, title, media, size: *size });
            }
            MeetingEvent::PaperTakenAway { file } => self.papers.retain(|paper| paper.file != *file),
            MeetingEvent::Remarked { text } => self.remarks.push(Note { text: text.clone(), written }),
            MeetingEvent::Minuted { text } => self.minute = Some(Note { text: text.clone(), written }),
            MeetingEvent::Decided { text, plan, recommendation } => {
                let (plan, recommendation) = (*plan, *recommendation);
                self.decisions.push(Decided { text: text.clone(), plan, recommendation, written });
            }
            _ => {}
        }
    }
}
