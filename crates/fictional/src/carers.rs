//! Foster households: who has room when, and the chronology each of them has of its own.

use jiff::civil::Date;
use kinfold_record::{ChildId, Event, PersonId, Subject};

use crate::diary::{Diary, jot};
use crate::dice::{Dice, days, months, plus, weekday};
use crate::family::Family;
use crate::tale::{InventedChild, code};
use crate::workforce::Workforce;
use crate::{names, places};

/// A foster household.
#[derive(Debug)]
pub struct Household {
    /// Whose chronology.
    pub id: ChildId,
    /// The carer's account, if they have one.
    pub person: Option<PersonId>,
    /// As people say it: "Denise Hollins".
    pub name: String,
    /// Address without the postcode.
    pub address: String,
    /// Postcode.
    pub postcode: String,
    /// The day of approval; `None` while approval is temporary.
    pub approved: Option<Date>,
    /// Code of `carer_type`.
    pub kind: &'static str,
    known: Date,
    stays: Vec<(Date, Date, usize)>,
}

/// The foster carers of the council.
#[derive(Debug)]
pub struct Carers {
    /// Every household.
    pub households: Vec<Household>,
    seed: u64,
    today: Date,
}

impl Carers {
    /// The mainstream households of a council that looks after this many children.
    pub fn new(seed: u64, today: Date, children: usize, force: &mut Workforce) -> Self {
        let mut carers = Self { households: Vec::new(), seed, today };
        for number in 0..(children / 4).max(4) {
            let dice = &mut Dice::new(seed, "carer", number);
            // Some have fostered for years, some were approved last month.
            let known = plus(today, -dice.between(260, 2300));
            let (given, family) = names::adult(dice, true);
            let name = format!("{given} {family}");
            let (address, postcode) = places::address(dice, "in_area");
            let id = ChildId(dice.id(stamp(known)));
            let account = dice.often(560);
            let person = account.then(|| force.person(dice, &name, None, known));
            if account {
                force.role("foster_carer", None, known, None);
                if let Some(person) = force.people.last_mut() {
                    person.subject = Some(id);
                }
            }
            let approved = plus(known, dice.between(170, 250));
            carers.households.push(Household {
                id,
                person,
                name,
                address,
                postcode,
                approved: Some(approved),
                kind: "mainstream",
                known,
                stays: Vec::new(),
            });
        }
        carers
    }

    /// A household with room from one day to another. Brothers and sisters go together where they can.
    pub fn find(&mut self, dice: &mut Dice, family: usize, from: Date, to: Date) -> &Household {
        let room = |h: &Household| {
            h.kind == "mainstream"
                && h.approved.is_some_and(|on| on <= from)
                && h.stays.iter().filter(|(start, end, _)| *start < to && from < *end).count() < 3
        };
        let together = self
            .households
            .iter()
            .position(|h| room(h) && h.stays.iter().any(|(_, end, f)| *f == family && *end > from));
        let at = together.unwrap_or_else(|| {
            let start = dice.below(self.households.len());
            let order = (0..self.households.len()).map(|n| (start + n) % self.households.len());
            order.clone().find(|n| room(&self.households[*n])).unwrap_or(start)
        });
        self.households[at].stays.push((from, to, family));
        &self.households[at]
    }

    /// A relative or friend of this family: the household it already has, or a new one.
    pub fn connected(
        &mut self,
        dice: &mut Dice,
        family: &Family,
        (from, to): (Date, Date),
        address: &str,
        postcode: &str,
        approved: bool,
    ) -> &Household {
        let found = self
            .households
            .iter()
            .position(|h| h.kind == "connected" && h.stays.iter().any(|(_, _, f)| *f == family.number));
        let at = found.unwrap_or_else(|| {
            let given = dice.pick(&[
                "Pauline",
                "Christine",
                "Marie",
                "Doreen",
                "Shirley",
                "Yvette",
                "Glenda",
                "Hazel",
            ]);
            // Approved already when the child comes: assessed in the months before.
            let known = plus(from, -if approved { dice.between(170, 240) } else { dice.between(0, 3) });
            self.households.push(Household {
                id: ChildId(dice.id(stamp(known))),
                person: None,
                name: format!("{given} {}", family.name),
                address: address.to_owned(),
                postcode: postcode.to_owned(),
                approved: approved.then_some(plus(from, 1)),
                kind: "connected",
                known,
                stays: Vec::new(),
            });
            self.households.len() - 1
        });
        self.households[at].stays.push((from, to, family.number));
        &self.households[at]
    }

