//! A child's record as FHIR R4, to be read. Which facts: those that the same person reads on the child's pages, chosen by
//! the same rights; how they look in FHIR is told in `kinfold_fhir`. Everything that is read here leaves in a form made for
//! other programs, so it is an export in the log.

mod answers;
mod documents;
mod intake;

use kinfold_access::Action;
use kinfold_fhir::{
    BundleKind, Facts, Member, Resource, Served, Titles, bundle, capability, part, resources,
};
use kinfold_guidance::Codes;
use kinfold_record::{ChildId, Chronology, Entry, Subject};
use serde_json::{Value, json};
use uuid::Uuid;

pub use intake::FhirTaken;

use crate::actor::Actor;
use crate::child::redact;
use crate::chronology::{may_read, redact_event};
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::record::form_key;
use crate::veil::entries_for;

/// The types that are searched by child, with the name of the search parameter, and whether UK Core has a profile that
/// each resource of the type says it conforms to.
const SEARCHED: [(&str, &str, bool); 14] = [
    ("AllergyIntolerance", "patient", true),
    ("CarePlan", "patient", true),
    ("CareTeam", "patient", true),
    ("Condition", "patient", true),
    ("Consent", "patient", true),
    ("DocumentReference", "patient", true),
    ("Immunization", "patient", true),
    ("MedicationStatement", "patient", true),
    ("Observation", "patient", true),
    ("Provenance", "patient", true),
    ("QuestionnaireResponse", "patient", true),
    ("RelatedPerson", "patient", true),
    ("ServiceRequest", "patient", true),
    ("Task", "patient", false),
];

/// The types that are taken in.
const TAKEN: [&str; 3] = ["Immunization", "Observation", "QuestionnaireResponse"];

/// The definition of the operation that gives all of a child's record.
const EVERYTHING: (&str, &str) = ("everything", "http://hl7.org/fhir/OperationDefinition/Patient-everything");

/// The words of the guidance in force.
struct Words<'a>(&'a Codes);

impl Titles for Words<'_> {
    fn title<'a>(&'a self, list: &str, code: &'a str) -> &'a str {
        self.0.title(list, code)
    }
}

impl Casework {
    /// What this server can do: a CapabilityStatement. It says nothing about anybody. `version` is that of the program.
    pub fn fhir_statement(&self, version: &str) -> Value {
        let profiles: Vec<String> = SEARCHED.iter().map(|(kind, ..)| part::uk_core(kind)).collect();
        let patient = part::uk_core("Patient");
        let mut served = vec![Served {
            kind: "Patient",
            profile: Some(&patient),
            read: true,
            create: false,
            search: &[],
            operations: &[EVERYTHING],
        }];
        let parameters = SEARCHED.map(|(_, parameter, _)| [(parameter, "reference")]);
        for (((kind, _, profiled), profile), search) in SEARCHED.iter().zip(&profiles).zip(&parameters) {
            let profile = profiled.then_some(profile.as_str());
            let create = TAKEN.contains(kind);
            served.push(Served { kind, profile, read: true, create, search, operations: &[] });
        }
        capability(version, self.today(), &served).json()
    }

    /// The child as a Patient.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is no such child or this person may not open it; [`Error::Reauthenticate`] unless the
    /// password was given lately.
    pub async fn fhir_patient(&self, actor: &Actor, child: ChildId) -> Result<Value> {
        let found = self.fhir(actor, child, |resource| resource.kind() == "Patient", "Patient").await?;
        found.into_iter().next().map(Resource::json).ok_or(Error::Absent)
    }

    /// All that this person may read of the child and that has a place in FHIR, as a bundle.
    ///
    /// # Errors
    /// As [`Casework::fhir_patient`].
    pub async fn fhir_everything(&self, actor: &Actor, child: ChildId) -> Result<Value> {
        let found = self.fhir(actor, child, |_| true, "$everything").await?;
        Ok(self.fhir_bundle(found))
    }

    /// What this person may read of the child, of one type, as a bundle.
    ///
    /// # Errors
    /// As [`Casework::fhir_patient`]; [`Error::Absent`] also for a type that is not served.
    pub async fn fhir_search(&self, actor: &Actor, child: ChildId, kind: &str) -> Result<Value> {
        let (kind, ..) = SEARCHED.into_iter().find(|(known, ..)| *known == kind).ok_or(Error::Absent)?;
        let found = self.fhir(actor, child, |resource| resource.kind() == kind, kind).await?;
        Ok(self.fhir_bundle(found))
    }

    /// The passport as a bundle of what it tells of: for a young person the last that was issued to them, for whoever works
    /// with them what would be issued now.
    ///
    /// # Errors
    /// As [`Casework::health_passport`]; [`Error::Reauthenticate`] unless the password was given lately.
    pub async fn fhir_passport(&self, actor: &Actor, child: ChildId) -> Result<Value> {
        let mut made = self.make_passport(actor, child).await?;
        actor.require_fresh()?;
        if !made.identified {
            made.timeline.identity.local_id = None;
            made.timeline.identity.also_known_as.clear();
        }
        let book = self.book();
        let entries: Vec<&Entry> = made.told.iter().collect();
        let found = resources(&Facts {
            child,
            identity: &made.timeline.identity,
            born: made.timeline.born.filter(|_| made.identified),
            died: None,
            entries: &entries,
            circle: &[],
            documents: &[],
            titles: &Words(&book.guidance.codes),
        });
        let detail = json!({"page": "$passport", "resources": found.len()});
        self.house.pen.write(vec![actor.line("export_fhir", Some(child.0), true, &detail)]).await?;
        let base = format!("{}/fhir", self.base());
        Ok(bundle(BundleKind::Collection, &form_key(), &base, self.now(), found).json())
    }

