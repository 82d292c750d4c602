//! What people do with health: the child's health page, the queue of the nurse's team, referrals, the plan, summaries and
//! the passport. What may be recorded about health is told in `kinfold_record`, what must happen in `guidance/rules`.

mod capacity;
pub mod facts;
mod growth;
mod immunised;
mod measured;
mod page;
mod passport;
mod pieces;
mod pipeline;
mod queue;
mod referrals;
mod share;
mod summary;

pub(crate) use measured::measured;

pub use capacity::{Capacity, Clinic, WEEKS, WeekOfNeed};
pub use facts::HealthFacts;
pub use growth::{GrowthLine, GrowthPoint, GrowthReport};
pub use immunised::{ImmunisationLine, ImmunisationReport, ImmunisationState};
pub use page::{HealthPage, SdqLine};
pub use passport::Passport;
pub use pieces::{Piece, Section};
pub use pipeline::{HandOff, Pipeline};
pub use queue::{QueueAsk, QueueLine, QueuePage};
pub use referrals::{ReferralLine, ReferralsPage};
pub use share::{Audience, Decided, NOT_THE_FULL_RECORD, Rendered, RenderedSection, Rendering, SharePurpose};
pub use summary::{SummaryAsk, SummaryPage, SummarySent};
