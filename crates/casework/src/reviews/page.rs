//! The pages about reviews: all of a child's, and one with everybody's part.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use kinfold_access::{Action, CircleRole};
use kinfold_forms::Frozen;
use kinfold_record::{ChildId, PersonId, Timeline};
use kinfold_store::{FormStanding, Unit};
use serde_json::json;
use smol_str::SmolStr;
use uuid::Uuid;

use super::act::{chronology_for, readable};
use super::before::Before;
use super::call::{Invitee, invitees, is_family};
use super::facts::{Part, Review, ReviewFacts};
use crate::actor::Actor;
use crate::child::{ChildHandle, may_know_duty, redact};
use crate::error::{Error, Result};
use crate::house::{Book, Casework};
use crate::project::decode_duties;

/// Everything about a child's reviews, as one person may see it.
#[derive(Debug, Clone)]
pub struct ReviewsPage {
    /// The child, and what the person may do.
    pub handle: ChildHandle,
    /// The timeline, redacted.
    pub timeline: Timeline,
    /// The guidance in force.
    pub book: Arc<Book>,
    /// The day it is.
    pub today: Date,
    /// What the entries say, those this person may read.
    pub facts: ReviewFacts,
    /// Names of those with accounts.
    pub names: HashMap<PersonId, String>,
    /// Who is asked by default when a review is called now.
    pub circle: Vec<Invitee>,
}

/// Somebody's part, as one person may see it.
#[derive(Debug, Clone)]
pub struct PartLine {
    /// The part.
    pub part: Part,
    /// Their name, as far as this person may know it.
    pub name: Option<String>,
    /// Whether it is this person's own.
    pub own: bool,
    /// The form, while it can be filled in and this person may open it.
    pub form: Option<Uuid>,
    /// Whether somebody outside has it, or sent it back: `Some(true)` when it is back.
    pub outside: Option<bool>,
    /// The document, when this person may read something of it.
    pub document: Option<Uuid>,
    /// What it says, as far as this person may read it.
    pub said: Option<Frozen>,
}

/// One review.
#[derive(Debug, Clone)]
pub struct ReviewPage {
    /// What every page about the child's reviews holds.
    pub reviews: ReviewsPage,
    /// This one.
    pub review: Review,
    /// Everybody's part.
    pub parts: Vec<PartLine>,
    /// What has drifted, for those who lead reviews and those whose work it looks at.
    pub before: Option<Before>,
    /// The open form of the record, while it is drafted.
    pub record_form: Option<Uuid>,
}

impl ReviewsPage {
    /// Somebody's name: of their account, or as their place in the circle has it, where this person may know it.
    pub fn name_of(&self, part: &Part) -> Option<String> {
        if let Some(name) = part.person.and_then(|person| self.names.get(&person)) {
            return Some(name.clone());
        }
        let place = part.member.and_then(|member| self.timeline.circle.iter().find(|m| m.entry == member));
        place.and_then(|m| m.name.clone()).or_else(|| {
            // The name of somebody of the family is theirs.
            let may =
                self.handle.may.has(Action::ViewContacts) || self.handle.may.has(Action::ViewThirdParty);
            part.name.clone().filter(|_| may || !is_family(&part.role))
        })
    }

    /// Whether this person leads the child's reviews.
    pub fn leads(&self) -> bool {
        self.handle.may.has(Action::ConductReview)
    }
}

impl Casework {
    /// A child's reviews, the actions they decided, and disputes.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is no such child, or this person may not read everyday entries of it.
    pub async fn reviews_page(&self, actor: &Actor, child: ChildId) -> Result<ReviewsPage> {
        let mut unit = self.house.store.read().await?;
        let (page, _) = self.reviews_read(&mut *unit, actor, child).await?;
        drop(unit);
        let detail = json!({"page": "reviews"});
        self.house.pen.write(vec![actor.line("view_child", Some(child.0), true, &detail)]).await?;
        Ok(page)
    }

