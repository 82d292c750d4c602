//! Which forms there are, which items make up a scale, and what may be written beside an item.

use thiserror::Error;

/// Who filled it in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Informant {
    /// A foster carer, other carer or parent. The return asks for this one.
    Carer,
    /// A teacher, or whoever knows the child at nursery.
    Teacher,
    /// The young person.
    Young,
}

/// A version of the questionnaire. What a score means depends on the form that was filled in, not on the age alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Carer, ages 2 to 4.
    Carer2To4,
    /// Carer, ages 4 to 17.
    Carer4To17,
    /// Teacher, ages 2 to 4.
    Teacher2To4,
    /// Teacher, ages 4 to 17.
    Teacher4To17,
    /// The young person, ages 11 to 17.
    Young11To17,
    /// The young person, 18 and over. No bands are known for it.
    Young18,
}

/// Why nobody has a form for this informant at this age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NoForm {
    /// Below the youngest form.
    #[error("There is no such questionnaire before the age of {0}.")]
    TooYoung(u8),
    /// Above the oldest form.
    #[error("There is no such questionnaire after the age of 17.")]
    TooOld,
}

/// What a group of items is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scale {
    /// Emotional symptoms.
    Emotional,
    /// Conduct problems.
    Conduct,
    /// Hyperactivity and inattention.
    Hyperactivity,
    /// Problems with peers.
    Peer,
    /// Kind and helpful behaviour: the only scale where more is better, and not part of the total.
    Prosocial,
    /// The first four together.
    Total,
    /// What the difficulties do to the child's life.
    Impact,
}

/// The answers of one questionnaire, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Answers {
    items: [Option<u8>; 25],
    difficulties: Option<u8>,
    impact: [Option<u8>; 5],
}

/// A number that cannot stand where it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Mistyped {
    /// No such item.
    #[error("There is no item {0}: they go from 1 to 25.")]
    Item(usize),
    /// An item with another answer than 0, 1 or 2.
    #[error("Item {item} is answered 0, 1 or 2; {answer} was written.")]
    Answer {
        /// Its number.
        item: usize,
        /// What was written.
        answer: u8,
    },
    /// The question about difficulties as a whole.
    #[error("Whether there are difficulties is answered 0 (no) to 3 (severe); {0} was written.")]
    Difficulties(u8),
    /// A question about impact.
    #[error("Questions about impact are answered 0 (not at all) to 3 (a great deal); {0} was written.")]
    Impact(u8),
    /// A line of answers with something else in it.
    #[error("“{0}” is not an answer: write a number for each item, or - for none.")]
    Mark(char),
    /// A line of answers that is too long or too short.
    #[error("A line of answers has {wanted} of them; this one has {found}.")]
    Length {
        /// How many it should have.
        wanted: usize,
        /// How many it has.
        found: usize,
    },
    /// A question about impact that the form does not have.
    #[error("This form has {0} questions about impact that count; more were answered.")]
    TooManyImpact(usize),
}

impl Informant {
    /// The code in `guidance/codes/sdq_informant.csv`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Carer => "parent_carer",
            Self::Teacher => "teacher",
            Self::Young => "self",
        }
    }

    /// The informant with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Carer, Self::Teacher, Self::Young].into_iter().find(|informant| informant.code() == code)
    }

    /// The form for a child of this age in completed years.
    ///
    /// # Errors
    /// When there is none.
    pub fn form(self, years: u8) -> Result<Form, NoForm> {
        match (self, years) {
            (Self::Young, 18..) => Ok(Form::Young18),
            (_, 18..) => Err(NoForm::TooOld),
            (Self::Young, ..11) => Err(NoForm::TooYoung(11)),
            (Self::Young, _) => Ok(Form::Young11To17),
            (_, ..2) => Err(NoForm::TooYoung(2)),
            // Both forms are made for four-year-olds; the return counts from the fourth birthday, so the older one.
            (Self::Carer, ..4) => Ok(Form::Carer2To4),
            (Self::Carer, _) => Ok(Form::Carer4To17),
            (Self::Teacher, ..4) => Ok(Form::Teacher2To4),
            (Self::Teacher, _) => Ok(Form::Teacher4To17),
        }
    }
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 6] = [
        Self::Carer2To4,
        Self::Carer4To17,
        Self::Teacher2To4,
        Self::Teacher4To17,
        Self::Young11To17,
        Self::Young18,
    ];

    /// The code in `guidance/codes/sdq_form.csv`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Carer2To4 => "p2_4",
            Self::Carer4To17 => "p4_17",
            Self::Teacher2To4 => "t2_4",
            Self::Teacher4To17 => "t4_17",
            Self::Young11To17 => "s11_17",
            Self::Young18 => "s18",
        }
    }

    /// The form with this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.code() == code)
    }

    /// Who fills it in.
    pub fn informant(self) -> Informant {
        match self {
            Self::Carer2To4 | Self::Carer4To17 => Informant::Carer,
            Self::Teacher2To4 | Self::Teacher4To17 => Informant::Teacher,
            Self::Young11To17 | Self::Young18 => Informant::Young,
        }
    }

    /// How many questions count towards impact: distress and four parts of life, or two for a teacher.
    pub fn impact_questions(self) -> usize {
        match self.informant() {
            Informant::Teacher => 3,
            Informant::Carer | Informant::Young => 5,
        }
    }
}

