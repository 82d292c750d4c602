//! Forms: open ones, sections, links, documents, files.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::bulk::Into;
use super::cell::first;
use super::sql::Sql;
use super::unit::DbUnit;
use crate::{
    Error, FormDocumentRow, FormLinkRow, FormOpenRow, FormSectionRow, FormStanding, FormUploadRow,
    FormVersionRow, Forms, Result,
};

table!(($) version, FormVersionRow, "form_version", form_id, hash, body, first_used_at);
table!(($) open, FormOpenRow, "form_open", id, child, form_id, form_hash, state, started_by, opened_at, due_on, replaces,
    version, updated_at);
table!(($) section, FormSectionRow, "form_section", form, section, answers, updated_by, updated_at, version);
table!(($) link, FormLinkRow, "form_link", id, form, section, token_hash, invited, made_by, made_at, due_on, expires_at,
    opened_at, code, code_at, code_tries, proof_hash, proved_at, chased_at, used_at, revoked_at);
table!(($) document, FormDocumentRow, "form_document", id, form, child, form_id, form_hash, number, body, entries,
    submitted_by, submitted_at, replaces);
table!(($) upload, FormUploadRow, "form_upload", id, form, section, question, name, kind, size, digest, uploaded_by,
    uploaded_at);

const KEEP_VERSION: Into = version::INSERT.tail(" ON CONFLICT (form_id, hash) DO NOTHING");

