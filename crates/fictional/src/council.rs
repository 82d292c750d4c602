//! The whole council: families one after the other, their desks, carers, homes and accounts.

use jiff::civil::Date;
use kinfold_record::{ChildId, Event, PersonId, Sensitivity, Subject};
use serde::Serialize;

use crate::adopters::adopters;
use crate::carers::{self, Carers, stamp};
use crate::crew::Crew;
use crate::demo;
use crate::diary::Diary;
use crate::dice::{Dice, age, plus};
use crate::family::{self, Family, Life, Story};
use crate::tale::{InventedChild, Tale};
use crate::workforce::{Agency, Person, Team, Workforce};

/// An invented council.
#[derive(Debug, Clone, Serialize)]
pub struct Council {
    /// Its name.
    pub authority: &'static str,
    /// The authority first, then its partners.
    pub agencies: Vec<Agency>,
    /// Teams of the authority and of health.
    pub teams: Vec<Team>,
    /// Everybody with an account.
    pub people: Vec<Person>,
    /// Children looked after now, children who were, and care leavers.
    pub children: Vec<InventedChild>,
    /// Carer households, and people who want to adopt.
    pub carers: Vec<InventedChild>,
    /// Children's homes.
    pub homes: Vec<InventedChild>,
    /// For each role one person with interesting work.
    pub demo_accounts: Vec<(&'static str, PersonId)>,
}

impl Council {
    /// Every chronology: children, carers, homes.
    pub fn chronologies(&self) -> impl Iterator<Item = &InventedChild> {
        self.children.iter().chain(&self.carers).chain(&self.homes)
    }
}

/// How far back routine events are told.
const YEARS: i32 = 5;

/// Makes Fernshire as it is on the morning of `today`, with this many children looked after, half as many care
/// leavers, and some who went home or were adopted. The same arguments always give the same council.
pub fn council(today: Date, seed: u64, children: usize) -> Council {
    let since = plus(today, -YEARS * 365 - 5);
    let mut force = Workforce::new(seed, today, children);
    let mut carers = Carers::new(seed, today, children, &mut force);
    let mut teller = Teller { seed, today, since, children: Vec::new(), family: 0 };
    let alone = children * 85 / 1000;
    let breaks = children * 40 / 1000;
    teller.families(&mut force, &mut carers, Story::InCare, children - alone - breaks);
    teller.families(&mut force, &mut carers, Story::Alone, alone);
    teller.families(&mut force, &mut carers, Story::ShortBreaks, breaks);
    teller.families(&mut force, &mut carers, Story::Leaver, children / 2);
    teller.families(&mut force, &mut carers, Story::Ceased, children / 7);
    let size = children;
    let mut children = teller.children;
    restrict(&mut children, &force, seed, today);
    withdraw(&mut children, seed);
    let mut carers = carers.chronologies(&force, since);
    carers.extend(adopters(seed, today, size, &force));
    let homes = carers::homes(seed, today, since, &force);
    let demo_accounts = demo::accounts(&force, &children, today);
    Council {
        authority: crate::AUTHORITY,
        agencies: force.agencies,
        teams: force.teams,
        people: force.people,
        children,
        carers,
        homes,
        demo_accounts,
    }
}

struct Teller {
    seed: u64,
    today: Date,
    since: Date,
    children: Vec<InventedChild>,
    family: usize,
}

impl Teller {
    /// Tells families of this story until there are `count` children more.
    fn families(&mut self, force: &mut Workforce, carers: &mut Carers, story: Story, count: usize) {
        let mut left = count;
        while left > 0 {
            let mut dice = Dice::new(self.seed, "family", self.family);
            let family = Family::new(&mut dice, self.family, story);
            self.family += 1;
            let size = match story {
                Story::Alone | Story::ShortBreaks | Story::Leaver => 1,
                _ => dice.weighted(&[(1, 60), (2, 23), (3, 12), (4, 5)]).min(left),
            };
            let lives = family::children(&mut dice, &family, story, size, self.today, 1_600);
            left -= lives.len();
            for (number, life) in lives.iter().enumerate() {
                let siblings = lives.iter().enumerate().filter(|(n, _)| *n != number);
                let siblings = siblings.map(|(_, l)| format!("{} {}", l.given_name, l.family_name)).collect();
                self.child(force, carers, &mut dice, &family, life, siblings);
            }
        }
    }

