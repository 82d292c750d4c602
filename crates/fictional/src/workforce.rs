//! The people who work for and with the children of Fernshire: agencies, teams, desks and who sat at them when.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use kinfold_record::{ChildId, PersonId};
use serde::Serialize;
use uuid::Uuid;

use crate::dice::{Dice, days, plus};
use crate::{names, places};

/// An organisation.
#[derive(Debug, Clone, Serialize)]
pub struct Agency {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// `authority`, `health`, `school`, `gp_practice`, `fostering_agency` or `home_provider`.
    pub kind: &'static str,
}

/// A team of an agency.
#[derive(Debug, Clone, Serialize)]
pub struct Team {
    /// Its id.
    pub id: Uuid,
    /// Whose team.
    pub agency: Uuid,
    /// Its name.
    pub name: String,
}

/// A role of an account, from a day on.
#[derive(Debug, Clone, Serialize)]
pub struct RoleHeld {
    /// A code of the house's account roles: `social_worker`, `team_manager`…
    pub role: &'static str,
    /// The team it is held in; `None` for the whole authority.
    pub team: Option<Uuid>,
    /// First day.
    pub from: Date,
    /// Day it ended.
    pub to: Option<Date>,
}

/// Belonging to a team from a day on.
#[derive(Debug, Clone, Serialize)]
pub struct TeamMembership {
    /// Which team.
    pub team: Uuid,
    /// First day.
    pub from: Date,
    /// Day they left.
    pub to: Option<Date>,
}

/// Somebody with an account.
#[derive(Debug, Clone, Serialize)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// First name and family name.
    pub name: String,
    /// `firstname.lastname@fernshire.example`, unique.
    pub email: String,
    /// Whom they work for; `None` for carers and young people.
    pub agency: Option<Uuid>,
    /// Their roles.
    pub roles: Vec<RoleHeld>,
    /// Their teams.
    pub teams: Vec<TeamMembership>,
    /// A young person's own chronology, or a carer's household.
    pub subject: Option<ChildId>,
}

/// Somebody as a chronology names them.
#[derive(Debug, Clone)]
pub struct Who {
    /// Their account.
    pub person: PersonId,
    /// Their name.
    pub name: String,
}

/// One social worker's time at a desk.
#[derive(Debug, Clone)]
pub struct Occupant {
    /// Who.
    pub who: Who,
    /// Registration number.
    pub worker_id: String,
    /// First day.
    pub from: Date,
}

/// A caseload: the children stay when the worker goes.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Which team.
    pub team: Uuid,
    /// That team's manager.
    pub manager: PersonId,
    /// Who sat there, oldest first, without gaps.
    pub occupants: Vec<Occupant>,
}

/// Everybody.
#[derive(Debug, Clone)]
pub struct Workforce {
    pub agencies: Vec<Agency>,
    pub teams: Vec<Team>,
    pub people: Vec<Person>,
    pub desks: Vec<Desk>,
    pub advisers: Vec<Who>,
    pub leaving_team: Uuid,
    pub fostering_team: Uuid,
    pub officers: Vec<Who>,
    pub nurses: Vec<Who>,
    pub doctor: Who,
    pub clerks: Vec<Who>,
    pub school_advisers: Vec<Who>,
    pub virtual_head: Who,
    pub supervising: Vec<Who>,
    /// One for each school of [`places::SCHOOLS`].
    pub designated_teachers: Vec<Who>,
    pub nominated_officer: Who,
    pub director: Who,
    pub head_of_service: Who,
    pub safeguarding_lead: Who,
    taken: HashSet<String>,
    names: HashSet<String>,
    authority: Uuid,
    opened: Date,
}

