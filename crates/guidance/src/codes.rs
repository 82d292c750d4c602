//! Code lists: `guidance/codes/<list>.csv` with the columns code, title, from, to.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::layer::{Layer, LayerName};
use crate::mistake::Mistake;

/// One code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// The code.
    pub code: SmolStr,
    /// What a person reads.
    pub title: String,
    /// First day it may be used.
    pub from: Option<Date>,
    /// First day it may no longer be used.
    pub to: Option<Date>,
    /// The layer it comes from.
    pub layer: LayerName,
}

/// A list of codes in the order of its file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeList {
    /// The codes.
    pub codes: Vec<Code>,
}

impl CodeList {
    /// A code by its text.
    pub fn get(&self, code: &str) -> Option<&Code> {
        self.codes.iter().find(|c| c.code == code)
    }

    /// What a person reads for a code: its title, or the code itself when it is unknown.
    pub fn title<'a>(&'a self, code: &'a str) -> &'a str {
        self.get(code).map_or(code, |c| &c.title)
    }

    /// The codes that may be used on a day, in the order of the file.
    pub fn on(&self, day: Date) -> impl Iterator<Item = &Code> {
        self.codes.iter().filter(move |c| c.from.is_none_or(|f| f <= day) && c.to.is_none_or(|t| day < t))
    }
}

/// Every code list by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Codes {
    lists: BTreeMap<SmolStr, CodeList>,
}

impl Codes {
    /// A list by name.
    pub fn list(&self, name: &str) -> Option<&CodeList> {
        self.lists.get(name)
    }

    /// What a person reads for a code of a list.
    pub fn title<'a>(&'a self, list: &str, code: &'a str) -> &'a str {
        self.list(list).map_or(code, |l| l.title(code))
    }

    /// Every list with its name.
    pub fn lists(&self) -> impl Iterator<Item = (&SmolStr, &CodeList)> {
        self.lists.iter()
    }

    /// Adds the lists of a layer. A local layer may add codes and lists, and give a known code another title.
    pub(crate) fn read(&mut self, layer: &Layer, mistakes: &mut Vec<Mistake>) {
        for file in &layer.files {
            let Some(name) = file.path.strip_prefix("codes/").and_then(|p| p.strip_suffix(".csv")) else {
                continue;
            };
            let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(file.text.as_bytes());
            let wrong = |line: u64, message: String| Mistake {
                file: layer.label(&file.path),
                line: u32::try_from(line).unwrap_or(u32::MAX),
                column: 1,
                message,
                hint: None,
            };
            if reader.headers().is_ok_and(|h| h.iter().take(4).ne(["code", "title", "from", "to"])) {
                mistakes.push(wrong(1, "a code list starts with the line code,title,from,to".to_owned()));
                continue;
            }
            let list = self.lists.entry(SmolStr::new(name)).or_default();
            let mut seen: Vec<SmolStr> = Vec::new();
            for row in reader.records() {
                let row = match row {
                    Ok(row) => row,
                    Err(e) => {
                        let line = e.position().map_or(1, csv::Position::line);
                        mistakes.push(wrong(line, format!("this line cannot be read: {e}")));
                        continue;
                    }
                };
                let line = row.position().map_or(1, csv::Position::line);
                let field = |i: usize| row.get(i).unwrap_or_default();
                let day = |i: usize, mistakes: &mut Vec<Mistake>| match field(i) {
                    "" => None,
                    text => text
                        .parse()
                        .map_err(|_| {
                            mistakes.push(wrong(line, format!("\"{text}\" is not a date like 2026-12-01")))
                        })
                        .ok(),
                };
                let code = SmolStr::new(field(0));
                if code.is_empty() || field(1).is_empty() {
                    mistakes.push(wrong(line, "a code and its title must not be empty".to_owned()));
                    continue;
                }
                if seen.contains(&code) {
                    mistakes.push(wrong(line, format!("the code \"{code}\" is given twice")));
                    continue;
                }
                seen.push(code.clone());
                let new = Code {
                    from: day(2, mistakes),
                    to: day(3, mistakes),
                    title: field(1).to_owned(),
                    layer: layer.name.clone(),
                    code,
                };
                match list.codes.iter_mut().find(|c| c.code == new.code) {
                    Some(old) => *old = new,
                    None => list.codes.push(new),
                }
            }
        }
    }
}
