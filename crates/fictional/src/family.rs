//! Families and the outline of each child's life: who they are, and when they were looked after.

use jiff::civil::Date;

use crate::dice::{Dice, age, birthday, days, plus};
use crate::names::{self, Heritage};
use crate::places;

/// What kind of story a child's record tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Story {
    /// Looked after today.
    InCare,
    /// Looked after today, having come to England alone.
    Alone,
    /// Looked after in a series of short breaks.
    ShortBreaks,
    /// Was looked after and left before 18: home, special guardians or adopters.
    Ceased,
    /// Left care at 16 or over and is owed support.
    Leaver,
}

/// From coming into care to leaving it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub start: Date,
    /// Day it ended, with the SSDA903 reason and the new home.
    pub end: Option<(Date, &'static str, &'static str)>,
}

/// A family: what its children share.
#[derive(Debug, Clone)]
pub struct Family {
    /// Its number: fixes desk and reviewing officer, so that brothers and sisters have the same.
    pub number: usize,
    /// Where its names come from.
    pub heritage: &'static Heritage,
    /// Family name.
    pub name: &'static str,
    /// The mother's name and, when known, the father's.
    pub mother: String,
    /// See `mother`.
    pub father: Option<String>,
    /// Address and postcode of the family home.
    pub home: (String, String),
    /// SSDA903 category of need.
    pub need: &'static str,
    /// Whether the children's homes must be kept from the family.
    pub hidden: bool,
}

/// The outline of one child's life.
#[derive(Debug, Clone)]
pub struct Life {
    pub story: Story,
    pub given_name: &'static str,
    pub family_name: &'static str,
    pub known_as: Option<String>,
    pub girl: bool,
    pub born: Date,
    pub ethnicity: &'static str,
    pub language: &'static str,
    pub religion: &'static str,
    pub disabled: bool,
    pub periods: Vec<Period>,
    /// How settled: 0 most (one home), 1 some moves, 2 many moves.
    pub unsettled: u8,
    /// How often they go missing: 0 never, 1 now and then, 2 often.
    pub missing: u8,
    /// Whether adoption is the plan.
    pub adoption: bool,
}

impl Life {
    /// Name as people say it.
    pub fn first(&self) -> &str {
        self.known_as.as_deref().unwrap_or(self.given_name)
    }

    /// The period of care on a day.
    pub fn open(&self) -> bool {
        self.periods.last().is_some_and(|p| p.end.is_none())
    }
}

impl Life {
    /// From when what happened was written down, not before `floor`. Of young people who left care lately the years in
    /// care are there as well; of the others only the years after it, for half of a period of care tells nothing true.
    pub fn told_since(&self, today: Date, floor: Date) -> Date {
        match self.periods.last().and_then(|p| p.end) {
            Some((end, _, _)) if self.story == Story::Leaver && days(end, today) > 400 => {
                end.max(plus(today, -800)).max(floor)
            }
            _ => floor,
        }
    }
}

impl Family {
    /// The family with this number.
    pub fn new(dice: &mut Dice, number: usize, story: Story) -> Self {
        let heritage = if story == Story::Alone { &names::ALONE } else { names::heritage(dice) };
        let name = dice.pick(heritage.families);
        let mother = format!("{} {}", dice.pick(heritage.girls), name);
        let father = dice.often(620).then(|| {
            let own = if dice.often(550) { name } else { dice.pick(heritage.families) };
            format!("{} {own}", dice.pick(heritage.boys))
        });
        let need = match story {
            Story::Alone => "N8",
            Story::ShortBreaks => "N2",
            _ => dice.weighted(&[
                ("N1", 68),
                ("N5", 14),
                ("N4", 8),
                ("N3", 4),
                ("N8", 3),
                ("N6", 2),
                ("N2", 1),
            ]),
        };
        Self {
            number,
            heritage,
            name,
            mother,
            father,
            home: places::address(dice, "in_area"),
            need,
            hidden: dice.often(40),
        }
    }
}

