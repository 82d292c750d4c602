//! Where a postcode is, and what is worked out from it for an episode.

use smol_str::SmolStr;

/// Where a postcode lies.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// The upper-tier authority, by its code of nine characters (`E10000016`).
    pub authority: SmolStr,
    /// Metres east on the national grid; not a number where the directory gives none.
    pub east: f64,
    /// Metres north on the national grid; not a number where the directory gives none.
    pub north: f64,
}

/// A postcode directory.
pub trait Places: Sync {
    /// Where a postcode lies, given in capitals without spaces (`DA49JR`); `None` when there is no such postcode.
    fn find(&self, postcode: &str) -> Option<Spot>;
}

/// A postcode as directories hold it: capitals, no spaces.
pub fn plain_postcode(written: &str) -> SmolStr {
    written.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect()
}

/// Miles between two spots, to a tenth, as the collection works it out.
pub fn miles(a: &Spot, b: &Spot) -> f64 {
    let metres = (a.east - b.east).hypot(a.north - b.north);
    (metres / 1000.0 / 1.6093 * 10.0).round_ties_even() / 10.0
}

/// The authority as the return writes it: the countries beside England have one code each.
pub fn authority_code(code: &str) -> SmolStr {
    match code.as_bytes().first() {
        Some(b'W') => SmolStr::new_static("WAL"),
        Some(b'S') => SmolStr::new_static("SCO"),
        Some(b'N') => SmolStr::new_static("NIR"),
        _ => SmolStr::new(code),
    }
}

/// Whether text has the form of a postcode (`M1 1AA`, `SW1A1AA`), whether or not there is such a postcode.
pub fn looks_like_postcode(written: &str) -> bool {
    let plain = plain_postcode(written);
    let bytes = plain.as_bytes();
    if !(5..=7).contains(&bytes.len()) {
        return false;
    }
    let (outward, inward) = bytes.split_at(bytes.len() - 3);
    let letters = outward.iter().take_while(|b| b.is_ascii_uppercase()).count();
    // After the area come one or two figures, or a figure and a letter.
    let district = match outward.get(letters..) {
        Some([a]) => a.is_ascii_digit(),
        Some([a, b]) => a.is_ascii_digit() && b.is_ascii_alphanumeric(),
        _ => false,
    };
    let inward =
        matches!(inward, [a, b, c] if a.is_ascii_digit() && b.is_ascii_uppercase() && c.is_ascii_uppercase());
    (1..=2).contains(&letters) && district && inward
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_is_in_miles_to_a_tenth() {
        let spot = |east, north| Spot { authority: SmolStr::default(), east, north };
        assert_eq!(miles(&spot(0.0, 0.0), &spot(3_000.0, 4_000.0)).to_string(), "3.1");
        assert_eq!(miles(&spot(5.0, 5.0), &spot(5.0, 5.0)).to_string(), "0");
    }

    #[test]
    fn a_postcode_is_found_however_it_is_spaced() {
        assert_eq!(plain_postcode(" da4 9jr "), "DA49JR");
    }

    #[test]
    fn the_form_of_a_postcode() {
        for real in ["M1 1AA", "M60 1nw", "CR2 6XH", "DN55 1PT", "W1A 1HQ", "EC1A1BB"] {
            assert!(looks_like_postcode(real), "{real}");
        }
        for wrong in ["", "invalid", "M 1AA", "M1 AAA", "M1", "ABC1 1AA", "A1234 1AA", "É1 1AA"] {
            assert!(!looks_like_postcode(wrong), "{wrong}");
        }
    }

    #[test]
    fn the_other_countries_have_one_code_each() {
        assert_eq!(authority_code("W06000015"), "WAL");
        assert_eq!(authority_code("E10000016"), "E10000016");
    }
}
