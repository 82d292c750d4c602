//! Two people at one copy: whoever acts says which copy they looked at, and a copy that is another by now is left alone.

use super::copies::CopyPage;
use super::facts::Copy;
use crate::error::{Error, Result};

/// Somebody's part, and what whoever acts saw of the copy of it. A part alone stands for one of which nothing was seen.
#[derive(Debug, Clone, Copy)]
pub struct PartSeen<'a> {
    pub(super) part: &'a str,
    seen: Option<&'a str>,
}

impl<'a> PartSeen<'a> {
    /// A part whose copy bore this mark: see [`CopyPage::mark`].
    pub fn marked(part: &'a str, mark: &'a str) -> Self {
        Self { part, seen: Some(mark) }
    }

    /// Whether the copy is the one that was looked at.
    ///
    /// # Errors
    /// [`Error::Conflict`] when somebody has made it ready, or sent it, since.
    pub(super) fn still(&self, copy: Option<&Copy>, current: i64) -> Result<()> {
        match self.seen {
            Some(seen) if seen != mark(copy) => Err(Error::Conflict { current }),
            _ => Ok(()),
        }
    }
}

impl<'a, T: AsRef<str> + ?Sized> From<&'a T> for PartSeen<'a> {
    fn from(part: &'a T) -> Self {
        Self { part: part.as_ref(), seen: None }
    }
}

/// What is another whenever somebody makes a copy ready with other parts, or sends it.
fn mark(copy: Option<&Copy>) -> String {
    let Some(copy) = copy else { return String::new() };
    let by = copy.ready_by.map(|p| p.to_string()).unwrap_or_default();
    format!("{} {by} {} {}", copy.ready_at, copy.sections.join(" "), copy.sent.is_some())
}

impl CopyPage {
    /// What the copy is known by as it was looked at: for [`PartSeen::marked`].
    pub fn mark(&self) -> String {
        mark(self.part.copy.as_ref())
    }
}
