//! Forms: the ones being filled in, section by section; links by which somebody outside fills a section; files; and
//! the documents that were submitted, which never change.
//!
//! Answers, files and whoever was invited come encrypted by the caller; the store never sees them plain.

use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use crate::Result;

/// Where a form stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormStanding {
    /// Being filled in.
    Open,
    /// Submitted: there is a document.
    Submitted,
    /// Thrown away before it was submitted; its answers are gone.
    Discarded,
}

impl FormStanding {
    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Submitted => "submitted",
            Self::Discarded => "discarded",
        }
    }

    /// From what is stored.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Open, Self::Submitted, Self::Discarded].into_iter().find(|state| state.as_str() == text)
    }
}

/// A version of a form, as it was when it was first opened.
#[derive(Debug, Clone, PartialEq)]
pub struct FormVersionRow {
    /// Which form.
    pub form_id: String,
    /// The hash of its text.
    pub hash: String,
    /// The form itself, as the caller writes and reads it.
    pub body: String,
    /// When it was first opened.
    pub first_used_at: Timestamp,
}

/// A form that was started for a child.
#[derive(Debug, Clone, PartialEq)]
pub struct FormOpenRow {
    /// This one.
    pub id: Uuid,
    /// About whom.
    pub child: Uuid,
    /// Which form.
    pub form_id: String,
    /// Which version of it.
    pub form_hash: String,
    /// Where it stands.
    pub state: FormStanding,
    /// Who started it.
    pub started_by: Uuid,
    /// When.
    pub opened_at: Timestamp,
    /// The day it should be submitted by.
    pub due_on: Option<Date>,
    /// The document it corrects.
    pub replaces: Option<Uuid>,
    /// Grows with every save of a section and every change of state. A new form: 0.
    pub version: i64,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// The answers of one section.
#[derive(Debug, Clone, PartialEq)]
pub struct FormSectionRow {
    /// Of which form.
    pub form: Uuid,
    /// Which section.
    pub section: String,
    /// The answers, encrypted.
    pub answers: Vec<u8>,
    /// Who saved them last; `None` for somebody outside.
    pub updated_by: Option<Uuid>,
    /// When.
    pub updated_at: Timestamp,
    /// Grows by one with each save. A new section: 0.
    pub version: i64,
}

/// A link by which somebody outside fills one section. Its token is never stored, only its hash.
#[derive(Debug, Clone, PartialEq)]
pub struct FormLinkRow {
    /// This link.
    pub id: Uuid,
    /// Of which form.
    pub form: Uuid,
    /// Which section.
    pub section: String,
    /// The hash of the token.
    pub token_hash: Vec<u8>,
    /// Whom it was made for, encrypted.
    pub invited: Vec<u8>,
    /// Who made it.
    pub made_by: Uuid,
    /// When.
    pub made_at: Timestamp,
    /// The day the section is asked for.
    pub due_on: Date,
    /// From when it opens nothing any more.
    pub expires_at: Timestamp,
    /// When it was first opened.
    pub opened_at: Option<Timestamp>,
    /// The code sent to whoever was invited, encrypted.
    pub code: Option<Vec<u8>>,
    /// When the code was sent.
    pub code_at: Option<Timestamp>,
    /// How often a wrong code was given since.
    pub code_tries: i64,
    /// The hash of the proof that a browser holds which gave the code.
    pub proof_hash: Option<Vec<u8>>,
    /// When the code was given.
    pub proved_at: Option<Timestamp>,
    /// When whoever was invited was last reminded.
    pub chased_at: Option<Timestamp>,
    /// When the section was sent back.
    pub used_at: Option<Timestamp>,
    /// When the link was taken back.
    pub revoked_at: Option<Timestamp>,
}

/// A submitted document. Never changed; a later version replaces it and both stay.
#[derive(Debug, Clone, PartialEq)]
pub struct FormDocumentRow {
    /// This document.
    pub id: Uuid,
    /// The form it was submitted from: one document each.
    pub form: Uuid,
    /// About whom.
    pub child: Uuid,
    /// Which form.
    pub form_id: String,
    /// Which version of the form.
    pub form_hash: String,
    /// 1 for the first, one more for each that replaces it.
    pub number: i64,
    /// The document, as JSON.
    pub body: String,
    /// The entries it wrote, as a JSON list of their ids.
    pub entries: String,
    /// Who submitted it.
    pub submitted_by: Uuid,
    /// When.
    pub submitted_at: Timestamp,
    /// The document it replaces.
    pub replaces: Option<Uuid>,
}

/// What is known of a file given as an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct FormUploadRow {
    /// This file.
    pub id: Uuid,
    /// Of which form.
    pub form: Uuid,
    /// In which section.
    pub section: String,
    /// In answer to which question.
    pub question: String,
    /// What it was called, encrypted: names of files name people.
    pub name: Vec<u8>,
    /// What it is, found by looking at it: "image/jpeg".
    pub kind: String,
    /// How large, in bytes, before it was encrypted.
    pub size: i64,
    /// SHA-256 of what it holds.
    pub digest: Vec<u8>,
    /// Who gave it; `None` for somebody outside.
    pub uploaded_by: Option<Uuid>,
    /// When.
    pub uploaded_at: Timestamp,
}

