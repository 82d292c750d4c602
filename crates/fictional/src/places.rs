//! Towns, streets, schools and surgeries of Fernshire and its neighbours. None of them exists; the postcode areas FN,
//! MH and TH have the shape of real ones and are not in use.

use crate::dice::Dice;

const TOWNS: &[(&str, &str)] = &[
    ("Fernham", "FN1"),
    ("Ottersley", "FN2"),
    ("Mossbury", "FN3"),
    ("Alderwick", "FN4"),
    ("Hartsmoor", "FN5"),
    ("Penny Green", "FN6"),
    ("Bracken Cross", "FN7"),
    ("Wickenfold", "FN8"),
];
const NEXT_DOOR: &[(&str, &str)] =
    &[("Marlstone, Marlshire", "MH1"), ("Dunnock Bay, Marlshire", "MH3"), ("Thornholt, Thornshire", "TH2")];
const FAR_OFF: &[(&str, &str)] =
    &[("Cawmouth, Cawdale", "CD4"), ("Eskerby, North Eskshire", "ES6"), ("Port Linnet, Linnetshire", "LT9")];
const ABROAD: &[(&str, &str)] = &[("Llanfernog, Wales", "YW3"), ("Inverlarig, Scotland", "YS5")];

const STREETS: &[&str] = &[
    "Kiln Lane",
    "Orchard Rise",
    "Station Road",
    "Mill Walk",
    "Larkfield Avenue",
    "Chapel Hill",
    "Weavers Close",
    "Sycamore Drive",
    "Beacon Street",
    "Quarry Road",
    "Meadow View",
    "Foundry Terrace",
    "Rowan Gardens",
    "Well Street",
    "Bridge End",
    "Heron Way",
    "Cobbler's Yard",
    "Priory Road",
    "Canal Street",
    "Windmill Crescent",
    "Teasel Close",
];

/// Schools, with their phase.
pub const SCHOOLS: &[(&str, &str)] = &[
    ("Fernham Primary School", "primary"),
    ("St Brannock's Primary School", "primary"),
    ("Ottersley Community Primary School", "primary"),
    ("Kiln Lane Primary School", "primary"),
    ("Mossbury Junior School", "primary"),
    ("Alderwick Church of England Primary School", "primary"),
    ("Penny Green Primary School", "primary"),
    ("Hartsmoor Primary School", "primary"),
    ("Fernham Academy", "secondary"),
    ("Ottersley High School", "secondary"),
    ("The Beacon School", "secondary"),
    ("Alderwick School", "secondary"),
    ("Bracken Cross School", "secondary"),
    ("Larkfield School", "special"),
    ("Rowan Bank School", "special"),
    ("The Bridge Centre", "alternative"),
    ("Fernshire College", "post_16"),
    ("Wickenfold Sixth Form", "post_16"),
    ("Acorns Nursery", "early_years"),
    ("Teasel Nursery School", "early_years"),
];

/// GP practices.
pub const PRACTICES: &[&str] = &[
    "Fernham Health Centre",
    "The Mill Surgery, Ottersley",
    "Mossbury Medical Practice",
    "Alderwick Surgery",
    "Hartsmoor Family Practice",
    "Penny Green Surgery",
    "Bracken Cross Health Centre",
    "Canal Street Practice",
];

/// Children's homes that Fernshire runs or uses, with an Ofsted number.
pub const HOMES: &[(&str, &str)] = &[
    ("Heron House", "SC900101"),
    ("The Old Foundry", "SC900102"),
    ("Teasel Lodge", "SC900103"),
    ("Rowan Cottage", "SC900104"),
    ("Larkfield House", "SC900105"),
    ("Windmill View", "SC900106"),
];

/// Supported accommodation, with an Ofsted number.
pub const SUPPORTED: &[(&str, &str)] = &[
    ("Canal Street Foyer", "SC900201"),
    ("Station Road Flats", "SC900202"),
    ("First Step, Mossbury", "SC900203"),
    ("Beacon Lodgings", "SC900204"),
];

/// An address: the lines before the postcode, and the postcode.
pub fn address(dice: &mut Dice, location: &str) -> (String, String) {
    let towns = match location {
        "adjoining" => NEXT_DOOR,
        "distant" => FAR_OFF,
        "outside_england" => ABROAD,
        _ => TOWNS,
    };
    let (town, district) = towns[dice.below(towns.len())];
    let line = format!("{} {}, {town}", dice.between(1, 148), dice.pick(STREETS));
    (line, postcode(dice, district))
}

fn postcode(dice: &mut Dice, district: &str) -> String {
    const LETTERS: &[u8] = b"ABDEFGHJLNPQRSTUWXYZ";
    let letter = |dice: &mut Dice| char::from(LETTERS[dice.below(LETTERS.len())]);
    let digit = dice.between(1, 9);
    let (a, b) = (letter(dice), letter(dice));
    format!("{district} {digit}{a}{b}")
}

/// An NHS number from the range that is kept for tests (999), with its check digit.
pub fn nhs_number(dice: &mut Dice) -> String {
    loop {
        let body = 999_000_000 + dice.below(1_000_000);
        let digits = format!("{body:09}");
        let sum: u32 =
            digits.bytes().zip((2..=10).rev()).map(|(d, weight)| u32::from(d - b'0') * weight).sum();
        let check = (11 - sum % 11) % 11;
        // A remainder of ten has no digit, so that number is never given out.
        if check < 10 {
            return format!("{digits}{check}");
        }
    }
}

/// A unique pupil number with its check letter. The authority part (999) is nobody's.
pub fn upn(dice: &mut Dice) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRTUVWXYZ";
    let digits = format!("999{:09}", dice.below(1_000_000_000));
    let sum: usize = digits.bytes().zip(2_usize..).map(|(d, weight)| usize::from(d - b'0') * weight).sum();
    format!("{}{digits}", char::from(LETTERS[sum % 23]))
}
