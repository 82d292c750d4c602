//! What schools say when they are asked: whom a survey is sent to, and what they answer, the same for the same seed.

use crate::dice::Dice;

/// Agencies and services of Fernshire, as a spreadsheet that a directory is brought in from. None of them exists, and they
/// lie in the sea.
pub const SERVICES: &str = include_str!("services.csv");

const TOWNS: [&str; 8] = [
    "Fernham",
    "Ottersley",
    "Mossbury",
    "Alderwick",
    "Hartsmoor",
    "Penny Green",
    "Bracken Cross",
    "Wickenfold",
];
const KINDS: [&str; 9] = [
    "Primary School",
    "Infant School",
    "Junior School",
    "Church of England Primary School",
    "High School",
    "Academy",
    "Sixth Form",
    "Special School",
    "Nursery School",
];

/// A school that is asked: its name and where a letter reaches it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedSchool {
    /// Its name.
    pub name: String,
    /// Its office.
    pub email: String,
}

/// The schools that are asked: seventy-two.
pub fn asked_schools() -> Vec<AskedSchool> {
    let one = |town: &str, kind: &str| {
        let name = format!("{town} {kind}");
        let host: String =
            name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        AskedSchool { email: format!("office@{host}.example"), name }
    };
    TOWNS.iter().flat_map(|town| KINDS.iter().map(move |kind| one(town, kind))).collect()
}

/// Questions of the schools' survey with how its answers lean: weights of the five choices.
const LEANING: [(&str, [usize; 5]); 11] = [
    ("coordination", [24, 44, 20, 4, 8]),
    ("designated_teachers", [40, 38, 12, 0, 10]),
    ("information", [12, 36, 36, 10, 6]),
    ("social_workers", [8, 30, 40, 20, 2]),
    ("after_16", [10, 30, 22, 6, 32]),
    ("substances", [14, 40, 26, 4, 16]),
    ("health_information", [22, 48, 20, 2, 8]),
    ("school_meals", [34, 42, 14, 6, 4]),
    ("mental_health", [4, 18, 40, 34, 4]),
    ("disability", [12, 34, 34, 14, 6]),
    ("sexual_health", [10, 30, 22, 4, 34]),
];
const CHOICES: [&str; 5] = ["very", "fairly", "little", "not_at_all", "cannot_say"];

const WISHES: [&str; 14] = [
    "Tell us before a child moves, not after.",
    "One telephone number for the social worker's team that somebody answers.",
    "Mental health help that begins within weeks, not after a year.",
    "Training for all our staff, not for the designated teacher alone.",
    "Personal education plans that say who does what by when.",
    "A quiet room and somebody to go to. We cannot pay for either.",
    "Fewer changes of worker. The children tell us they have stopped learning names.",
    "Transport, so that a child can stay at our school when the home changes.",
    "Come and eat lunch with us. You would see more than in a report.",
    "Somebody to ring when we are worried and it is not yet a matter for a referral.",
    "Tuition that goes on in the holidays.",
    "Let the children say what they want in their own plan.",
    "Money that comes in the term in which it is needed.",
    "More help after 16: they fall off a cliff.",
];

/// What one school answered: question and code of each, and what it would wish for, if it said.
pub type SchoolAnswers = (Vec<(&'static str, &'static str)>, Option<&'static str>);

/// What so many schools answered in a year: question and code, and what they would wish for, if they said.
pub fn school_answers(seed: u64, year: i16, count: usize) -> Vec<SchoolAnswers> {
    let year = usize::try_from(year).unwrap_or_default();
    (0..count)
        .map(|n| {
            let mut dice = Dice::new(seed, "survey", year * 1_000 + n);
            let choice = |dice: &mut Dice, weights: &[usize; 5]| {
                let pairs: Vec<(usize, usize)> = weights.iter().copied().enumerate().collect();
                CHOICES.get(dice.weighted(&pairs)).copied().unwrap_or("cannot_say")
            };
            let given =
                LEANING.iter().map(|(question, weights)| (*question, choice(&mut dice, weights))).collect();
            let wish = WISHES.get(n * 7 % 31).copied();
            (given, wish)
        })
        .collect()
}
