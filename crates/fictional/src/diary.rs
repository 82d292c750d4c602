//! Writing one chronology: what was recorded, by whom, and how long after it happened.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use kinfold_record::{ChildId, Entry, EntryId, Event, FieldKind, PersonId, Sensitivity, Strand};

use crate::dice::{Dice, plus};

/// One thing to be written down.
#[derive(Debug, Clone)]
pub struct Jot {
    on: Date,
    at: Option<Time>,
    by: PersonId,
    level: Sensitivity,
    event: Event,
}

/// Something that happened on a day, recorded by a person.
pub fn jot(on: Date, by: PersonId, event: Event) -> Jot {
    Jot { on, at: None, by, level: Sensitivity::Ordinary, event }
}

impl Jot {
    /// At this time of day.
    pub fn at(mut self, time: Time) -> Self {
        self.at = Some(time);
        self
    }

    /// This sensitive.
    pub fn level(mut self, level: Sensitivity) -> Self {
        self.level = level;
        self
    }
}

/// A chronology being written.
#[derive(Debug)]
pub struct Diary {
    /// Whose.
    pub child: ChildId,
    /// The child's own stream of chance.
    pub dice: Dice,
    /// Nothing happens on this day or after it.
    pub today: Date,
    /// What only happens (visits, checks) is not written down before this day: the paper files stayed in the basement.
    pub since: Date,
    plot: Vec<Jot>,
    settled: Vec<(Date, Timestamp)>,
    entries: Vec<Entry>,
    /// When the last matter of safety was recorded.
    safe: Timestamp,
    /// When the last entry that refers to another was recorded.
    joined: Timestamp,
}

impl Diary {
    /// An empty chronology.
    pub fn new(child: ChildId, dice: Dice, today: Date, since: Date) -> Self {
        Self {
            child,
            dice,
            today,
            since,
            plot: Vec::new(),
            settled: Vec::new(),
            entries: Vec::new(),
            safe: Timestamp::UNIX_EPOCH,
            joined: Timestamp::UNIX_EPOCH,
        }
    }

    /// Something that changes what holds (care, law, home, circle). These are recorded in the order they happened, so
    /// that each can be checked against the ones before it; call [`Self::settle`] when all are there.
    pub fn turn(&mut self, jot: Jot) {
        if jot.on < self.today {
            self.plot.push(jot);
        }
    }

    /// Records the turns, oldest first, each within a few days.
    pub fn settle(&mut self) {
        let mut plot = std::mem::take(&mut self.plot);
        plot.sort_by_key(|jot| (jot.on, jot.event.kind()));
        let mut last = Timestamp::UNIX_EPOCH;
        for jot in plot {
            let delay = if self.settled.is_empty() {
                0
            } else {
                self.dice.weighted(&[(0, 60), (1, 25), (2, 10), (4, 5)])
            };
            // Well apart, so that the order of recording is the order of happening.
            let at =
                self.moment(jot.on, jot.at, delay).max(later(last, i64::from(self.dice.between(20, 170))));
            last = at;
            self.settled.push((jot.on, at));
            self.keep(jot, at);
        }
    }

