//! What the authority writes down about itself: its action plans, its self-assessments, its panel. About no child, and
//! append-only all the same: an entry says what happened, and what stands is folded from the entries.

pub mod audit;
mod audit_change;
mod audit_evidence;
mod audit_out;
mod audits;
mod entry;
pub mod frozen;
pub mod inspection;
mod invented;
mod invented_audit;
mod invented_offer;
pub mod panel;
pub mod plan;
mod plan_change;
mod plan_file;
mod plan_head;
mod plan_late;
pub mod plan_out;
mod plans;
pub mod publish;
mod young;

pub use audit_change::{AuditChange, NewAudit, NewEvidence};
pub use audit_out::evidence_line;
pub use audits::{AuditComparison, AuditLine, AuditPage, AuditsPage};
pub(crate) use entry::{Body, entries, lock, names, room};
pub use entry::{Stamp, Written};
pub use invented::Writers;
pub use plan_change::{NewPlan, NewRecommendation, PlanChange};
pub use plan_file::PlanFile;
pub use plan_head::PlanHead;
pub use plans::{PlanLine, PlanPage, PlansPage};
pub use young::{YoungAudit, YoungAuditLine, YoungPart, YoungQuestion};

use crate::error::Error;

/// The longest text that one entry takes, in characters. A longer one is refused by name, and stays in its form.
pub const LONGEST_TEXT: usize = 20_000;
/// The longest title, in characters.
pub const LONGEST_TITLE: usize = 300;

/// A text that must be there and fit.
pub(crate) fn text(field: &str, value: &str, most: usize, missing: &str) -> Result<String, Error> {
    let value = value.trim();
    if value.is_empty() {
        return Err(Error::invalid(field, missing));
    }
    optional(field, value, most).map(Option::unwrap_or_default)
}

/// A text that may be left out but must fit.
pub(crate) fn optional(field: &str, value: &str, most: usize) -> Result<Option<String>, Error> {
    let value = value.trim();
    let count = value.chars().count();
    if count > most {
        let over = count - most;
        return Err(Error::invalid(
            field,
            format!(
                "This is {over} characters too long: it may have {most}. Shorten it, or put the rest in a second note"
            ),
        ));
    }
    Ok(Some(value.to_owned()).filter(|v| !v.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_long_says_by_how_much() {
        let Err(Error::Invalid(problems)) = text("text", &"é".repeat(100_000), LONGEST_TEXT, "Enter it")
        else {
            panic!("taken")
        };
        assert_eq!(problems[0].field, "text");
        assert!(
            problems[0].message.starts_with("This is 80000 characters too long"),
            "{}",
            problems[0].message
        );
        assert_eq!(
            text("text", &"é".repeat(20_000), LONGEST_TEXT, "Enter it").unwrap().chars().count(),
            20_000
        );
        assert_eq!(optional("text", "  ", 5).unwrap(), None);
    }
}
