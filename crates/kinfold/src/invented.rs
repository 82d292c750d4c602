//! The invented council as casework takes it: plain data in, founding and chronologies out.

use std::collections::HashMap;

use jiff::civil::Date;
use kinfold_casework::NewChronology;
use kinfold_casework::founding::{Founding, NewAgency, NewPerson, NewTeam};
use kinfold_fictional::{Agency, InventedChild, Person, Team};
use uuid::Uuid;

/// Everybody's password in an invented council.
pub(crate) const PASSWORD: &str = "fernshire-demo";

/// The founding of an invented council.
pub(crate) fn founding(
    address: &str,
    today: Date,
    agencies: &[Agency],
    teams: &[Team],
    people: &[Person],
) -> Founding {
    let places = Places::of(people, today);
    Founding {
        authority: kinfold_fictional::AUTHORITY.to_owned(),
        address: address.to_owned(),
        authority_code: Some(kinfold_fictional::AUTHORITY_CODE.to_owned()),
        demo: true,
        agencies: agencies
            .iter()
            .map(|agency| NewAgency {
                id: agency.id,
                name: agency.name.clone(),
                kind: agency.kind.to_owned(),
            })
            .collect(),
        teams: teams
            .iter()
            .map(|team| NewTeam {
                id: team.id,
                agency: team.agency,
                name: team.name.clone(),
                kind: places.kind(team.id).to_owned(),
                manager: places.managers.get(&team.id).copied(),
            })
            .collect(),
        people: people.iter().map(person).collect(),
    }
}

fn person(person: &Person) -> NewPerson {
    NewPerson {
        id: person.id.0,
        name: person.name.clone(),
        email: person.email.clone(),
        password: Some(PASSWORD.to_owned()),
        enrolled: true,
        roles: person.roles.iter().map(|r| (r.role.to_owned(), r.team, r.from, r.to)).collect(),
        teams: person.teams.iter().map(|t| (t.team, t.from, t.to)).collect(),
    }
}

/// A chronology to bring in.
pub(crate) fn chronology(child: InventedChild) -> NewChronology {
    NewChronology {
        id: child.id,
        subject: child.subject,
        reference: child.reference,
        team: Some(child.team),
        entries: child.entries,
        readers: child.restricted_readers,
        import_run: None,
    }
}

/// Who manages a team, and what kind of team it is, seen from who works in it.
struct Places {
    managers: HashMap<Uuid, Uuid>,
    kinds: HashMap<Uuid, &'static str>,
}

impl Places {
    fn of(people: &[Person], today: Date) -> Self {
        let (mut managers, mut kinds) = (HashMap::new(), HashMap::new());
        for person in people {
            for held in &person.roles {
                let Some(team) = held.team else { continue };
                let kind = match held.role {
                    "designated_nurse" | "designated_doctor" | "health_administrator" | "health_senior" => {
                        "health"
                    }
                    "reviewing_officer" => "reviewing",
                    "personal_adviser" => "leaving_care",
                    "supervising_social_worker" => "fostering",
                    "virtual_school_head" => "education",
                    "social_worker" => "care",
                    _ => "",
                };
                if !kind.is_empty() {
                    kinds.insert(team, kind);
                }
                let now = held.from <= today && held.to.is_none_or(|to| today < to);
                if held.role == "team_manager" && now {
                    managers.insert(team, person.id.0);
                }
            }
        }
        Self { managers, kinds }
    }

    fn kind(&self, team: Uuid) -> &'static str {
        self.kinds.get(&team).copied().unwrap_or("care")
    }
}
