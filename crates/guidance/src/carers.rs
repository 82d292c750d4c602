//! What is said to carers in their own space: `guidance/words/carers.toml`. A council's own file replaces the national one.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use toml::de::DeTable;

use crate::table::{Reading, Table};

/// The words of the carer's space.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarerWords {
    /// The promise a carer signs before they read about a child; `None` only where no layer has the file.
    pub undertaking: Option<Undertaking>,
    /// What to do when nobody is at work.
    pub out_of_hours: String,
    /// Whom to ring then.
    pub numbers: Vec<Number>,
    /// The groups that decisions stand under, in order.
    pub areas: Vec<Area>,
}

/// The confidentiality undertaking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undertaking {
    /// Which words.
    pub id: SmolStr,
    /// Their version: a signature holds for the version that was signed.
    pub version: i32,
    /// Heading.
    pub title: String,
    /// What stands above the promises.
    pub intro: String,
    /// The promises, each a sentence or two.
    pub promises: Vec<String>,
    /// What is ticked.
    pub confirm: String,
}

/// A number that somebody answers at any hour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// Who answers.
    pub name: String,
    /// The number, as it is dialled.
    pub tel: String,
    /// When to ring it.
    pub when: String,
}

/// A group of decisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// The part of a decision's code before its first underline.
    pub id: SmolStr,
    /// What a person reads.
    pub title: String,
}

impl CarerWords {
    /// The group of a decision: the last one for a decision that has none of its own.
    pub fn area_of(&self, decision: &str) -> Option<&Area> {
        let group = decision.split('_').next().unwrap_or_default();
        self.areas.iter().find(|area| area.id == group).or(self.areas.last())
    }
}

/// Reads the file.
pub(crate) fn read(reading: &Reading<'_>, root: &DeTable<'_>) -> CarerWords {
    let file = Table::new(reading, root, 0..0, "the file of words for carers");
    let mut words = CarerWords::default();
    if let Some(table) = file.must("undertaking", file.table("undertaking")) {
        words.undertaking = undertaking(&table);
        table.finish();
    }
    if let Some(table) = file.must("out_of_hours", file.table("out_of_hours")) {
        words.out_of_hours = text(&table, "text");
        for one in table.tables("number") {
            words.numbers.push(Number {
                name: text(&one, "name"),
                tel: text(&one, "tel"),
                when: text(&one, "when"),
            });
            one.finish();
        }
        table.finish();
    }
    for one in file.tables("area") {
        words.areas.push(Area { id: text(&one, "id").into(), title: text(&one, "title") });
        one.finish();
    }
    file.finish();
    words
}

fn text(table: &Table<'_, '_>, key: &'static str) -> String {
    table.must(key, table.text(key)).unwrap_or_default().to_owned()
}

fn undertaking(table: &Table<'_, '_>) -> Option<Undertaking> {
    let version = table.must("version", table.number("version"))?;
    if version < 1 {
        table.at("version", "versions count from 1", None);
    }
    let promises = table.must("promises", table.texts("promises"))?;
    if promises.is_empty() {
        table.at("promises", "an undertaking without a promise says nothing", None);
    }
    Some(Undertaking {
        id: text(table, "id").into(),
        version,
        title: text(table, "title"),
        intro: text(table, "intro"),
        promises: promises.into_iter().map(|(words, _)| words.to_string()).collect(),
        confirm: text(table, "confirm"),
    })
}

#[cfg(test)]
mod tests {
    use crate::{Guidance, Layer, LayerName};

    fn with(text: &str) -> Result<Guidance, crate::Mistakes> {
        let own = Layer::from_texts(
            LayerName::Local("fernshire".into()),
            [("words/carers.toml".to_owned(), text.to_owned())],
        );
        Guidance::load(&[Layer::national(), own])
    }

    #[test]
    fn a_council_lays_its_own_words_over_the_national_ones() {
        let national = Guidance::national().unwrap().carers;
        assert_eq!(national.area_of("health_routine").unwrap().title, "Health and treatment");
        assert_eq!(national.area_of("zebra").unwrap().id, "other");
        let text = "[undertaking]\nid = \"fernshire\"\nversion = 3\ntitle = \"T\"\nintro = \"I\"\npromises = [\"P\"]\nconfirm = \"C\"\n[out_of_hours]\ntext = \"Ring us.\"\n";
        let own = with(text).unwrap().carers;
        let undertaking = own.undertaking.unwrap();
        assert_eq!((undertaking.id.as_str(), undertaking.version), ("fernshire", 3));
        assert_ne!(national.undertaking.unwrap().id, "fernshire");
    }

    #[test]
    fn a_mistake_in_them_names_its_line() {
        let mistakes = with("[undertaking]\nid = \"x\"\nversion = 0\n").unwrap_err();
        let words: Vec<String> =
            mistakes.0.iter().map(|m| format!("{}:{} {}", m.file, m.line, m.message)).collect();
        assert!(
            words.iter().any(|w| w == "fernshire/words/carers.toml:3 versions count from 1"),
            "{words:?}"
        );
        assert!(words.iter().any(|w| w.ends_with("has no `out_of_hours`")), "{words:?}");
    }
}