impl Workforce {
    /// The workforce that this many looked-after children need: about 18 to a social worker in teams of six to eight,
    /// 60 to a reviewing officer, 25 to a personal adviser.
    pub fn new(seed: u64, today: Date, children: usize) -> Self {
        let dice = &mut Dice::new(seed, "workforce", 0);
        let opened = plus(today, -4000);
        let authority = id(dice, opened);
        let nobody = Who { person: PersonId(Uuid::nil()), name: String::new() };
        let mut w = Self {
            agencies: Vec::new(),
            teams: Vec::new(),
            people: Vec::new(),
            desks: Vec::new(),
            advisers: Vec::new(),
            leaving_team: authority,
            fostering_team: authority,
            officers: Vec::new(),
            nurses: Vec::new(),
            doctor: nobody.clone(),
            clerks: Vec::new(),
            school_advisers: Vec::new(),
            virtual_head: nobody.clone(),
            supervising: Vec::new(),
            designated_teachers: Vec::new(),
            nominated_officer: nobody.clone(),
            director: nobody.clone(),
            head_of_service: nobody.clone(),
            safeguarding_lead: nobody,
            taken: HashSet::new(),
            names: HashSet::new(),
            authority,
            opened,
        };
        w.agencies.push(Agency { id: authority, name: crate::AUTHORITY.to_owned(), kind: "authority" });
        w.leadership(dice);
        w.area_teams(dice, today, children.max(20).div_ceil(17).max(3));
        w.specialists(dice, children);
        w.health(dice, children);
        w.schools(dice);
        for name in places::PRACTICES {
            w.agency(dice, name, "gp_practice");
        }
        w.agency(dice, "Larkfield Fostering", "fostering_agency");
        w.agency(dice, "Windmill Children's Homes", "home_provider");
        // A stream of their own, so that everybody else stays as they were.
        w.hire(&mut Dice::new(seed, "panel clerk", 0), authority, "panel_clerk", None);
        let partner = w.agencies.iter().find(|a| a.kind == "health").map_or(authority, |a| a.id);
        w.hire(&mut Dice::new(seed, "partnership lead", 0), partner, "partnership_lead", None);
        w
    }

    fn agency(&mut self, dice: &mut Dice, name: &str, kind: &'static str) -> Uuid {
        let id = id(dice, self.opened);
        self.agencies.push(Agency { id, name: name.to_owned(), kind });
        id
    }

    fn team(&mut self, dice: &mut Dice, agency: Uuid, name: String) -> Uuid {
        let id = id(dice, self.opened);
        self.teams.push(Team { id, agency, name });
        id
    }

