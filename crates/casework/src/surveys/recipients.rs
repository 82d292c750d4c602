//! Who is to be invited, as it was pasted or as a file gives it. What can be read is kept as it was typed; what cannot is
//! told with its line and the reason.

use std::collections::HashMap;

use csv::{ReaderBuilder, Terminator, Trim};

/// The most that one round invites.
pub const MOST: usize = 2_000;
/// The longest name, in characters.
const NAME: usize = 120;

/// Somebody to be invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Their name, or that of their school or service.
    pub name: String,
    /// Where the link goes.
    pub email: String,
}

/// A line that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongLine {
    /// Its number, from 1.
    pub line: u64,
    /// What stands there.
    pub text: String,
    /// What is wrong and what to do.
    pub why: String,
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recipients {
    /// Those to be invited, in order.
    pub right: Vec<Recipient>,
    /// What could not be used.
    pub wrong: Vec<WrongLine>,
}

/// Whether a text has the shape of an address for e-mail.
pub(crate) fn is_email(text: &str) -> bool {
    let shaped = text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !host.contains('@')
    });
    shaped
        && text.len() <= 254
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;\"".contains(c))
}

/// What separates the cells: what a spreadsheet puts between them when they are copied, or what stands in the first lines
/// most often.
fn separator(text: &str) -> u8 {
    let count = |c: char| text.lines().take(20).filter(|line| line.contains(c)).count();
    let (tabs, semicolons, commas) = (count('\t'), count(';'), count(','));
    match () {
        () if tabs > 0 && tabs >= commas => b'\t',
        () if semicolons > commas => b';',
        () => b',',
    }
}

/// The number of a line, from 1. The reader tells where it began to look, which is before lines that are empty. `text` has
/// only `\n` for ends of lines.
pub(crate) fn line_of(text: &str, position: Option<&csv::Position>) -> u64 {
    let Some(position) = position else { return 0 };
    let from = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let empty = text.as_bytes().get(from..).unwrap_or_default().iter().take_while(|b| **b == b'\n').count();
    position.line() + u64::try_from(empty).unwrap_or(0)
}

/// A text with `\n` for every end of a line.
pub(crate) fn with_plain_ends(text: &str) -> String {
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n")
}

/// Reads lines of a name and an address, in either order, separated by a comma, a semicolon or a tab; an address alone is
/// enough. A first line that names the columns is passed over.
pub fn read(text: &str) -> Recipients {
    let text = with_plain_ends(text);
    let text = text.as_str();
    // A quotation mark that is never closed would swallow every line after it.
    let quoted = text.matches('"').count().is_multiple_of(2);
    let mut reader = ReaderBuilder::new()
        .quoting(quoted)
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .delimiter(separator(text))
        .terminator(Terminator::CRLF)
        .from_reader(text.as_bytes());
    let mut out = Recipients::default();
    let mut seen: HashMap<String, u64> = HashMap::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = line_of(text, error.position());
                let why = "This line cannot be read. Save the file as CSV in UTF-8".to_owned();
                out.wrong.push(WrongLine { line, text: String::new(), why });
                continue;
            }
        };
        let line = line_of(text, record.position());
        let cells: Vec<&str> = record.iter().filter(|cell| !cell.is_empty()).collect();
        if cells.is_empty() || (line == 1 && heading(&cells)) {
            continue;
        }
        match recipient(&cells) {
            Err(why) => {
                out.wrong.push(WrongLine { line, text: shortened(&cells.join(", ")), why: why.to_owned() })
            }
            Ok(found) => match seen.insert(found.email.to_lowercase(), line) {
                Some(before) => {
                    seen.insert(found.email.to_lowercase(), before);
                    let why = format!("This address stands on line {before} already. Each is invited once");
                    out.wrong.push(WrongLine { line, text: shortened(&cells.join(", ")), why });
                }
                None if out.right.len() == MOST => {
                    let why = format!("One round invites up to {MOST}. Open another for the rest");
                    out.wrong.push(WrongLine { line, text: shortened(&cells.join(", ")), why });
                }
                None => out.right.push(found),
            },
        }
    }
    out
}

