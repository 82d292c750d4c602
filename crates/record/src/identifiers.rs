//! Identifiers that other services give a child or a home, with their check digits.

use thiserror::Error;

/// What is wrong with an NHS number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NhsNumberError {
    /// Something in it is not a digit.
    #[error("An NHS number has only digits. Check it against the letter it came from.")]
    NotDigits,
    /// It is too short or too long.
    #[error("An NHS number has 10 digits; this one has {0}. Check it against the letter it came from.")]
    Length(usize),
    /// Its last digit does not agree with the others.
    #[error(
        "This NHS number has a mistake in it: its last digit does not fit the others. Check it against the letter it came from."
    )]
    CheckDigit,
}

/// What is wrong with a unique pupil number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UpnError {
    /// It is too short or too long.
    #[error(
        "A unique pupil number has 13 characters; this one has {0}. Ask the school for it, or use UN1 to UN5 when it is not known."
    )]
    Length(usize),
    /// Its characters are not a letter, then digits (the last may be a letter).
    #[error(
        "A unique pupil number is one letter (not I, O or S) and 12 digits; a temporary one ends with a letter. Check it with the school."
    )]
    Shape,
    /// Its first letter does not agree with the rest.
    #[error(
        "This unique pupil number has a mistake in it: its first letter does not fit the rest. Check it with the school."
    )]
    CheckLetter,
}

/// A postcode that cannot be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("This is not a full UK postcode. Write it like SW1A 2AA.")]
pub struct PostcodeError;

/// An Ofsted number that cannot be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("An Ofsted number (URN) is SC and 6 digits, or 7 digits; XXXXXXX when there is none yet.")]
pub struct UrnError;

/// Check letters of a unique pupil number by remainder: the alphabet without I, O and S.
const UPN_LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";

/// The letters without spaces and in capitals, as identifiers are compared and stored.
fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}

/// The ten digits of an NHS number written with or without spaces (modulus 11 with weights 10 to 2).
///
/// # Errors
/// When it is not ten digits or its check digit does not fit. A remainder that would need 10 is never issued.
pub fn nhs_number(text: &str) -> Result<String, NhsNumberError> {
    let digits = compact(text);
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(NhsNumberError::NotDigits);
    }
    if digits.len() != 10 {
        return Err(NhsNumberError::Length(digits.len()));
    }
    let value = |b: u8| u32::from(b - b'0');
    let sum: u32 = digits.bytes().take(9).zip((2..=10).rev()).map(|(b, weight)| value(b) * weight).sum();
    let check = (11 - sum % 11) % 11;
    if check == 10 || digits.bytes().last().map(value) != Some(check) {
        return Err(NhsNumberError::CheckDigit);
    }
    Ok(digits)
}

/// An NHS number as people read it: 943 476 5919. Anything that is not ten characters is left as it is.
pub fn show_nhs_number(digits: &str) -> String {
    match (digits.get(..3), digits.get(3..6), digits.get(6..10)) {
        (Some(a), Some(b), Some(c)) if digits.len() == 10 => format!("{a} {b} {c}"),
        _ => digits.to_owned(),
    }
}

/// Why a child has no unique pupil number yet (SSDA903): UN1 to UN5.
pub fn is_upn_absence(text: &str) -> bool {
    matches!(compact(text).as_str(), "UN1" | "UN2" | "UN3" | "UN4" | "UN5")
}

/// A unique pupil number in capitals without spaces, permanent or temporary (last character a letter), or one of the
/// codes UN1 to UN5 that say why there is none.
///
/// # Errors
/// When it has the wrong length or shape, or its first letter does not fit.
pub fn upn(text: &str) -> Result<String, UpnError> {
    let upn = compact(text);
    if is_upn_absence(&upn) {
        return Ok(upn);
    }
    let length = upn.chars().count();
    if length != 13 {
        return Err(UpnError::Length(length));
    }
    // The last character may be a letter, on a temporary number; its value is its place in the check alphabet.
    let mut sum = 0;
    for (i, b) in upn.bytes().enumerate().skip(1) {
        let value = match b {
            b'0'..=b'9' => usize::from(b - b'0'),
            _ if i == 12 => letter_value(b).ok_or(UpnError::Shape)?,
            _ => return Err(UpnError::Shape),
        };
        sum += (i + 1) * value;
    }
    let first = upn.bytes().next().and_then(letter_value).ok_or(UpnError::Shape)?;
    if first == sum % 23 { Ok(upn) } else { Err(UpnError::CheckLetter) }
}

fn letter_value(letter: u8) -> Option<usize> {
    UPN_LETTERS.iter().position(|l| *l == letter)
}

/// A UK postcode in capitals with its one space. Only the shape is checked, not that it exists.
///
/// # Errors
/// When it does not have the shape of a full postcode.
pub fn postcode(text: &str) -> Result<String, PostcodeError> {
    let code = compact(text);
    if !code.is_ascii() || !(5..=7).contains(&code.len()) {
        return Err(PostcodeError);
    }
    let (outward, inward) = code.split_at(code.len() - 3);
    let shape: String = outward.chars().map(shape_of).collect();
    // A9, A99, AA9, AA99, A9A, AA9A, and the one that fits no pattern.
    let outward_fits =
        matches!(shape.as_str(), "A9" | "A99" | "AA9" | "AA99" | "A9A" | "AA9A") || code == "GIR0AA";
    // These letters are never used in the second half, because they are misread.
    let inward_fits =
        inward.chars().map(shape_of).eq("9AA".chars()) && !inward.contains(['C', 'I', 'K', 'M', 'O', 'V']);
    if outward_fits && inward_fits { Ok(format!("{outward} {inward}")) } else { Err(PostcodeError) }
}

