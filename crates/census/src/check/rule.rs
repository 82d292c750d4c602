//! What a rule is: a code, a plain title, and one version for every stretch of years in which it was asked.

use crate::tables::Table;

use super::context::Context;
use super::findings::Findings;
use super::returns::Returns;
use super::view::Child;

/// A rule of the collection.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The official code: `101`, `SW05STG1`.
    pub code: &'static str,
    /// What is wrong, in plain words and one sentence.
    pub title: &'static str,
    /// How it was asked over the years, oldest first. No two are of the same year.
    pub versions: &'static [Version],
}

impl Rule {
    /// How the rule is asked in the collection that ends in this year; `None` when it is not.
    pub fn version(&self, year: i16) -> Option<&'static Version> {
        self.published(year).filter(|v| !v.withdrawn)
    }

    /// How the rule was published for the collection that ends in this year, even if it was withdrawn before it was
    /// asked.
    pub fn published(&self, year: i16) -> Option<&'static Version> {
        self.versions.iter().find(|v| v.from <= year && v.to.is_none_or(|to| year <= to))
    }
}

/// How a rule is asked in some years. Write what differs and take the rest from [`Version::child`] or
/// [`Version::whole`].
#[derive(Debug, Clone, Copy)]
pub struct Version {
    /// The first year, by the March in which the collection ends: 2023 is 2022-23.
    pub from: i16,
    /// The last year; `None` when it is still asked.
    pub to: Option<i16>,
    /// Whether it was published but never asked. It is kept because its cases are published too.
    pub withdrawn: bool,
    /// The columns to show with a finding, including the derived `UASC`, `PL_LA`, `PL_LOCATION`, `PL_DISTANCE`.
    pub fields: &'static [&'static str],
    /// Tables of this year without which the rule cannot be asked.
    pub tables: &'static [Table],
    /// Tables of last year without which the rule cannot be asked.
    pub last: &'static [Table],
    /// What else it cannot be asked without.
    pub needs: &'static [Needs],
    /// The asking.
    pub run: Run,
}

impl Version {
    /// A version that looks at one child at a time.
    pub const fn child(check: ChildCheck) -> Self {
        Self::of(Run::Child(check))
    }

    /// A version that looks at the whole return at once.
    pub const fn whole(check: WholeCheck) -> Self {
        Self::of(Run::Whole(check))
    }

    const fn of(run: Run) -> Self {
        Self { from: 2023, to: None, withdrawn: false, fields: &[], tables: &[], last: &[], needs: &[], run }
    }
}

/// The collection by its years: `2025-26` is the one that ends in March 2026.
pub fn collection(year: i16) -> String {
    format!("{}-{:02}", year - 1, year.rem_euclid(100))
}

impl Version {
    /// The collections in which it was asked, in words: `2022-23 to 2024-25`.
    pub fn years(&self) -> String {
        let first = collection(self.from);
        match self.to {
            _ if self.withdrawn => format!("{first} (withdrawn before it was asked)"),
            Some(to) if to == self.from => first,
            Some(to) => format!("{first} to {}", collection(to)),
            None => format!("{first} on"),
        }
    }

    /// What it cannot be asked without, in words.
    pub fn wants(&self) -> Vec<String> {
        let this = self.tables.iter().map(|table| table.title().to_owned());
        let last = self.last.iter().map(|table| format!("{} of last year", table.title()));
        let needs = self.needs.iter().map(|need| match need {
            Needs::Places => "a postcode directory".to_owned(),
            Needs::Providers => "the list of providers".to_owned(),
            Needs::Authority => "the authority whose return it is".to_owned(),
            Needs::Xml => "a return in XML".to_owned(),
        });
        this.chain(last).chain(needs).collect()
    }
}

/// What a rule may need beside tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// A postcode directory, from which `PL_LA` and `PL_DISTANCE` are worked out.
    Places,
    /// The list of registered providers.
    Providers,
    /// The authority whose return it is, as its code of nine characters; with [`Needs::Places`] it gives `PL_LOCATION`.
    Authority,
    /// A return in XML: the question means nothing of a CSV file.
    Xml,
}

/// Looks at one child.
pub type ChildCheck = fn(&Child<'_>, &Context<'_>, &mut Findings);

/// Looks at the whole return.
pub type WholeCheck = fn(&Returns, &Context<'_>, &mut Findings);

/// How a rule is asked.
#[derive(Debug, Clone, Copy)]
pub enum Run {
    /// Child by child.
    Child(ChildCheck),
    /// Once, of the whole return: for what only shows between children.
    Whole(WholeCheck),
}