/// The children of a family who are on the record, eldest first: `size` of them, looked after for at most `longest`
/// days so far.
pub fn children(
    dice: &mut Dice,
    family: &Family,
    story: Story,
    size: usize,
    today: Date,
    longest: i32,
) -> Vec<Life> {
    let (start, mut age_at_start) = coming_into_care(dice, story, today, longest);
    let mut used: Vec<&str> =
        family.mother.split(' ').chain(family.father.iter().flat_map(|f| f.split(' '))).collect();
    let mut out: Vec<Life> = Vec::new();
    for number in 0..size {
        let girl = if story == Story::Alone { dice.often(70) } else { dice.often(460) };
        let pool = if girl { family.heritage.girls } else { family.heritage.boys };
        let given_name = loop {
            let name = dice.pick(pool);
            if !used.contains(&name) {
                break name;
            }
        };
        used.push(given_name);
        let mut born = plus(start, -(age_at_start * 304 / 10) - dice.between(0, 29));
        // Nobody looked after today has turned eighteen.
        if story != Story::Leaver && birthday(born, 18) <= plus(today, 20) {
            born = plus(today, -dice.between(17 * 365 - 200, 17 * 365 + 250));
        }
        // A baby born later comes into care on its first days.
        let came = start.max(born);
        let life = outline(dice, family, story, given_name, girl, born, came, today);
        out.push(life);
        age_at_start = (age_at_start - dice.between(13, 44)).max(if number + 1 < size { 1 } else { 0 });
    }
    out
}

/// The day of coming into care and the age on it in months.
fn coming_into_care(dice: &mut Dice, story: Story, today: Date, longest: i32) -> (Date, i32) {
    if story == Story::Leaver {
        // A few are still sixteen or seventeen; most are past eighteen, fewer past twenty-one.
        let (low, high) = dice.weighted(&[((198, 213), 6), ((217, 252), 58), ((252, 298), 36)]);
        let (now, entry) = (dice.between(low, high), dice.between(175, if low < 216 { 185 } else { 206 }));
        return (plus(today, -((now - entry) * 304 / 10)), entry);
    }
    let ago = match story {
        Story::Ceased => dice.between(500, 1700),
        Story::Alone => dice.between(20, 800),
        _ => {
            let (low, high) =
                dice.weighted(&[((3, 180), 24), ((180, 365), 18), ((365, 730), 28), ((730, longest), 30)]);
            dice.between(low, high)
        }
    };
    (plus(today, -ago), months_at_entry(dice, story))
}

