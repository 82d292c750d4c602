//! Pictures and recordings of what a child or young person says.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::cell::first;
use super::sql::Sql;
use super::unit::DbUnit;
use crate::{Result, Voice, VoiceFileRow};

table!(($) kept, VoiceFileRow, "voice_file", id, child, voice, name, kind, size, digest, added_by, added_at, sent_at);

statements! {
    ONE = concat!("SELECT ", kept!(), " FROM voice_file WHERE id = $1");
    OF = concat!("SELECT ", kept!(), " FROM voice_file WHERE child = $1 AND voice = $2 ORDER BY added_at, id");
    BODY = "SELECT body FROM voice_file_body WHERE file = $1";
    INSERT_BODY = "INSERT INTO voice_file_body (file, body) VALUES ($1, $2)";
    DROP_BODY = "DELETE FROM voice_file_body WHERE file IN
        (SELECT id FROM voice_file WHERE id = $1 AND sent_at IS NULL)";
    DROP = "DELETE FROM voice_file WHERE id = $1 AND sent_at IS NULL";
    SENT = "UPDATE voice_file SET sent_at = $3 WHERE child = $1 AND voice = $2 AND sent_at IS NULL";
}

#[async_trait]
impl Voice for DbUnit {
    async fn insert_voice_file(&mut self, row: &VoiceFileRow, body: Vec<u8>) -> Result<()> {
        self.insert(kept::INSERT, std::slice::from_ref(row), kept::write).await?;
        self.run(Sql::new(INSERT_BODY).v(&row.id).v(&body)).await?;
        Ok(())
    }

    async fn voice_file(&mut self, id: Uuid) -> Result<Option<VoiceFileRow>> {
        self.one(Sql::new(ONE).v(&id), kept::read).await
    }

    async fn voice_file_body(&mut self, id: Uuid) -> Result<Option<Vec<u8>>> {
        self.one(Sql::new(BODY).v(&id), first).await
    }

    async fn voice_files(&mut self, child: Uuid, voice: &str) -> Result<Vec<VoiceFileRow>> {
        self.all(Sql::new(OF).v(&child).v(&voice.to_owned()), kept::read).await
    }

    async fn drop_voice_file(&mut self, id: Uuid) -> Result<bool> {
        self.run(Sql::new(DROP_BODY).v(&id)).await?;
        Ok(self.run(Sql::new(DROP).v(&id)).await? > 0)
    }

    async fn send_voice_files(&mut self, child: Uuid, voice: &str, at: Timestamp) -> Result<u64> {
        self.run(Sql::new(SENT).v(&child).v(&voice.to_owned()).v(&at)).await
    }
}