    pub(super) async fn reviews_read(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        child: ChildId,
    ) -> Result<(ReviewsPage, Before)> {
        let looked = self.look_for(unit, actor, child, Action::ViewChronology).await?;
        let chronology = chronology_for(unit, &looked.handle).await?;
        let entries = readable(&chronology, &looked);
        let facts = ReviewFacts::of(&entries);
        let (book, today, may) = (self.book(), self.today(), looked.handle.may);
        let mut duties = decode_duties(&looked.row.projection.duties)?;
        duties.retain(|duty| book.rules.rule_of(duty).is_some_and(|rule| may_know_duty(may, rule)));
        let circle = invitees(looked.timeline.circle_on(today));
        let mut timeline = looked.timeline;
        redact(&mut timeline, may, looked.handle.relations);
        // What the child said in their own space is here for those the child chose, and for nobody by right.
        let mut heard = entries.clone();
        heard.extend(chronology.standing(None).into_iter().filter(|e| {
            matches!(e.event, kinfold_record::Event::VoiceSaid { .. }) && crate::me::chosen(e, actor.person())
        }));
        let before = Before::of(&heard, &facts, &timeline, &duties, &book, today);
        let mut ids: Vec<Uuid> = timeline.circle.iter().filter_map(|m| m.person).map(|p| p.0).collect();
        ids.extend(facts.reviews.iter().flat_map(|r| &r.parts).filter_map(|p| p.person).map(|p| p.0));
        ids.extend(facts.disputes.iter().flat_map(|d| &d.answers).filter_map(|(_, by, _)| *by).map(|p| p.0));
        let names = self.names(unit, &ids).await?;
        // A list of the circle is for whoever leads the review: others see who was asked.
        let circle = if may.has(Action::ConductReview) { circle } else { Vec::new() };
        Ok((ReviewsPage { handle: looked.handle, timeline, book, today, facts, names, circle }, before))
    }

    /// One review: who is asked, whose part is there, what has drifted, what was decided.
    ///
    /// # Errors
    /// As [`Casework::reviews_page`]; [`Error::Absent`] when there is no such review.
    pub async fn review_page(&self, actor: &Actor, child: ChildId, occasion: &str) -> Result<ReviewPage> {
        let mut unit = self.house.store.read().await?;
        let (page, before) = self.reviews_read(&mut *unit, actor, child).await?;
        let review = page.facts.review(occasion).cloned().ok_or(Error::Absent)?;
        let fills = page.handle.may.has(Action::FillForm);
        let mut parts = Vec::new();
        for part in review.asked() {
            parts.push(self.part_line(&mut *unit, actor, &page, part, fills).await?);
        }
        let record_form = match review.record().filter(|p| p.came.is_none() && page.leads()) {
            Some(part) => part.form.as_ref().and_then(|form| form.parse().ok()),
            None => None,
        };
        drop(unit);
        let detail = json!({"page": "review"});
        self.house.pen.write(vec![actor.line("view_child", Some(child.0), true, &detail)]).await?;
        let shown = page.handle.may.has(Action::RecordCare) || page.leads();
        Ok(ReviewPage { reviews: page, review, parts, before: shown.then_some(before), record_form })
    }

    async fn part_line(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        page: &ReviewsPage,
        part: &Part,
        fills: bool,
    ) -> Result<PartLine> {
        let own_place =
            part.role == "young_person" && page.handle.relations.circle.has(CircleRole::YoungPerson);
        let mut line = PartLine {
            own: part.person == Some(actor.person()) || own_place,
            name: page.name_of(part),
            form: None,
            outside: None,
            document: None,
            said: None,
            part: part.clone(),
        };
        let Some(id) = part.form.as_ref().and_then(|form| form.parse::<Uuid>().ok()) else { return Ok(line) };
        let Some(row) = unit.form(id).await?.filter(|row| row.child == page.handle.id().0) else {
            return Ok(line);
        };
        match row.state {
            FormStanding::Open if fills => {
                let form = self.form_as_it_was(unit, &row.form_id, &row.form_hash).await?;
                let may_see = self.may_see_some(actor, &page.handle, &form);
                line.form = may_see.then_some(id);
                if page.leads() {
                    let links = unit.form_links(id).await?;
                    let live = |l: &&kinfold_store::FormLinkRow| l.revoked_at.is_none();
                    line.outside = links.iter().rfind(live).map(|l| l.used_at.is_some());
                }
            }
            FormStanding::Submitted => {
                line.said =
                    self.read_document(unit, actor, &page.handle, id).await?.map(|(document, frozen)| {
                        line.document = Some(document);
                        frozen
                    });
            }
            _ => {}
        }
        Ok(line)
    }

    /// The wishes of the child for a review, all together, as far as the reader may know them.
    pub fn wished(review: &Review) -> Vec<(&'static str, String)> {
        let mut out: Vec<(&'static str, String)> = Vec::new();
        for wish in &review.wishes {
            let mut add = |what: &'static str, text: &Option<String>| {
                if let Some(text) = text {
                    out.push((what, text.clone()));
                }
            };
            add("To talk about", &wish.topics);
            add("Where and when", &wish.place);
            add("Who should be there, and who not", &wish.people);
            add("Not in front of everybody", &wish.not_topics);
        }
        out
    }

    /// The title of a role in a circle.
    pub fn circle_title<'b>(book: &'b Book, role: &'b SmolStr) -> &'b str {
        book.guidance.codes.title("circle_role", role)
    }
}