statements! {
    VERSION = concat!("SELECT ", version!(), " FROM form_version WHERE form_id = $1 AND hash = $2");
    ONE = concat!("SELECT ", open!(), " FROM form_open WHERE id = $1");
    OF_CHILD = concat!("SELECT ", open!(), " FROM form_open WHERE child = $1 ORDER BY opened_at DESC, id DESC");
    CLOSE = "UPDATE form_open SET state = $3, version = version + 1, updated_at = $4
        WHERE id = $1 AND version = $2 AND state = 'open' RETURNING version";
    AT = "SELECT version FROM form_open WHERE id = $1";
    MOVED = "UPDATE form_open SET version = version + 1, updated_at = $2 WHERE id = $1 AND state = 'open'";
    SECTIONS = concat!("SELECT ", section!(), " FROM form_section WHERE form = $1 ORDER BY section");
    BEGIN = "INSERT INTO form_section (form, section, answers, updated_by, updated_at, version)
        VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT (form, section) DO NOTHING RETURNING version";
    SAVE = "UPDATE form_section SET answers = $3, updated_by = $4, updated_at = $5, version = version + 1
        WHERE form = $1 AND section = $2 AND version = $6 RETURNING version";
    SECTION_AT = "SELECT version FROM form_section WHERE form = $1 AND section = $2";
    FORGET_SECTIONS = "DELETE FROM form_section WHERE form = $1";
    FORGET_BODIES = "DELETE FROM form_upload_body WHERE upload IN (SELECT id FROM form_upload WHERE form = $1)";
    FORGET_UPLOADS = "DELETE FROM form_upload WHERE form = $1";
    LINK = concat!("SELECT ", link!(), " FROM form_link WHERE id = $1");
    LINK_BY_TOKEN = concat!("SELECT ", link!(), " FROM form_link WHERE token_hash = $1");
    LINKS = concat!("SELECT ", link!(), " FROM form_link WHERE form = $1 ORDER BY made_at, id");
    UPDATE_LINK = "UPDATE form_link SET opened_at = $2, code = $3, code_at = $4, code_tries = $5, proof_hash = $6,
        proved_at = $7, chased_at = $8, used_at = $9, revoked_at = $10 WHERE id = $1";
    DOCUMENT = concat!("SELECT ", document!(), " FROM form_document WHERE id = $1");
    DOCUMENT_OF = concat!("SELECT ", document!(), " FROM form_document WHERE form = $1");
    DOCUMENTS = concat!("SELECT ", document!(), " FROM form_document WHERE child = $1
        ORDER BY submitted_at DESC, id DESC");
    UPLOAD = concat!("SELECT ", upload!(), " FROM form_upload WHERE id = $1");
    UPLOADS = concat!("SELECT ", upload!(), " FROM form_upload WHERE form = $1 ORDER BY uploaded_at, id");
    BODY = "SELECT body FROM form_upload_body WHERE upload = $1";
    INSERT_BODY = "INSERT INTO form_upload_body (upload, body) VALUES ($1, $2)";
    DROP_BODY = "DELETE FROM form_upload_body WHERE upload = $1";
    DROP_UPLOAD = "DELETE FROM form_upload WHERE id = $1";
}

#[async_trait]
impl Forms for DbUnit {
    async fn keep_form_version(&mut self, row: &FormVersionRow) -> Result<()> {
        self.insert(KEEP_VERSION, std::slice::from_ref(row), version::write).await?;
        Ok(())
    }

    async fn form_version(&mut self, form_id: &str, hash: &str) -> Result<Option<FormVersionRow>> {
        self.one(Sql::new(VERSION).v(&form_id.to_owned()).v(&hash.to_owned()), version::read).await
    }

    async fn insert_form(&mut self, row: &FormOpenRow) -> Result<()> {
        self.insert(open::INSERT, std::slice::from_ref(row), open::write).await?;
        Ok(())
    }

    async fn form(&mut self, id: Uuid) -> Result<Option<FormOpenRow>> {
        self.one(Sql::new(ONE).v(&id), open::read).await
    }

    async fn forms_of(&mut self, child: Uuid) -> Result<Vec<FormOpenRow>> {
        self.all(Sql::new(OF_CHILD).v(&child), open::read).await
    }

    async fn close_form(
        &mut self,
        id: Uuid,
        version: i64,
        state: FormStanding,
        at: Timestamp,
    ) -> Result<i64> {
        let sql = Sql::new(CLOSE).v(&id).v(&version).v(&state).v(&at);
        if let Some(version) = self.one(sql, first).await? {
            return Ok(version);
        }
        let current = self.one(Sql::new(AT).v(&id), first).await?;
        Err(Error::Conflict { what: "form", current: current.unwrap_or(0) })
    }

    async fn form_sections(&mut self, form: Uuid) -> Result<Vec<FormSectionRow>> {
        self.all(Sql::new(SECTIONS).v(&form), section::read).await
    }

    async fn save_form_section(&mut self, row: &FormSectionRow) -> Result<i64> {
        // First the form, so that nothing joins one that is being submitted.
        if self.run(Sql::new(MOVED).v(&row.form).v(&row.updated_at)).await? == 0 {
            let current = self.one(Sql::new(AT).v(&row.form), first).await?;
            return Err(Error::Conflict { what: "form", current: current.unwrap_or(0) });
        }
        let text = if row.version == 0 { BEGIN } else { SAVE };
        let mut sql =
            Sql::new(text).v(&row.form).v(&row.section).v(&row.answers).v(&row.updated_by).v(&row.updated_at);
        if row.version != 0 {
            sql = sql.v(&row.version);
        }
        if let Some(version) = self.one(sql, first).await? {
            return Ok(version);
        }
        let current = self.one(Sql::new(SECTION_AT).v(&row.form).v(&row.section), first).await?;
        Err(Error::Conflict { what: "form_section", current: current.unwrap_or(0) })
    }

    async fn forget_form_answers(&mut self, form: Uuid) -> Result<()> {
        for text in [FORGET_SECTIONS, FORGET_BODIES, FORGET_UPLOADS] {
            self.run(Sql::new(text).v(&form)).await?;
        }
        Ok(())
    }

    async fn insert_form_link(&mut self, row: &FormLinkRow) -> Result<()> {
        self.insert(link::INSERT, std::slice::from_ref(row), link::write).await?;
        Ok(())
    }

    async fn form_link(&mut self, id: Uuid) -> Result<Option<FormLinkRow>> {
        self.one(Sql::new(LINK).v(&id), link::read).await
    }

    async fn form_link_by_token(&mut self, token_hash: &[u8]) -> Result<Option<FormLinkRow>> {
        self.one(Sql::new(LINK_BY_TOKEN).v(&token_hash.to_vec()), link::read).await
    }

    async fn form_links(&mut self, form: Uuid) -> Result<Vec<FormLinkRow>> {
        self.all(Sql::new(LINKS).v(&form), link::read).await
    }

    async fn update_form_link(&mut self, row: &FormLinkRow) -> Result<()> {
        let sql = Sql::new(UPDATE_LINK)
            .v(&row.id)
            .v(&row.opened_at)
            .v(&row.code)
            .v(&row.code_at)
            .v(&row.code_tries)
            .v(&row.proof_hash)
            .v(&row.proved_at)
            .v(&row.chased_at)
            .v(&row.used_at)
            .v(&row.revoked_at);
        if self.run(sql).await? == 0 {
            return Err(Error::Dangling { what: "form_link".to_owned() });
        }
        Ok(())
    }

    async fn insert_form_document(&mut self, row: &FormDocumentRow) -> Result<()> {
        self.insert(document::INSERT, std::slice::from_ref(row), document::write).await?;
        Ok(())
    }

    async fn form_document(&mut self, id: Uuid) -> Result<Option<FormDocumentRow>> {
        self.one(Sql::new(DOCUMENT).v(&id), document::read).await
    }

    async fn form_document_of(&mut self, form: Uuid) -> Result<Option<FormDocumentRow>> {
        self.one(Sql::new(DOCUMENT_OF).v(&form), document::read).await
    }

    async fn form_documents(&mut self, child: Uuid) -> Result<Vec<FormDocumentRow>> {
        self.all(Sql::new(DOCUMENTS).v(&child), document::read).await
    }

    async fn insert_form_upload(&mut self, row: &FormUploadRow, body: Vec<u8>) -> Result<()> {
        self.insert(upload::INSERT, std::slice::from_ref(row), upload::write).await?;
        self.run(Sql::new(INSERT_BODY).v(&row.id).v(&body)).await?;
        Ok(())
    }

    async fn form_upload(&mut self, id: Uuid) -> Result<Option<FormUploadRow>> {
        self.one(Sql::new(UPLOAD).v(&id), upload::read).await
    }

    async fn form_upload_body(&mut self, id: Uuid) -> Result<Option<Vec<u8>>> {
        self.one(Sql::new(BODY).v(&id), first).await
    }

    async fn form_uploads(&mut self, form: Uuid) -> Result<Vec<FormUploadRow>> {
        self.all(Sql::new(UPLOADS).v(&form), upload::read).await
    }

    async fn drop_form_upload(&mut self, id: Uuid) -> Result<bool> {
        self.run(Sql::new(DROP_BODY).v(&id)).await?;
        Ok(self.run(Sql::new(DROP_UPLOAD).v(&id)).await? > 0)
    }
}
