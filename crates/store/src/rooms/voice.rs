//! Pictures and recordings of what a child or young person says. What they hold and are called comes encrypted.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use crate::Result;

/// What is known of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct VoiceFileRow {
    /// This file.
    pub id: Uuid,
    /// Who said it.
    pub child: Uuid,
    /// What it belongs to: the reference of what was said, or is being said.
    pub voice: String,
    /// What it was called, encrypted.
    pub name: Vec<u8>,
    /// What it is: a media type, found by looking at it.
    pub kind: String,
    /// How large it is, in bytes, before it was encrypted.
    pub size: i64,
    /// SHA-256 of what it holds.
    pub digest: Vec<u8>,
    /// Who added it.
    pub added_by: Uuid,
    /// When.
    pub added_at: Timestamp,
    /// When what it belongs to was sent. From then on it stays.
    pub sent_at: Option<Timestamp>,
}

/// Files of what was said.
#[async_trait]
pub trait Voice: Send {
    /// Adds a file with what it holds, encrypted.
    async fn insert_voice_file(&mut self, row: &VoiceFileRow, body: Vec<u8>) -> Result<()>;
    /// What is known of a file.
    async fn voice_file(&mut self, id: Uuid) -> Result<Option<VoiceFileRow>>;
    /// What a file holds, encrypted.
    async fn voice_file_body(&mut self, id: Uuid) -> Result<Option<Vec<u8>>>;
    /// The files of one thing that is or was said, oldest first.
    async fn voice_files(&mut self, child: Uuid, voice: &str) -> Result<Vec<VoiceFileRow>>;
    /// Forgets a file that was not sent; `false` when there is none.
    async fn drop_voice_file(&mut self, id: Uuid) -> Result<bool>;
    /// Marks the files of something as sent; answers how many there are.
    async fn send_voice_files(&mut self, child: Uuid, voice: &str, at: Timestamp) -> Result<u64>;
}
