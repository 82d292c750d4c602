//! Finding a child by name, alias, date of birth or number, among those the person may find.

use std::collections::HashMap;

use jiff::civil::Date;
use kinfold_record::{PersonId, Subject};
use kinfold_store::{ChildLine, Found, Probe, Search, TermKind};
use serde_json::json;
use uuid::Uuid;

use crate::actor::Actor;
use crate::error::Result;
use crate::house::Casework;
use crate::terms::{fold_name, joined, number, sounds, trigrams};

/// Results shown at most: whoever has more narrows the search.
pub const MOST: i64 = 50;
/// More than anybody types into a search.
const LONGEST: usize = 200;
/// Ways in which one word may match; the store takes no more.
const WAYS: usize = 16;

/// What a search found.
#[derive(Debug, Clone)]
pub struct FoundPage {
    /// The day it is.
    pub today: Date,
    /// Children, best first, at most [`MOST`].
    pub children: Vec<ChildLine>,
    /// Names of key workers.
    pub workers: HashMap<PersonId, String>,
    /// Names of teams.
    pub teams: HashMap<Uuid, String>,
    /// The child whose reference was typed, letter for letter.
    pub exact: Option<Uuid>,
    /// Whether nothing matched as typed, so these are only like it.
    pub only_alike: bool,
}

impl Casework {
    /// Finds children. The log keeps how many were found, never what was typed.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn find(&self, actor: &Actor, typed: &str) -> Result<FoundPage> {
        let typed: String = typed.chars().take(LONGEST).collect();
        let typed = typed.trim();
        let today = self.today();
        let scope = self.scope(actor, Subject::Child);
        let mut unit = self.house.store.read().await?;
        let mut exact = None;
        if let Some(row) = unit.child_by_reference(&typed.to_uppercase()).await? {
            exact = unit.children_among(&scope, &[row.id]).await?.into_iter().next();
        }
        let mut only_alike = false;
        let mut found = match &exact {
            Some(_) => Vec::new(),
            None => unit.search(&scope, &as_typed(typed, today), MOST).await?,
        };
        if found.is_empty() && exact.is_none() {
            let alike = alike(typed, today);
            if !alike.words.is_empty() {
                found = unit.search(&scope, &alike, MOST).await?;
                only_alike = !found.is_empty();
            }
        }
        rank(&mut found, typed);
        let closed = self.closed_to(&mut *unit, actor).await?;
        found.retain(|f| !closed.contains(&f.child.id));
        let exact = exact.filter(|line| !closed.contains(&line.id));
        only_alike &= !found.is_empty();
        let children: Vec<ChildLine> =
            exact.iter().cloned().chain(found.into_iter().map(|f| f.child)).collect();
        let workers: Vec<Uuid> = children.iter().filter_map(|c| c.key_worker).collect();
        let workers = self.names(&mut *unit, &workers).await?;
        let teams = unit.teams().await?.into_iter().map(|t| (t.id, t.name)).collect();
        drop(unit);
        self.house
            .pen
            .write(vec![actor.line("search", None, true, &json!({"found": children.len()}))])
            .await?;
        Ok(FoundPage { today, exact: exact.map(|c| c.id), children, workers, teams, only_alike })
    }
}

fn probe(kind: TermKind, term: impl Into<String>, weight: i64) -> Probe {
    Probe { kind, term: term.into(), prefix: false, weight }
}

/// The search as typed: every word must match, in whatever order.
fn as_typed(typed: &str, today: Date) -> Search {
    let (born, rest) = take_date(typed, today);
    let mut words: Vec<Vec<Probe>> = Vec::new();
    if let Some(born) = born {
        words.push(vec![probe(TermKind::Dob, born.to_string(), 100)]);
    }
    let whole = number(&rest);
    let looks_like_number = whole.chars().filter(char::is_ascii_digit).count() >= 4;
    if looks_like_number {
        words.push(vec![
            probe(TermKind::Nhs, &whole, 100),
            probe(TermKind::Upn, &whole, 100),
            probe(TermKind::Local, &whole, 100),
        ]);
    } else {
        words.extend(rest.split_whitespace().map(ways).filter(|ways| !ways.is_empty()));
    }
    Search { words, at_least: 0 }
}

/// The ways in which one word of a name may match.
fn ways(word: &str) -> Vec<Probe> {
    let forms: Vec<String> = joined(word);
    let Some(form) = forms.first() else { return Vec::new() };
    let mut ways = vec![
        probe(TermKind::Name, form, 100),
        Probe { prefix: true, ..probe(TermKind::Name, form, 70) },
        probe(TermKind::Local, form, 90),
    ];
    // "O’Brien" also finds the one entered as Brien, and "Smith-Jones" the one entered as Jones.
    let folded = fold_name(word);
    ways.extend(
        folded
            .split(' ')
            .filter(|part| part.len() > 2 && *part != form)
            .map(|p| probe(TermKind::Name, p, 50)),
    );
    ways.extend(sounds(form).into_iter().map(|code| probe(TermKind::Phonetic, code, 40)));
    ways.extend(swapped(form).into_iter().map(|term| probe(TermKind::Name, term, 60)));
    ways.truncate(WAYS);
    ways
}