    /// Adds somebody with an account. A name already taken for an address gets a number.
    pub fn person(&mut self, dice: &mut Dice, name: &str, agency: Option<Uuid>, from: Date) -> PersonId {
        let person = PersonId(id(dice, from));
        let local: String = name.to_lowercase().chars().map(|c| if c == ' ' { '.' } else { c }).collect();
        let local: String =
            local.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).collect();
        let mut email = format!("{local}@fernshire.example");
        let mut number = 2;
        while !self.taken.insert(email.clone()) {
            email = format!("{local}{number}@fernshire.example");
            number += 1;
        }
        let name = name.to_owned();
        self.people.push(Person {
            id: person,
            name,
            email,
            agency,
            roles: vec![],
            teams: vec![],
            subject: None,
        });
        person
    }

    /// Gives the person added last a role, and a place in its team.
    pub fn role(&mut self, role: &'static str, team: Option<Uuid>, from: Date, to: Option<Date>) {
        if let Some(person) = self.people.last_mut() {
            person.roles.push(RoleHeld { role, team, from, to });
            person.teams.extend(team.map(|team| TeamMembership { team, from, to }));
        }
    }

    fn hire(&mut self, dice: &mut Dice, agency: Uuid, role: &'static str, team: Option<Uuid>) -> Who {
        let from = plus(self.opened, dice.between(0, 900));
        self.hire_for(dice, agency, role, team, from, None)
    }

    fn hire_for(
        &mut self,
        dice: &mut Dice,
        agency: Uuid,
        role: &'static str,
        team: Option<Uuid>,
        from: Date,
        to: Option<Date>,
    ) -> Who {
        let woman = dice.often(700);
        // Two people of one name work here only when the council is larger than any real one.
        let mut name = String::new();
        for _ in 0..8 {
            let (given, family) = names::adult(dice, woman);
            name = format!("{given} {family}");
            if self.names.insert(name.clone()) {
                break;
            }
        }
        let person = self.person(dice, &name, Some(agency), from);
        self.role(role, team, from, to);
        Who { person, name }
    }

    fn leadership(&mut self, dice: &mut Dice) {
        let here = self.authority;
        self.director = self.hire(dice, here, "director", None);
        self.head_of_service = self.hire(dice, here, "head_of_service", None);
        self.nominated_officer = self.hire(dice, here, "nominated_officer", None);
        self.safeguarding_lead = self.hire(dice, here, "safeguarding_lead", None);
        for role in ["data_protection_officer", "commissioner", "data_analyst", "administrator"] {
            self.hire(dice, here, role, None);
        }
        for _ in 0..3 {
            self.hire(dice, here, "councillor", None);
        }
    }

    fn area_teams(&mut self, dice: &mut Dice, today: Date, desks: usize) {
        const AREAS: &[&str] =
            &["Fernham", "Ottersley", "Mossbury", "Alderwick", "Hartsmoor", "Bracken Cross"];
        let here = self.authority;
        let teams = desks.div_ceil(8).max(1);
        for number in 0..teams {
            let round = number / AREAS.len();
            let area = AREAS[number % AREAS.len()];
            let suffix = if round == 0 { String::new() } else { format!(" {}", round + 1) };
            let team = self.team(dice, here, format!("{area} children in care team{suffix}"));
            let manager = self.hire(dice, here, "team_manager", Some(team)).person;
            for _ in 0..(desks / teams + usize::from(number < desks % teams)) {
                let occupants = self.occupants(dice, today, team);
                self.desks.push(Desk { team, manager, occupants });
            }
        }
    }

    /// Who sat at a desk over the years. Workers stay about two years, as in most of England.
    fn occupants(&mut self, dice: &mut Dice, today: Date, team: Uuid) -> Vec<Occupant> {
        let mut from = self.opened;
        let mut out = Vec::new();
        loop {
            let until = plus(from, dice.between(420, 1800));
            let last = days(until, today) < 60;
            let who = self.hire_for(
                dice,
                self.authority,
                "social_worker",
                Some(team),
                from,
                (!last).then_some(until),
            );
            out.push(Occupant { who, worker_id: format!("SW{:07}", 9_000_000 + dice.below(999_999)), from });
            if last {
                return out;
            }
            from = until;
        }
    }

    fn specialists(&mut self, dice: &mut Dice, children: usize) {
        let here = self.authority;
        let leaving = self.team(dice, here, "Leaving care team".to_owned());
        self.leaving_team = leaving;
        self.hire(dice, here, "team_manager", Some(leaving));
        self.advisers = (0..(children * 7 / 10).div_ceil(25).max(1))
            .map(|_| self.hire(dice, here, "personal_adviser", Some(leaving)))
            .collect();
        let reviewing = self.team(dice, here, "Independent reviewing service".to_owned());
        self.officers = (0..children.div_ceil(60).max(1))
            .map(|_| self.hire(dice, here, "reviewing_officer", Some(reviewing)))
            .collect();
        let fostering = self.team(dice, here, "Fostering team".to_owned());
        self.fostering_team = fostering;
        self.hire(dice, here, "team_manager", Some(fostering));
        self.supervising = (0..children.div_ceil(90).max(1))
            .map(|_| self.hire(dice, here, "supervising_social_worker", Some(fostering)))
            .collect();
        let school = self.team(dice, here, "Virtual school".to_owned());
        self.virtual_head = self.hire(dice, here, "virtual_school_head", Some(school));
        self.school_advisers = (0..children.div_ceil(200).max(1))
            .map(|_| self.hire(dice, here, "virtual_school_head", Some(school)))
            .collect();
    }

    fn health(&mut self, dice: &mut Dice, children: usize) {
        self.agency(dice, "Fernshire Integrated Care Board", "health");
        let trust = self.agency(dice, "Fernshire Community Health", "health");
        let team = self.team(dice, trust, "Looked-after children's health team".to_owned());
        self.nurses = (0..(children / 120).clamp(1, 40))
            .map(|_| self.hire(dice, trust, "designated_nurse", Some(team)))
            .collect();
        self.doctor = self.hire(dice, trust, "designated_doctor", Some(team));
        self.clerks = (0..2).map(|_| self.hire(dice, trust, "health_administrator", Some(team))).collect();
        self.hire(dice, trust, "health_senior", Some(team));
    }

    fn schools(&mut self, dice: &mut Dice) {
        for (name, _) in places::SCHOOLS {
            let school = self.agency(dice, name, "school");
            let teacher = self.hire(dice, school, "designated_teacher", None);
            self.designated_teachers.push(teacher);
        }
    }
}

fn id(dice: &mut Dice, on: Date) -> Uuid {
    let at = on
        .to_datetime(Time::midnight())
        .to_zoned(TimeZone::UTC)
        .map_or(Timestamp::UNIX_EPOCH, |z| z.timestamp());
    dice.id(at)
}
