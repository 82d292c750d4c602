//! What the authority writes down about itself.

use async_trait::async_trait;
use uuid::Uuid;

use super::cell::first;
use super::sql::Sql;
use super::unit::DbUnit;
use crate::{Authority, AuthorityFileRow, AuthorityRow, Result};

table!(
    ($) said, AuthorityRow, "authority_entry",
    id, room, subject, version, item, kind, body, recorded_at, recorded_by
);
table!(
    ($) kept, AuthorityFileRow, "authority_file",
    id, subject, name, kind, size, digest, added_by, added_at
);

statements! {
    OF = concat!("SELECT ", said!(), " FROM authority_entry WHERE room = $1 AND subject = $2 ORDER BY version");
    ROOM = concat!("SELECT ", said!(), " FROM authority_entry WHERE room = $1 ORDER BY subject, version");
    SIZE = "SELECT count(*) FROM authority_entry WHERE room = $1";
    FILE = concat!("SELECT ", kept!(), " FROM authority_file WHERE id = $1");
    BODY = "SELECT body FROM authority_file_body WHERE file = $1";
    INSERT_BODY = "INSERT INTO authority_file_body (file, body) VALUES ($1, $2)";
}

#[async_trait]
impl Authority for DbUnit {
    async fn authority_entries(&mut self, room: &str, subject: Uuid) -> Result<Vec<AuthorityRow>> {
        self.all(Sql::new(OF).v(&room.to_owned()).v(&subject), said::read).await
    }

    async fn authority_room(&mut self, room: &str) -> Result<Vec<AuthorityRow>> {
        self.all(Sql::new(ROOM).v(&room.to_owned()), said::read).await
    }

    async fn authority_size(&mut self, room: &str) -> Result<i64> {
        self.value(Sql::new(SIZE).v(&room.to_owned())).await
    }

    async fn add_authority(&mut self, rows: &[AuthorityRow]) -> Result<()> {
        self.insert(said::INSERT, rows, said::write).await?;
        Ok(())
    }

    async fn insert_authority_file(&mut self, row: &AuthorityFileRow, body: Vec<u8>) -> Result<()> {
        self.insert(kept::INSERT, std::slice::from_ref(row), kept::write).await?;
        self.run(Sql::new(INSERT_BODY).v(&row.id).v(&body)).await?;
        Ok(())
    }

    async fn authority_file(&mut self, id: Uuid) -> Result<Option<AuthorityFileRow>> {
        self.one(Sql::new(FILE).v(&id), kept::read).await
    }

    async fn authority_file_body(&mut self, id: Uuid) -> Result<Option<Vec<u8>>> {
        self.one(Sql::new(BODY).v(&id), first).await
    }
}
