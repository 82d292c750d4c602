//! Care proceedings that the court gave more time (Children Act 1989 s.32(5)).

use jiff::civil::Date;
use kinfold_record::{EntryId, Event};

use crate::dice::{days, plus};
use crate::tale::Tale;

/// Tells of extensions: the entry of the application is put right when the court has set the later date.
pub fn tell(t: &mut Tale<'_>) {
    let entries = t.diary.entries();
    let of = |wanted: fn(&Event) -> bool| entries.iter().filter(move |e| wanted(&e.event));
    let issued: Vec<(EntryId, Date)> =
        of(|e| matches!(e, Event::ProceedingsIssued { .. })).map(|e| (e.id, e.happened_on)).collect();
    let ended: Vec<Date> =
        of(|e| matches!(e, Event::ProceedingsEnded { .. })).map(|e| e.happened_on).collect();
    for (entry, on) in issued {
        let end = ended.iter().copied().filter(|end| *end >= on).min();
        if days(on, end.unwrap_or(t.diary.today)) <= 182 || !t.diary.dice.often(640) {
            continue;
        }
        let dice = &mut t.diary.dice;
        // Mostly the hearing keeps to the new date.
        let to = match end {
            Some(end) => plus(end, dice.between(-9, 30)),
            None => plus(t.diary.today, dice.between(10, 70)),
        };
        let to = to.max(plus(on, 190));
        let wait = t.diary.dice.between(120, 170);
        t.diary.amend(entry, wait, Event::ProceedingsIssued { extended_to: Some(to) }, None);
    }
}
