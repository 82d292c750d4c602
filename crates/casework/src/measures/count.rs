//! Counting over the whole record, a part at a time: never are all timelines in memory together.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use kinfold_guidance::measure::{Amount, Ask, Counts, InTime, Milestone};
use kinfold_guidance::{EventFilter, Measure};
use kinfold_measures::{Counter, Detail, Figure, PublicFigure, Span, Tally, publish};
use kinfold_record::{EventKind, Sensitivity, Strand, Subject, Timeline};
use kinfold_store::Unit;
use rayon::prelude::*;
use tokio::sync::Mutex;

use crate::error::{Error, Result};
use crate::house::{Book, Casework};
use crate::project::{PROJECTION_VERSION, decode_timeline};
use crate::record::usual_sensitivity_of;

/// Timelines read and counted at a time.
const CHUNK: i64 = 4096;

/// The first day on which an event of each kind stands in the record.
type FirstDays = HashMap<EventKind, Date>;

/// The figures of a day, in sums, for as long as nothing is recorded.
pub(crate) struct Kept {
    today: Date,
    entries: i64,
    book: Arc<Book>,
    /// Every measure in each of the years.
    pub figures: Vec<Figure>,
    /// The same as they may be published. They are worked out together and for nobody otherwise: what one page hides
    /// another must not show.
    pub public: Vec<PublicFigure>,
    first_days: FirstDays,
}

/// Holds the figures of the day. Whoever asks while they are counted waits for them.
#[derive(Default)]
pub(crate) struct Shelf(Mutex<Option<Arc<Kept>>>);

impl Kept {
    /// Whether anything of what a measure counts had been recorded by the end of a year. A council that records no
    /// education plans has no figure about them, which is not the same as a figure of nought.
    pub fn recorded(&self, measure: &Measure, span: Span) -> bool {
        let kinds = kinds_counted(measure);
        kinds.is_empty()
            || kinds.iter().any(|kind| self.first_days.get(kind).is_some_and(|on| *on <= span.to))
    }
}

impl Casework {
    /// The figures of every measure in these years.
    pub(super) async fn counted(&self, spans: &[Span]) -> Result<Arc<Kept>> {
        let (today, book) = (self.today(), self.book());
        let mut shelf = self.house.measured.0.lock().await;
        let mut unit = self.house.store.glance().await?;
        // Entries are only ever added, so their number tells whether there are new ones.
        let entries = unit.count_entries().await?;
        if let Some(kept) = shelf.as_ref()
            && kept.today == today
            && kept.entries == entries
            && Arc::ptr_eq(&kept.book, &book)
        {
            return Ok(Arc::clone(kept));
        }
        let counter = Counter::new(&book.guidance);
        let (figures, first_days) = count(&mut *unit, counter, spans, Detail::Sums).await?;
        let public = publish(&figures);
        let kept = Arc::new(Kept { today, entries, book: Arc::clone(&book), figures, public, first_days });
        *shelf = Some(Arc::clone(&kept));
        Ok(kept)
    }

    /// One measure in one year with the children behind it.
    pub(super) async fn counted_with_children(&self, measure: &str, span: Span) -> Result<Figure> {
        let book = self.book();
        let counter = Counter::new(&book.guidance).only(measure);
        let mut unit = self.house.store.glance().await?;
        let (figures, _) = count(&mut *unit, counter, &[span], Detail::Children).await?;
        figures.into_iter().next().ok_or(Error::Absent)
    }
}

async fn count(
    unit: &mut dyn Unit,
    counter: Counter<'_>,
    spans: &[Span],
    detail: Detail,
) -> Result<(Vec<Figure>, FirstDays)> {
    let mut tally = counter.begin(spans, detail);
    let mut first_days = FirstDays::new();
    let mut chunk = unit.all_projections(None, CHUNK).await?;
    while let Some(last) = chunk.last() {
        let after = Some(last.id);
        // The next part is read while this one is counted.
        let counting = async {
            tokio::task::block_in_place(|| {
                let start = || Ok((counter.begin(spans, detail), FirstDays::new()));
                chunk
                    .par_iter()
                    .try_fold(
                        || (counter.begin(spans, detail), FirstDays::new()),
                        |(mut tally, mut days), line| {
                            if line.projection_version != PROJECTION_VERSION {
                                let words = "projections are out of date: run kinfold rebuild";
                                return Err(Error::Internal(words.into()));
                            }
                            let timeline = decode_timeline(&line.timeline)?;
                            tally.add(&timeline);
                            note_first_days(&timeline, &mut days);
                            Ok((tally, days))
                        },
                    )
                    .reduce(start, |ours, theirs| Ok(together(ours?, theirs?)))
            })
        };
        // Asked for first: counting takes this thread until it is done.
        let (next, counted) = tokio::join!(unit.all_projections(after, CHUNK), counting);
        (tally, first_days) = together((tally, first_days), counted?);
        chunk = next?;
    }
    Ok((tally.finish(), first_days))
}

fn together<'g>(ours: (Tally<'g>, FirstDays), theirs: (Tally<'g>, FirstDays)) -> (Tally<'g>, FirstDays) {
    let mut days = ours.1;
    for (kind, on) in theirs.1 {
        earlier(&mut days, kind, on);
    }
    (ours.0.merge(theirs.0), days)
}

