//! What a person typed into a form and what is wrong with it.

use super::id_of;
use std::collections::BTreeMap;

/// Something wrong with a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Name of the field; empty when it is about the form as a whole.
    pub field: String,
    /// Id the error summary leads to; empty when there is none.
    pub target: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// Values and errors of a form, by field name. Values keep their order and may repeat (checkboxes).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormState {
    values: BTreeMap<String, Vec<String>>,
    errors: Vec<FieldError>,
}

impl FormState {
    /// An empty form.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What was sent, pair by pair.
    pub fn from_pairs<K: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut state = Self::new();
        for (name, value) in pairs {
            state.values.entry(name.into()).or_default().push(value.into());
        }
        state
    }

    /// Puts a value in place of whatever the field held (what is on record, before the person changes it).
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.values.insert(name.into(), vec![value.into()]);
        self
    }

    /// Puts several values into a field (checkboxes).
    #[must_use]
    pub fn with_all<V: Into<String>>(
        mut self,
        name: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        self.values.insert(name.into(), values.into_iter().map(Into::into).collect());
        self
    }

    /// Puts a date into the three fields of a [`super::DateInput`].
    #[must_use]
    pub fn with_date(self, name: &str, date: jiff::civil::Date) -> Self {
        self.with(format!("{name}-day"), date.day().to_string())
            .with(format!("{name}-month"), date.month().to_string())
            .with(format!("{name}-year"), date.year().to_string())
    }

    /// First value of a field, exactly as typed; empty when there is none.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).and_then(|v| v.first()).map_or("", String::as_str)
    }

    /// Every value of a field.
    #[must_use]
    pub fn values(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a field holds this value (a radio or checkbox is chosen).
    #[must_use]
    pub fn holds(&self, name: &str, value: &str) -> bool {
        self.values(name).iter().any(|v| v == value)
    }

    /// Every field with its values, by name: for carrying a form over a page (confirmation, conflict).
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values
            .iter()
            .flat_map(|(name, values)| values.iter().map(move |value| (name.as_str(), value.as_str())))
    }

    /// Says what is wrong with a field and what to do. The first error of a field is the one shown beside it.
    pub fn error(&mut self, field: impl Into<String>, message: impl Into<String>) {
        let field = field.into();
        let target = id_of(&field);
        self.errors.push(FieldError { field, target, message: message.into() });
    }

    /// As [`Self::error`], leading to another id (a part of the field).
    pub fn error_at(
        &mut self,
        field: impl Into<String>,
        target: impl Into<String>,
        message: impl Into<String>,
    ) {
        self.errors.push(FieldError { field: field.into(), target: target.into(), message: message.into() });
    }

    /// Says what is wrong with the form as a whole.
    pub fn form_error(&mut self, message: impl Into<String>) {
        self.errors.push(FieldError { field: String::new(), target: String::new(), message: message.into() });
    }

    /// The first error of a field.
    #[must_use]
    pub fn error_of(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|e| e.field == field).map(|e| e.message.as_str())
    }

    /// Whether an error of this field leads to this id: which of a date's three parts is marked.
    #[must_use]
    pub fn error_is_at(&self, field: &str, target: &str) -> bool {
        self.errors.iter().any(|e| e.field == field && e.target == target)
    }

    /// Every error, in the order found.
    #[must_use]
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// Whether anything is wrong.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_is_lost() {
        let sent = [("why", "he said <no>"), ("who", "a"), ("who", "b")];
        let state = FormState::from_pairs(sent);
        assert_eq!(state.value("why"), "he said <no>");
        assert_eq!(state.values("who"), ["a", "b"]);
        assert!(state.holds("who", "b") && !state.holds("who", "c"));
        assert_eq!(state.pairs().count(), 3);
    }

    #[test]
    fn the_first_error_is_the_one_beside_the_field() {
        let mut state = FormState::new();
        state.error("why", "Say why");
        state.error("why", "Say it shorter");
        assert_eq!(state.error_of("why"), Some("Say why"));
        assert_eq!(state.errors().len(), 2);
        assert_eq!(state.error_of("other"), None);
    }
}