    /// The chronology of every household.
    pub fn chronologies(&self, force: &Workforce, since: Date) -> Vec<InventedChild> {
        self.households
            .iter()
            .enumerate()
            .map(|(number, household)| {
                let dice = Dice::new(self.seed, "carer chronology", number);
                let by = force.supervising[number % force.supervising.len()].person;
                InventedChild {
                    id: household.id,
                    subject: Subject::Carer,
                    reference: format!("C{:04}", 1001 + number),
                    team: force.fostering_team,
                    entries: chronology(household, dice, by, self.today, since),
                    restricted_readers: Vec::new(),
                }
            })
            .collect()
    }
}

fn chronology(
    household: &Household,
    dice: Dice,
    by: PersonId,
    today: Date,
    since: Date,
) -> Vec<kinfold_record::Entry> {
    let mut diary = Diary::new(household.id, dice, today, since.min(household.known));
    let registered =
        Event::CarerRegistered { name: household.name.clone(), carer_type: Some(code(household.kind)) };
    diary.turn(jot(household.known, by, registered));
    diary.settle();
    let step = |diary: &mut Diary, on: Date, step: &'static str| {
        diary.add(jot(
            weekday(on).max(household.known),
            by,
            Event::CarerStep { step: code(step), text: None },
        ));
    };
    // A relative's approval ends with the child's stay.
    let ended = household
        .stays
        .iter()
        .map(|(_, end, _)| *end)
        .max()
        .filter(|end| household.kind == "connected" && *end < today);
    // After a temporary approval of some months comes the full one, if the child is still there.
    let wait = diary.dice.between(100, 125);
    let later = Some(plus(household.known, wait)).filter(|on| *on < ended.unwrap_or(today));
    let Some(approved) = household.approved.or(later) else {
        let over = ended.unwrap_or(today);
        for (name, wait) in [("application", 6), ("stage_two_started", 40)] {
            let on = plus(household.known, wait);
            if on < over {
                step(&mut diary, on, name);
            }
        }
        if let Some(end) = ended {
            step(&mut diary, end, "ended");
        }
        return diary.close();
    };
    // One in eight waits: for the answer to stage 1, and for the decision after the panel.
    let (stage_one, minutes) = (diary.dice.often(120), diary.dice.often(120));
    let whole = days(household.known, approved).max(10);
    for (name, part) in [
        ("application", 5),
        ("information_complete", if stage_one { 27 } else { 33 }),
        ("stage_one_done", 38),
        ("stage_two_started", 40),
        ("stage_two_done", 88),
        ("panel", 93),
        (
            "minutes_received",
            if minutes {
                94
            } else if whole < 150 {
                95
            } else {
                98
            },
        ),
    ] {
        step(&mut diary, plus(household.known, whole * part / 100), name);
    }
    for (name, wait) in [("decision", 0), ("applicant_told", 1), ("decision_sent", 3), ("approved", 0)] {
        step(&mut diary, plus(approved, wait), name);
    }
    if let Some(end) = ended {
        step(&mut diary, end, "ended");
        diary.today = end;
    }
    reviews(&mut diary, by, approved);
    visits(&mut diary, by, approved);
    training(&mut diary, by, approved);
    diary.close()
}

fn reviews(diary: &mut Diary, by: PersonId, approved: Date) {
    let mut last = approved;
    let stalled = diary.dice.often(70);
    for number in 0.. {
        let late = if diary.dice.often(120) { diary.dice.between(8, 50) } else { -diary.dice.between(3, 40) };
        last = weekday(plus(months(last, 12), late));
        if last >= plus(diary.today, if stalled { -45 } else { 0 }) {
            return;
        }
        diary.add(jot(last, by, Event::CarerReview { to_panel: Some(number == 0) }));
    }
}

