//! Lists of the outside world that some rules of the return ask for. Whoever starts Kinfold reads them from files and
//! hands them over once; a rule that needs what is not there says so.

use std::sync::Arc;

use jiff::civil::Date;
use kinfold_census::check::{Directory, Places, Providers, Supplied};

use crate::house::Casework;

/// A list, and the file it came from.
#[derive(Debug)]
pub struct DatedList<T> {
    /// What it says.
    pub list: T,
    /// The name of the file, without its folder.
    pub file: String,
    /// The day the file was last changed: so old is what it says.
    pub dated: Date,
}

/// What Kinfold was given beside the record.
#[derive(Debug, Default)]
pub struct ReturnLists {
    postcodes: Option<DatedList<Directory>>,
    providers: Option<DatedList<Providers>>,
    authority: Option<String>,
}

/// A list in use, in words for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListInUse {
    /// The name of its file.
    pub file: String,
    /// The day the file was last changed.
    pub dated: Date,
    /// How many postcodes or providers it holds.
    pub holds: usize,
}

/// Which lists are in use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListsInUse {
    /// The postcode directory.
    pub postcodes: Option<ListInUse>,
    /// The list of registered providers.
    pub providers: Option<ListInUse>,
    /// The code of the authority whose return it is.
    pub authority: Option<String>,
}

impl ReturnLists {
    /// The lists as rules use them. `authority` is the code of the authority whose return it is (`E10000016`).
    ///
    /// # Errors
    /// In words for whoever gave it, when the code cannot be that of an authority.
    pub fn new(
        postcodes: Option<DatedList<Directory>>,
        mut providers: Option<DatedList<Providers>>,
        authority: Option<&str>,
    ) -> Result<Self, String> {
        let authority = authority.map(authority_code).transpose()?;
        if let (Some(places), Some(providers)) = (&postcodes, &mut providers) {
            providers.list.locate(&places.list);
        }
        Ok(Self { postcodes, providers, authority })
    }

    /// What the rules take, where `authority` stands in for a code that was not given.
    pub fn supplied<'a>(&'a self, authority: Option<&'a str>) -> Supplied<'a> {
        Supplied {
            places: self.postcodes.as_ref().map(|postcodes| &postcodes.list as &dyn Places),
            providers: self.providers.as_ref().map(|providers| &providers.list),
            authority: self.authority.as_deref().or(authority),
        }
    }
}

/// A code of an authority in capitals: a letter and eight figures.
///
/// # Errors
/// In words for whoever gave it.
pub fn authority_code(given: &str) -> Result<String, String> {
    let code = given.trim().to_ascii_uppercase();
    let mut rest = code.bytes();
    let letter = rest.next().is_some_and(|b| b.is_ascii_uppercase());
    if letter && rest.len() == 8 && rest.all(|b| b.is_ascii_digit()) {
        return Ok(code);
    }
    Err(format!(
        "“{given}” is not the code of an authority; give its nine characters of the Office for National Statistics, as E10000016"
    ))
}

impl Casework {
    /// Hands over the lists that rules of the return ask for. They stand for as long as Kinfold runs; a second call
    /// changes nothing.
    pub fn use_return_lists(&self, lists: ReturnLists) {
        let _ = self.house.lists.set(Arc::new(lists));
    }

    /// The lists that were handed over.
    pub(crate) fn return_lists(&self) -> Arc<ReturnLists> {
        self.house.lists.get().map(Arc::clone).unwrap_or_default()
    }

    /// The code of the authority that was founded with one.
    pub(crate) fn founded_code(&self) -> Option<&str> {
        Some(self.house.settings.authority_code.as_str()).filter(|code| !code.is_empty())
    }

    /// Which lists the rules of the return use.
    pub fn return_lists_in_use(&self) -> ListsInUse {
        let lists = self.return_lists();
        ListsInUse {
            postcodes: lists.postcodes.as_ref().map(|of| of.in_use(of.list.len())),
            providers: lists.providers.as_ref().map(|of| of.in_use(of.list.len())),
            authority: lists.supplied(self.founded_code()).authority.map(str::to_owned),
        }
    }
}

impl<T> DatedList<T> {
    fn in_use(&self, holds: usize) -> ListInUse {
        ListInUse { file: self.file.clone(), dated: self.dated, holds }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_letter_and_eight_figures() {
        assert_eq!(authority_code(" e10000016 ").as_deref(), Ok("E10000016"));
        for wrong in ["", "E1000001", "E100000166", "110000016", "E1000001X", "É10000016"] {
            assert!(authority_code(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_code_that_was_given_goes_before_the_one_of_the_founding() {
        let given = ReturnLists::new(None, None, Some("E10000016")).unwrap();
        assert_eq!(given.supplied(Some("E06000001")).authority, Some("E10000016"));
        assert_eq!(ReturnLists::default().supplied(Some("E06000001")).authority, Some("E06000001"));
        assert!(ReturnLists::new(None, None, Some("Kent")).is_err());
    }
}
