//! Calling a review: everybody who knows the child is asked unless there is a reason, each for a part of their own.

use std::collections::HashSet;

use jiff::ToSpan;
use jiff::civil::Date;
use kinfold_access::Action;
use kinfold_forms::Answers;
use kinfold_record::{ChildId, EntryId, Event, Membership, PersonId, Sensitivity};
use kinfold_store::{NoticeRow, Unit};
use smol_str::{SmolStr, format_smolstr};
use uuid::Uuid;

use super::act::facts_of;
use crate::actor::Actor;
use crate::child::Looked;
use crate::error::{Error, FieldProblem, Result};
use crate::house::Casework;
use crate::record::NewEntry;

/// The furthest day a review can be called for, in days.
const FURTHEST: i32 = 366;

/// Somebody of the circle who is asked by default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitee {
    /// Their place in the circle; `None` for a child who has none there.
    pub member: Option<EntryId>,
    /// Their role for this child.
    pub role: SmolStr,
    /// Their account.
    pub person: Option<PersonId>,
    /// Their name, where somebody typed it.
    pub name: Option<String>,
}

/// Somebody who is not asked, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    /// Their place in the circle.
    pub member: EntryId,
    /// Why: code of `left_out`.
    pub reason: SmolStr,
    /// More about why.
    pub text: Option<String>,
}

/// A review as it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calling {
    /// What kind: code of `review`.
    pub kind: SmolStr,
    /// Day, time and place.
    pub to: MovedTo,
    /// The day by which everybody's part is asked for.
    pub parts_by: Date,
    /// Those who are not asked.
    pub leaving: Vec<Leaving>,
}

/// Day, time and place of a review.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MovedTo {
    /// The day.
    pub on: Date,
    /// At what time, as written.
    pub time: Option<String>,
    /// Where: code of `review_place`.
    pub place: Option<SmolStr>,
    /// Where exactly.
    pub detail: Option<String>,
    /// Whether the child chose day and place.
    pub by_child: Option<bool>,
    /// Whether the child chairs.
    pub child_chairs: Option<bool>,
}

/// What the child wants for a review.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Where and when.
    pub place: Option<String>,
    /// Who should be there, and who not.
    pub people: Option<String>,
    /// What is to be talked about.
    pub topics: Option<String>,
    /// What is not to be talked about in front of everybody.
    pub not_topics: Option<String>,
    /// Whether the child wants to chair.
    pub chairs: Option<bool>,
}

/// Those asked by default: the child first, then everybody in the circle but whoever leads the review and the managers
/// of those whose work it looks at.
pub(super) fn invitees<'t>(circle: impl Iterator<Item = &'t Membership>) -> Vec<Invitee> {
    let mut out: Vec<Invitee> = circle
        .filter(|m| !matches!(m.role.as_str(), "reviewing_officer" | "team_manager"))
        .map(|m| Invitee {
            member: Some(m.entry),
            role: m.role.clone(),
            person: m.person,
            name: m.name.clone(),
        })
        .collect();
    if !out.iter().any(|i| i.role == "young_person") {
        out.push(Invitee { member: None, role: "young_person".into(), person: None, name: None });
    }
    out.sort_by_key(|i| i.role != "young_person");
    out
}

/// The form that asks somebody for their part.
pub(super) fn form_for(role: &str) -> &'static str {
    match role {
        "young_person" => "review.child",
        "foster_carer" | "residential_worker" => "review.carer",
        "parent" | "relative" | "sibling" | "adopter" => "review.parent",
        "designated_teacher" | "virtual_school" => "review.school",
        "looked_after_nurse" | "designated_doctor" | "health_visitor" | "gp" | "therapist" => "review.health",
        "social_worker" | "cover_worker" => "review.worker",
        "supervising_social_worker" => "review.supervising",
        "advocate" => "review.advocate",
        _ => "review.other",
    }
}

/// Whether a role is one of the family: why they are left out is theirs and not everybody's to read.
pub(super) fn is_family(role: &str) -> bool {
    matches!(role, "parent" | "relative" | "sibling")
}