impl Scale {
    /// The four scales of the total.
    pub const DIFFICULTIES: [Self; 4] = [Self::Emotional, Self::Conduct, Self::Hyperactivity, Self::Peer];

    /// Every scale, in the order of a report.
    pub const ALL: [Self; 7] = [
        Self::Emotional,
        Self::Conduct,
        Self::Hyperactivity,
        Self::Peer,
        Self::Prosocial,
        Self::Total,
        Self::Impact,
    ];

    /// Its five items. None for the total and for impact.
    pub fn items(self) -> Option<[usize; 5]> {
        match self {
            Self::Emotional => Some([3, 8, 13, 16, 24]),
            Self::Conduct => Some([5, 7, 12, 18, 22]),
            Self::Hyperactivity => Some([2, 10, 15, 21, 25]),
            Self::Peer => Some([6, 11, 14, 19, 23]),
            Self::Prosocial => Some([1, 4, 9, 17, 20]),
            Self::Total | Self::Impact => None,
        }
    }

    /// What people call it, inside a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Emotional => "emotional symptoms",
            Self::Conduct => "conduct",
            Self::Hyperactivity => "hyperactivity and attention",
            Self::Peer => "getting on with other children",
            Self::Prosocial => "kind and helpful behaviour",
            Self::Total => "total difficulties",
            Self::Impact => "impact",
        }
    }
}

/// Items whose answer counts the other way round.
const REVERSED: [usize; 5] = [7, 11, 14, 21, 25];

impl Answers {
    /// No answer yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads answers as they are recorded: a line with a figure or `-` for each of the 25 items, and one for impact, first
    /// whether there are difficulties (item 26, may be left out), then distress and the parts of life. Spaces and commas between them do
    /// not matter; the line for impact may be empty.
    ///
    /// # Errors
    /// When a line is too long or too short, or an answer cannot stand there.
    pub fn read(form: Form, items: &str, impact: &str) -> Result<Self, Mistyped> {
        let mut answers = Self::new();
        for (item, answer) in (1..).zip(marks(items, 25)?) {
            answers.item(item, answer)?;
        }
        if !impact.trim().is_empty() {
            let questions = form.impact_questions();
            // Without item 26 the line is one shorter.
            match marks(impact, questions) {
                Ok(marks) => answers.impact(form, &marks)?,
                Err(_) => {
                    let marks = marks(impact, questions + 1)?;
                    answers.difficulties(marks.first().copied().flatten())?;
                    answers.impact(form, marks.get(1..).unwrap_or_default())?;
                }
            }
        }
        Ok(answers)
    }

    /// The two lines that [`Answers::read`] reads.
    pub fn lines(&self, form: Form) -> (String, String) {
        let mark = |answer: &Option<u8>| answer.map_or("-".to_owned(), |answer| answer.to_string());
        let (difficulties, impact) = self.impact_answers(form);
        let impact = std::iter::once(&difficulties).chain(impact).map(mark).collect();
        (self.items.iter().map(mark).collect(), impact)
    }

    /// Writes the answer of an item (1 to 25): 0, 1 or 2, or nothing.
    ///
    /// # Errors
    /// When there is no such item or answer.
    pub fn item(&mut self, item: usize, answer: Option<u8>) -> Result<(), Mistyped> {
        let place = item.checked_sub(1).and_then(|i| self.items.get_mut(i)).ok_or(Mistyped::Item(item))?;
        if let Some(answer) = answer.filter(|answer| *answer > 2) {
            return Err(Mistyped::Answer { item, answer });
        }
        *place = answer;
        Ok(())
    }

    /// Writes whether there are difficulties as a whole (item 26): 0 no, 1 minor, 2 definite, 3 severe.
    ///
    /// # Errors
    /// When there is no such answer.
    pub fn difficulties(&mut self, answer: Option<u8>) -> Result<(), Mistyped> {
        if let Some(answer) = answer.filter(|answer| *answer > 3) {
            return Err(Mistyped::Difficulties(answer));
        }
        self.difficulties = answer;
        Ok(())
    }

    /// Writes the answers about distress (item 28) and the parts of life (items 29a to 29d, for a teacher 29a and 29b),
    /// in this order: 0 not at all, 1 only a little, 2 quite a lot, 3 a great deal.
    ///
    /// # Errors
    /// When there is no such answer, or more than the form has.
    pub fn impact(&mut self, form: Form, answers: &[Option<u8>]) -> Result<(), Mistyped> {
        if answers.len() > form.impact_questions() {
            return Err(Mistyped::TooManyImpact(form.impact_questions()));
        }
        if let Some(answer) = answers.iter().flatten().find(|answer| **answer > 3) {
            return Err(Mistyped::Impact(*answer));
        }
        self.impact = [None; 5];
        for (place, answer) in self.impact.iter_mut().zip(answers) {
            *place = *answer;
        }
        Ok(())
    }

