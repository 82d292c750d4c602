//! For which children a form is offered.

use crate::eval::{Place, holds};
use crate::sheet::Sheet;

impl Sheet<'_> {
    /// Whether the form is meant for this child today.
    pub fn is_offered(&self) -> bool {
        self.form.offered_if.as_ref().is_none_or(|condition| holds(self, &Place::default(), condition))
    }
}
