//! Where we answer differently from the published cases, on purpose: the official words beside each.

/// One version of a rule whose published case we do not follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Divergence {
    /// The code of the rule.
    pub code: &'static str,
    /// The year of the version, by the March in which the collection ends.
    pub year: i16,
    /// What the rule officially says.
    pub official: &'static str,
    /// Why the case disagrees with that, and what we do.
    pub because: &'static str,
}

/// Every divergence, by code and year.
pub const DIVERGENCES: &[Divergence] = &[];

/// The declared divergence of a version, if there is one.
pub(crate) fn of(code: &str, year: i16) -> Option<&'static Divergence> {
    DIVERGENCES.iter().find(|d| d.code == code && d.year == year)
}
