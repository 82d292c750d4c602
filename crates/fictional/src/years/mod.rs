//! The years between the turns: visits, reviews, health, school, safety, leaving care and what people noted.

mod approvals;
mod called;
mod carers;
mod courts;
mod health;
mod health_plan;
mod leaving;
mod notes;
mod plans;
mod reviews;
mod safety;
mod school;
mod visits;
mod voice;

use crate::family::Story;
use crate::tale::Tale;

/// Tells everything that happened.
pub fn tell(t: &mut Tale<'_>) {
    courts::tell(t);
    approvals::tell(t);
    plans::tell(t);
    visits::tell(t);
    reviews::tell(t);
    if t.life.story != Story::ShortBreaks {
        // The short-break regime disapplies these (CPPCR 2010 reg 48).
        health::tell(t);
        school::tell(t);
    }
    safety::tell(t);
    leaving::tell(t);
    notes::tell(t);
    if t.life.story != Story::ShortBreaks {
        health_plan::tell(t);
    }
    voice::tell(t);
    called::tell(t);
    carers::tell(t);
}
