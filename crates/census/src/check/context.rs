//! What a rule may know beside the rows: the year, and the lists that a council may have supplied.

use jiff::civil::{Date, date};
use smol_str::SmolStr;

use super::places::Places;
use super::providers::Providers;

/// What is supplied beside the return. Everything is optional: a rule that needs what is missing is reported as not run.
#[derive(Clone, Copy, Default)]
pub struct Supplied<'a> {
    /// A postcode directory.
    pub places: Option<&'a dyn Places>,
    /// The list of registered providers.
    pub providers: Option<&'a Providers>,
    /// The code of the authority whose return it is (`E10000016`).
    pub authority: Option<&'a str>,
}

impl std::fmt::Debug for Supplied<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Supplied")
            .field("places", &self.places.is_some())
            .field("providers", &self.providers.is_some())
            .field("authority", &self.authority)
            .finish()
    }
}

/// What a rule may know beside the rows.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// The year in which the collection ends.
    pub year: i16,
    /// The first day of the collection: 1 April.
    pub start: Date,
    /// The last day of the collection: 31 March.
    pub end: Date,
    /// Whether the return came as XML.
    pub xml: bool,
    /// The code of the authority whose return it is, in capitals; empty when not supplied.
    pub authority: SmolStr,
    /// The providers. Empty when not supplied; a rule that declares [`Needs::Providers`](super::Needs::Providers)
    /// never sees it so.
    pub providers: &'a Providers,
    /// Whether a postcode directory was supplied.
    pub has_places: bool,
}

impl<'a> Context<'a> {
    /// The context of a year.
    pub(crate) fn new(year: i16, xml: bool, supplied: &Supplied<'a>) -> Self {
        Self {
            year,
            start: date(year - 1, 4, 1),
            end: date(year, 3, 31),
            xml,
            authority: supplied
                .authority
                .map(|a| SmolStr::from(a.trim().to_ascii_uppercase()))
                .unwrap_or_default(),
            providers: supplied.providers.unwrap_or(&super::providers::NONE),
            has_places: supplied.places.is_some(),
        }
    }

    /// The same while the year runs: as though the collection ended on this day. Nothing changes of a year that is over,
    /// or has not begun.
    pub(crate) fn on(self, today: Date) -> Self {
        Self { end: self.end.min(today).max(self.start), ..self }
    }

    /// Whether a day lies within the collection year.
    pub fn holds(&self, day: Date) -> bool {
        self.start <= day && day <= self.end
    }
}
