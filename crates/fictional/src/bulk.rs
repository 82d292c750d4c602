//! Children for measuring at scale: the same stories and the same distributions with short texts, one at a time.

use jiff::civil::Date;
use kinfold_record::{ChildId, Subject};

use crate::carers::stamp;
use crate::crew::Crew;
use crate::diary::Diary;
use crate::dice::{Dice, plus};
use crate::family::{self, Family, Story};
use crate::tale::{InventedChild, Tale};
use crate::workforce::{Person, Team, Workforce};

/// The longest time in care here, in days: shorter than in the council, so that England's children fit one disk.
const LONGEST: i32 = 950;

/// Makes any child of a council of any size, without the others. Nine in ten are looked after, one has left care.
#[derive(Debug)]
pub struct Bulk {
    today: Date,
    seed: u64,
    children: usize,
    force: Workforce,
}

impl Bulk {
    /// How many children there are.
    pub fn len(&self) -> usize {
        self.children
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.children == 0
    }

    /// Everybody with an account: add them before the entries.
    pub fn people(&self) -> &[Person] {
        &self.force.people
    }

    /// The teams the people and children belong to.
    pub fn teams(&self) -> &[Team] {
        &self.force.teams
    }

    /// The child with this number, always the same one. Safe to call from several threads.
    pub fn child(&self, number: usize) -> InventedChild {
        let mut dice = Dice::new(self.seed, "bulk family", number);
        let story = dice.weighted(&[
            (Story::InCare, 78),
            (Story::Alone, 8),
            (Story::ShortBreaks, 4),
            (Story::Leaver, 10),
        ]);
        let family = Family::new(&mut dice, number, story);
        let lives = family::children(&mut dice, &family, story, 1, self.today, LONGEST);
        let mut own = Dice::new(self.seed, "bulk child", number);
        let life = &lives[0];
        let first = life.periods.first().map_or(self.today, |p| p.start);
        let id = ChildId(own.id(stamp(first)));
        let crew = Crew::new(&self.force, &mut dice, number, number);
        let team = if story == Story::Leaver && !life.open() { crew.leaving_team } else { crew.desk.team };
        let reference = format!("B{number:06}");
        let since = life.told_since(self.today, plus(self.today, -1830));
        let tale = Tale {
            life,
            family: &family,
            crew,
            diary: Diary::new(id, own, self.today, since),
            carers: None,
            siblings: Vec::new(),
            account: None,
            stays: Vec::new(),
            statuses: Vec::new(),
            matched: None,
            plain: true,
        };
        let entries = tale.tell(&reference);
        InventedChild {
            id,
            subject: Subject::Child,
            reference,
            team,
            entries,
            restricted_readers: Vec::new(),
        }
    }

    /// Every child in turn; only one is in memory at a time.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = InventedChild> + '_ {
        (0..self.children).map(|number| self.child(number))
    }
}

/// A council for measuring, with this many children and the workforce that many need.
pub fn bulk(children: usize, seed: u64, today: Date) -> Bulk {
    Bulk { today, seed, children, force: Workforce::new(seed, today, children) }
}
