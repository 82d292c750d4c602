//! A place in a JSON document: takes values out of it, and says where one is not what it should be.

use std::cell::RefCell;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

use crate::read::Wrong;

/// Longest text that is taken over, in characters: as long as a page of the directory can show.
const LONGEST: usize = 20_000;

/// One value, with its path for messages and the list they go to.
pub(crate) struct Node<'v, 'w> {
    value: &'v Value,
    path: String,
    wrong: &'w RefCell<Vec<Wrong>>,
}

impl<'v, 'w> Node<'v, 'w> {
    pub fn new(value: &'v Value, path: String, wrong: &'w RefCell<Vec<Wrong>>) -> Self {
        Self { value, path, wrong }
    }

    /// Records something that was left out, at a key of this value.
    pub fn say(&self, key: &str, message: impl Into<String>) {
        let path = if key.is_empty() { self.path.clone() } else { format!("{}.{key}", self.path) };
        self.wrong.borrow_mut().push(Wrong { path, message: message.into() });
    }

    fn get(&self, key: &str) -> Option<&'v Value> {
        self.value.get(key).filter(|v| !v.is_null())
    }

    /// A text that says something. What is empty is as good as absent.
    pub fn text(&self, key: &str) -> Option<String> {
        let text = match self.get(key)? {
            Value::String(text) => text.trim(),
            // Some directories write postcodes or numbers of houses as numbers.
            Value::Number(number) => return Some(number.to_string()),
            _ => {
                self.say(key, "is not a text and was left out");
                return None;
            }
        };
        if text.chars().count() > LONGEST {
            self.say(key, format!("is longer than {LONGEST} characters and was left out"));
            return None;
        }
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The first of these keys that has a text.
    pub fn first(&self, keys: &[&str]) -> Option<String> {
        keys.iter().find_map(|key| self.text(key))
    }

    /// A link that a browser may follow.
    pub fn link(&self, key: &str) -> Option<String> {
        let text = self.text(key)?;
        let lower = text.to_ascii_lowercase();
        if !(lower.starts_with("https://") || lower.starts_with("http://"))
            || text.contains(char::is_whitespace)
        {
            self.say(key, "is not a link that starts with https:// or http:// and was left out");
            return None;
        }
        Some(text)
    }

    /// An address for e-mail.
    pub fn email(&self, key: &str) -> Option<String> {
        let text = self.text(key)?;
        let whole = text.split_once('@').is_some_and(|(who, at)| !who.is_empty() && at.contains('.'));
        if !whole || text.contains(|c: char| c.is_whitespace() || "<>,;".contains(c)) {
            self.say(key, "is not an address for e-mail and was left out");
            return None;
        }
        Some(text)
    }

    /// An age in whole years.
    pub fn age(&self, key: &str) -> Option<u16> {
        let number = match self.get(key)? {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        // Directories write 12.5 for twelve and a half, and 150 for no limit.
        let age = number.filter(|n| (0.0..=150.0).contains(n)).map(f64::floor);
        if age.is_none() {
            self.say(key, "is not an age and was left out");
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 150")]
        age.map(|n| n as u16)
    }

    /// A number of degrees within a limit, to six places: a hand's breadth on the ground, and the same however it is written.
    pub fn degrees(&self, key: &str, limit: f64) -> Option<f64> {
        let number = match self.get(key)? {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        let within = number.filter(|n| n.abs() <= limit).map(|n| (n * 1e6).round() / 1e6);
        if within.is_none() {
            self.say(
                key,
                format!("is not between -{limit} and {limit} degrees; the place is not on the map"),
            );
        }
        within
    }

    /// A day, also when it is written with a time.
    pub fn date(&self, key: &str) -> Option<Date> {
        let text = self.text(key)?;
        let day = text.get(..10).and_then(|day| day.parse().ok());
        if day.is_none() {
            self.say(key, "is not a day like 2026-11-22 and was left out");
        }
        day
    }

    /// A moment; a day alone is its beginning.
    pub fn moment(&self, key: &str) -> Option<Timestamp> {
        let text = self.text(key)?;
        let moment = text
            .parse()
            .or_else(|_| format!("{text}Z").parse())
            .or_else(|_| format!("{text}T00:00:00Z").parse());
        if moment.is_err() {
            self.say(key, "is not a moment like 2026-11-22T09:30:00Z and was left out");
        }
        moment.ok()
    }

    /// The value under a key, when it is an object.
    pub fn object(&self, key: &str) -> Option<Node<'v, 'w>> {
        let value = self.get(key)?;
        if !value.is_object() {
            self.say(key, "is not an object and was left out");
            return None;
        }
        Some(Node::new(value, format!("{}.{key}", self.path), self.wrong))
    }

    /// The objects of a list under a key.
    pub fn list(&self, key: &str) -> Vec<Node<'v, 'w>> {
        match self.get(key) {
            None => Vec::new(),
            Some(Value::Array(items)) => items
                .iter()
                .enumerate()
                .map(|(i, item)| Node::new(item, format!("{}.{key}[{i}]", self.path), self.wrong))
                .filter(|node| {
                    if !node.value.is_object() {
                        node.say("", "is not an object and was left out");
                    }
                    node.value.is_object()
                })
                .collect(),
            Some(_) => {
                self.say(key, "is not a list and was left out");
                Vec::new()
            }
        }
    }

    /// The objects of the first of these lists that is there.
    pub fn first_list(&self, keys: &[&str]) -> Vec<Node<'v, 'w>> {
        let there = keys.iter().find(|key| self.get(key).is_some());
        there.map(|key| self.list(key)).unwrap_or_default()
    }
}