fn shape_of(c: char) -> char {
    match c {
        'A'..='Z' => 'A',
        '0'..='9' => '9',
        _ => '?',
    }
}

/// An Ofsted number in capitals: SC and six digits, seven digits, or XXXXXXX (SSDA903: none yet).
///
/// # Errors
/// When it has another shape.
pub fn ofsted_urn(text: &str) -> Result<String, UrnError> {
    let urn = compact(text);
    let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    let fits =
        urn == "XXXXXXX" || digits(&urn, 7) || urn.strip_prefix("SC").is_some_and(|rest| digits(rest, 6));
    if fits { Ok(urn) } else { Err(UrnError) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_nhs_number_is_read_with_or_without_spaces_and_shown_in_three_groups() {
        assert_eq!(nhs_number("943 476 5870").unwrap(), "9434765870");
        assert_eq!(nhs_number("9434765870").unwrap(), "9434765870");
        assert_eq!(show_nhs_number("9434765870"), "943 476 5870");
        assert_eq!(show_nhs_number("943"), "943");
        assert_eq!(show_nhs_number("94é4765870"), "94é4765870");
    }

    #[test]
    fn a_mistyped_nhs_number_is_refused_in_plain_words() {
        assert_eq!(nhs_number("9434765871"), Err(NhsNumberError::CheckDigit));
        assert_eq!(nhs_number("943476587"), Err(NhsNumberError::Length(9)));
        assert_eq!(nhs_number("943-476-5870"), Err(NhsNumberError::NotDigits));
        assert_eq!(nhs_number(""), Err(NhsNumberError::Length(0)));
        assert!(nhs_number("1").unwrap_err().to_string().contains("10 digits; this one has 1"));
    }

    #[test]
    fn a_remainder_that_would_need_the_digit_ten_is_never_valid() {
        // 9 x 1 + 3 x 1 = 12, whose remainder 1 would need the check digit 10.
        let nine = "010000010";
        assert!((0..10).all(|d| nhs_number(&format!("{nine}{d}")) == Err(NhsNumberError::CheckDigit)));
        // A remainder of 0 gives the check digit 0, not 11.
        assert!(nhs_number("0000000000").is_ok());
    }

    #[test]
    fn a_pupil_number_is_checked_by_its_first_letter() {
        assert_eq!(upn("B801200005001").unwrap(), "B801200005001");
        assert_eq!(upn("b8012 0000 5001").unwrap(), "B801200005001");
        assert_eq!(upn("B207000016049"), Err(UpnError::CheckLetter));
        assert_eq!(upn("P207000016049").unwrap(), "P207000016049");
    }

    #[test]
    fn a_temporary_pupil_number_ends_with_a_letter() {
        // 2x8 + 3x0 + 4x1 + 5x2 + 10x5 + 13xvalue(A)=0 : 80 mod 23 = 11.
        assert_eq!(upn("M80120000500A").unwrap(), "M80120000500A");
        assert_eq!(upn("A80120000500A"), Err(UpnError::CheckLetter));
        for wrong in ["M80120000500I", "I801200005001", "M8012000050AA", "8801200005001"] {
            assert_eq!(upn(wrong), Err(UpnError::Shape), "{wrong}");
        }
    }

    #[test]
    fn reasons_for_having_no_pupil_number_are_accepted() {
        for code in ["UN1", "un2", "UN3", "UN4", "UN5"] {
            assert!(upn(code).is_ok() && is_upn_absence(code), "{code}");
        }
        assert_eq!(upn("UN6"), Err(UpnError::Length(3)));
        assert_eq!(upn("ééééééééééééé"), Err(UpnError::Shape));
    }

    #[test]
    fn postcodes_are_checked_by_shape() {
        for (typed, kept) in [
            ("sw1a2aa", "SW1A 2AA"),
            ("M1 1AE", "M1 1AE"),
            (" b33  8th ", "B33 8TH"),
            ("CR2 6XH", "CR2 6XH"),
            ("EC1A 1BB", "EC1A 1BB"),
            ("W1A 0AX", "W1A 0AX"),
            ("gir 0aa", "GIR 0AA"),
        ] {
            assert_eq!(postcode(typed).as_deref(), Ok(kept));
        }
        for wrong in ["", "SW1A", "SW1A 2A", "1SW 2AA", "SW1A 2AC", "AAA1 1AA", "SW1A-2AA", "Ééé 1AA"] {
            assert!(postcode(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn ofsted_numbers_are_checked_by_shape() {
        for urn in ["SC123456", "sc 123456", "1234567", "xxxxxxx"] {
            assert!(ofsted_urn(urn).is_ok(), "{urn}");
        }
        for wrong in ["", "SC12345", "123456", "12345678", "SC12345X"] {
            assert!(ofsted_urn(wrong).is_err(), "{wrong}");
        }
    }
}
