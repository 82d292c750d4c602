//! The corporate parenting panel: its meetings with their papers and minutes, what children and carers let be passed on to
//! it, and whom its members visited.

mod change;
pub(in crate::authority) mod files;
pub mod meeting;
mod minutes;
mod pack;
mod read;
mod visits;
pub mod voice;

pub use change::{DRAWS, NewItem, NewMeeting};
pub use files::{LARGEST_PAPER, NewPaper};
pub use minutes::Decision;
pub use read::{MeetingLine, MeetingPage, PanelPage};
pub use visits::{NewVisit, Visit, VisitEvent, VisitKind, VisitsPage};
pub use voice::{NewWords, VoiceEvent, WordsLine, WordsPage};

pub(super) use read::held;
pub(super) use visits::visits_since;
pub(super) use voice::quotes_since;
