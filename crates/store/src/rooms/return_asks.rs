//! What key workers were asked to put right for the statutory return.

use async_trait::async_trait;
use jiff::{Timestamp, civil};
use uuid::Uuid;

use crate::Result;

/// A finding of a rule in one child's part of a return that somebody was asked to put right.
#[derive(Debug, Clone, PartialEq)]
pub struct ReturnAskRow {
    /// The child.
    pub child: Uuid,
    /// The year in whose March the collection ends.
    pub year: i64,
    /// The code of the rule.
    pub rule: String,
    /// Who asked.
    pub asked_by: Uuid,
    /// Who was asked: the key worker of that day.
    pub asked_of: Uuid,
    /// When.
    pub asked_at: Timestamp,
}

/// What was asked for.
#[async_trait]
pub trait ReturnAsks: Send {
    /// Keeps what was asked. Of a child, year and rule that were asked before, the later asking stands.
    async fn save_return_asks(&mut self, rows: &[ReturnAskRow]) -> Result<()>;
    /// What was asked about one child, by year and rule.
    async fn return_asks(&mut self, child: Uuid) -> Result<Vec<ReturnAskRow>>;
    /// What was asked in one year's return, by child and rule.
    async fn return_asks_of_year(&mut self, year: i64) -> Result<Vec<ReturnAskRow>>;
    /// What was asked about the children whose key worker somebody is on a day, the oldest asking first.
    async fn return_asks_for(&mut self, worker: Uuid, on: civil::Date) -> Result<Vec<ReturnAskRow>>;
}
