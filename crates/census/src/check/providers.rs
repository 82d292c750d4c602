//! The list of registered providers, by which reference numbers are checked.

use std::collections::HashMap;

use jiff::civil::Date;
use smol_str::SmolStr;

use super::places::{Places, authority_code, plain_postcode};
use crate::cell::{Cell, Column, Place};
use crate::problem::Problems;

/// One registration of a provider.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provider {
    /// Placement types that it may offer (`K2`); empty when the list does not say.
    pub place_codes: Vec<SmolStr>,
    /// Kinds of provider that it may be (`PR4`); empty when the list does not say.
    pub provider_codes: Vec<SmolStr>,
    /// The day the registration ended.
    pub ended: Option<Date>,
    /// Its postcode, in capitals without spaces; may be empty.
    pub postcode: SmolStr,
    /// The authority it lies in, by its code; may be empty.
    pub authority: SmolStr,
}

/// Every registration, by reference number. One number may have several.
#[derive(Debug, Default)]
pub struct Providers {
    by_urn: Option<HashMap<SmolStr, Vec<Provider>>>,
}

/// No provider at all.
pub(crate) static NONE: Providers = Providers { by_urn: None };

impl Providers {
    /// The registrations of a number (capitals); empty when there is none.
    pub fn of(&self, urn: &str) -> &[Provider] {
        self.by_urn.as_ref().and_then(|map| map.get(urn)).map_or(&[], Vec::as_slice)
    }

    /// Adds a registration.
    pub fn add(&mut self, urn: &str, provider: Provider) {
        let urn = SmolStr::from(urn.trim().to_ascii_uppercase());
        if !urn.is_empty() {
            self.by_urn.get_or_insert_default().entry(urn).or_default().push(provider);
        }
    }

    /// Works out the authority of those whose list did not give its code, from their postcodes.
    pub fn locate(&mut self, places: &dyn Places) {
        let all = self.by_urn.iter_mut().flat_map(HashMap::values_mut).flatten();
        for provider in all.filter(|p| p.authority.is_empty() && !p.postcode.is_empty()) {
            if let Some(spot) = places.find(&provider.postcode) {
                provider.authority = authority_code(&spot.authority);
            }
        }
    }

    /// How many numbers it has.
    pub fn len(&self) -> usize {
        self.by_urn.as_ref().map_or(0, HashMap::len)
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Reads the list from CSV with headings. Columns go by the names in use for them, in any order; only the
    /// reference number has to be there.
    ///
    /// # Errors
    /// When the text is no CSV, or no column is called `URN`.
    pub fn from_csv(text: &str) -> Result<Self, String> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let headings =
            reader.headers().map_err(|e| format!("The list of providers could not be read: {e}."))?.clone();
        let mut out = Self::default();
        let columns: Vec<String> =
            headings.iter().map(|h| h.trim_start_matches('\u{feff}').trim().to_ascii_uppercase()).collect();
        if !columns.iter().any(|c| c == "URN") {
            return Err(
                "The list of providers has no column called URN. Check that it is the right file.".into()
            );
        }
        for record in reader.records() {
            let record = record.map_err(|e| format!("The list of providers could not be read: {e}."))?;
            let cells = columns.iter().map(String::as_str).zip(record.iter());
            out.add_row(cells);
        }
        Ok(out)
    }

    /// Adds a row given as pairs of heading (capitals) and text.
    pub(crate) fn add_row<'c>(&mut self, cells: impl Iterator<Item = (&'c str, &'c str)>) {
        let mut urn = String::new();
        let mut provider = Provider::default();
        for (column, text) in cells {
            let text = text.trim();
            match column {
                "URN" => text.clone_into(&mut urn),
                "PLACEMENT CODE" | "PLACE_CODES" | "PLACE_CODE" => provider.place_codes = list(text),
                "PLACEMENT PROVIDER CODE" | "PROVIDER_CODES" | "PROVIDER_CODE" => {
                    provider.provider_codes = list(text)
                }
                "DEREGISTRATION DATE" | "REG_END" => provider.ended = day(text),
                "SETTING ADDRESS POSTCODE" | "POSTCODE" => provider.postcode = plain_postcode(text),
                "LA_CODE_INFERRED" | "LA_CODE" => {
                    provider.authority = SmolStr::from(text.to_ascii_uppercase())
                }
                // Lists in use hold the name here, which no placement can be compared with.
                "LOCAL AUTHORITY" if is_code(text) => {
                    provider.authority = SmolStr::from(text.to_ascii_uppercase());
                }
                _ => {}
            }
        }
        self.add(&urn, provider);
    }
}

/// Whether this is the code of an authority: a letter and eight figures.
fn is_code(text: &str) -> bool {
    let mut bytes = text.bytes();
    text.len() == 9
        && bytes.next().is_some_and(|b| b.is_ascii_alphabetic())
        && bytes.all(|b| b.is_ascii_digit())
}

fn list(text: &str) -> Vec<SmolStr> {
    text.split([',', ';', ' '])
        .filter(|code| !code.is_empty())
        .map(|code| SmolStr::from(code.to_ascii_uppercase()))
        .collect()
}

/// A day as the return writes it.
pub(crate) fn day(text: &str) -> Option<Date> {
    let mut problems = Problems::new("", 0);
    Cell::<Date>::read(text, &mut Place { line: 0, column: "", problems: &mut problems }).value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_by_its_headings() {
        let text = "URN,Placement code,Deregistration date,Setting address postcode\nsc1,\"U1,U2\",2026-08-31,TN24 9WZ\nSC1,,,\n";
        let list = Providers::from_csv(text).unwrap();
        let found = list.of("SC1");
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].place_codes, ["U1", "U2"]);
        assert_eq!(found[0].ended, Some(jiff::civil::date(2026, 8, 31)));
        assert_eq!(found[0].postcode, "TN249WZ");
        assert!(list.of("SC2").is_empty());
    }

    #[test]
    fn the_authority_is_a_code_or_follows_from_the_postcode() {
        struct Kent;
        impl Places for Kent {
            fn find(&self, postcode: &str) -> Option<super::super::Spot> {
                let authority = SmolStr::new_static("E10000016");
                (postcode == "TN249WZ").then_some(super::super::Spot { authority, east: 0.0, north: 0.0 })
            }
        }
        let text =
            "URN,Local authority,Setting address postcode\n1,e06000035,TN24 9WZ\n2,Kent,TN24 9WZ\n3,Kent,X\n";
        let mut list = Providers::from_csv(text).unwrap();
        list.locate(&Kent);
        let of = |urn| list.of(urn)[0].authority.clone();
        assert_eq!([of("1"), of("2"), of("3")], ["E06000035", "E10000016", ""]);
    }

    #[test]
    fn a_list_without_numbers_is_refused() {
        assert!(Providers::from_csv("name\nA\n").is_err());
    }
}
