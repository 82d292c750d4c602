//! Reading a TOML table key by key, so that every mistake has a place and a way out.

use std::cell::RefCell;
use std::ops::Range;

use jiff::civil::Date;
use smol_str::SmolStr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::codes::Codes;
use crate::mistake::{Mistake, position};
use crate::period::Period;

/// One file being read: its text, what codes exist, and the mistakes so far.
pub(crate) struct Reading<'a> {
    pub file: String,
    pub text: &'a str,
    pub codes: &'a Codes,
    pub mistakes: RefCell<Vec<Mistake>>,
}

impl<'a> Reading<'a> {
    pub fn new(file: String, text: &'a str, codes: &'a Codes) -> Self {
        Self { file, text, codes, mistakes: RefCell::new(Vec::new()) }
    }

    /// Records a mistake at a byte position.
    pub fn mistake(&self, at: usize, message: impl Into<String>, hint: Option<String>) {
        self.mistakes.borrow_mut().push(Mistake { message: message.into(), hint, ..self.place(at) });
    }

    /// A byte position as a mistake still without words.
    pub fn place(&self, at: usize) -> Mistake {
        let (line, column) = position(self.text, at);
        Mistake { file: self.file.clone(), line, column, message: String::new(), hint: None }
    }
}

/// "Did you mean": the nearest of the known words, or all of them when none is near.
pub(crate) fn hint<'s>(word: &str, known: impl IntoIterator<Item = &'s str>) -> Option<String> {
    let known: Vec<&str> = known.into_iter().collect();
    let near = known.iter().map(|k| (distance(word, k), *k)).min();
    match near {
        Some((d, k)) if d <= 2.max(word.len() / 3) => Some(format!("Did you mean \"{k}\"?")),
        _ if known.is_empty() => None,
        _ => Some(format!("Known here: {}.", known.join(", "))),
    }
}

/// Edit distance; the words are short.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut last = i;
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        for (j, y) in b.iter().enumerate() {
            let above = row.get(j + 1).copied().unwrap_or_default();
            let left = row.get(j).copied().unwrap_or_default();
            let cost = (last + usize::from(x != *y)).min(above + 1).min(left + 1);
            last = above;
            if let Some(cell) = row.get_mut(j + 1) {
                *cell = cost;
            }
        }
    }
    row.last().copied().unwrap_or_default()
}

/// A table of which every key must be asked for.
pub(crate) struct Table<'r, 't> {
    pub reading: &'r Reading<'r>,
    inner: &'t DeTable<'t>,
    pub span: Range<usize>,
    /// What the table is, for messages: "[due]".
    pub what: String,
    asked: RefCell<Vec<&'static str>>,
}

impl<'r, 't> Table<'r, 't> {
    pub fn new(
        reading: &'r Reading<'r>,
        inner: &'t DeTable<'t>,
        span: Range<usize>,
        what: impl Into<String>,
    ) -> Self {
        Self { reading, inner, span, what: what.into(), asked: RefCell::default() }
    }

    pub fn get(&self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.asked.borrow_mut().push(key);
        self.inner.get(key)
    }

    pub fn has(&self, key: &str) -> bool {
        self.inner.contains_key(key)
    }

    /// Every key and value, for tables whose keys are not fixed (`where`).
    pub fn pairs(&self) -> impl Iterator<Item = (&'t str, Range<usize>, &'t Spanned<DeValue<'t>>)> {
        self.inner.iter().map(|(k, v)| (k.get_ref().as_ref(), k.span(), v))
    }

    fn wrong(&self, at: &Spanned<DeValue<'_>>, key: &str, wanted: &str) {
        let found = at.get_ref().type_str();
        self.reading.mistake(at.span().start, format!("`{key}` must be {wanted}, not {found}"), None);
    }

    pub fn must<T>(&self, key: &str, value: Option<T>) -> Option<T> {
        if value.is_none() && !self.has(key) {
            self.reading.mistake(
                self.span.start,
                format!("{} has no `{key}`", self.what),
                Some(format!("Add `{key}`.")),
            );
        }
        value
    }

    pub fn text(&self, key: &'static str) -> Option<&'t str> {
        let value = self.get(key)?;
        match value.get_ref().as_str() {
            Some(s) if !s.trim().is_empty() => Some(s),
            Some(_) => {
                self.reading.mistake(value.span().start, format!("`{key}` is empty"), None);
                None
            }
            None => {
                self.wrong(value, key, "a text in quotes");
                None
            }
        }
    }

    pub fn flag(&self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong(value, key, "true or false");
        }
        flag
    }

