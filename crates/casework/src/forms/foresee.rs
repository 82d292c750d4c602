//! What would be doubtful about what a form records, for whoever checks its answers before submitting it.

use kinfold_access::Action;
use kinfold_forms::Sheet;
use kinfold_record::{ChildId, EntryId, Problem, Severity};
use kinfold_store::FormStanding;
use serde_json::json;
use uuid::Uuid;

use crate::actor::Actor;
use crate::census_entry::Foreseen;
use crate::error::Result;
use crate::house::Casework;
use crate::record::read_entries;
use crate::veil::is_caution;

use super::desk::{may_see, roles};
use super::submit::entry;

impl Casework {
    /// What would be doubtful about the entries that submitting a form would write, and what the rules of the statutory
    /// return would find because of them. Nothing while it cannot be submitted, which submitting it says better; and
    /// nothing when a section was filled in that this person may not see, because a warning would tell of it.
    ///
    /// # Errors
    /// [`crate::Error::Absent`] when there is no such form, or this person fills in none of this child.
    pub async fn foresee_form(&self, actor: &Actor, child: ChildId, id: Uuid) -> Result<Foreseen> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::FillForm).await?;
        let opened = self.open_form_of(&mut *unit, actor, &looked, id).await?;
        let roles = roles(actor, &looked.handle);
        let seen = |section| may_see(section, &roles, &looked.handle, &opened.form);
        if opened.row.state != FormStanding::Open || !opened.form.sections.iter().all(seen) {
            return Ok(Foreseen::default());
        }
        let becomes = {
            let (book, facts) = (self.book(), self.facts(&looked.timeline));
            let sheet = Sheet::new(&opened.form, &opened.answers, &facts, &book.guidance.codes);
            sheet.becomes(&id.simple().to_string())
        };
        let mut new: Vec<_> = becomes.unwrap_or_default().into_iter().map(entry).collect();
        if let Some(old) = opened.row.replaces
            && let Some(before) = unit.form_document(old).await?
        {
            new = self.corrections(&mut *unit, child, &before, new).await?.0;
        }
        let named = looked.handle.veil.answers_caution(&looked.timeline, &opened.answers);
        let named = named.map(|message| Problem {
            // No entry holds it: it stands in the document.
            entry: EntryId(id),
            severity: Severity::Doubtful,
            message,
        });
        if new.is_empty() {
            return Ok(Foreseen { doubts: named.into_iter().collect(), ..Foreseen::default() });
        }
        let entries = read_entries(&mut *unit, child).await?;
        drop(unit);
        let Some(mut foreseen) = self.foreseen(actor, &looked, &entries, new) else {
            return Ok(Foreseen::default());
        };
        // One caution about the home is enough.
        if foreseen.doubts.iter().all(|d| !is_caution(&d.message)) {
            foreseen.doubts.extend(named);
        }
        let detail = json!({"form": opened.form.id, "page": "before submitting"});
        self.house.pen.write(vec![actor.line("view_form", Some(child.0), true, &detail)]).await?;
        Ok(foreseen)
    }
}
