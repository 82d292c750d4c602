//! Text in paragraphs and lists, as typed. There is no markup to escape from: what looks like HTML is text.

use serde::{Deserialize, Serialize};

/// One part of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A paragraph; single line breaks in it are kept.
    Paragraph(String),
    /// A list, one text for each item.
    List(Vec<String>),
}

/// The paragraphs and lists of a text: empty lines separate, lines that start with `- `, `* ` or `• ` are list items.
pub fn parts(text: &str) -> Vec<Part> {
    let mut out = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        let item = ["- ", "* ", "\u{2022} "].iter().find_map(|mark| line.strip_prefix(mark)).map(str::trim);
        match (item, out.last_mut()) {
            _ if line.is_empty() => out.push(None),
            (Some(item), Some(Some(Part::List(items)))) => items.push(item.to_owned()),
            (Some(item), _) => out.push(Some(Part::List(vec![item.to_owned()]))),
            (None, Some(Some(Part::Paragraph(words)))) => {
                words.push('\n');
                words.push_str(line);
            }
            (None, _) => out.push(Some(Part::Paragraph(line.to_owned()))),
        }
    }
    out.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};

    #[test]
    fn paragraphs_and_lists() {
        let text = "She sleeps better.\nMost nights.\n\n- a night light\n* the door open\nAnd that helps.\n\n\n<b>no</b>";
        assert_eq!(
            parts(text),
            [
                Part::Paragraph("She sleeps better.\nMost nights.".into()),
                Part::List(vec!["a night light".into(), "the door open".into()]),
                Part::Paragraph("And that helps.".into()),
                Part::Paragraph("<b>no</b>".into()),
            ]
        );
        assert_eq!(parts(" \n\n"), []);
    }
}
