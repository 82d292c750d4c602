//! Settings of the authority, and the counter that says when rights may have changed.

use async_trait::async_trait;

use crate::Result;

/// Settings and the access epoch.
#[async_trait]
pub trait Settings: Send {
    /// The value kept under `key`.
    async fn setting(&mut self, key: &str) -> Result<Option<String>>;
    /// Every setting, by key.
    async fn settings(&mut self) -> Result<Vec<(String, String)>>;
    /// Keeps `value` under `key`.
    async fn set_setting(&mut self, key: &str, value: &str) -> Result<()>;
    /// The access epoch: a number that grows with every commit that changes accounts, roles, teams, circles,
    /// sessions or restriction. Anything remembered about rights is good only while it stays the same.
    async fn access_epoch(&mut self) -> Result<i64>;
    /// Makes the epoch grow. The repositories do it themselves, once in a unit, wherever rights change.
    async fn bump_access_epoch(&mut self) -> Result<()>;
}
