//! The way through a form, one thing on each page.

use smol_str::SmolStr;

/// One page of a form. As text it is the end of the page's address; it names no one and holds no answer.
///
/// - `tasks`: the list of sections
/// - `<section>/<page>`: questions asked together, by the id of the first; `<section>~2/<page>` the third time round
/// - `<section>/<question>/<row>`: one row of a table, from 1; `<section>/<question>/new` for another
/// - `<section>`: the answers of one section, to check
/// - `check`: all answers, to check and hand in
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// The list of sections with the state of each.
    Tasks,
    /// Questions of a section that are asked together.
    Page {
        /// The section.
        section: SmolStr,
        /// Which time round, from 0.
        time: u8,
        /// The page: the id of its first question.
        page: SmolStr,
    },
    /// One row of a table.
    Row {
        /// The section.
        section: SmolStr,
        /// Which time round, from 0.
        time: u8,
        /// The table's question.
        question: SmolStr,
        /// Which row, from 0; `None` for another one.
        row: Option<u16>,
    },
    /// The answers of one section, to check before going back to the list.
    Section {
        /// The section.
        section: SmolStr,
        /// Which time round, from 0.
        time: u8,
    },
    /// All answers, to check before handing in.
    Check,
}
