//! How scores changed from one questionnaire to the next.

use jiff::civil::Date;

use super::{Band, Form, Scale, Scheme, Scores, band};

/// A questionnaire that was scored, and the day it was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// The day.
    pub on: Date,
    /// Its scores.
    pub scores: Scores,
}

/// The change of one scale between two questionnaires on the same form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// The form of both.
    pub form: Form,
    /// The day of the earlier one.
    pub from: Date,
    /// The day of the later one.
    pub to: Date,
    /// The earlier and the later score.
    pub scores: (u8, u8),
    /// Their bands, where there are any.
    pub bands: Option<(Band, Band)>,
}

impl Change {
    /// By how much the score grew; less than nothing where it fell.
    pub fn by(&self) -> i16 {
        i16::from(self.scores.1) - i16::from(self.scores.0)
    }

    /// Whether the later band is more of concern than the earlier one.
    pub fn crossed_upwards(&self) -> bool {
        self.bands.is_some_and(|(before, after)| after.rank > before.rank)
    }
}

/// The changes of one scale, each from a questionnaire to the next one **on the same form**, by day. What a carer says
/// is never set against what a teacher says; questionnaires without this score are passed over.
pub fn changes(questionnaires: &[Scored], scale: Scale, scheme: Scheme) -> Vec<Change> {
    let mut out = Vec::new();
    for form in Form::ALL {
        let mut scored: Vec<(Date, u8)> = questionnaires
            .iter()
            .filter(|q| q.scores.form == form)
            .filter_map(|q| Some((q.on, q.scores.of(scale).as_ref().ok().copied()?)))
            .collect();
        scored.sort_by_key(|(on, _)| *on);
        for pair in scored.windows(2) {
            let [(from, before), (to, after)] = *pair else { continue };
            let bands = band(form, scheme, scale, before).zip(band(form, scheme, scale, after));
            out.push(Change { form, from, to, scores: (before, after), bands });
        }
    }
    out.sort_by_key(|change| (change.to, change.form));
    out
}