    fn child(
        &mut self,
        force: &mut Workforce,
        carers: &mut Carers,
        dice: &mut Dice,
        family: &Family,
        life: &Life,
        siblings: Vec<String>,
    ) {
        let number = self.children.len();
        let mut own = Dice::new(self.seed, "child", number);
        let first = life.periods.first().map_or(self.today, |p| p.start);
        let id = ChildId(own.id(stamp(first)));
        let account = account(force, &mut own, life, id, self.today);
        let crew = Crew::new(force, dice, family.number, number);
        let team =
            if life.story == Story::Leaver && !life.open() { crew.leaving_team } else { crew.desk.team };
        let reference = format!("F{}", 10_001 + number);
        let since = life.told_since(self.today, self.since);
        let tale = Tale {
            life,
            family,
            crew,
            diary: Diary::new(id, own, self.today, since),
            carers: Some(carers),
            siblings,
            account,
            stays: Vec::new(),
            statuses: Vec::new(),
            matched: None,
            plain: false,
        };
        let entries = tale.tell(&reference);
        self.children.push(InventedChild {
            id,
            subject: Subject::Child,
            reference,
            team,
            entries,
            restricted_readers: Vec::new(),
        });
    }
}

/// Some young people have an account of their own.
fn account(
    force: &mut Workforce,
    dice: &mut Dice,
    life: &Life,
    id: ChildId,
    today: Date,
) -> Option<PersonId> {
    let years = age(life.born, today);
    let has = years >= 12 && life.story != Story::Ceased && dice.often(300);
    has.then(|| {
        let from = plus(today, -dice.between(10, 300));
        let person = force.person(dice, &format!("{} {}", life.given_name, life.family_name), None, from);
        force.role("young_person", None, from, None);
        if let Some(person) = force.people.last_mut() {
            person.subject = Some(id);
        }
        person
    })
}

/// Three children in care are known to named people only.
fn restrict(children: &mut [InventedChild], force: &Workforce, seed: u64, today: Date) {
    let mut dice = Dice::new(seed, "restricted", 0);
    let mut left = 3;
    let start = dice.below(children.len().max(1));
    for at in 0..children.len() {
        let at = (start + at * 7) % children.len();
        let child = &mut children[at];
        let Some(key) = demo::key_worker(child, today) else { continue };
        let young = child
            .entries
            .iter()
            .any(|e| matches!(&e.event, Event::CircleJoined { role, .. } if role == "young_person"));
        if left == 0 || young || !demo::in_care(child) || !child.restricted_readers.is_empty() {
            continue;
        }
        let Some(last) = child.entries.last().cloned() else { continue };
        left -= 1;
        let mut entry = last.clone();
        entry.recorded_at = stamp(today) + jiff::Span::new().minutes(395);
        entry.id = kinfold_record::EntryId(dice.id(entry.recorded_at));
        entry.happened_on = plus(today, -1);
        entry.happened_at = None;
        entry.replaces = None;
        entry.recorded_by = Some(force.safeguarding_lead.person);
        entry.sensitivity = Sensitivity::Restricted;
        entry.event = Event::Restricted {
            reason: Some(
                "A relative works in a partner agency. Readers are named until the next review.".to_owned(),
            ),
            review_on: Some(plus(today, 80)),
        };
        child.entries.push(entry);
        let desk = force.desks.iter().find(|d| d.occupants.iter().any(|o| o.who.person == key));
        child.restricted_readers =
            vec![key, force.head_of_service.person, force.safeguarding_lead.person, force.director.person];
        child.restricted_readers.extend(desk.map(|d| d.manager));
        let officer = child.entries.iter().find_map(|e| match &e.event {
            Event::CircleJoined { role, person, .. } if role == "reviewing_officer" => *person,
            _ => None,
        });
        child.restricted_readers.extend(officer);
    }
}

/// One note was written into the wrong record and withdrawn.
fn withdraw(children: &mut [InventedChild], seed: u64) {
    let mut dice = Dice::new(seed, "withdrawn", 0);
    for child in children.iter_mut().skip(3) {
        let Some(note) = child.entries.iter().find(|e| matches!(e.event, Event::Note { .. })).cloned() else {
            continue;
        };
        let at = note.recorded_at + jiff::Span::new().minutes(52);
        if child.entries.last().is_some_and(|last| last.recorded_at < at) {
            continue;
        }
        let mut entry = note.clone();
        entry.id = kinfold_record::EntryId(dice.id(at));
        entry.recorded_at = at;
        entry.replaces = Some(note.id);
        entry.event = Event::Withdrawn { reason: "Written in the wrong child's record.".to_owned() };
        child.entries.push(entry);
        child.entries.sort_by_key(|e| (e.recorded_at, e.id));
        return;
    }
}
