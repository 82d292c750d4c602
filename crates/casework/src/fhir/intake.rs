//! What another program sends in for somebody who may record it: a measurement, an immunisation, the answers to a form.
//! It becomes what the same person would have recorded by hand, in one transaction, with the same checks and the same
//! line in the log. Sent twice under one identifier, it is recorded once, whoever sends it.

use kinfold_access::{Action, Code};
use kinfold_fhir::intake::{self, About, Fact, Response, Wrong};
use kinfold_fhir::{Resource, part};
use kinfold_record::{Chronology, EntryId, Problem, Subject};
use kinfold_store::Unit;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::answers::{Placed, placed};
use crate::actor::Actor;
use crate::child::Looked;
use crate::chronology::may_read;
use crate::error::{Error, FieldProblem, Result};
use crate::house::Casework;
use crate::pen::log;
use crate::record::{NewEntry, read_entries};
use crate::secrets::hex;

/// What became of what was sent in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FhirTaken {
    /// It was recorded.
    Created {
        /// The type and the id of the resource by which it can be read.
        reference: String,
    },
    /// It was recorded before: nothing was done now.
    Already {
        /// The same.
        reference: String,
    },
    /// It looks doubtful and nobody has said that it is so: nothing was recorded.
    Doubtful {
        /// What looks doubtful.
        doubts: Vec<String>,
    },
}

/// What is remembered of something that was taken in.
#[derive(Serialize, Deserialize)]
struct Remembered {
    reference: String,
    /// Digest of what was sent, to tell the same from another.
    digest: String,
}

fn invalid(wrong: Vec<Wrong>) -> Error {
    let problem = |wrong: Wrong| FieldProblem { field: wrong.at, message: wrong.words };
    Error::Invalid(wrong.into_iter().map(problem).collect())
}

/// Under whom it is remembered: nobody in particular. A colleague's program may send the same again, and the first answer
/// is its answer too.
const WHOEVER_SENDS: Uuid = Uuid::nil();

/// What makes a second sending the same one: the child, the type and the sender's own name for it. The system and the value
/// may hold anything, so they are never stored.
fn key(kind: &str, about: &About) -> String {
    let (system, value) = &about.identifier;
    let whole = json!([about.child.0, kind, system, value]).to_string();
    format!("fhir:{}", hex(&Sha256::digest(whole.as_bytes())[..16]))
}

/// The digest of a resource without the tag that confirms it: the same fact, confirmed, is the same fact.
fn digest(resource: &Resource) -> String {
    let mut whole = resource.clone().json();
    if let Some(map) = whole.as_object_mut() {
        map.remove("meta");
        map.remove("id");
    }
    hex(&Sha256::digest(whole.to_string().as_bytes())[..16])
}

impl Casework {
    /// Takes in a resource that another program sends for somebody.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the elements that are wrong; [`Error::Absent`] when there is no such child or this person
    /// may not find it; [`Error::Forbidden`] when recording it is not theirs; [`Error::Impossible`] when it cannot be so;
    /// [`Error::Conflict`] when something else was recorded under this identifier. Nothing is written then.
    pub async fn fhir_create(&self, actor: &Actor, kind: &str, text: &str) -> Result<FhirTaken> {
        let resource = Resource::read(text).map_err(|wrong| Error::invalid("", wrong.to_string()))?;
        if resource.kind() != kind {
            let words = format!("A {kind} belongs at this address, and this is something else.");
            return Err(Error::invalid("resourceType", words));
        }
        match kind {
            "QuestionnaireResponse" => {
                let response = intake::response(&resource).map_err(invalid)?;
                self.take_answers(actor, &resource, response).await
            }
            _ => {
                let fact = intake::fact(&resource).map_err(invalid)?;
                self.take_fact(actor, &resource, fact).await
            }
        }
    }

    async fn open_to_take(&self, actor: &Actor, about: &About) -> Result<(Box<dyn Unit>, Looked)> {
        let unit = self.house.store.write().await?;
        let (unit, looked) = self.look_to_write(unit, actor, about.child, Action::FindChild).await?;
        if looked.handle.subject != Subject::Child {
            drop(unit);
            return self.refused(actor, about.child, Action::FindChild).await;
        }
        Ok((unit, looked))
    }

    /// What was remembered under this identifier, if anything was.
    async fn remembered(
        &self,
        unit: &mut dyn Unit,
        key: &str,
        digest: &str,
        looked: &Looked,
    ) -> Result<Option<FhirTaken>> {
        let Some(kept) = unit.kept_answer(key, WHOEVER_SENDS).await? else { return Ok(None) };
        let kept: Remembered = serde_json::from_str(&kept).map_err(|e| Error::Internal(e.to_string()))?;
        if kept.digest != digest {
            return Err(Error::Conflict { current: looked.handle.version });
        }
        Ok(Some(FhirTaken::Already { reference: kept.reference }))
    }

