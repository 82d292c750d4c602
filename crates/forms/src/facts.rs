//! What is known about the child before a form is opened.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kinfold_guidance::form::Decimal;
use kinfold_record::{EventKind, Membership, SpellKind, Timeline};
use smol_str::SmolStr;

use crate::value::Value;

/// The day, and facts by name: those of [`kinfold_guidance::form::FACTS`]. What is not known is not there.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The day the form is filled in.
    pub today: Date,
    /// The day the child was born.
    pub born: Option<Date>,
    known: BTreeMap<SmolStr, Value>,
}

impl Facts {
    /// Nothing but the day.
    pub fn on(today: Date) -> Self {
        let known = BTreeMap::from([(SmolStr::new_static("today"), Value::Date(today))]);
        Self { today, born: None, known }
    }

    /// What a record says on a day. Whoever fills in the form sees these as suggested answers: pass a timeline that
    /// holds only what they may read.
    pub fn of(timeline: &Timeline, today: Date) -> Self {
        let mut facts = Self::on(today);
        facts.child(timeline);
        facts.care(timeline);
        facts.people(timeline);
        facts
    }

    /// A fact by its name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.known.get(name)
    }

    /// Adds or replaces a fact: what only the caller knows (the name that goes with a social worker's account).
    pub fn set(&mut self, name: &'static str, value: Option<Value>) {
        match value {
            Some(value) => self.known.insert(SmolStr::new_static(name), value),
            None => self.known.remove(name),
        };
        if name == "child.born" {
            self.born = match self.known.get(name) {
                Some(Value::Date(born)) => Some(*born),
                _ => None,
            };
        }
    }

    fn text(&mut self, name: &'static str, text: Option<&str>) {
        self.set(name, text.filter(|t| !t.trim().is_empty()).map(|t| Value::Text(t.to_owned())));
    }

    fn code(&mut self, name: &'static str, code: Option<&SmolStr>) {
        self.set(name, code.map(|c| Value::Code(c.clone())));
    }

    fn number(&mut self, name: &'static str, n: Option<i64>) {
        self.set(name, n.map(|n| Value::Number(Decimal::whole(n))));
    }

    fn child(&mut self, t: &Timeline) {
        let (id, today) = (&t.identity, self.today);
        self.set("child.born", t.born.map(Value::Date));
        self.number("child.age", t.age_on(today).map(i64::from));
        self.number("child.age_months", t.born.filter(|b| *b <= today).map(|born| months(born, today)));
        self.text("child.name", Some(&id.name()));
        self.text("child.given_name", Some(&id.given_name));
        self.text("child.family_name", Some(&id.family_name));
        self.text("child.known_as", id.known_as.as_deref());
        self.code("child.sex", id.sex.as_ref());
        self.code("child.ethnicity", id.ethnicity.as_ref());
        self.text("child.first_language", id.first_language.as_deref());
        self.text("child.religion", id.religion.as_deref());
        self.set("child.disabled", id.disabled.map(Value::Flag));
        self.set("child.unaccompanied", Some(Value::Flag(t.holds(SpellKind::Unaccompanied, today))));
        self.text("child.nhs_number", id.nhs_number.as_deref());
        self.text("child.upn", id.upn.as_deref());
    }

    fn care(&mut self, t: &Timeline) {
        let today = self.today;
        let care = t.care_on(today);
        self.set("care.now", Some(Value::Flag(care.is_some())));
        self.set("care.started", care.map(|c| Value::Date(c.start)));
        self.code("care.reason", care.and_then(|c| c.category_of_need.as_ref()));
        self.code("care.legal_status", t.status_on(today).map(|s| &s.code));
        let homes = care.map(|c| {
            let here =
                |p: &&kinfold_record::Placement| c.start <= p.start && p.start <= today && !p.is_temporary();
            t.placements.iter().filter(here).count()
        });
        self.number("care.homes", homes.and_then(|n| i64::try_from(n).ok()));
        let home = t.placement_on(today);
        self.set("home.started", home.map(|h| Value::Date(h.start)));
        self.code("home.type", home.map(|h| h.code_on(today)));
        self.text("home.carer", home.and_then(|h| h.carer_name.as_deref()));
        self.code("home.location", home.and_then(|h| h.location.as_ref()));
        self.set("home.confidential", home.map(|h| Value::Flag(h.address_confidential)));
    }

    fn people(&mut self, t: &Timeline) {
        let today = self.today;
        let name = |m: &Membership| m.name.clone();
        let gp = t.circle_on(today).find(|m| m.role == "gp").and_then(name);
        self.text("circle.gp", gp.as_deref());
        let worker = t.circle_on(today).find(|m| m.role == "social_worker").and_then(name);
        self.text("circle.social_worker", worker.as_deref());
        let last = |kind: EventKind| t.happenings.iter().rev().find(move |h| h.kind == kind && h.on <= today);
        self.set("health.last_assessment", last(EventKind::HealthAssessment).map(|h| Value::Date(h.on)));
    }
}

/// Completed months.
fn months(born: Date, today: Date) -> i64 {
    let whole = (i64::from(today.year()) - i64::from(born.year())) * 12 + i64::from(today.month())
        - i64::from(born.month());
    // A child born on the 31st is a month old on the last day of a shorter month.
    let reached = today.day() >= born.day() || today == today.last_of_month();
    whole - i64::from(!reached)
}