fn note_first_days(timeline: &Timeline, days: &mut FirstDays) {
    if timeline.subject == Subject::Child {
        for happening in &timeline.happenings {
            earlier(days, happening.kind, happening.on);
        }
    }
}

fn earlier(days: &mut FirstDays, kind: EventKind, on: Date) {
    days.entry(kind).and_modify(|first| *first = (*first).min(on)).or_insert(on);
}

/// What of the record a measure looks at, in its numerator and in what it asks besides its cohort.
#[derive(Debug, Default)]
struct Looks {
    kinds: Vec<EventKind>,
    law: bool,
}

impl Looks {
    fn asks(&mut self, asks: &[Ask]) {
        for ask in asks {
            match ask {
                Ask::All(asks) | Ask::Any(asks) | Ask::Not(asks) => self.asks(asks),
                Ask::Happened { events, .. } | Ask::InTime(InTime { events, .. }) => self.events(events),
                Ask::LegalStatus(_) => self.law = true,
                Ask::Reached(milestone) => self.milestone(milestone),
                Ask::Took { from, to, .. } => {
                    self.milestone(from);
                    self.milestone(to);
                }
                Ask::LookedAfter(_)
                | Ask::LookedAfterFor(_)
                | Ask::WasLookedAfter(_)
                | Ask::Age { .. }
                | Ask::Placement(_)
                | Ask::Holds(_)
                | Ask::Died(_)
                | Ask::Homes { .. }
                | Ask::SameHomeFor(_)
                | Ask::Missing(_)
                | Ask::CareEnded { .. } => {}
            }
        }
    }

    fn numerator(&mut self, counts: &Counts) {
        match counts {
            Counts::Who(asks) => self.asks(asks),
            Counts::Amount(Amount::Field { event, .. } | Amount::Events { event, .. }) => {
                self.events(std::slice::from_ref(event));
            }
            Counts::Amount(Amount::Days { from, to, .. }) => {
                self.milestone(from);
                self.milestone(to);
            }
            Counts::Amount(Amount::Homes(_) | Amount::Missing(_)) => {}
        }
    }

    fn events(&mut self, events: &[EventFilter]) {
        self.kinds.extend(events.iter().map(|filter| filter.event));
    }

    fn milestone(&mut self, milestone: &Milestone) {
        match milestone {
            Milestone::LegalStatus(_) => self.law = true,
            Milestone::Event(filter) => self.kinds.push(filter.event),
            Milestone::CareStarted | Milestone::CareEnded | Milestone::Placement { .. } => {}
        }
    }
}

fn kinds_counted(measure: &Measure) -> Vec<EventKind> {
    let mut looks = Looks::default();
    looks.numerator(&measure.numerator.counts);
    looks.kinds
}

/// What somebody must be able to read of a child, to learn that the child is behind a figure of this measure.
pub(super) fn told_by(measure: &Measure) -> Vec<(Strand, Sensitivity)> {
    let mut looks = Looks::default();
    looks.numerator(&measure.numerator.counts);
    looks.asks(&measure.denominator.who);
    for exclusion in &measure.denominator.exclude {
        looks.asks(&exclusion.who);
    }
    let law = looks.law.then_some((Strand::Law, Sensitivity::Ordinary));
    let kinds = looks.kinds.into_iter().map(|kind| (kind.strand(), usual_sensitivity_of(kind)));
    kinds.chain(law).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use kinfold_guidance::Guidance;

    fn told(guidance: &Guidance, id: &str) -> Vec<(Strand, Sensitivity)> {
        told_by(guidance.measures.on(id, date(2026, 3, 31)).unwrap())
    }

    #[test]
    fn a_list_tells_as_much_as_the_entries_it_counts() {
        let guidance = Guidance::national().unwrap();
        assert_eq!(told(&guidance, "stability.three_homes"), []);
        assert_eq!(told(&guidance, "health.dental"), [(Strand::Health, Sensitivity::Health)]);
        assert!(
            told(&guidance, "health.substance_offered")
                .iter()
                .all(|tells| *tells == (Strand::Health, Sensitivity::SubstanceUse))
        );
        assert!(told(&guidance, "adoption.a2").contains(&(Strand::Law, Sensitivity::Ordinary)));
    }

    #[test]
    fn what_was_never_recorded_by_the_end_of_a_year_has_no_figure() {
        let guidance = Guidance::national().unwrap();
        let measure = guidance.measures.on("health.dental", date(2026, 3, 31)).unwrap();
        let kept = |first: Option<Date>| Kept {
            today: date(2026, 11, 1),
            entries: 0,
            book: Arc::new(Book::new(Guidance::national().unwrap())),
            figures: Vec::new(),
            public: Vec::new(),
            first_days: first.map(|on| (EventKind::DentalCheck, on)).into_iter().collect(),
        };
        let year = Span::year(2026).unwrap();
        assert!(!kept(None).recorded(measure, year));
        assert!(kept(Some(date(2026, 3, 31))).recorded(measure, year));
        assert!(!kept(Some(date(2026, 4, 1))).recorded(measure, year), "not yet in that year");
        let homes = guidance.measures.on("stability.three_homes", date(2026, 3, 31)).unwrap();
        assert!(kept(None).recorded(homes, year), "homes are always recorded");
    }
}