    /// What an item counts: its answer, turned round where the item is worded the other way.
    pub(super) fn counted(&self, item: usize) -> Option<u8> {
        let answer = self.items.get(item.checked_sub(1)?).copied().flatten()?;
        Some(if REVERSED.contains(&item) { 2 - answer } else { answer })
    }

    /// Items without an answer.
    pub fn missing(&self) -> Vec<usize> {
        (1..).zip(&self.items).filter(|(_, answer)| answer.is_none()).map(|(item, _)| item).collect()
    }

    pub(super) fn impact_answers(&self, form: Form) -> (Option<u8>, &[Option<u8>]) {
        (self.difficulties, self.impact.get(..form.impact_questions()).unwrap_or(&self.impact))
    }
}

fn marks(line: &str, wanted: usize) -> Result<Vec<Option<u8>>, Mistyped> {
    let mark = |mark: char| match mark {
        '-' => Ok(None),
        digit => digit.to_digit(10).and_then(|d| u8::try_from(d).ok()).map(Some).ok_or(Mistyped::Mark(mark)),
    };
    let marks: Vec<Option<u8>> =
        line.chars().filter(|c| !c.is_whitespace() && *c != ',').map(mark).collect::<Result<_, _>>()?;
    if marks.len() == wanted { Ok(marks) } else { Err(Mistyped::Length { wanted, found: marks.len() }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_belongs_to_one_scale() {
        let mut items: Vec<usize> = Scale::ALL.iter().filter_map(|scale| scale.items()).flatten().collect();
        items.sort_unstable();
        assert_eq!(items, (1..=25).collect::<Vec<_>>());
    }

    #[test]
    fn a_form_goes_with_informant_and_age() {
        assert_eq!(Informant::Carer.form(1), Err(NoForm::TooYoung(2)));
        assert_eq!(Informant::Carer.form(3), Ok(Form::Carer2To4));
        assert_eq!(Informant::Carer.form(4), Ok(Form::Carer4To17));
        assert_eq!(Informant::Teacher.form(3), Ok(Form::Teacher2To4));
        assert_eq!(Informant::Teacher.form(17), Ok(Form::Teacher4To17));
        assert_eq!(Informant::Young.form(10), Err(NoForm::TooYoung(11)));
        assert_eq!(Informant::Young.form(11), Ok(Form::Young11To17));
        assert_eq!(Informant::Young.form(18), Ok(Form::Young18));
        assert_eq!(Informant::Carer.form(18), Err(NoForm::TooOld));
        for form in Form::ALL {
            assert_eq!(Form::from_code(form.code()), Some(form));
            assert_eq!(Informant::from_code(form.informant().code()), Some(form.informant()));
        }
    }

    #[test]
    fn a_number_that_cannot_stand_there_is_refused() {
        let mut answers = Answers::new();
        assert_eq!(answers.item(0, Some(1)), Err(Mistyped::Item(0)));
        assert_eq!(answers.item(26, Some(1)), Err(Mistyped::Item(26)));
        assert_eq!(answers.item(7, Some(3)), Err(Mistyped::Answer { item: 7, answer: 3 }));
        assert_eq!(answers.difficulties(Some(4)), Err(Mistyped::Difficulties(4)));
        assert_eq!(answers.impact(Form::Carer4To17, &[Some(4)]), Err(Mistyped::Impact(4)));
        assert_eq!(answers.impact(Form::Teacher4To17, &[Some(0); 4]), Err(Mistyped::TooManyImpact(3)));
        assert_eq!(answers, Answers::new());
        answers.item(7, Some(2)).unwrap();
        assert_eq!((answers.counted(7), answers.counted(8)), (Some(0), None));
        assert_eq!(answers.missing().len(), 24);
    }

    #[test]
    fn recorded_lines_are_read_and_written() {
        let form = Form::Teacher4To17;
        let items = "0121012101210121012-12101";
        let answers = Answers::read(form, items, "2 3,1 -").unwrap();
        assert_eq!(answers.missing(), [20]);
        assert_eq!(answers.lines(form), (items.to_owned(), "231-".to_owned()));
        assert_eq!(Answers::read(form, items, "31-").unwrap().lines(form).1, "-31-");
        let wrong = |items: &str, impact: &str| Answers::read(form, items, impact).unwrap_err();
        assert_eq!(wrong("01", ""), Mistyped::Length { wanted: 25, found: 2 });
        assert_eq!(wrong(items, "21"), Mistyped::Length { wanted: 4, found: 2 });
        assert_eq!(wrong(&items.replace('-', "x"), ""), Mistyped::Mark('x'));
        assert_eq!(wrong(&items.replace('-', "3"), ""), Mistyped::Answer { item: 20, answer: 3 });
    }
}
