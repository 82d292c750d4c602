//! The record of a review: drafted from what was said and decided, agreed by being handed in, and sent to everybody who
//! was asked as the copy that is theirs. What somebody may not know is in no copy of theirs unless that is decided with a
//! reason, and then a second person sends it.

use kinfold_access::Action;
use kinfold_forms::{Answer, Answers, Frozen, Key};
use kinfold_record::calendar::CountFrom;
use kinfold_record::{ChildId, Event, PersonId, Sensitivity};
use kinfold_store::Unit;
use serde_json::json;
use smol_str::{SmolStr, format_smolstr};
use uuid::Uuid;

use super::act::facts_of;
use super::draft;
use super::facts::{Copy, Part, Review};
use super::page::ReviewsPage;
use super::seen::PartSeen;
use crate::actor::Actor;
use crate::child::ChildHandle;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::record::NewEntry;

/// Where somebody's copy stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyState {
    /// Nobody has looked it over yet.
    ToPrepare,
    /// It is ready to be sent.
    Ready,
    /// It is ready, and holds something sensitive: somebody else than who made it ready sends it.
    ToRelease,
    /// It was sent.
    Sent,
}

/// Somebody's copy of the record.
#[derive(Debug, Clone)]
pub struct CopyPage {
    /// What every page about the child's reviews holds.
    pub reviews: ReviewsPage,
    /// The review.
    pub review: Review,
    /// For whom.
    pub part: Part,
    /// Their name, as far as this person may know it.
    pub name: Option<String>,
    /// The sections of the record: id, title, whether the copy holds it, and whether it is sensitive for them.
    pub sections: Vec<(String, String, bool, bool)>,
    /// What the copy says.
    pub frozen: Frozen,
    /// Where it stands.
    pub state: CopyState,
    /// Words in it that name a home which has to be kept from somebody.
    pub gives_away: Vec<String>,
    /// Whether it is this person's own copy.
    pub own: bool,
    /// Whether its reader lives or works at the child's home, so that the address is no news.
    pub knows_home: bool,
}

/// Whether a role stands inside the authority's own work with the child.
fn is_worker(role: &str) -> bool {
    matches!(role, "social_worker" | "cover_worker" | "team_manager")
}

/// Whether a section is for somebody with this role without a decision.
fn theirs(reads: &[SmolStr], sensitivity: Sensitivity, role: &str) -> bool {
    let named = reads.iter().any(|r| r == role || r == "circle");
    named && (sensitivity == Sensitivity::Ordinary || is_worker(role) || reads.iter().any(|r| r == role))
}

/// Where a copy stands.
fn state(copy: Option<&Copy>) -> CopyState {
    match copy {
        None => CopyState::ToPrepare,
        Some(copy) if copy.sent.is_some() => CopyState::Sent,
        Some(copy) if copy.sensitive => CopyState::ToRelease,
        Some(_) => CopyState::Ready,
    }
}

/// Whether a role lives at the child's address or works there, so that the address is no news.
fn knows_home(role: &str) -> bool {
    is_worker(role)
        || matches!(
            role,
            "young_person"
                | "foster_carer"
                | "residential_worker"
                | "supervising_social_worker"
                | "reviewing_officer"
        )
}

