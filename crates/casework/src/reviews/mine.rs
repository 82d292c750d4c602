//! My review: what the child whose review it is may know of it in their own space.

use jiff::civil::Date;
use kinfold_record::ChildId;
use kinfold_store::FormStanding;
use serde_json::json;
use smol_str::SmolStr;
use uuid::Uuid;

use super::act::{chronology, readable};
use super::facts::{ReviewFacts, Wished};
use crate::actor::Actor;
use crate::error::Result;
use crate::house::Casework;

/// A child's next review, for the child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MyReview {
    /// The child.
    pub child: ChildId,
    /// What joins its entries: for [`Casework::wish_for_review`].
    pub occasion: SmolStr,
    /// The day.
    pub on: Date,
    /// At what time, as written.
    pub time: Option<String>,
    /// Where: code of `review_place`, never an address.
    pub place: Option<SmolStr>,
    /// Where exactly, as written.
    pub detail: Option<String>,
    /// Whether the child leads it, or a part of it.
    pub chairs: bool,
    /// The roles of those who are asked: codes of `circle_role`.
    pub people: Vec<SmolStr>,
    /// What the child said they want for it, newest first.
    pub wishes: Vec<Wished>,
    /// The form for the child's own part, while it can be filled in.
    pub form: Option<Uuid>,
    /// By when the part is asked for.
    pub part_by: Option<Date>,
    /// Whether the part is there.
    pub part_in: bool,
}

impl Casework {
    /// The child's next review, for the child; `None` when none is called, or the review is not opened to them yet.
    ///
    /// # Errors
    /// [`crate::Error::Absent`] for somebody without a space of their own.
    pub async fn my_review(&self, actor: &Actor) -> Result<Option<MyReview>> {
        if !self.own_review(actor).await?.shown {
            return Ok(None);
        }
        let mut unit = self.house.store.read().await?;
        let Some(looked) = self.own_record(&mut *unit, actor).await? else { return Ok(None) };
        let child = looked.handle.id();
        let chronology = chronology(&mut *unit, child).await?;
        let mut entries = readable(&chronology, &looked);
        // Their own words come back to them, whatever label they were given to keep them from others.
        let own = |e: &&kinfold_record::Entry| {
            e.recorded_by == Some(actor.person()) && !entries.iter().any(|known| known.id == e.id)
        };
        let mine: Vec<_> = chronology.standing(None).into_iter().filter(own).collect();
        entries.extend(mine);
        let facts = ReviewFacts::of(&entries);
        let Some(review) = facts.next() else { return Ok(None) };
        let part = review.asked().find(|p| p.role == "young_person");
        let mut form = None;
        if let Some(id) = part.and_then(|p| p.form.as_ref()?.parse::<Uuid>().ok())
            && let Some(row) = unit.form(id).await?
            && row.state == FormStanding::Open
        {
            form = Some(id);
        }
        drop(unit);
        let mut people: Vec<SmolStr> =
            review.asked().filter(|p| p.role != "young_person").map(|p| p.role.clone()).collect();
        people.dedup();
        let mine = MyReview {
            child,
            occasion: review.occasion.clone(),
            on: review.on,
            time: review.time.clone(),
            place: review.place.clone(),
            detail: review.detail.clone(),
            chairs: review.child_chairs == Some(true),
            people,
            wishes: review.wishes.clone(),
            form,
            part_by: part.and_then(|p| p.due),
            part_in: part.is_some_and(|p| p.came.is_some()),
        };
        let line = actor.line("view_child", Some(child.0), true, &json!({"page": "my_review"}));
        self.house.pen.write(vec![line]).await?;
        Ok(Some(mine))
    }
}
