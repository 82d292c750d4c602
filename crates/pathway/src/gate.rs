//! Rules that cannot owe anything to a child, seen without following them.
//!
//! Most rules are about few children: a basis nobody recorded, a spell that never was. What a rule cannot do without is
//! worked out once as sets of bits; what a record holds is worked out once for each child; and one is held against the
//! other before anything else is done.

use jiff::civil::Date;
use kinfold_guidance::{Anchor, Category, Condition, Regime, Rule};
use kinfold_record::{EventKind, SpellKind, Subject};
use smol_str::SmolStr;

use crate::view::View;

const KINDS: usize = EventKind::ALL.len();
/// Words for what is not an event.
const WORDS: usize = 4;

/// What one record holds, bit by bit: first a word for each kind of event, of the filters that some event fits, then
/// what else it holds.
pub(crate) type Holds = [u64; KINDS + WORDS];

/// One of these must be there.
#[derive(Debug, Clone, Copy)]
struct Need {
    word: u16,
    bits: u64,
}

/// What a version of a rule cannot do without.
#[derive(Debug, Clone)]
pub(crate) struct Gate {
    pub group: usize,
    pub version: usize,
    about: Subject,
    from: Date,
    /// Where its needs begin among all needs, and where each ends.
    first: u32,
    last: u32,
    /// A need of a single bit, which most records do not meet: looked at before the others.
    alone: Need,
}

/// The gates of every version, those of one group together and the newest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gates {
    pub gates: Vec<Gate>,
    /// Each need: one of several bits, in any of several words.
    needs: Vec<(u32, u32)>,
    bits: Vec<Need>,
    things: Vec<Thing>,
}

/// Something that a record holds or does not, other than events.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Thing {
    Care,
    Placements,
    Statuses,
    Missing,
    ShortBreaks,
    Planned,
    Remand,
    Status(SmolStr),
    Home(SmolStr),
    Basis(SmolStr),
    Location(SmolStr),
    Spell(SpellKind),
    Category(Category),
}

/// The bits of which one is needed.
type AnyOf = Vec<Need>;

impl Gates {
    /// The gate of a version of a rule, after its filters were given their bits.
    pub fn add(&mut self, rule: &Rule, from: Date, group: usize, version: usize) {
        let mut all = Vec::new();
        all.extend(self.of_anchor(&rule.starts.on));
        for condition in [&rule.starts.when, &rule.starts.while_].into_iter().flatten() {
            self.of_condition(condition, &mut all);
        }
        // A kind of event is rarer than a period of care.
        let single =
            all.iter().filter_map(|any| if let [need] = any.as_slice() { Some(*need) } else { None });
        let alone = single.min_by_key(|need| usize::from(need.word) >= KINDS);
        let alone = alone.unwrap_or(Need { word: u16::MAX, bits: 0 });
        let first = len(&self.needs);
        for any in all {
            let begin = len(&self.bits);
            self.bits.extend(any);
            self.needs.push((begin, len(&self.bits)));
        }
        self.gates.push(Gate {
            group,
            version,
            about: rule.about,
            from,
            first,
            last: len(&self.needs),
            alone,
        });
    }

    /// Whether the rule may owe something. `true` says nothing.
    pub fn open(&self, gate: &Gate, view: &View<'_>) -> bool {
        let there =
            |need: &Need| view.held.get(usize::from(need.word)).is_none_or(|word| word & need.bits != 0);
        let any = |(from, to): &(u32, u32)| {
            self.bits.get(*from as usize..*to as usize).is_none_or(|any| any.iter().any(there))
        };
        there(&gate.alone)
            && gate.about == view.t.subject
            && gate.from <= view.on
            && self.needs.get(gate.first as usize..gate.last as usize).is_none_or(|all| all.iter().all(any))
    }

    /// What a record holds beside its events.
    pub fn things(&self, view: &View<'_>) -> [u64; WORDS] {
        let mut held = [0; WORDS];
        for (at, thing) in self.things.iter().enumerate() {
            if thing.is_in(view)
                && let Some(word) = held.get_mut(at / 64)
            {
                *word |= 1 << (at % 64);
            }
        }
        held
    }

    fn need(&mut self, thing: Thing) -> Option<Need> {
        let at = self.things.iter().position(|known| *known == thing).unwrap_or_else(|| {
            self.things.push(thing);
            self.things.len() - 1
        });
        (at < WORDS * 64)
            .then(|| Need { word: u16::try_from(KINDS + at / 64).unwrap_or(u16::MAX), bits: 1 << (at % 64) })
    }