    pub fn number(&self, key: &'static str) -> Option<i32> {
        let value = self.get(key)?;
        let number = value.get_ref().as_integer().and_then(|n| n.as_str().parse().ok());
        if number.is_none() {
            self.wrong(value, key, "a whole number");
        }
        number
    }

    pub fn date(&self, key: &'static str) -> Option<Date> {
        let value = self.get(key)?;
        let text = match value.get_ref() {
            DeValue::Datetime(d) => d.to_string(),
            DeValue::String(s) => s.to_string(),
            _ => String::new(),
        };
        let date = text.parse().ok();
        if date.is_none() {
            self.wrong(value, key, "a date like 2026-12-01");
        }
        date
    }

    pub fn period(&self, key: &'static str) -> Option<Period> {
        let text = self.text(key)?;
        match text.parse() {
            Ok(period) => Some(period),
            Err(message) => {
                self.at(key, message, None);
                None
            }
        }
    }

    /// A text of a fixed list.
    pub fn choice<T>(
        &self,
        key: &'static str,
        known: &[&str],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(key)?;
        let found = parse(text);
        if found.is_none() {
            self.at(key, format!("`{key}` cannot be \"{text}\""), hint(text, known.iter().copied()));
        }
        found
    }

    /// A text or a list of texts.
    pub fn texts(&self, key: &'static str) -> Option<Vec<(SmolStr, usize)>> {
        let value = self.get(key)?;
        let list = strings(value);
        if list.is_none() {
            self.wrong(value, key, "a text or a list of texts");
        }
        list
    }

    /// Codes of a list, checked.
    pub fn codes(&self, key: &'static str, list: &str) -> Option<Vec<SmolStr>> {
        let texts = self.texts(key)?;
        for (code, at) in &texts {
            self.check_code(list, code, *at);
        }
        Some(texts.into_iter().map(|(code, _)| code).collect())
    }

    pub fn check_code(&self, list: &str, code: &str, at: usize) {
        match self.reading.codes.list(list) {
            None => self.reading.mistake(
                at,
                format!("there is no code list \"{list}\""),
                Some(format!("Add guidance/codes/{list}.csv.")),
            ),
            Some(found) if found.get(code).is_none() => {
                let message = format!("\"{code}\" is not a code of {list}");
                self.reading.mistake(at, message, hint(code, found.codes.iter().map(|c| c.code.as_str())));
            }
            Some(_) => {}
        }
    }

    pub fn table(&self, key: &'static str) -> Option<Table<'r, 't>> {
        let value = self.get(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(value, key, "a table");
            return None;
        };
        Some(Table::new(self.reading, table, value.span(), format!("`{key}`")))
    }

    /// A table or a list of tables.
    pub fn tables(&self, key: &'static str) -> Vec<Table<'r, 't>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let one = |v: &'t Spanned<DeValue<'t>>| {
            let table = v.get_ref().as_table();
            if table.is_none() {
                self.wrong(v, key, "a table");
            }
            Some(Table::new(self.reading, table?, v.span(), format!("[[{key}]]")))
        };
        match value.get_ref().as_array() {
            Some(list) => list.iter().filter_map(one).collect(),
            None => one(value).into_iter().collect(),
        }
    }

    /// Records a mistake at a key's value, or at the table when the key is absent.
    pub fn at(&self, key: &str, message: impl Into<String>, hint: Option<String>) {
        let at = self.inner.get(key).map_or(self.span.start, |v| v.span().start);
        self.reading.mistake(at, message, hint);
    }

    /// Complains about keys nobody asked for.
    pub fn finish(self) {
        self.done();
    }

    /// The same, for a table that is only lent.
    pub fn done(&self) {
        let asked = self.asked.borrow();
        for (key, _) in self.inner {
            if !asked.iter().any(|k| *k == key.get_ref().as_ref()) {
                let message = format!("{} has no key `{}`", self.what, key.get_ref());
                self.reading.mistake(key.span().start, message, hint(key.get_ref(), asked.iter().copied()));
            }
        }
    }
}

/// A text, or a list of nothing but texts, each with its position.
pub(crate) fn strings(value: &Spanned<DeValue<'_>>) -> Option<Vec<(SmolStr, usize)>> {
    let one = |v: &Spanned<DeValue<'_>>| v.get_ref().as_str().map(|s| (SmolStr::new(s), v.span().start));
    match value.get_ref().as_array() {
        Some(list) => list.iter().map(one).collect(),
        None => one(value).map(|s| vec![s]),
    }
}
