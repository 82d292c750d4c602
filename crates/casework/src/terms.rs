//! What a child can be found by.

use kinfold_record::Timeline;
use kinfold_store::{Term, TermKind};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without accents and punctuation: how names are compared.
pub(crate) fn fold_name(name: &str) -> String {
    name.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Every term a chronology can be found by.
pub(crate) fn terms(timeline: &Timeline) -> Vec<Term> {
    let id = &timeline.identity;
    let mut out = Vec::new();
    let names = [Some(id.given_name.as_str()), Some(id.family_name.as_str()), id.known_as.as_deref()];
    for name in names.into_iter().flatten().chain(id.also_known_as.iter().map(String::as_str)) {
        for part in fold_name(name).split(' ').filter(|p| !p.is_empty()) {
            out.push(Term { kind: TermKind::Name, term: part.to_owned() });
        }
    }
    if let Some(born) = timeline.born {
        out.push(Term { kind: TermKind::Dob, term: born.to_string() });
    }
    for (kind, value) in [(TermKind::Nhs, &id.nhs_number), (TermKind::Upn, &id.upn), (TermKind::Local, &id.local_id)] {
        if let Some(value) = value {
            let term: String = value.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
            out.push(Term { kind, term });
        }
    }
    out.sort();
    out.dedup();
    out
}