impl Casework {
    /// Calls a review. Answers what joins its entries, for its address. `key` makes a double submit call one.
    ///
    /// # Errors
    /// [`Error::Absent`] unless this person is the child's reviewing officer; [`Error::Invalid`] for what was entered, or
    /// when another review is called and not held yet.
    pub async fn call_review(
        &self,
        actor: &Actor,
        child: ChildId,
        key: &str,
        calling: &Calling,
    ) -> Result<SmolStr> {
        let mut unit = self.house.store.write().await?;
        if let Some(kept) = unit.kept_answer(key, actor.person().0).await? {
            return Ok(kept.into());
        }
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::ConductReview).await?;
        let today = self.today();
        let asked = invitees(looked.timeline.circle_on(today));
        let problems = self.problems_of(calling, &asked);
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        if facts_of(&mut *unit, child).await?.next().is_some() {
            return Err(Error::invalid(
                "",
                "A review is called already and not held yet. Move that one, or call it off first.",
            ));
        }
        let occasion = format_smolstr!("{}", self.new_id().simple());
        let mut new = vec![NewEntry::on(today, called(&occasion, calling))];
        let mut parts = Vec::new();
        for invitee in asked {
            match calling.leaving.iter().find(|l| Some(l.member) == invitee.member) {
                Some(leaving) => new.push(left_out(&occasion, today, &invitee, leaving)),
                None => parts.push(invitee),
            }
        }
        for (n, invitee) in parts.iter().enumerate() {
            new.push(
                self.invite(&mut *unit, actor, &looked, (&occasion, n), invitee, calling.parts_by).await?,
            );
        }
        self.append(&mut *unit, actor, &looked, new).await?;
        self.tell_asked(&mut *unit, &looked, &occasion, &parts).await?;
        unit.keep_answer(key, actor.person().0, self.now(), &occasion).await?;
        unit.commit().await?;
        Ok(occasion)
    }

    fn problems_of(&self, calling: &Calling, asked: &[Invitee]) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        let mut wrong =
            |field: String, words: &str| problems.push(FieldProblem { field, message: words.to_owned() });
        let today = self.today();
        let latest = today.checked_add(FURTHEST.days()).unwrap_or(today);
        if calling.to.on < today || calling.to.on > latest {
            wrong("on".to_owned(), "The day of the review must be today or later, within a year");
        }
        if calling.parts_by < today || calling.parts_by > calling.to.on {
            wrong(
                "parts_by".to_owned(),
                "The day for everybody’s part must be today or later, and not after the review",
            );
        }
        for leaving in &calling.leaving {
            let field = format!("why-{}", leaving.member);
            let found = asked.iter().find(|i| i.member == Some(leaving.member));
            match found.map(|i| i.role.as_str()) {
                None => {
                    wrong(String::new(), "Somebody has left the circle meanwhile. Look at the list again.")
                }
                Some("young_person") => {
                    wrong(
                        String::new(),
                        "The child is always asked. How they take part is theirs to choose.",
                    );
                }
                Some(_) => {}
            }
            let silent = leaving.text.as_deref().is_none_or(|text| text.trim().is_empty());
            if silent && leaving.reason != "child_wish" {
                wrong(field, "Say in a sentence why they are not asked");
            }
        }
        problems
    }

    /// Starts the form for somebody's part, and says that they were asked.
    pub(super) async fn invite(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        looked: &Looked,
        (occasion, n): (&SmolStr, usize),
        invitee: &Invitee,
        due: Date,
    ) -> Result<NewEntry> {
        let book = self.book();
        let asks = form_for(&invitee.role);
        let found = book.guidance.forms.offered(self.today()).into_iter().find(|f| f.id == asks);
        let form = match found {
            Some(form) => {
                Some(self.begin_form(unit, actor, looked, form, &Answers::default(), Some(due), None).await?)
            }
            // A council may have taken the form away: the invitation stands without it.
            None => None,
        };
        Ok(NewEntry::on(
            self.today(),
            Event::ReviewInvited {
                occasion: occasion.clone(),
                part: format_smolstr!("{occasion}-{n}"),
                role: invitee.role.clone(),
                person: invitee.person,
                member: invitee.member.map(|m| format_smolstr!("{m}")),
                // A name in the circle stays there: it may not be everybody's to read.
                name: invitee.name.clone().filter(|_| invitee.member.is_none()),
                form: form.map(|f| format_smolstr!("{f}")),
                due: Some(due),
            },
        ))
    }

    /// Tells those with an account that they are asked. Whoever may not open a restricted record is not told of it.
    async fn tell_asked(
        &self,
        unit: &mut dyn Unit,
        looked: &Looked,
        occasion: &str,
        parts: &[Invitee],
    ) -> Result<()> {
        let child = looked.handle.id();
        let readers: Option<HashSet<Uuid>> = match looked.handle.restricted {
            true => Some(unit.restricted_readers(child.0).await?.into_iter().map(|r| r.person).collect()),
            false => None,
        };
        let notices: Vec<NoticeRow> = parts
            .iter()
            .filter_map(|part| Some((part, part.person?)))
            .filter(|(part, person)| {
                // A restriction never closes the child's own space to the child.
                part.role == "young_person" || readers.as_ref().is_none_or(|r| r.contains(&person.0))
            })
            .map(|(part, person)| NoticeRow {
                id: self.new_id(),
                person: person.0,
                child: Some(child.0),
                kind: "review_invited".to_owned(),
                text: "A review is called. You are asked to it, and for your part before the day.".to_owned(),
                link: Some(match part.role.as_str() {
                    "young_person" => "/".to_owned(),
                    _ => format!("/children/{child}/reviews/{occasion}"),
                }),
                created_at: self.now(),
                read_at: None,
            })
            .collect();
        self.give_notices(unit, &notices, &mut HashSet::new()).await
    }
}

fn called(occasion: &SmolStr, calling: &Calling) -> Event {
    let to = calling.to.clone();
    Event::ReviewCalled {
        occasion: occasion.clone(),
        review: calling.kind.clone(),
        on: to.on,
        time: to.time,
        place: to.place,
        detail: to.detail,
        by_child: to.by_child,
        child_chairs: to.child_chairs,
    }
}

fn left_out(occasion: &SmolStr, today: Date, invitee: &Invitee, leaving: &Leaving) -> NewEntry {
    let entry = NewEntry::on(
        today,
        Event::ReviewLeftOut {
            occasion: occasion.clone(),
            role: invitee.role.clone(),
            reason: leaving.reason.clone(),
            part: None,
            person: invitee.person,
            member: invitee.member.map(|m| format_smolstr!("{m}")),
            text: leaving.text.clone().filter(|t| !t.trim().is_empty()),
        },
    );
    let sensitivity = is_family(&invitee.role).then_some(Sensitivity::ThirdParty);
    NewEntry { sensitivity, ..entry }
}
