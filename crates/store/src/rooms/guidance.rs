//! Which guidance has been used, and which local layers are switched on.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use crate::Result;

/// A version of a rule that has produced duties here, and so may never be edited again.
#[derive(Debug, Clone, PartialEq)]
pub struct GuidanceUseRow {
    /// The rule's id.
    pub rule: String,
    /// Its version.
    pub version: String,
    /// The hash of its text.
    pub hash: String,
    /// The layer it comes from.
    pub layer: String,
    /// When it was first used.
    pub first_used_at: Timestamp,
}

/// A layer of local guidance.
#[derive(Debug, Clone, PartialEq)]
pub struct GuidanceLayerRow {
    /// Its name.
    pub name: String,
    /// Its files: a JSON object of path to text.
    pub files: String,
    /// Whether it is switched on.
    pub active: bool,
    /// Who switched it last.
    pub switched_on_by: Option<Uuid>,
    /// When.
    pub at: Timestamp,
}

/// Guidance that is in use.
#[async_trait]
pub trait Guidance: Send {
    /// Remembers uses; those already known keep their first hash and instant.
    async fn record_guidance_use(&mut self, rows: &[GuidanceUseRow]) -> Result<()>;
    /// Every use, by rule and version.
    async fn guidance_uses(&mut self) -> Result<Vec<GuidanceUseRow>>;
    /// Every layer, by name.
    async fn guidance_layers(&mut self) -> Result<Vec<GuidanceLayerRow>>;
    /// Adds or replaces a layer.
    async fn save_guidance_layer(&mut self, row: &GuidanceLayerRow) -> Result<()>;
}
