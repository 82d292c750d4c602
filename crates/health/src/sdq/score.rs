//! From answers to scores.

use thiserror::Error;

use super::{Answers, Form, Informant, Scale};

/// The scores of one questionnaire. A score that cannot be worked out says why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scores {
    /// The form that was filled in.
    pub form: Form,
    /// 0 to 10.
    pub emotional: Result<u8, Unscored>,
    /// 0 to 10.
    pub conduct: Result<u8, Unscored>,
    /// 0 to 10.
    pub hyperactivity: Result<u8, Unscored>,
    /// 0 to 10.
    pub peer: Result<u8, Unscored>,
    /// 0 to 10; more is better.
    pub prosocial: Result<u8, Unscored>,
    /// 0 to 40: the first four.
    pub total: Result<u8, Unscored>,
    /// 0 to 10, or 0 to 6 from a teacher.
    pub impact: Result<u8, Unscored>,
}

/// Why a score cannot be worked out.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unscored {
    /// Fewer than three of the five items were answered.
    #[error(
        "Cannot be scored: of the five items on {} only {answered} {} answered, and three are needed. Ask for {}.",
        .scale.words(), if *.answered == 1 { "was" } else { "were" }, list(.missing)
    )]
    TooFew {
        /// The scale.
        scale: Scale,
        /// How many were answered.
        answered: usize,
        /// The items that were not.
        missing: Vec<usize>,
    },
    /// A part of the total cannot be worked out.
    #[error("The total cannot be worked out, because these parts cannot: {}.", .0.iter().map(|s| s.words()).collect::<Vec<_>>().join(", "))]
    Parts(Vec<Scale>),
    /// Nothing about impact was answered.
    #[error("Impact cannot be scored: none of its questions was answered.")]
    NoImpact,
}

/// Why a questionnaire gives the return no total.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotForReturn {
    /// The return asks for what the carer says.
    #[error(
        "The return asks for the questionnaire of the main carer; this one was filled in by somebody else."
    )]
    Informant,
    /// The form for younger children.
    #[error("The return asks for the form for ages 4 to 17.")]
    Form,
    /// There is no total.
    #[error(transparent)]
    Unscored(#[from] Unscored),
}

fn list(items: &[usize]) -> String {
    let words: Vec<String> = items.iter().map(ToString::to_string).collect();
    match words.split_last() {
        Some((last, before)) if !before.is_empty() => format!("items {} and {last}", before.join(", ")),
        Some((only, _)) => format!("item {only}"),
        None => String::new(),
    }
}

/// Scores a questionnaire. Up to two items of a scale may be missing: the others stand in for them, rounded half up.
pub fn score(form: Form, answers: &Answers) -> Scores {
    let emotional = five(Scale::Emotional, answers);
    let conduct = five(Scale::Conduct, answers);
    let hyperactivity = five(Scale::Hyperactivity, answers);
    let peer = five(Scale::Peer, answers);
    let parts = [&emotional, &conduct, &hyperactivity, &peer];
    let failed: Vec<Scale> = Scale::DIFFICULTIES
        .into_iter()
        .zip(parts)
        .filter(|(_, part)| part.is_err())
        .map(|(scale, _)| scale)
        .collect();
    let total =
        if failed.is_empty() { Ok(parts.into_iter().flatten().sum()) } else { Err(Unscored::Parts(failed)) };
    Scores {
        form,
        emotional,
        conduct,
        hyperactivity,
        peer,
        prosocial: five(Scale::Prosocial, answers),
        total,
        impact: impact(form, answers),
    }
}

fn five(scale: Scale, answers: &Answers) -> Result<u8, Unscored> {
    let items = scale.items().unwrap_or_default();
    let counted: Vec<u8> = items.iter().filter_map(|item| answers.counted(*item)).collect();
    let answered = counted.len();
    if answered < 3 {
        let missing = items.into_iter().filter(|item| answers.counted(*item).is_none()).collect();
        return Err(Unscored::TooFew { scale, answered, missing });
    }
    // floor(1/2 + 5 x sum / answered), in whole numbers.
    let sum: usize = counted.into_iter().map(usize::from).sum();
    Ok(u8::try_from((10 * sum + answered) / (2 * answered)).unwrap_or(10))
}

/// No difficulties at all mean no impact. Otherwise each answer counts 0, 0, 1 or 2, and a missing one 0 as long as one
/// is there.
fn impact(form: Form, answers: &Answers) -> Result<u8, Unscored> {
    match answers.impact_answers(form) {
        (Some(0), _) => Ok(0),
        (_, questions) if questions.iter().all(Option::is_none) => Err(Unscored::NoImpact),
        (_, questions) => Ok(questions.iter().flatten().map(|answer| answer.saturating_sub(1)).sum()),
    }
}

impl Scores {
    /// The score of a scale.
    ///
    /// # Errors
    /// When it cannot be worked out.
    pub fn of(&self, scale: Scale) -> &Result<u8, Unscored> {
        match scale {
            Scale::Emotional => &self.emotional,
            Scale::Conduct => &self.conduct,
            Scale::Hyperactivity => &self.hyperactivity,
            Scale::Peer => &self.peer,
            Scale::Prosocial => &self.prosocial,
            Scale::Total => &self.total,
            Scale::Impact => &self.impact,
        }
    }

    /// The total, 0 to 40, as the return of looked-after children asks for it.
    ///
    /// # Errors
    /// When the return does not take this questionnaire, or it has no total.
    pub fn for_return(&self) -> Result<u8, NotForReturn> {
        if self.form.informant() != Informant::Carer {
            return Err(NotForReturn::Informant);
        }
        if self.form != Form::Carer4To17 {
            return Err(NotForReturn::Form);
        }
        Ok(self.total.clone()?)
    }
}
