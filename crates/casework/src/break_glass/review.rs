//! The review of emergency openings, by somebody other than the person who opened.

use std::collections::HashSet;

use jiff::Timestamp;
use kinfold_access::Action;
use kinfold_store::{BreakGlassRow, Page, Unit};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::REASON;
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;

/// What a review found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was right to open the record.
    Justified,
    /// It was not: what follows is for the service's own procedure.
    NotJustified,
    /// It need not have been an emergency: the person is shown the ordinary way.
    Training,
}

impl Outcome {
    /// Every outcome, in the order it is offered.
    pub const ALL: [Self; 3] = [Self::Justified, Self::NotJustified, Self::Training];

    /// The code, as forms send it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Justified => "justified",
            Self::NotJustified => "not_justified",
            Self::Training => "training",
        }
    }

    /// In words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Justified => "Justified",
            Self::NotJustified => "Not justified",
            Self::Training => "Not needed: training offered",
        }
    }

    /// The reverse of [`Outcome::as_str`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.as_str() == code)
    }
}

/// A review as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// What it found.
    pub outcome: Outcome,
    /// Why, in the reviewer's words.
    pub words: String,
}

/// An emergency opening, for its reviewers. It names the record by number only.
#[derive(Debug, Clone, PartialEq)]
pub struct OpeningLine {
    /// This opening.
    pub id: Uuid,
    /// Who opened.
    pub person: Uuid,
    /// Their name.
    pub by: String,
    /// Which record.
    pub child: Uuid,
    /// Its number.
    pub reference: String,
    /// Why, in their words.
    pub reason: String,
    /// From when.
    pub from: Timestamp,
    /// Until when: the time it was given, or when it was closed before that.
    pub until: Timestamp,
    /// Whether the person who reads this opened it, and so may not review it.
    pub own: bool,
    /// What the review found, by whom and when.
    pub review: Option<(Review, String, Timestamp)>,
}

/// The openings, for review.
#[derive(Debug, Clone, PartialEq)]
pub struct Openings {
    /// Those nobody has reviewed, newest first.
    pub waiting: Vec<OpeningLine>,
    /// Every opening, newest first: one page.
    pub all: Vec<OpeningLine>,
    /// How many there are altogether.
    pub total: i64,
    /// The instant it is.
    pub now: Timestamp,
}

impl Casework {
    /// Every emergency opening, those that wait for review first.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to review.
    pub async fn emergencies(&self, actor: &Actor, page: Page) -> Result<Openings> {
        self.require_logged(actor, Action::ReviewBreakGlass).await?;
        let mut unit = self.house.store.read().await?;
        let waiting = unit.break_glasses(true, Page::first(200)).await?.rows;
        let all = unit.break_glasses(false, page).await?;
        let waiting = self.opening_lines(&mut *unit, actor, waiting).await?;
        let lines = self.opening_lines(&mut *unit, actor, all.rows).await?;
        drop(unit);
        let line = actor.line("review_break_glass", None, true, &json!({"page": "openings"}));
        self.house.pen.write(vec![line]).await?;
        Ok(Openings { waiting, all: lines, total: all.total, now: self.now() })
    }

    async fn opening_lines(
        &self,
        unit: &mut dyn Unit,
        actor: &Actor,
        rows: Vec<BreakGlassRow>,
    ) -> Result<Vec<OpeningLine>> {
        let ids: Vec<Uuid> = rows.iter().flat_map(|r| [Some(r.person), r.reviewed_by]).flatten().collect();
        let names = self.names(unit, &ids).await?;
        let named = |id: Uuid| {
            names.get(&kinfold_record::PersonId(id)).cloned().unwrap_or_else(|| "Somebody".to_owned())
        };
        let children: Vec<Uuid> = rows.iter().map(|r| r.child).collect();
        let references = self.references(unit, &children).await?;
        Ok(rows
            .into_iter()
            .map(|row| {
                let review = row.outcome.as_deref().map(read_review);
                let by = row.reviewed_by.map_or_else(|| "Somebody".to_owned(), named);
                OpeningLine {
                    id: row.id,
                    person: row.person,
                    by: named(row.person),
                    child: row.child,
                    reference: references.get(&row.child).cloned().unwrap_or_default(),
                    reason: row.reason,
                    from: row.from_at,
                    until: row.until_at,
                    own: row.person == actor.person().0,
                    review: review.zip(row.reviewed_at).map(|(review, at)| (review, by, at)),
                }
            })
            .collect())
    }

    /// Keeps the review of an opening and tells the person who opened. Nobody reviews their own.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right, or when there is no such opening; [`Error::Forbidden`] for one's own;
    /// [`Error::Invalid`] without words; [`Error::Conflict`] when somebody else reviewed it meanwhile.
    pub async fn review_emergency(&self, actor: &Actor, id: Uuid, review: Review) -> Result<()> {
        self.require_logged(actor, Action::ReviewBreakGlass).await?;
        if !REASON.contains(&review.words.trim().chars().count()) {
            return Err(Error::invalid(
                "words",
                "Say in a sentence why: at least 20 characters, at most 2,000.",
            ));
        }
        let now = self.now();
        let mut unit = self.house.store.write().await?;
        let rows = unit.break_glasses(false, Page::first(i64::MAX)).await?.rows;
        let opening = rows.into_iter().find(|r| r.id == id).ok_or(Error::Absent)?;
        if opening.person == actor.person().0 {
            drop(unit);
            let line = actor.line("review_break_glass", Some(opening.child), false, &json!({"opening": id}));
            self.house.pen.write(vec![line]).await?;
            return Err(Error::Forbidden(
                "Nobody reviews their own emergency opening. Ask another safeguarding lead.".to_owned(),
            ));
        }
        let words =
            serde_json::to_string(&Review { outcome: review.outcome, words: review.words.trim().to_owned() })
                .map_err(|e| Error::Internal(e.to_string()))?;
        if !unit.review_break_glass(id, actor.person().0, now, &words).await? {
            return Err(Error::Conflict { current: 0 });
        }
        let text = format!("Your emergency opening was reviewed: {}.", review.outcome.title().to_lowercase());
        let notice = self.notice(opening.person, &text, "/notices");
        self.give_notices(&mut *unit, &[notice], &mut HashSet::new()).await?;
        let detail = json!({"opening": id, "outcome": review.outcome});
        log(&mut *unit, vec![actor.line("review_break_glass", Some(opening.child), true, &detail)]).await?;
        unit.commit().await?;
        Ok(())
    }
}

/// A stored review. Text of another form is kept as the words.
fn read_review(stored: &str) -> Review {
    serde_json::from_str(stored).unwrap_or_else(|_| Review {
        outcome: Outcome::parse(stored).unwrap_or(Outcome::Training),
        words: stored.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_review_comes_back_as_it_was_kept() {
        let review = Review {
            outcome: Outcome::NotJustified,
            words: "It was curiosity, and she said so herself.".to_owned(),
        };
        let stored = serde_json::to_string(&review).expect("serialises");
        assert!(stored.contains("\"not_justified\""));
        assert_eq!(read_review(&stored), review);
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::parse(outcome.as_str()), Some(outcome));
        }
    }
}