/// Whether this line names columns: no address in it, and a cell that says "e-mail".
fn heading(cells: &[&str]) -> bool {
    let named = |cell: &&str| {
        let word: String = cell.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        word.starts_with("email") || word == "address" || word == "mail"
    };
    cells.iter().all(|cell| !cell.contains('@')) && cells.iter().any(named)
}

fn recipient(cells: &[&str]) -> Result<Recipient, &'static str> {
    let at: Vec<usize> =
        (0..cells.len()).filter(|n| cells.get(*n).is_some_and(|c| c.contains('@'))).collect();
    let place = match at.as_slice() {
        [] => return Err("There is no e-mail address on this line. Add one, like office@school.example"),
        [one] => *one,
        _ => return Err("There are two e-mail addresses on this line. Put each on a line of its own"),
    };
    let email = cells.get(place).copied().unwrap_or_default();
    if !is_email(email) {
        return Err("The e-mail address is not one. Write it like office@school.example");
    }
    let others: Vec<&str> = cells.iter().enumerate().filter(|(n, _)| *n != place).map(|(_, c)| *c).collect();
    let name = others.join(" ");
    if name.chars().count() > NAME {
        return Err("The name is longer than 120 characters. Shorten it");
    }
    let name = if name.is_empty() { email.to_owned() } else { name };
    Ok(Recipient { name, email: email.to_owned() })
}

/// Enough of a line to find it by.
fn shortened(text: &str) -> String {
    if text.chars().count() <= 120 {
        text.to_owned()
    } else {
        text.chars().take(117).chain("…".chars()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(found: &Recipients) -> Vec<u64> {
        found.wrong.iter().map(|w| w.line).collect()
    }

    #[test]
    fn what_is_pasted_from_a_spreadsheet_or_typed_is_read() {
        let pasted =
            "School\tE-mail\nFernham Primary\toffice@fernham.example\nMossbury\toffice@mossbury.example\n";
        let found = read(pasted);
        assert_eq!(found.right.len(), 2, "{found:?}");
        assert_eq!(found.wrong, []);
        let typed = "office@fernham.example\n\n\"Mossbury, St Anne\", office@mossbury.example\r\n";
        let found = read(typed);
        let names: Vec<&str> = found.right.iter().map(|r| r.name.as_str()).collect();
        assert_eq!(names, ["office@fernham.example", "Mossbury, St Anne"]);
        assert_eq!(read("office@a.example;Alderwick\n").right[0].name, "Alderwick");
        for end in ["\n", "\r\n", "\r"] {
            let found = read(&["a@b.example", "", "", "nothing", "", "neither"].join(end));
            assert_eq!(lines(&found), [4, 6], "{end:?}");
        }
        let unclosed = read("\"Fernham,office@fernham.example\nMossbury,office@mossbury.example\n");
        assert_eq!(
            unclosed.right.len(),
            2,
            "a quotation mark that is never closed swallows nothing: {unclosed:?}"
        );
    }

    #[test]
    fn a_wrong_line_is_told_with_its_number_and_the_right_ones_stay() {
        let text = "name,email\nFernham,office@fernham.example\nMossbury,office at mossbury\nAgain,OFFICE@fernham.example\n\
                    Two,a@b.example,c@d.example\nBad,office@mossbury\nLast,last@school.example\n";
        let found = read(text);
        assert_eq!(lines(&found), [3, 4, 5, 6]);
        assert!(found.wrong[1].why.contains("line 2"), "{:?}", found.wrong[1]);
        let right: Vec<&str> = found.right.iter().map(|r| r.email.as_str()).collect();
        assert_eq!(right, ["office@fernham.example", "last@school.example"]);
    }

    #[test]
    fn nothing_pasted_breaks_it() {
        assert_eq!(read(""), Recipients::default());
        let long = "é".repeat(100_000);
        let found = read(&format!("{long}\n{long},office@school.example\n"));
        assert_eq!(lines(&found), [1, 2]);
        assert!(found.wrong.iter().all(|w| w.text.chars().count() <= 120));
        let many: String = (0..MOST + 2).map(|n| format!("s{n}@school.example\n")).collect();
        let found = read(&many);
        assert_eq!((found.right.len(), found.wrong.len()), (MOST, 2));
    }
}