impl Casework {
    /// Drafts the record from everybody's part, what the child said, and what was decided. Answers the form in which it is
    /// written on. A record that is drafted already is given again.
    ///
    /// # Errors
    /// [`Error::Absent`] unless this person is the child's reviewing officer and the review was held.
    pub async fn draft_record(&self, actor: &Actor, child: ChildId, occasion: &str) -> Result<Uuid> {
        let page = self.review_page(actor, child, occasion).await?;
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::ConductReview).await?;
        let Some(held) = page.review.held.as_ref() else { return Err(Error::Absent) };
        if let Some(form) = page.review.record().and_then(|p| p.form.as_ref()?.parse().ok()) {
            return Ok(form);
        }
        let book = self.book();
        let form = book.guidance.forms.offered(self.today()).into_iter().find(|f| f.id == "review.record");
        let form = form.ok_or(Error::Absent)?;
        let mut answers = Answers::default();
        let mut put = |question: &str, answer: Option<Answer>| answers.set(Key::of(question), answer);
        put("held_on", Some(Answer::Date(held.on)));
        let said = draft::child_words(&page);
        put("said", Some(said).filter(|s| !s.is_empty()).map(Answer::ChildWords));
        for (question, text) in draft::texts(&page) {
            put(question, Some(text).filter(|t| !t.trim().is_empty()).map(Answer::Text));
        }
        let due = Some(book.calendar.add_working_days_date(held.on, 15, CountFrom::Exclusive));
        let id = self.begin_form(&mut *unit, actor, &looked, form, &answers, due, None).await?;
        let entry = NewEntry::on(
            self.today(),
            Event::ReviewInvited {
                occasion: page.review.occasion.clone(),
                part: format_smolstr!("{}-record", page.review.occasion),
                role: "reviewing_officer".into(),
                person: Some(actor.person()),
                member: None,
                name: None,
                form: Some(format_smolstr!("{id}")),
                due,
            },
        );
        self.append(&mut *unit, actor, &looked, vec![entry]).await?;
        unit.commit().await?;
        Ok(id)
    }

    /// Somebody's copy of the record: as it would be, as it is ready, or as it was sent. Those who lead or work with the
    /// child see every copy; somebody who was asked sees their own once it was sent.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is no record, no such part, or it is not this person's to see.
    pub async fn review_copy(
        &self,
        actor: &Actor,
        child: ChildId,
        occasion: &str,
        part: &str,
        chosen: Option<&[String]>,
    ) -> Result<CopyPage> {
        let mut unit = self.house.store.read().await?;
        let (page, _) = self.reviews_read(&mut *unit, actor, child).await?;
        let copy = self.copy_of(&mut *unit, actor, page, occasion, part, chosen).await?;
        drop(unit);
        let may = copy.reviews.handle.may;
        let own = copy.own && copy.state == CopyState::Sent;
        if !own && !may.has(Action::ConductReview) && !may.has(Action::RecordCare) {
            return self.refused(actor, child, Action::RecordCare).await;
        }
        let detail = json!({"page": "review_copy"});
        self.house.pen.write(vec![actor.line("view_document", Some(child.0), true, &detail)]).await?;
        Ok(copy)
    }

    async fn copy_of(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        page: ReviewsPage,
        occasion: &str,
        part: &str,
        chosen: Option<&[String]>,
    ) -> Result<CopyPage> {
        let review = page.facts.review(occasion).cloned().ok_or(Error::Absent)?;
        let part = review.part(part).filter(|p| !p.is_record()).cloned().ok_or(Error::Absent)?;
        let form: Option<Uuid> = review.record().and_then(|p| p.form.as_ref()?.parse().ok());
        let row = unit.form_document_of(form.ok_or(Error::Absent)?).await?.ok_or(Error::Absent)?;
        let whole: Frozen = serde_json::from_str(&row.body).map_err(|e| Error::Internal(e.to_string()))?;
        let form = self.form_as_it_was(unit, &row.form_id, &row.form_hash).await?;
        let kept = part.copy.as_ref().map(|copy| copy.sections.as_slice());
        let held: Option<Vec<String>> = chosen.or(kept).map(<[String]>::to_vec);
        let mut sections = Vec::new();
        for section in form.sections.iter().filter(|s| whole.sections.iter().any(|w| w.id == s.id)) {
            let default = theirs(&section.reads, section.sensitivity, &part.role);
            let holds = held.as_ref().map_or(default, |held| held.iter().any(|id| section.id == *id));
            sections.push((section.id.to_string(), section.title.to_string(), holds, !default));
        }
        let frozen = whole.for_reader(|s| sections.iter().any(|(id, _, holds, _)| *holds && s.id == *id));
        let home = self.look(unit, actor, page.handle.id()).await?.timeline;
        let knows_home = knows_home(&part.role);
        let gives_away = match knows_home {
            true => Vec::new(),
            false => draft::names_a_home(&frozen, &home),
        };
        let own = part.person == Some(actor.person());
        // A copy that was made ready for somebody who lives or works there says to them where that is.
        let frozen = if own && knows_home { frozen } else { page.handle.veil.document(frozen)? };
        Ok(CopyPage {
            name: page.name_of(&part),
            state: state(part.copy.as_ref()),
            reviews: page,
            review,
            part,
            sections,
            frozen,
            gives_away,
            own,
            knows_home,
        })
    }

    /// Makes somebody's copy ready, as it was looked over.
    ///
    /// # Errors
    /// [`Error::Absent`] unless this person is the child's reviewing officer; [`Error::Invalid`] without a reason for what
    /// is sensitive, or when it names a home that has to be kept from them; [`Error::Conflict`] when somebody else made it
    /// ready since it was looked at: nothing is written.
    pub async fn make_copy_ready<'a>(
        &self,
        actor: &Actor,
        child: ChildId,
        occasion: &str,
        part: impl Into<PartSeen<'a>>,
        sections: &[String],
        why: &str,
    ) -> Result<()> {
        let looked_at: PartSeen<'_> = part.into();
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::ConductReview).await?;
        let (page, _) = self.reviews_read(&mut *unit, actor, child).await?;
        let copy = self.copy_of(&mut *unit, actor, page, occasion, looked_at.part, Some(sections)).await?;
        looked_at.still(copy.part.copy.as_ref(), looked.handle.version)?;
        if copy.state == CopyState::Sent {
            return Err(Error::invalid("", "This copy was sent already. What was sent stays as it is."));
        }
        if !copy.gives_away.is_empty() {
            return Err(Error::invalid(
                "",
                "This copy names the home, which has to be kept from this person. Correct the record, or leave that part out.",
            ));
        }
        let sensitive = copy.sections.iter().any(|(_, _, holds, sensitive)| *holds && *sensitive);
        if sensitive && why.trim().is_empty() {
            return Err(Error::invalid("why", "Say why they may know what is not usually for them"));
        }
        let held: Vec<&str> = copy.sections.iter().filter(|s| s.2).map(|s| s.0.as_str()).collect();
        if held.is_empty() {
            return Err(Error::invalid("sections", "Choose at least one part of the record"));
        }
        let event = Event::ReviewCopyReady {
            occasion: copy.review.occasion.clone(),
            part: copy.part.part.clone(),
            sections: held.join(" "),
            document: copy.review.record().and_then(|p| p.came.as_ref()?.1.clone()),
            sensitive: Some(sensitive),
            text: Some(why.trim().to_owned()).filter(|w| !w.is_empty()),
        };
        self.append(&mut *unit, actor, &looked, vec![NewEntry::on(self.today(), event)]).await?;
        unit.commit().await?;
        Ok(())
    }

    /// Sends somebody's copy. One that holds something sensitive is sent by somebody else than who made it ready. With the
    /// last copy the record counts as sent out.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to record care; [`Error::Invalid`] when it is not ready; [`Error::Forbidden`]
    /// when a second person has to send it; [`Error::Conflict`] when it is not the copy that was looked at any more.
    pub async fn send_copy<'a>(
        &self,
        actor: &Actor,
        child: ChildId,
        occasion: &str,
        part: impl Into<PartSeen<'a>>,
        how: &str,
    ) -> Result<()> {
        let looked_at: PartSeen<'_> = part.into();
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::RecordCare).await?;
        let (page, _) = self.reviews_read(&mut *unit, actor, child).await?;
        let review = page.facts.review(occasion).cloned().ok_or(Error::Absent)?;
        let found = review.part(looked_at.part).filter(|p| !p.is_record()).ok_or(Error::Absent)?;
        looked_at.still(found.copy.as_ref(), looked.handle.version)?;
        let Some(copy) = found.copy.as_ref().filter(|c| c.sent.is_none()) else {
            return Err(Error::invalid(
                "",
                "This copy is not ready, or was sent already. Go back and look at it again.",
            ));
        };
        if copy.sensitive && copy.ready_by == Some(actor.person()) {
            return Err(Error::Forbidden(
                "This copy holds something that is not usually for its reader. Somebody else than who made it ready looks \
                 at it and sends it."
                    .to_owned(),
            ));
        }
        if copy.sensitive && !looked.handle.may.has(Action::ReleaseSensitive) {
            return Err(Error::Forbidden(
                "This copy holds something that is not usually for its reader. Your role does not release such copies: ask \
                 the team manager or the reviewing officer, whoever of them did not make it ready."
                    .to_owned(),
            ));
        }
        let new = self.sent_now(&review, found, how);
        self.append(&mut *unit, actor, &looked, new).await?;
        if let Some(person) =
            found.person.filter(|_| !looked.handle.restricted || found.role == "young_person")
        {
            self.tell_sent(&mut *unit, child, occasion, found, person).await?;
        }
        unit.commit().await?;
        Ok(())
    }

    /// What the record says of a copy that goes. With the last one the record counts as sent out.
    fn sent_now(&self, review: &Review, part: &Part, how: &str) -> Vec<NewEntry> {
        let event = Event::ReviewCopySent {
            occasion: review.occasion.clone(),
            part: part.part.clone(),
            document: part.copy.as_ref().and_then(|c| c.document.clone()),
            text: Some(how.trim().to_owned()).filter(|h| !h.is_empty()),
        };
        let mut new = vec![NewEntry::on(self.today(), event)];
        let others = |p: &&Part| p.part != part.part && p.copy.as_ref().is_none_or(|c| c.sent.is_none());
        if !review.asked().any(|p| others(&p)) {
            new.push(NewEntry::on(self.today(), Event::ReviewOutput { output: "distributed".into() }));
        }
        new
    }

    /// The same of a copy that goes by a link; nothing when it was sent before and is only sent again.
    pub(crate) async fn copy_goes(
        &self,
        unit: &mut dyn Unit,
        child: ChildId,
        occasion: &str,
        part: &str,
        how: &str,
    ) -> Result<Vec<NewEntry>> {
        let facts = facts_of(unit, child).await?;
        let review = facts.review(occasion).ok_or(Error::Absent)?;
        let found = review.part(part).ok_or(Error::Absent)?;
        match found.copy.as_ref() {
            Some(copy) if copy.sent.is_none() => Ok(self.sent_now(review, found, how)),
            Some(_) => Ok(Vec::new()),
            None => Err(Error::invalid("", "This copy is not ready any more. Go back and look at it again.")),
        }
    }

    async fn tell_sent(
        &self,
        unit: &mut dyn Unit,
        child: ChildId,
        occasion: &str,
        part: &Part,
        person: PersonId,
    ) -> Result<()> {
        let notice = kinfold_store::NoticeRow {
            id: self.new_id(),
            person: person.0,
            child: Some(child.0),
            kind: "review_copy".to_owned(),
            text: "The record of a review is there for you to read.".to_owned(),
            link: Some(match part.role.as_str() {
                "young_person" => "/".to_owned(),
                _ => format!("/children/{child}/reviews/{occasion}/copies/{}", part.part),
            }),
            created_at: self.now(),
            read_at: None,
        };
        self.give_notices(unit, &[notice], &mut std::collections::HashSet::new()).await
    }

    /// The document that a form became, with the sections this person may read; `None` when that is nothing.
    pub(super) async fn read_document(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        handle: &ChildHandle,
        form: Uuid,
    ) -> Result<Option<(Uuid, Frozen)>> {
        let Some(row) = unit.form_document_of(form).await? else { return Ok(None) };
        let form = self.form_as_it_was(unit, &row.form_id, &row.form_hash).await?;
        let shown = crate::forms::readable(&form, handle, &crate::forms::roles(actor, handle));
        if shown.is_empty() {
            return Ok(None);
        }
        let whole: Frozen = serde_json::from_str(&row.body).map_err(|e| Error::Internal(e.to_string()))?;
        let read = whole.for_reader(|s| shown.iter().any(|id| s.id == *id));
        Ok(Some((row.id, handle.veil.document(read)?)))
    }

    /// Whether somebody may see any section of an open form.
    pub(super) fn may_see_some(
        &self,
        actor: &Actor,
        handle: &ChildHandle,
        form: &kinfold_guidance::form::Form,
    ) -> bool {
        let roles = crate::forms::roles(actor, handle);
        form.sections.iter().any(|s| crate::forms::may_see(s, &roles, handle, form))
    }
}
