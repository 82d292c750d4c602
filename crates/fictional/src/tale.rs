//! One child's story as it is being told: what is known so far, and the turns it takes.

use jiff::civil::Date;
use kinfold_record::{ChildId, Entry, EntryId, Event, PersonId, Subject};
use serde::Serialize;
use smol_str::SmolStr;
use uuid::Uuid;

use crate::carers::Carers;
use crate::crew::Crew;
use crate::diary::{Diary, jot};
use crate::dice::{age, birthday, days, plus, weekday};
use crate::family::{Family, Life, Period, Story};
use crate::{places, turns, years};

/// A chronology of the council: a child or young person, a carer household or a children's home.
#[derive(Debug, Clone, Serialize)]
pub struct InventedChild {
    /// Its id.
    pub id: ChildId,
    /// What it is about.
    pub subject: Subject,
    /// The authority's reference, unique: `F10023`.
    pub reference: String,
    /// The team that works with them.
    pub team: Uuid,
    /// The chronology in the order of recording.
    pub entries: Vec<Entry>,
    /// When the record is restricted: the only people who may read it.
    pub restricted_readers: Vec<PersonId>,
}

/// A stay in one home.
#[derive(Debug, Clone)]
pub struct Stay {
    /// First day.
    pub start: Date,
    /// Day it ended; the day of the story when it has not.
    pub end: Date,
    /// Whether it has not ended.
    pub open: bool,
    /// SSDA903 placement type.
    pub code: &'static str,
    /// Where, against the authority's own area.
    pub location: &'static str,
    /// On what basis.
    pub basis: &'static str,
    /// Whether the move there was planned.
    pub planned: bool,
    /// Whether the move disrupts the exam years.
    pub disrupts: bool,
    /// From when it is meant to last until eighteen.
    pub lasting: Option<Date>,
    /// From when the child agreed to be visited less often.
    pub fewer_visits: Option<Date>,
    /// The carer's account, if they have one.
    pub carer: Option<PersonId>,
    /// Who cares for the child there.
    pub carer_name: String,
}

/// What the story is told from, and what is known so far.
#[derive(Debug)]
pub struct Tale<'a> {
    /// Who.
    pub life: &'a Life,
    /// Their family.
    pub family: &'a Family,
    /// Who works with them.
    pub crew: Crew<'a>,
    /// The chronology.
    pub diary: Diary,
    /// The foster carers of the council; in bulk there are only names.
    pub carers: Option<&'a mut Carers>,
    /// Names of brothers and sisters on the record.
    pub siblings: Vec<String>,
    /// The young person's own account.
    pub account: Option<PersonId>,
    /// Their homes so far, oldest first.
    pub stays: Vec<Stay>,
    /// Their legal statuses so far.
    pub statuses: Vec<(Date, &'static str)>,
    /// The day the child was matched with adopters.
    pub matched: Option<Date>,
    /// Nobody will read it: leave out long texts.
    pub plain: bool,
}