    /// One of these things, if each has a bit.
    fn one_of(&mut self, things: impl IntoIterator<Item = Thing>) -> Option<AnyOf> {
        things.into_iter().map(|thing| self.need(thing)).collect()
    }

    fn of_anchor(&mut self, anchor: &Anchor) -> Option<AnyOf> {
        match anchor {
            Anchor::CarePeriod(_) => self.one_of([Thing::Care]),
            Anchor::Placement(_) | Anchor::Stay(_) => self.one_of([Thing::Placements]),
            Anchor::LegalStatus(codes, _) if codes.is_empty() => self.one_of([Thing::Statuses]),
            Anchor::LegalStatus(codes, _) => self.one_of(codes.iter().cloned().map(Thing::Status)),
            Anchor::MissingEpisode(_) => self.one_of([Thing::Missing]),
            Anchor::Spell(kind, _) => self.one_of([Thing::Spell(*kind)]),
            Anchor::Category(category, _) => self.one_of([Thing::Category(*category)]),
            Anchor::Event(filters) => events(filters),
            Anchor::Birthday(_) | Anchor::SchoolTerm | Anchor::Condition => None,
        }
    }

    /// What must be there for the condition to hold on any day.
    fn of_condition(&mut self, condition: &Condition, all: &mut Vec<AnyOf>) {
        let one = match condition {
            Condition::All(list) => return list.iter().for_each(|c| self.of_condition(c, all)),
            Condition::Any(list) => {
                // Of each of them one need: the child has one of those, or none of them can hold.
                let each: Option<Vec<AnyOf>> = list.iter().map(|c| self.first_need(c)).collect();
                each.map(|each| each.concat())
            }
            Condition::LookedAfter(true) | Condition::Regime(Regime::Full) | Condition::CareFor(_) => {
                self.one_of([Thing::Care])
            }
            Condition::Regime(Regime::ShortBreak) => self.one_of([Thing::ShortBreaks]),
            Condition::LegalStatus(codes) => self.one_of(codes.iter().cloned().map(Thing::Status)),
            Condition::PlacementType(codes) | Condition::HomeType(codes) => {
                self.one_of(codes.iter().cloned().map(Thing::Home))
            }
            Condition::Basis(codes) => self.one_of(codes.iter().cloned().map(Thing::Basis)),
            Condition::Location(codes) => self.one_of(codes.iter().cloned().map(Thing::Location)),
            Condition::Placed(true) | Condition::PlacementFor(_) => self.one_of([Thing::Placements]),
            Condition::Planned(true) => self.one_of([Thing::Planned]),
            Condition::Spell(kinds) => self.one_of(kinds.iter().copied().map(Thing::Spell)),
            Condition::Category(list) => self.one_of(list.iter().copied().map(Thing::Category)),
            Condition::Remand(true) => self.one_of([Thing::Remand]),
            Condition::Missing(true) => self.one_of([Thing::Missing]),
            Condition::Happened { events: list, .. } => events(list),
            _ => None,
        };
        all.extend(one);
    }

    fn first_need(&mut self, condition: &Condition) -> Option<AnyOf> {
        let mut all = Vec::new();
        self.of_condition(condition, &mut all);
        all.into_iter().next()
    }
}

/// One event that fits one of these, if each filter has a bit.
fn events(filters: &[kinfold_guidance::EventFilter]) -> Option<AnyOf> {
    let need = |f: &kinfold_guidance::EventFilter| {
        Some(Need { word: u16::try_from(f.event as usize).ok()?, bits: 1 << f.bit? })
    };
    filters.iter().map(need).collect()
}

fn len<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

impl Thing {
    fn is_in(&self, view: &View<'_>) -> bool {
        match self {
            Self::Care => !view.care.is_empty(),
            Self::Placements => !view.placements.is_empty(),
            Self::Statuses => !view.statuses.is_empty(),
            Self::Missing => !view.missing.is_empty(),
            Self::ShortBreaks => view.short_breaks,
            Self::Planned => view.placements.iter().any(|p| p.planned == Some(true)),
            Self::Remand => {
                view.statuses.iter().any(|s| s.code == "J1") || view.ever_on(|basis| basis == "remand")
            }
            Self::Status(code) => view.statuses.iter().any(|s| s.code == *code),
            Self::Home(code) => {
                view.placements.iter().any(|p| p.code == *code || p.changes.iter().any(|c| c.code == *code))
            }
            Self::Basis(code) => view.ever_on(|basis| basis == code),
            Self::Location(code) => view.placements.iter().any(|p| p.location.as_ref() == Some(code)),
            Self::Spell(kind) => view.spells.iter().any(|s| s.kind == *kind),
            Self::Category(category) => view.categories.spells.iter().any(|s| s.category == *category),
        }
    }
}