/// Forms.
#[async_trait]
pub trait Forms: Send {
    /// Keeps a version of a form, if it is not kept yet.
    async fn keep_form_version(&mut self, row: &FormVersionRow) -> Result<()>;
    /// A version of a form.
    async fn form_version(&mut self, form_id: &str, hash: &str) -> Result<Option<FormVersionRow>>;

    /// Adds a form that was started.
    async fn insert_form(&mut self, row: &FormOpenRow) -> Result<()>;
    /// A form that was started.
    async fn form(&mut self, id: Uuid) -> Result<Option<FormOpenRow>>;
    /// Every form started for a child, newest first.
    async fn forms_of(&mut self, child: Uuid) -> Result<Vec<FormOpenRow>>;
    /// Moves an open form that is still at `version` to another state; answers the new version.
    async fn close_form(&mut self, id: Uuid, version: i64, state: FormStanding, at: Timestamp)
    -> Result<i64>;

    /// The answers of every section that has any, by section.
    async fn form_sections(&mut self, form: Uuid) -> Result<Vec<FormSectionRow>>;
    /// Saves a section whose version is still `row.version` (0: it has no answers yet) of a form that is open; answers
    /// the new version. The form's own version grows too.
    async fn save_form_section(&mut self, row: &FormSectionRow) -> Result<i64>;
    /// Forgets the answers and the files of a form.
    async fn forget_form_answers(&mut self, form: Uuid) -> Result<()>;

    /// Adds a link.
    async fn insert_form_link(&mut self, row: &FormLinkRow) -> Result<()>;
    /// A link, whatever became of it.
    async fn form_link(&mut self, id: Uuid) -> Result<Option<FormLinkRow>>;
    /// A link by the hash of its token, whatever became of it.
    async fn form_link_by_token(&mut self, token_hash: &[u8]) -> Result<Option<FormLinkRow>>;
    /// The links of a form, oldest first.
    async fn form_links(&mut self, form: Uuid) -> Result<Vec<FormLinkRow>>;
    /// Writes what may change about a link: opening, code, proof, reminder, use, taking back.
    async fn update_form_link(&mut self, row: &FormLinkRow) -> Result<()>;

    /// Adds a document. [`crate::Error::Duplicate`] when its form has one, or the one it replaces has been replaced.
    async fn insert_form_document(&mut self, row: &FormDocumentRow) -> Result<()>;
    /// A document.
    async fn form_document(&mut self, id: Uuid) -> Result<Option<FormDocumentRow>>;
    /// The document submitted from a form.
    async fn form_document_of(&mut self, form: Uuid) -> Result<Option<FormDocumentRow>>;
    /// The documents of a child, newest first.
    async fn form_documents(&mut self, child: Uuid) -> Result<Vec<FormDocumentRow>>;

    /// Adds a file with what it holds, encrypted.
    async fn insert_form_upload(&mut self, row: &FormUploadRow, body: Vec<u8>) -> Result<()>;
    /// What is known of a file.
    async fn form_upload(&mut self, id: Uuid) -> Result<Option<FormUploadRow>>;
    /// What a file holds, encrypted.
    async fn form_upload_body(&mut self, id: Uuid) -> Result<Option<Vec<u8>>>;
    /// The files of a form, oldest first.
    async fn form_uploads(&mut self, form: Uuid) -> Result<Vec<FormUploadRow>>;
    /// Forgets a file.
    async fn drop_form_upload(&mut self, id: Uuid) -> Result<bool>;
}
