//! A unit of work: everything in it is seen from one snapshot, and committed or forgotten together.

use async_trait::async_trait;

use crate::Result;
use crate::rooms::{
    audit::Audit, authority::Authority, board::Board, children::Children, circle::Circle, drafts::Drafts,
    duties::Duties, entries::Entries, feeds::Feeds, forms::Forms, guidance::Guidance, imports::Imports,
    outbox::Outbox, people::People, return_asks::ReturnAsks, sending::Sending, sessions::Sessions,
    settings::Settings, surveys::Surveys, voice::Voice,
};

/// A unit of work over every room of the store. Dropping it forgets what it wrote.
#[async_trait]
pub trait Unit:
    Settings
    + People
    + Sessions
    + Children
    + Circle
    + Entries
    + Duties
    + Authority
    + Board
    + Guidance
    + Outbox
    + Drafts
    + Audit
    + Feeds
    + Forms
    + Imports
    + ReturnAsks
    + Sending
    + Surveys
    + Voice
    + Send
{
    /// Makes everything written durable: after `Ok`, it survives the death of the process and of the machine.
    async fn commit(self: Box<Self>) -> Result<()>;
    /// Forgets what was written, now rather than when the connection is next used.
    async fn roll_back(self: Box<Self>) -> Result<()>;
}
