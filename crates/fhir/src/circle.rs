//! Who looks after the child and works with them: family and carers as related persons, everybody as a team.

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::part::{coding, own, to, uk_core};
use crate::{Facts, Resource};

/// Somebody in the child's circle, as the recipient may know them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member<'a> {
    /// The entry that says so.
    pub entry: kinfold_record::EntryId,
    /// A code of `circle_role`.
    pub role: &'a str,
    /// What they are called, where the recipient may know it.
    pub name: Option<&'a str>,
    /// Whether they have parental responsibility.
    pub parental_responsibility: bool,
    /// First day.
    pub start: Date,
    /// The day they left.
    pub end: Option<Date>,
}

/// The circle's roles of private life with their codes of HL7's `v3-RoleCode`: these are related persons, everybody else
/// is there in a working role.
const RELATED: [(&str, &str); 5] = [
    ("parent", "PRN"),
    ("relative", "FAMMEMB"),
    ("sibling", "SIB"),
    ("foster_carer", "PRNFOST"),
    ("adopter", "ADOPTP"),
];

const ROLES: &str = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";

fn relation(role: &str) -> Option<&'static str> {
    RELATED.into_iter().find(|(own, _)| *own == role).map(|(_, code)| code)
}

fn person_id(member: &Member<'_>) -> String {
    format!("{}-person", member.entry)
}

fn period(member: &Member<'_>) -> Value {
    match member.end.filter(|end| *end >= member.start) {
        Some(end) => json!({ "start": member.start.to_string(), "end": end.to_string() }),
        None => json!({ "start": member.start.to_string() }),
    }
}

fn named<'a>(member: &Member<'a>) -> Option<&'a str> {
    member.name.map(str::trim).filter(|name| !name.is_empty())
}

/// The related persons, and the team when there is anybody in it.
pub(crate) fn of(facts: &Facts<'_>) -> Vec<Resource> {
    let others: Vec<&Member<'_>> =
        facts.circle.iter().filter(|member| member.role != "young_person").collect();
    let mut out: Vec<Resource> = others.iter().filter_map(|member| related(facts, member)).collect();
    if !others.is_empty() {
        out.push(team(facts, &others));
    }
    out
}

fn related(facts: &Facts<'_>, member: &Member<'_>) -> Option<Resource> {
    let code = relation(member.role)?;
    let title = facts.titles.title("circle_role", member.role);
    let mut relationship = vec![json!({
        "coding": [coding(ROLES, code, None), coding(&own("circle_role"), member.role, Some(title))],
        "text": title,
    })];
    if member.parental_responsibility {
        let held = "Has parental responsibility";
        relationship.push(json!({ "coding": [coding(&own("circle"), "parental_responsibility", Some(held))], "text": held }));
    }
    Some(
        Resource::new("RelatedPerson", person_id(member))
            .profile(&uk_core("RelatedPerson"))
            .with("active", member.end.is_none())
            .with("patient", to(&facts.patient()))
            .with("relationship", relationship)
            .with("name", named(member).map(|name| json!([{ "text": name }])).unwrap_or_default())
            .with("period", period(member)),
    )
}

fn team(facts: &Facts<'_>, members: &[&Member<'_>]) -> Resource {
    let participants: Vec<Value> = members
        .iter()
        .map(|member| {
            let title = facts.titles.title("circle_role", member.role);
            let role =
                json!([{ "coding": [coding(&own("circle_role"), member.role, Some(title))], "text": title }]);
            let mut who = match relation(member.role) {
                Some(_) => to(&format!("RelatedPerson/{}", person_id(member))),
                None => json!({ "type": "Practitioner" }),
            };
            if let Some(map) = who.as_object_mut() {
                map.insert("display".to_owned(), json!(named(member).unwrap_or(title)));
            }
            json!({ "role": role, "member": who, "period": period(member) })
        })
        .collect();
    Resource::new("CareTeam", format!("{}-team", facts.child))
        .profile(&uk_core("CareTeam"))
        .with("status", "active")
        .with("name", "The child's circle")
        .with("subject", to(&facts.patient()))
        .with("participant", participants)
}