    async fn remember(
        &self,
        mut unit: Box<dyn Unit>,
        actor: &Actor,
        about: &About,
        key: &str,
        kept: Remembered,
    ) -> Result<FhirTaken> {
        let answer = serde_json::to_string(&kept).map_err(|e| Error::Internal(e.to_string()))?;
        unit.keep_answer(key, WHOEVER_SENDS, self.now(), &answer).await?;
        let kind = kept.reference.split('/').next().unwrap_or_default();
        let line = actor.line("import_fhir", Some(about.child.0), true, &json!({"page": kind}));
        log(&mut *unit, vec![line]).await?;
        unit.commit().await?;
        Ok(FhirTaken::Created { reference: kept.reference })
    }

    async fn take_fact(&self, actor: &Actor, resource: &Resource, fact: Fact) -> Result<FhirTaken> {
        let (key, digest) = (key(resource.kind(), &fact.about), digest(resource));
        let new = NewEntry::on(fact.on, fact.event);
        let (mut unit, looked) = self.open_to_take(actor, &fact.about).await?;
        if let Some(action) = new.needs().find(|action| !looked.handle.may.has(*action)) {
            drop(unit);
            let detail = json!({"kind": new.event.kind().as_str()});
            let line = actor.line(action.as_str(), Some(fact.about.child.0), false, &detail);
            self.house.pen.write(vec![line]).await?;
            let words = format!("Your role for this child does not include: {}.", action.title());
            return Err(Error::Forbidden(words));
        }
        if let Some(already) = self.remembered(&mut *unit, &key, &digest, &looked).await? {
            return Ok(already);
        }
        let entries = read_entries(&mut *unit, fact.about.child).await?;
        if let Some(reference) = ours_already(&entries, &looked, resource.kind(), &fact.about)? {
            return Ok(FhirTaken::Already { reference });
        }
        let entry = self.entry_of(actor, &looked, &entries, new.clone(), self.now());
        let doubts = self.admit(&entries, &entry, &looked, actor, &self.book())?;
        if !doubts.is_empty() && !fact.about.confirmed {
            return Ok(doubtful(doubts.into_iter().map(|problem: Problem| problem.message)));
        }
        let part = part_of(&new);
        let recorded = self.append(&mut *unit, actor, &looked, vec![new]).await?;
        let id = recorded.entries.first().copied().ok_or(Error::Absent)?;
        let reference = format!("{}/{id}{part}", resource.kind());
        self.remember(unit, actor, &fact.about, &key, Remembered { reference, digest }).await
    }

    async fn take_answers(
        &self,
        actor: &Actor,
        resource: &Resource,
        response: Response,
    ) -> Result<FhirTaken> {
        let (key, digest) = (key(resource.kind(), &response.about), digest(resource));
        let about = response.about.clone();
        let (mut unit, looked) = self.open_to_take(actor, &about).await?;
        let Some(form) = self.form_to_answer(actor, &looked, &response.form) else {
            drop(unit);
            return self.refused(actor, about.child, Action::FillForm).await;
        };
        if let Some(already) = self.remembered(&mut *unit, &key, &digest, &looked).await? {
            return Ok(already);
        }
        if let Some(version) = response.version.filter(|version| *version != form.version) {
            let words = format!(
                "These are answers to version {version}; the form is at version {} now. Ask its questions again.",
                form.version
            );
            return Err(Error::invalid("QuestionnaireResponse.questionnaire", words));
        }
        let Placed { answers, at } = placed(&form, &response.answers).map_err(Error::Invalid)?;
        let submitted = self.answer_whole_form(&mut *unit, actor, &looked, &form, answers, &at).await?;
        if !submitted.doubts.is_empty() && !about.confirmed {
            // The unit goes without a commit: nothing was written.
            return Ok(doubtful(submitted.doubts));
        }
        let reference = format!("QuestionnaireResponse/{}", submitted.document);
        self.remember(unit, actor, &about, &key, Remembered { reference, digest }).await
    }
}

fn doubtful(doubts: impl IntoIterator<Item = String>) -> FhirTaken {
    FhirTaken::Doubtful { doubts: doubts.into_iter().collect() }
}

/// What stands after the entry's id in the id of the resource: an entry with several figures is several observations.
fn part_of(new: &NewEntry) -> &'static str {
    match &new.event {
        kinfold_record::Event::GrowthMeasured { weight_g: Some(_), .. } => "-weight",
        kinfold_record::Event::GrowthMeasured { height_mm: Some(_), .. } => "-height",
        kinfold_record::Event::GrowthMeasured { head_mm: Some(_), .. } => "-head",
        _ => "",
    }
}

/// Whether what comes in is what we wrote ourselves and sent out: an entry of this child that stands and that the sender
/// may read. Of anything else nothing is told, and it is recorded as new.
fn ours_already(
    entries: &[kinfold_record::Entry],
    looked: &Looked,
    kind: &str,
    about: &About,
) -> Result<Option<String>> {
    let (system, value) = &about.identifier;
    if *system != part::own("entry") {
        return Ok(None);
    }
    let Some(id) = value.get(..36).and_then(|id| Uuid::try_parse(id).ok()).map(EntryId) else {
        return Ok(None);
    };
    let chronology =
        Chronology::new(about.child, entries.to_vec()).map_err(|e| Error::Internal(e.to_string()))?;
    let stands = chronology.standing(None).into_iter().any(|e| e.id == id && may_read(looked.handle.may, e));
    Ok(stands.then(|| format!("{kind}/{value}")))
}
