//! How to ask every address: one row each. A new page adds its row, and every role is asked about it.

mod rows;

use kinfold_access::Action;
use kinfold_record::{ChildId, EntryId, EventKind};
use uuid::Uuid;

use crate::support::marks::{ACTION, PART, REVIEW};
use crate::support::{AGENCY, CARE, Council, OPEN, OPEN_REFERENCE, note_of};

pub use rows::ROWS;

/// One address.
pub struct Row {
    pub method: &'static str,
    pub path: &'static str,
    /// Rights about the child that the values chosen here ask for, besides those of the address.
    pub also: &'static [Action],
    /// It is for those who may record anything at all.
    pub records: bool,
    /// Asking it ends the session of whoever asks.
    pub ends_session: bool,
    /// It reads nothing about anybody, so the log does not hold it.
    pub unlogged: bool,
    /// It takes a file, not a form of fields.
    pub upload: bool,
    /// The value chosen here names nothing that exists, so that those who may ask can be told so too.
    pub names_nothing: bool,
}

const fn get(path: &'static str) -> Row {
    Row {
        method: "GET",
        path,
        also: &[],
        records: false,
        ends_session: false,
        unlogged: false,
        upload: false,
        names_nothing: false,
    }
}

const fn post(path: &'static str) -> Row {
    Row { method: "POST", ..get(path) }
}

impl Row {
    const fn also(self, also: &'static [Action]) -> Self {
        Self { also, ..self }
    }

    const fn records(self) -> Self {
        Self { records: true, ..self }
    }

    const fn ends_session(self) -> Self {
        Self { ends_session: true, ..self }
    }

    /// For addresses whose values here name nothing: nothing is read, so the log has nothing to hold.
    const fn nothing_there(self) -> Self {
        Self { names_nothing: true, unlogged: true, ..self }
    }

    const fn upload(self) -> Self {
        Self { upload: true, ..self }
    }

    const fn names_nothing(self) -> Self {
        Self { names_nothing: true, ..self }
    }
}

/// Somebody who has an account and never signs in: what is done to them disturbs nobody.
const BYSTANDER: Uuid = Uuid::from_u128(0x9fff);

/// An address with values that exist, as far as the row says.
pub async fn fill(council: &Council, path: &str, child: Option<ChildId>) -> String {
    let mut out = path.to_owned();
    let mut set = |name: &str, value: &dyn std::fmt::Display| out = out.replace(name, &value.to_string());
    let nobody = Uuid::from_u128(7);
    for name in [
        "{copy}",
        "{opening}",
        "{notice}",
        "{job}",
        "{run}",
        "{token}",
        "{form}",
        "{file}",
        "{link}",
        "{document}",
    ] {
        set(name, &nobody);
    }
    for name in ["{plan}", "{item}", "{audit}"] {
        set(name, &nobody);
    }
    for name in ["{meeting}", "{visit}", "{words}", "{publication}", "{passage}", "{promise}"] {
        set(name, &nobody);
    }
    set("{number}", &"1");
    for name in ["{round}", "{listing}", "{service}"] {
        set(name, &nobody);
    }
    set("{version}", &"2");
    // The review that is called in a council with marks; elsewhere it names nothing.
    set("{review}", &REVIEW);
    set("{part}", &PART);
    set("{action}", &ACTION);
    set("{step}", &"answer");
    set("{team}", &CARE);
    set("{agency}", &AGENCY);
    set("{list}", &"legal_status");
    set("{person}", &BYSTANDER);
    set("{kind}", &"note");
    set("{what}", &"health_need");
    if path == "/fhir/{type}" {
        out = format!("/fhir/Observation?patient={nobody}");
    }
    let mut set = |name: &str, value: &dyn std::fmt::Display| out = out.replace(name, &value.to_string());
    set("{type}", &"Observation");
    set("{id}", &nobody);
    set("{asked}", &"looked_after");
    set("{measure}", &"children.looked_after");
    set("{role}", &"social_worker");
    for name in ["{section}", "{page}", "{question}"] {
        set(name, &"background");
    }
    set("{row}", &"1");
    set("{year}", &"2026");
    set("{code}", &"101");
    if path.contains("{grant}") {
        let grants = council.store.read().await.unwrap().role_grants(BYSTANDER).await.unwrap();
        set("{grant}", &grants.first().map_or(nobody, |grant| grant.id));
    }
    if path.contains("{reference}") {
        set("{reference}", &OPEN_REFERENCE);
        set("{entry}", &place(council, OPEN).await);
    }
    if path.starts_with("/me/") {
        set("{entry}", &nobody);
    }
    let Some(child) = child else {
        let book = council.casework.book();
        set("{rule}", &book.guidance.ids()[0]);
        return out;
    };
    set("{child}", &child);
    if path.contains("{rule}") {
        let (rule, occurrence) = duty(council, child).await;
        set("{rule}", &rule);
        set("{occurrence}", &occurrence);
    }
    if path.contains("/circle/{entry}") {
        set("{entry}", &place(council, child).await);
    }
    set("{entry}", &note_of(child));
    out
}

/// The entry with which somebody joined the circle who is in it today.
async fn place(council: &Council, child: ChildId) -> EntryId {
    let entries = council.store.read().await.unwrap().entries(child.0).await.unwrap();
    let mut joined =
        entries.iter().map(|row| row.entry().unwrap()).filter(|e| e.event.kind() == EventKind::CircleJoined);
    joined.next().map_or(note_of(child), |entry| entry.id)
}

/// An open duty that everybody who opens the child may know of.
async fn duty(council: &Council, child: ChildId) -> (String, String) {
    let duties = council.store.read().await.unwrap().duties_of(child.0).await.unwrap();
    let found =
        duties.into_iter().find(|d| d.state == kinfold_store::DutyState::Open && d.rule.starts_with("visit"));
    // A child that is not there has none: any name will do.
    found.map_or_else(|| ("visit".to_owned(), "1".to_owned()), |d| (d.rule, d.occurrence))
}
