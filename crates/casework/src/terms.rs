//! What a child can be found by: parts of names as written, as they sound and in pieces of three letters; and numbers.

use kinfold_record::Timeline;
use kinfold_store::{Term, TermKind};
use rphonetic::DoubleMetaphone;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters that decomposition leaves whole, as people without that key type them.
const PLAIN: [(char, &str); 8] =
    [('ø', "o"), ('ł', "l"), ('đ', "d"), ('ð', "d"), ('þ', "th"), ('ß', "ss"), ('æ', "ae"), ('œ', "oe")];

/// Lower case without accents; what is neither letter nor figure is kept.
fn plain(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match PLAIN.iter().find(|(from, _)| *from == c) {
            Some((_, to)) => out.push_str(to),
            None => out.push(c),
        }
    }
    out
}

/// Lower case, without accents and punctuation: how names are compared.
pub(crate) fn fold_name(name: &str) -> String {
    let spaced: String = plain(name).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a name with what is inside them left out: "O’Brien-Smith" is `obriensmith`.
pub(crate) fn joined(name: &str) -> Vec<String> {
    plain(name)
        .split_whitespace()
        .map(|word| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect()
}

/// How a word sounds: one or two codes (Double Metaphone). Words that are too short to tell have none.
pub(crate) fn sounds(word: &str) -> Vec<String> {
    if word.chars().count() < 2 || !word.is_ascii() {
        return Vec::new();
    }
    let code = DoubleMetaphone::new(Some(6)).double_metaphone(word);
    let mut codes = vec![code.primary(), code.alternate()];
    codes.retain(|code| !code.is_empty());
    codes.dedup();
    codes
}

/// Every three letters of a word, its beginning and end marked.
pub(crate) fn trigrams(word: &str) -> Vec<String> {
    let letters: Vec<char> = std::iter::once('_').chain(word.chars()).chain(std::iter::once('_')).collect();
    if letters.len() < 5 {
        return Vec::new();
    }
    letters.windows(3).map(|three| three.iter().collect()).collect()
}

/// A number as it is compared: without spaces and hyphens, lower case.
pub(crate) fn number(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Every term a chronology can be found by.
pub(crate) fn terms(timeline: &Timeline) -> Vec<Term> {
    let id = &timeline.identity;
    let mut out = Vec::new();
    let names = [Some(id.given_name.as_str()), Some(id.family_name.as_str()), id.known_as.as_deref()];
    for name in names.into_iter().flatten().chain(id.also_known_as.iter().map(String::as_str)) {
        let parts = fold_name(name);
        let words = parts.split(' ').filter(|p| !p.is_empty()).map(str::to_owned).chain(joined(name));
        for word in words {
            out.extend(sounds(&word).into_iter().map(|term| Term { kind: TermKind::Phonetic, term }));
            out.extend(trigrams(&word).into_iter().map(|term| Term { kind: TermKind::Trigram, term }));
            out.push(Term { kind: TermKind::Name, term: word });
        }
    }
    if let Some(born) = timeline.born {
        out.push(Term { kind: TermKind::Dob, term: born.to_string() });
    }
    for (kind, value) in
        [(TermKind::Nhs, &id.nhs_number), (TermKind::Upn, &id.upn), (TermKind::Local, &id.local_id)]
    {
        let term = value.as_deref().map(number).unwrap_or_default();
        if !term.is_empty() {
            out.push(Term { kind, term });
        }
    }
    out.sort();
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_accents_and_marks() {
        assert_eq!(fold_name("Zoë  O’Brien-Łoś"), "zoe o brien los");
        assert_eq!(joined("Zoë O’Brien-Łoś"), ["zoe", "obrienlos"]);
        assert_eq!(fold_name("Strauß"), "strauss");
    }

    #[test]
    fn names_that_sound_alike_share_a_code() {
        for (a, b) in
            [("katherine", "catherine"), ("stephen", "steven"), ("philip", "filip"), ("mohammed", "muhamad")]
        {
            let (x, y) = (sounds(a), sounds(b));
            assert!(x.iter().any(|code| y.contains(code)), "{a} {x:?} {b} {y:?}");
        }
        assert!(sounds("katherine").iter().all(|code| !sounds("margaret").contains(code)));
        assert!(sounds("x").is_empty());
    }

    #[test]
    fn a_word_is_cut_into_threes() {
        assert_eq!(trigrams("kat"), ["_ka", "kat", "at_"]);
        assert!(trigrams("ka").is_empty());
    }
}
