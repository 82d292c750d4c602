//! The children behind a figure, for those who may know.

use kinfold_guidance::Measure;
use kinfold_measures::Span;
use kinfold_record::Subject;
use kinfold_store::{ChildLine, Page, Paged};
use uuid::Uuid;

use super::count::told_by;
use super::{Audience, audience_of};
use crate::actor::Actor;
use crate::error::Result;
use crate::house::Casework;

/// Which of the children behind a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    /// Those counted.
    #[default]
    Numerator,
    /// Those counted over.
    Denominator,
    /// Those counted over and not counted.
    Rest,
}

/// A child behind a figure.
#[derive(Debug, Clone)]
pub struct CountedChild {
    /// The child.
    pub child: ChildLine,
    /// The child's amount when counted (1 where children are counted); `None` when only counted over.
    pub amount: Option<i64>,
}

/// A part of the children behind a figure. Only children whom the person may find are in it, and only they are counted.
#[derive(Debug, Clone)]
pub struct CountedChildren {
    /// Which.
    pub part: Part,
    /// One page of them, by name.
    pub page: Paged<CountedChild>,
}

impl Casework {
    /// Whether somebody may have the children behind a measure listed: they must be able to read what being on the list
    /// tells, of every child that their lists reach.
    pub(super) fn may_list(&self, actor: &Actor, measure: &Measure) -> bool {
        if audience_of(actor) == Audience::Public || self.scope(actor, Subject::Child).shows_nothing() {
            return false;
        }
        let told = told_by(measure);
        let rights = self.rights_in_scope(actor);
        rights.iter().all(|may| told.iter().all(|(strand, sensitivity)| may.may_read(*strand, *sensitivity)))
    }

    pub(super) async fn children_behind(
        &self,
        actor: &Actor,
        measure: &Measure,
        span: Span,
        part: Part,
        page: Page,
    ) -> Result<Option<CountedChildren>> {
        if !self.may_list(actor, measure) {
            return Ok(None);
        }
        let figure = self.counted_with_children(&measure.id, span).await?;
        let wanted = figure.children.iter().filter(|counted| match part {
            Part::Numerator => counted.amount.is_some(),
            Part::Denominator => true,
            Part::Rest => counted.amount.is_none(),
        });
        // In order of id, as the figure has them.
        let wanted: Vec<(Uuid, Option<i64>)> =
            wanted.map(|counted| (counted.child.0, counted.amount)).collect();
        let ids: Vec<Uuid> = wanted.iter().map(|(id, _)| *id).collect();
        let mut unit = self.house.store.read().await?;
        let found = unit.children_among(&self.scope(actor, Subject::Child), &ids).await?;
        drop(unit);
        let mut rows: Vec<CountedChild> = found
            .into_iter()
            .map(|child| {
                let at = wanted.binary_search_by_key(&child.id, |(id, _)| *id);
                let amount = at.ok().and_then(|at| wanted.get(at)).and_then(|(_, amount)| *amount);
                CountedChild { child, amount }
            })
            .collect();
        rows.sort_by_cached_key(|row| (crate::terms::fold_name(&row.child.name), row.child.id));
        let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let (from, count) = (clamp(page.offset), clamp(page.limit));
        let rows = rows.into_iter().skip(from).take(count).collect();
        Ok(Some(CountedChildren { part, page: Paged { rows, total } }))
    }
}

fn clamp(n: i64) -> usize {
    usize::try_from(n).unwrap_or(0)
}
