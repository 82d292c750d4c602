//! Into which group of each split a child falls.

use kinfold_guidance::measure::{Dimension, Group, Split};
use kinfold_record::{Placement, SpellKind};
use smol_str::SmolStr;

use crate::view::View;

/// How many splits can be counted at once. Later ones are left out.
pub const MOST_SPLITS: usize = 12;

/// What the group of those is called that are in none of a split's own. It is always the last.
pub const NOT_KNOWN: &str = "Not known";

/// The group of a child in each split, by its place in the split; one beyond the last is "Not known".
pub(crate) type Places = [u8; MOST_SPLITS];

pub(crate) fn places(view: &View<'_>, splits: &[Split]) -> Places {
    let mut out = Places::default();
    for (split, place) in splits.iter().zip(&mut out) {
        let found = group(view, split).unwrap_or(split.groups.len());
        *place = u8::try_from(found).unwrap_or(u8::MAX);
    }
    out
}

fn group(view: &View<'_>, split: &Split) -> Option<usize> {
    let (t, to) = (view.t, view.span.to);
    let by_code = |code: Option<&SmolStr>| {
        let code = code?;
        split.groups.iter().position(|g| g.codes.contains(code))
    };
    match split.by {
        Dimension::Age => {
            let age = u16::try_from(t.age_on(to)?).ok()?;
            split.groups.iter().position(|g: &Group| g.from <= age && age < g.under)
        }
        Dimension::Sex => by_code(t.identity.sex.as_ref()),
        Dimension::Ethnicity => by_code(t.identity.ethnicity.as_ref()),
        Dimension::Disability => {
            let said = if t.holds(SpellKind::Disabled, to) { "yes" } else { "no" };
            by_code(t.identity.disabled.map(|_| SmolStr::new_static(said)).as_ref())
        }
        Dimension::Placement => by_code(last_home(view).map(|p| p.code_on(to))),
        Dimension::Location => by_code(last_home(view).and_then(|p| p.location.as_ref())),
        Dimension::Language => {
            let language = t.identity.first_language.as_ref()?.trim();
            let said = if language.eq_ignore_ascii_case("english") { "english" } else { "another" };
            by_code(Some(&SmolStr::new_static(said)))
        }
        Dimension::Unaccompanied => {
            let said = if t.holds(SpellKind::Unaccompanied, to) { "yes" } else { "no" };
            by_code(Some(&SmolStr::new_static(said)))
        }
        Dimension::CategoryOfNeed => by_code(view.care().and_then(|care| care.category_of_need.as_ref())),
    }
}

/// Where the child lived on the last day, or before, while looked after.
fn last_home<'a>(view: &View<'a>) -> Option<&'a Placement> {
    let (t, to) = (view.t, view.span.to);
    t.placement_on(to).or_else(|| t.placements.iter().rev().find(|p| p.start <= to))
}