    /// One resource by its id.
    ///
    /// # Errors
    /// As [`Casework::fhir_patient`]; [`Error::Absent`] also when there is no such resource, or this person may not read
    /// it: the two are the same.
    pub async fn fhir_read(&self, actor: &Actor, kind: &str, id: &str) -> Result<Value> {
        let (kind, ..) = SEARCHED.into_iter().find(|(known, ..)| *known == kind).ok_or(Error::Absent)?;
        let child = self.fhir_child_of(id).await?;
        let this = |resource: &Resource| resource.kind() == kind && resource.id() == id;
        let found = self.fhir(actor, child, this, kind).await?;
        found.into_iter().next().map(Resource::json).ok_or(Error::Absent)
    }

    /// Whose a resource is. Its id begins with that of the entry, the document or the child that it was made from.
    async fn fhir_child_of(&self, id: &str) -> Result<ChildId> {
        let from = id.get(..36).and_then(|id| Uuid::try_parse(id).ok()).ok_or(Error::Absent)?;
        let mut unit = self.house.store.read().await?;
        if let Some(entry) = unit.entry(from).await? {
            return Ok(ChildId(entry.child));
        }
        if let Some(document) = unit.form_document(from).await? {
            return Ok(ChildId(document.child));
        }
        // A team is the child's; what is nothing at all is refused as a child that is not there.
        Ok(ChildId(from))
    }

    fn fhir_bundle(&self, found: Vec<Resource>) -> Value {
        let base = format!("{}/fhir", self.base());
        bundle(BundleKind::Search, &form_key(), &base, self.now(), found).json()
    }

    /// The address of this server, without a slash at its end.
    fn base(&self) -> String {
        self.settings().address.trim_end_matches('/').to_owned()
    }

    /// The resources of a child that are wanted, with the line in the log. `asked` is what the log says was asked for.
    async fn fhir(
        &self,
        actor: &Actor,
        child: ChildId,
        wanted: impl Fn(&Resource) -> bool,
        asked: &str,
    ) -> Result<Vec<Resource>> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::ViewChild).await?;
        if looked.handle.subject != Subject::Child {
            // A carer or a home is nobody's patient.
            drop(unit);
            return self.refused(actor, child, Action::ViewChild).await;
        }
        actor.require_fresh()?;
        let entries = entries_for(&mut *unit, &looked.handle).await?;
        let documents = self.documents_to_read(&mut *unit, actor, &looked.handle).await?;
        let ids: Vec<Uuid> = looked.timeline.circle.iter().filter_map(|m| m.person).map(|p| p.0).collect();
        let names = self.names(&mut *unit, &ids).await?;
        drop(unit);
        let may = looked.handle.may;
        let chronology = Chronology::new(child, entries).map_err(|e| Error::Internal(e.to_string()))?;
        let mut timeline = looked.timeline;
        redact(&mut timeline, may, looked.handle.relations);
        let identified = may.has(Action::ViewIdentity);
        if !identified {
            // What another system would find the child by: as closed as the NHS number.
            timeline.identity.local_id = None;
            timeline.identity.also_known_as.clear();
        }
        let standing = chronology.standing(None).into_iter().filter(|entry| may_read(may, entry));
        let mut read: Vec<Entry> = standing.cloned().collect();
        for entry in &mut read {
            redact_event(&mut entry.event, may);
        }
        let read: Vec<&Entry> = read.iter().collect();
        let book = self.book();
        let base = self.base();
        let documents: Vec<_> = documents.iter().map(|one| documents::document(child, one, &base)).collect();
        let circle: Vec<Member<'_>> = timeline
            .circle
            .iter()
            // Only by an entry that this person may read: the page of the child takes the timeline as it is.
            .filter(|member| read.iter().any(|entry| entry.id == member.entry))
            .map(|member| Member {
                entry: member.entry,
                role: &member.role,
                name: member
                    .person
                    .and_then(|person| names.get(&person))
                    .or(member.name.as_ref())
                    .map(String::as_str),
                parental_responsibility: member.parental_responsibility,
                start: member.start,
                end: member.end,
            })
            .collect();
        let mut found = resources(&Facts {
            child,
            identity: &timeline.identity,
            born: timeline.born.filter(|_| identified),
            died: timeline.died,
            entries: &read,
            circle: &circle,
            documents: &documents,
            titles: &Words(&book.guidance.codes),
        });
        found.retain(|resource| wanted(resource));
        let detail = json!({"page": asked, "resources": found.len()});
        self.house.pen.write(vec![actor.line("export_fhir", Some(child.0), true, &detail)]).await?;
        Ok(found)
    }
}