    /// Something that only happened. Mostly written up within days, some weeks late. `None` when it lies outside the
    /// time written about.
    pub fn add(&mut self, jot: Jot) -> Option<EntryId> {
        // What is done once in a life is kept, however long ago, and every change of the plan that is in force.
        let once = match &jot.event {
            Event::NeedsAssessed { .. } | Event::PlanMade { .. } | Event::ApprovalGiven { .. } => true,
            // Who decides in a home stands in its plan.
            Event::DelegationDecided { .. } => true,
            Event::PlanReviewed { plan, .. } => plan == "pathway_plan",
            _ => false,
        };
        if jot.on >= self.today || (jot.on < self.since && !once) {
            return None;
        }
        let known = self.settled.partition_point(|(on, _)| *on <= jot.on);
        // Nobody writes about a child who is not yet on the record.
        let floor = later(self.settled[..known].last()?.1, 1);
        let delay = self.dice.weighted(&[
            (0, 28),
            (1, 24),
            (2, 14),
            (3, 10),
            (5, 8),
            (8, 6),
            (13, 5),
            (24, 3),
            (45, 2),
        ]);
        let mut at = self.moment(jot.on, jot.at, delay).max(floor);
        if let Event::NoticeAcknowledged { notice, .. } = &jot.event {
            // Whoever answers a notice finds it on the record.
            let sent = self.entries.iter().rfind(|e| sends(&e.event, notice))?;
            at = at.max(later(sent.recorded_at, 60));
        }
        if jot.event.kind().strand() == Strand::Safety || matches!(jot.event, Event::DutyExcused { .. }) {
            // Went missing, came back, was asked or excused: nobody writes the second before the first.
            at = at.max(later(self.safe, 60));
            self.safe = at;
        }
        if jot.event.kind().fields().iter().any(|f| f.kind == FieldKind::Reference) {
            // An answer is not written before what it answers.
            at = at.max(later(self.joined, 60));
            self.joined = at;
        }
        Some(self.keep(jot, at))
    }

    /// A second version of an entry, or its withdrawal, recorded some days after it. `None` when that lies ahead.
    pub fn amend(&mut self, entry: EntryId, days: i32, event: Event, on: Option<Date>) -> Option<EntryId> {
        let old = self.entries.iter().find(|e| e.id == entry)?.clone();
        let at = later(old.recorded_at, i64::from(days) * 86_400 + 3_605);
        if at >= self.cap() {
            return None;
        }
        let id = EntryId(self.dice.id(at));
        let happened_on = on.unwrap_or(old.happened_on);
        self.entries.push(Entry { id, recorded_at: at, happened_on, replaces: Some(entry), event, ..old });
        Some(id)
    }

    /// What has been written so far, in no order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The finished chronology, in the order of recording.
    pub fn close(mut self) -> Vec<Entry> {
        self.entries.sort_by_key(|e| (e.recorded_at, e.id));
        self.entries
    }

    fn keep(&mut self, jot: Jot, at: Timestamp) -> EntryId {
        let id = EntryId(self.dice.id(at));
        self.entries.push(Entry {
            id,
            child: self.child,
            happened_on: jot.on,
            happened_at: jot.at,
            recorded_at: at,
            recorded_by: Some(jot.by),
            source: None,
            about: Vec::new(),
            sensitivity: jot.level,
            replaces: None,
            event: jot.event,
        });
        id
    }

    /// Early this morning: nothing is recorded later than that.
    fn cap(&self) -> Timestamp {
        instant(self.today, Time::constant(6, 30, 0, 0))
    }

    fn moment(&mut self, on: Date, at: Option<Time>, delay: i32) -> Timestamp {
        let mut day = plus(on, delay);
        if delay > 0 {
            // Written up at the desk, and desks are empty at weekends.
            day = match day.weekday() {
                Weekday::Saturday => plus(day, 2),
                Weekday::Sunday => plus(day, 1),
                _ => day,
            };
        }
        let mut hour = self.dice.office_hour() + Span::new().seconds(self.dice.between(0, 59));
        if let (true, Some(at)) = (delay == 0, at) {
            hour = hour.max(at);
        }
        instant(day, hour).min(later(self.cap(), -i64::from(self.dice.between(0, 20_000))))
    }
}

fn later(at: Timestamp, seconds: i64) -> Timestamp {
    at.checked_add(Span::new().seconds(seconds)).unwrap_or(at)
}

/// The instant, an hour adrift in summer, which no date here depends on.
fn instant(day: Date, time: Time) -> Timestamp {
    day.to_datetime(time).to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |z| z.timestamp())
}

/// Whether this is the sending of a notice.
fn sends(event: &Event, wanted: &str) -> bool {
    matches!(event, Event::NoticeSent { notice, .. } if notice == wanted)
}