fn months_at_entry(dice: &mut Dice, story: Story) -> i32 {
    match story {
        Story::Alone => dice.between(15 * 12, 17 * 12 + 2),
        Story::ShortBreaks => dice.between(5 * 12, 14 * 12),
        _ => {
            let band = [((0, 11), 19), ((12, 59), 17), ((60, 119), 21), ((120, 191), 33), ((192, 208), 10)];
            let (low, high) = dice.weighted(&band);
            dice.between(low, high)
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "the facts of one child, each named")]
fn outline(
    dice: &mut Dice,
    family: &Family,
    story: Story,
    given_name: &'static str,
    girl: bool,
    born: Date,
    came: Date,
    today: Date,
) -> Life {
    let teenager = age(born, today) >= 13;
    let mut life = Life {
        story,
        given_name,
        family_name: family.name,
        known_as: dice.often(120).then(|| short(given_name)).flatten(),
        girl,
        born,
        ethnicity: dice.weighted(family.heritage.ethnicities),
        language: dice.weighted(family.heritage.languages),
        religion: dice.weighted(family.heritage.religions),
        disabled: story == Story::ShortBreaks || dice.often(110),
        periods: Vec::new(),
        unsettled: dice.weighted(&[(0, 55), (1, 29), (2, 16)]),
        missing: if teenager { dice.weighted(&[(0, 76), (1, 18), (2, 6)]) } else { 0 },
        adoption: false,
    };
    life.periods = periods(dice, &mut life, came, today);
    life
}

fn periods(dice: &mut Dice, life: &mut Life, came: Date, today: Date) -> Vec<Period> {
    let eighteen = birthday(life.born, 18);
    let open = Period { start: came, end: None };
    match life.story {
        Story::Alone | Story::ShortBreaks => vec![open],
        Story::InCare => {
            life.adoption = age(life.born, came) < 4 && days(came, today) > 400 && dice.often(350);
            // One in fourteen went home before, and it did not last.
            if days(came, today) > 700 && !life.adoption && dice.often(130) {
                let home = plus(came, dice.between(120, 300));
                let again = plus(home, dice.between(90, 260));
                return vec![
                    Period { start: came, end: Some((home, "E4A", "parents")) },
                    Period { start: again, end: None },
                ];
            }
            vec![open]
        }
        Story::Ceased => {
            let young = age(life.born, came) < 5;
            let (reason, home) = if young && dice.often(450) {
                life.adoption = true;
                (if dice.often(600) { "E11" } else { "E12" }, "adopters")
            } else {
                dice.weighted(&[
                    (("E4A", "parents"), 50),
                    (("E45", "special_guardian"), 25),
                    (("E41", "relatives"), 12),
                    (("E13", "relatives"), 6),
                    (("E4B", "parents"), 7),
                ])
            };
            let least = if life.adoption { 480 } else { 60 };
            let latest = days(came, today.min(plus(eighteen, -30))) - 10;
            let end = plus(came, dice.between(least.min(latest), latest.min(least + 700)).max(1));
            vec![Period { start: came, end: Some((end, reason, home)) }]
        }
        Story::Leaver => {
            let (reason, home) = dice.weighted(&[
                (("E5", "supported"), 45),
                (("E6", "own"), 20),
                (("E17", "former_carer"), 25),
                (("E7", "adult_care"), 4),
                (("E8", "other"), 6),
            ]);
            // A few left at sixteen or seventeen; most on the eighteenth birthday.
            let seventeen = birthday(life.born, 17);
            let early = eighteen >= today || (dice.often(40) && days(came, seventeen) > 120);
            let latest = plus(today, -20).min(plus(eighteen, -10));
            let left = plus(seventeen, dice.between(-200, 200)).min(latest).max(plus(came, 100));
            let end = if early { left } else { eighteen };
            let reason = if early { ("E4A", "parents") } else { (reason, home) };
            vec![Period { start: came, end: Some((end, reason.0, reason.1)) }]
        }
    }
}

/// A shorter name, where the name has one.
fn short(name: &str) -> Option<String> {
    const SHORT: &[(&str, &str)] = &[
        ("Scarlett", "Letty"),
        ("Imogen", "Immy"),
        ("Jasmine", "Jas"),
        ("Georgia", "George"),
        ("Abigail", "Abi"),
        ("Beatrice", "Bea"),
        ("Finley", "Fin"),
        ("Nathan", "Nate"),
        ("Stanley", "Stan"),
        ("Brandon", "Bran"),
        ("Callum", "Cal"),
        ("Malachi", "Mal"),
        ("Elijah", "Eli"),
        ("Daniel", "Danny"),
        ("Samuel", "Sam"),
        ("Joshua", "Josh"),
        ("Emmanuel", "Manny"),
        ("Viktoria", "Vika"),
        ("Mateo", "Teo"),
        ("Freddie", "Fred"),
        ("Mahmoud", "Mo"),
        ("Bereket", "Berry"),
        ("Parwana", "Pari"),
        ("Kayleigh", "Kay"),
        ("Connor", "Con"),
    ];
    SHORT.iter().find(|(long, _)| *long == name).map(|(_, short)| (*short).to_owned())
}