fn visits(diary: &mut Diary, by: PersonId, approved: Date) {
    let mut on = plus(approved, 14);
    let mut unannounced = plus(approved, diary.dice.between(200, 280));
    while on < diary.today {
        // One visit in the year comes without a telephone call before it.
        let surprise = on >= unannounced;
        if surprise {
            unannounced = plus(on, diary.dice.between(225, 300));
        }
        diary.add(jot(weekday(on), by, Event::SupervisingVisit { unannounced: Some(surprise) }));
        on = plus(on, diary.dice.between(60, 110));
    }
}

fn training(diary: &mut Diary, by: PersonId, approved: Date) {
    // Who has not done it eighteen months on is reminded until it is done.
    if diary.dice.often(920) || days(approved, diary.today) > 600 {
        let on = plus(
            approved,
            diary.dice.weighted(&[(200, 40), (320, 50), (430, 10)]) + diary.dice.between(-40, 30),
        );
        diary.add(jot(weekday(on), by, Event::TrainingCompleted { training: code("standards") }));
    }
    let mut on = plus(approved, diary.dice.between(60, 300));
    while on < diary.today {
        let training = diary.dice.weighted(&[("safeguarding", 60), ("other", 40)]);
        diary.add(jot(weekday(on), by, Event::TrainingCompleted { training: code(training) }));
        on = plus(on, diary.dice.between(250, 700));
    }
}

/// The children's homes that Fernshire runs, with their visits and reviews.
pub fn homes(seed: u64, today: Date, since: Date, force: &Workforce) -> Vec<InventedChild> {
    places::HOMES
        .iter()
        .enumerate()
        .map(|(number, (name, urn))| {
            let mut dice = Dice::new(seed, "home", number);
            let opened = plus(since, dice.between(0, 300));
            let id = ChildId(dice.id(stamp(opened)));
            let by = force.head_of_service.person;
            let mut diary = Diary::new(id, dice, today, opened);
            let event = Event::HomeRegistered { name: (*name).to_owned(), urn: Some((*urn).to_owned()) };
            diary.turn(jot(opened, by, event));
            diary.settle();
            inspections(&mut diary, by, opened, number == 2);
            InventedChild {
                id,
                subject: Subject::Home,
                reference: format!("H{:03}", 101 + number),
                team: force.fostering_team,
                entries: diary.close(),
                restricted_readers: Vec::new(),
            }
        })
        .collect()
}

fn inspections(diary: &mut Diary, by: PersonId, opened: Date, behind: bool) {
    let inspected = |inspection: &'static str| Event::HomeInspected { inspection: code(inspection) };
    let last = plus(diary.today, if behind { -47 } else { 0 });
    let mut on = plus(opened, 24);
    while on < last {
        diary.add(jot(on, by, inspected("independent_visit")));
        let late = diary.dice.often(110);
        let wait = if late { diary.dice.between(1, 7) } else { -diary.dice.between(0, 6) };
        on = weekday(plus(months(on, 1), wait));
    }
    let mut on = plus(months(opened, 6), -12);
    while on < diary.today {
        diary.add(jot(weekday(on), by, inspected("quality_review")));
        let sent = plus(
            on,
            if diary.dice.often(120) { diary.dice.between(30, 44) } else { diary.dice.between(9, 26) },
        );
        diary.add(jot(weekday(sent), by, inspected("quality_report_sent")));
        on = plus(months(on, 6), -diary.dice.between(0, 12));
    }
}

/// Midnight at the start of a day, for ids.
pub fn stamp(on: Date) -> jiff::Timestamp {
    on.to_datetime(jiff::civil::Time::midnight())
        .to_zoned(jiff::tz::TimeZone::UTC)
        .map_or(jiff::Timestamp::UNIX_EPOCH, |z| z.timestamp())
}
