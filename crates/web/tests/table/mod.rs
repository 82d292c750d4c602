//! How to ask every address: one row each. A new page adds its row, and every role is asked about it.

use kinfold_access::Action;
use kinfold_record::ChildId;
use uuid::Uuid;

use crate::support::{Council, note_of};

/// One address.
pub struct Row {
    pub method: &'static str,
    pub path: &'static str,
    /// Rights about the child that the values chosen here ask for, besides those of the address.
    pub also: &'static [Action],
    /// Asking it ends the session of whoever asks.
    pub ends_session: bool,
    /// It reads nothing about anybody, so the log does not hold it.
    pub unlogged: bool,
    /// It takes a file, not a form of fields.
    pub upload: bool,
}

const fn get(path: &'static str) -> Row {
    Row { method: "GET", path, also: &[], ends_session: false, unlogged: false, upload: false }
}

const fn post(path: &'static str) -> Row {
    Row { method: "POST", ..get(path) }
}

impl Row {
    const fn also(self, also: &'static [Action]) -> Self {
        Self { also, ..self }
    }

    const fn ends_session(self) -> Self {
        Self { ends_session: true, ..self }
    }
}

/// Every address.
pub const ROWS: &[Row] = &[
    // Signing in.
    get("/sign-in"),
    post("/sign-in"),
    post("/sign-out").ends_session(),
    get("/sign-in/code"),
    post("/sign-in/code"),
    get("/confirm-password"),
    post("/confirm-password"),
    // Work.
    get("/"),
    // One child. The kind asked about is a note.
    get("/children/{child}"),
    get("/children/{child}/chronology"),
    get("/children/{child}/record"),
    get("/children/{child}/record/{kind}").also(&[Action::RecordNote]),
    post("/children/{child}/record/{kind}").also(&[Action::RecordNote]),
    post("/children/{child}/record/{kind}/draft").also(&[Action::RecordNote]),
    post("/children/{child}/record/{kind}/discard").also(&[Action::RecordNote]),
    get("/children/{child}/entries/{entry}").also(&[Action::ViewChild, Action::ViewChronology]),
    post("/children/{child}/entries/{entry}").also(&[Action::ViewChild, Action::ViewChronology]),
    post("/children/{child}/entries/{entry}/withdraw").also(&[Action::ViewChild, Action::ViewChronology]),
    get("/children/{child}/duties/{rule}/{occurrence}"),
    get("/children/{child}/duties/{rule}/{occurrence}/excuse").also(&[Action::ViewChild]),
    post("/children/{child}/duties/{rule}/{occurrence}/excuse").also(&[Action::ViewChild]),
    // Access and safety.
    get("/children/{child}/access"),
    get("/children/{child}/access/export"),
    get("/children/{child}/emergency"),
    post("/children/{child}/emergency"),
    get("/break-glass"),
    post("/break-glass"),
    get("/audit"),
    get("/audit/export"),
    get("/audit/break-glass"),
    post("/audit/break-glass/{opening}"),
    get("/matrix"),
    get("/matrix/export"),
];

/// An address with values that exist.
pub async fn fill(council: &Council, path: &str, child: Option<ChildId>) -> String {
    let mut out = path.to_owned();
    let Some(child) = child else { return out.replace("{opening}", &Uuid::from_u128(7).to_string()) };
    out = out.replace("{child}", &child.to_string()).replace("{kind}", "note").replace("{entry}", &note_of(child).to_string());
    if out.contains("{rule}") {
        let (rule, occurrence) = duty(council, child).await;
        out = out.replace("{rule}", &rule).replace("{occurrence}", &occurrence);
    }
    out
}

/// An open duty that everybody who opens the child may know of.
async fn duty(council: &Council, child: ChildId) -> (String, String) {
    let mut unit = council.store.read().await.unwrap();
    let duties = unit.duties_of(child.0).await.unwrap();
    let found = duties.into_iter().find(|d| d.state == kinfold_store::DutyState::Open && d.rule.starts_with("visit"));
    // A child that is not there has none: any name will do.
    found.map_or_else(|| ("visit".to_owned(), "1".to_owned()), |d| (d.rule, d.occurrence))
}