/// The word with each pair of neighbouring letters changed about: the commonest slip of the fingers.
fn swapped(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < 3 {
        return Vec::new();
    }
    (0..letters.len() - 1)
        .filter(|i| letters[*i] != letters[i + 1])
        .map(|i| {
            let mut other = letters.clone();
            other.swap(i, i + 1);
            other.into_iter().collect()
        })
        .collect()
}

/// A looser search, for when nothing matched: half of the pieces of the words must be there.
fn alike(typed: &str, today: Date) -> Search {
    let (_, rest) = take_date(typed, today);
    let mut pieces: Vec<String> = joined(&rest).iter().flat_map(|word| trigrams(word)).collect();
    pieces.sort();
    pieces.dedup();
    pieces.truncate(WAYS);
    let at_least = pieces.len().div_ceil(2).max(2);
    let words = pieces.into_iter().map(|piece| vec![probe(TermKind::Trigram, piece, 10)]).collect();
    Search { words, at_least }
}

/// Among equals, the name that is most like what was typed comes first.
fn rank(found: &mut [Found], typed: &str) {
    let typed = fold_name(typed);
    let closeness = |child: &ChildLine| strsim::jaro_winkler(&fold_name(&child.name), &typed);
    found.sort_by(|a, b| {
        b.score.cmp(&a.score).then_with(|| closeness(&b.child).total_cmp(&closeness(&a.child)))
    });
}

/// Takes a date out of what was typed, however it is written; the rest is given back.
fn take_date(typed: &str, today: Date) -> (Option<Date>, String) {
    let words: Vec<&str> = typed.split_whitespace().collect();
    for length in [3, 1] {
        for (at, some) in words.windows(length).enumerate() {
            let parts: Vec<&str> = some.iter().flat_map(|word| word.split(['/', '-', '.'])).collect();
            if let [a, b, c] = parts.as_slice()
                && let Some(date) = date_of(a, b, c, today)
            {
                let rest: Vec<&str> = words[..at].iter().chain(&words[at + length..]).copied().collect();
                return (Some(date), rest.join(" "));
            }
        }
    }
    (None, typed.to_owned())
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// "3", "March", "2012"; "03", "03", "12"; "2012", "03", "03". The day comes before the month, as in England.
fn date_of(a: &str, b: &str, c: &str, today: Date) -> Option<Date> {
    let month = match b.parse::<i8>() {
        Ok(month) => month,
        Err(_) => {
            let word = b.to_lowercase();
            let at = MONTHS.iter().position(|m| word.len() >= 3 && word.starts_with(m))?;
            i8::try_from(at + 1).ok()?
        }
    };
    let (day, year) = if a.len() == 4 { (c, a) } else { (a, c) };
    let day = day.trim_end_matches(['t', 'h', 's', 'n', 'd', 'r']).parse().ok()?;
    let short: i16 = year.parse().ok()?;
    let year = match year.len() {
        4 => short,
        // Nobody in the record is born in a year still to come.
        2 if 2000 + short <= today.year() => 2000 + short,
        2 => 1900 + short,
        _ => return None,
    };
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 21);

    #[test]
    fn a_date_is_understood_however_it_is_written() {
        let born = Some(date(2012, 3, 4));
        for typed in
            ["4/3/2012", "04.03.2012", "4-3-12", "2012-03-04", "4 March 2012", "4th mar 2012", "4 3 2012"]
        {
            assert_eq!(take_date(typed, TODAY), (born, String::new()), "{typed}");
        }
        assert_eq!(take_date("kit 4/3/2012 brown", TODAY), (born, "kit brown".to_owned()));
        assert_eq!(take_date("31/2/2012", TODAY).0, None);
        assert_eq!(take_date("4/3/99", TODAY).0, Some(date(1999, 3, 4)));
        assert_eq!(take_date("Smith-Jones-Brown", TODAY).0, None);
    }

    #[test]
    fn a_number_is_one_word_however_it_is_spaced() {
        let search = as_typed("485 777 3456", TODAY);
        assert_eq!(search.words.len(), 1);
        assert!(search.words[0].iter().any(|p| p.kind == TermKind::Nhs && p.term == "4857773456"));
    }

    #[test]
    fn a_slip_of_the_fingers_is_one_of_the_ways() {
        assert!(ways("Smiht").iter().any(|p| p.kind == TermKind::Name && p.term == "smith"));
        assert!(ways("O'Brien").iter().any(|p| p.term == "obrien"));
        assert!(ways("O'Brien").iter().any(|p| p.term == "brien"));
        assert!(ways("’").is_empty());
    }
}