impl Tale<'_> {
    /// Tells it all and hands over the entries in the order of recording.
    pub fn tell(mut self, reference: &str) -> Vec<Entry> {
        self.register(reference);
        turns::law(&mut self);
        turns::homes(&mut self);
        turns::circle(&mut self);
        turns::leaving(&mut self);
        self.diary.settle();
        years::tell(&mut self);
        self.diary.close()
    }

    fn register(&mut self, reference: &str) {
        let Some(first) = self.life.periods.first() else { return };
        let on = plus(first.start, -self.diary.dice.between(0, 40)).max(self.life.born);
        let dice = &mut self.diary.dice;
        let schooled = age(self.life.born, self.diary.today) >= 5;
        let upn = match self.life.story {
            // Never yet at a school in England.
            Story::Alone if dice.often(450) => "UN2".to_owned(),
            _ if schooled => places::upn(dice),
            _ => "UN1".to_owned(),
        };
        let event = Event::ChildRegistered {
            given_name: self.life.given_name.to_owned(),
            family_name: self.life.family_name.to_owned(),
            date_of_birth: self.life.born,
            known_as: self.life.known_as.clone(),
            sex: Some(SmolStr::new_static(if self.life.girl { "F" } else { "M" })),
            ethnicity: Some(code(self.life.ethnicity)),
            nhs_number: dice.often(960).then(|| places::nhs_number(dice)),
            upn: Some(upn),
            local_id: Some(reference.to_owned()),
            first_language: Some(self.life.language.to_owned()),
            disabled: Some(self.life.disabled),
        };
        let by = self.worker(on);
        self.diary.turn(jot(on, by, event));
        if !self.life.religion.is_empty() {
            let on = plus(first.start, self.diary.dice.between(3, 60));
            let religion = Some(self.life.religion.to_owned());
            let event = Event::IdentityChanged {
                given_name: None,
                family_name: None,
                date_of_birth: None,
                known_as: None,
                sex: None,
                ethnicity: None,
                nhs_number: None,
                upn: None,
                local_id: None,
                first_language: None,
                religion,
                disabled: None,
                also_known_as: None,
            };
            self.turn(on, event);
        }
    }

    /// A turn recorded by the social worker of that day.
    pub fn turn(&mut self, on: Date, event: Event) {
        let by = self.worker(on);
        self.diary.turn(jot(on, by, event));
    }

    /// Something that happened, recorded by the social worker of that day.
    pub fn happened(&mut self, on: Date, event: Event) {
        let by = self.worker(on);
        self.diary.add(jot(on, by, event));
    }

    /// Something that happened, recorded by somebody else.
    pub fn recorded(&mut self, on: Date, by: PersonId, event: Event) {
        self.diary.add(jot(on, by, event));
    }

    /// The entry of a turn that happened on a day.
    pub fn turn_of(&self, on: Date, wanted: fn(&Event) -> bool) -> Option<EntryId> {
        self.diary.entries().iter().find(|e| e.happened_on == on && wanted(&e.event)).map(|e| e.id)
    }

    /// A duty that was not asked of this child, this time, and why. The occasion is the entry it is counted from.
    pub fn excused(
        &mut self,
        on: Date,
        rule: &'static str,
        occasion: EntryId,
        reason: &'static str,
        text: &'static str,
    ) {
        let event = Event::DutyExcused {
            rule: code(rule),
            occurrence: occasion.to_string().into(),
            reason: code(reason),
            text: (!self.plain).then(|| text.to_owned()),
            approved_by: None,
        };
        self.happened(on, event);
    }

    /// The social worker's account on a day.
    pub fn worker(&self, on: Date) -> PersonId {
        self.crew.worker(on).who.person
    }

    /// Age on a day.
    pub fn age(&self, on: Date) -> i32 {
        age(self.life.born, on)
    }

    /// The day of a birthday.
    pub fn birthday(&self, years: i32) -> Date {
        birthday(self.life.born, years)
    }

    /// The last day of a period plus one, or today while it is open.
    pub fn until(&self, period: &Period) -> Date {
        period.end.map_or(self.diary.today, |(end, _, _)| end.min(self.diary.today))
    }

    /// A text, unless nobody will read it.
    pub fn text(&mut self, make: impl FnOnce(&mut crate::dice::Dice, &Life) -> String) -> Option<String> {
        (!self.plain).then(|| make(&mut self.diary.dice, self.life))
    }

    /// Dates of something that recurs in `[from, to)`: `limit(n, last)` is the day the next one is due after `n` so
    /// far. About one in eight is late; of those running today about one in twenty has stalled past its date.
    pub fn rhythm(
        &mut self,
        from: Date,
        to: Date,
        open: bool,
        limit: impl Fn(usize, Date) -> Date,
    ) -> Vec<Date> {
        let dice = &mut self.diary.dice;
        let mut out: Vec<Date> = Vec::new();
        let mut last = from;
        loop {
            let span = days(last, limit(out.len(), last)).max(1);
            let late = dice.often(if self.life.unsettled == 2 { 190 } else { 130 });
            let wait = if late {
                span + dice.between(1, (span / 4).max(3))
            } else {
                dice.between((span * 7 / 10).max(1), span)
            };
            let on = weekday(plus(last, wait)).max(plus(last, 1));
            if on >= to {
                break;
            }
            out.push(on);
            last = on;
        }
        if open && dice.often(52) {
            let span = days(last, limit(out.len(), last)).max(1);
            let stuck = weekday(plus(to, -(span + dice.between(2, (span / 3).clamp(6, 45)))));
            // What began less than a turn ago has nothing to stall after.
            if stuck > from {
                let before = out.len();
                out.retain(|on| *on < stuck);
                if out.len() < before {
                    out.push(stuck);
                }
            }
        }
        out
    }
}

/// A code.
pub fn code(text: &'static str) -> SmolStr {
    SmolStr::new_static(text)
}
