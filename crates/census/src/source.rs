//! Files as they are handed over, and their text, whatever they are encoded in.

use std::borrow::Cow;
use std::io::{self, Read};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::problem::{Level, Problems};

/// How much is read before the import says that this cannot be a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes in one file.
    pub file_bytes: usize,
    /// Bytes in all files together.
    pub all_bytes: usize,
    /// Problems listed for one file; the rest are counted.
    pub problems_per_file: usize,
    /// Rows of one child in one table of one year; the rest are left out, and it is said.
    pub rows_per_child: usize,
}

impl Default for Limits {
    /// Room for a national file several times over: 256 MiB a file, 1 GiB together, 1,000 problems a file. A child who
    /// went missing twice a day for a whole year would have 730 rows.
    fn default() -> Self {
        Self { file_bytes: 256 << 20, all_bytes: 1 << 30, problems_per_file: 1_000, rows_per_child: 1_000 }
    }
}

/// A file of a return: its name below the folder that is imported (`2026/episodes.csv`) and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Name with folders, divided by `/` or `\`.
    pub name: String,
    bytes: Vec<u8>,
    /// Whether there was more than the limit let us read.
    cut: bool,
}

impl SourceFile {
    /// A file already in memory.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: bytes.into(), cut: false }
    }

    /// Reads a file, but never more than the limit and one byte, whatever it says of its own size. A file that is
    /// longer is refused by [`Return::read`](crate::Return::read), not here, so that the others are still read.
    ///
    /// # Errors
    /// When the reader fails.
    pub fn from_reader(name: impl Into<String>, reader: impl Read, limits: &Limits) -> io::Result<Self> {
        let mut bytes = Vec::new();
        let most = u64::try_from(limits.file_bytes).unwrap_or(u64::MAX).saturating_add(1);
        reader.take(most).read_to_end(&mut bytes)?;
        let cut = bytes.len() > limits.file_bytes;
        if cut {
            bytes = Vec::new();
        }
        Ok(Self { name: name.into(), bytes, cut })
    }

    /// A file that is known to be larger than the limit, without reading it.
    pub fn too_large(name: impl Into<String>) -> Self {
        Self { name: name.into(), bytes: Vec::new(), cut: true }
    }

    /// Bytes held.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The text, or `None` after saying what is wrong.
    pub(crate) fn text(&self, limits: &Limits, problems: &mut Problems<'_>) -> Option<Cow<'_, str>> {
        if self.cut || self.bytes.len() > limits.file_bytes {
            let reason = format!(
                "The file is larger than {} MB, so it was not read. A return is much smaller: check that this is the right file.",
                limits.file_bytes >> 20
            );
            problems.file(Level::Error, reason);
            return None;
        }
        if self.bytes.iter().all(|b| b.is_ascii_whitespace() || *b == 0) {
            problems.file(Level::Error, "The file is empty. Export it again.");
            return None;
        }
        if let Some(what) = not_text(&self.bytes) {
            problems.file(
                Level::Error,
                format!("This is {what}, not a CSV or XML file. Save it as “CSV UTF-8” and import that."),
            );
            return None;
        }
        let text = self.decode(problems)?;
        if text.contains('\0') {
            problems.file(
                Level::Error,
                "The file holds characters that no text has. It may be damaged, or not a CSV file: export it again.",
            );
            return None;
        }
        Some(text)
    }

    fn decode(&self, problems: &mut Problems<'_>) -> Option<Cow<'_, str>> {
        let (encoding, mark) = Encoding::for_bom(&self.bytes).unwrap_or((without_mark(&self.bytes), 0));
        let bytes = &self.bytes[mark..];
        if encoding == UTF_8 {
            if let Ok(text) = std::str::from_utf8(bytes) {
                return Some(Cow::Borrowed(text));
            }
            problems.file(
                Level::Note,
                "The file is not in UTF-8. It was read as Windows-1252, as older exports write it: check names and accents.",
            );
            return Some(WINDOWS_1252.decode_without_bom_handling(bytes).0);
        }
        let (text, bad) = encoding.decode_without_bom_handling(bytes);
        if bad {
            problems.file(
                Level::Error,
                "Some characters of the file cannot be read (it says that it is in UTF-16). Save it as “CSV UTF-8”.",
            );
        }
        Some(text)
    }
}

/// UTF-16 without a mark shows itself by a nought in every other byte of plain text.
fn without_mark(bytes: &[u8]) -> &'static Encoding {
    let head = &bytes[..bytes.len().min(64)];
    let noughts = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let half = head.len() / 2;
    if half >= 2 && noughts(1) * 10 >= half * 9 && noughts(0) == 0 {
        UTF_16LE
    } else if half >= 2 && noughts(0) * 10 >= half * 9 && noughts(1) == 0 {
        UTF_16BE
    } else {
        UTF_8
    }
}

/// What the file is instead, when its first bytes say so.
fn not_text(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 6] = [
        (b"PK\x03\x04", "a spreadsheet workbook or an archive"),
        (b"\xD0\xCF\x11\xE0", "an old spreadsheet workbook"),
        (b"%PDF", "a PDF document"),
        (b"\x1F\x8B", "a compressed file"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
    ];
    KINDS.iter().find(|(head, _)| bytes.starts_with(head)).map(|(_, what)| *what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::RowError;

    fn text(bytes: &[u8]) -> (Option<String>, Vec<RowError>) {
        let file = SourceFile::new("f.csv", bytes);
        let mut problems = Problems::new("f.csv", 10);
        let text = file.text(&Limits::default(), &mut problems).map(Cow::into_owned);
        let mut out = Vec::new();
        problems.finish(&mut out);
        (text, out)
    }

    fn utf16(s: &str, big: bool) -> Vec<u8> {
        s.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn every_encoding_in_use_gives_the_same_text() {
        let plain = "CHILD,DOB\nZoë,01/02/2012\n";
        let with_mark = [b"\xEF\xBB\xBF".as_slice(), plain.as_bytes()].concat();
        let little = [b"\xFF\xFE".to_vec(), utf16(plain, false)].concat();
        let big = [b"\xFE\xFF".to_vec(), utf16(plain, true)].concat();
        for bytes in
            [plain.as_bytes().to_vec(), with_mark, little, big, utf16(plain, false), utf16(plain, true)]
        {
            assert_eq!(text(&bytes), (Some(plain.to_owned()), vec![]));
        }
    }

    #[test]
    fn windows_1252_is_read_with_a_note() {
        let (text, problems) = text(b"CHILD,DOB\nZo\xEB,01/02/2012\n");
        assert_eq!(text.as_deref(), Some("CHILD,DOB\nZoë,01/02/2012\n"));
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].level, Level::Note);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in
            [b"PK\x03\x04xxxx".as_slice(), b"", b"  \n", b"%PDF-1.4", b"CHILD\0\0\0,DOB,RNE,LS,CIN\n"]
        {
            let (text, problems) = text(bytes);
            assert_eq!(text, None);
            assert_eq!(problems[0].level, Level::Error);
        }
    }

    #[test]
    fn a_reader_that_never_ends_is_cut_off_and_refused() {
        let limits = Limits { file_bytes: 1000, ..Limits::default() };
        let file = SourceFile::from_reader("f.csv", io::repeat(b'a'), &limits).unwrap();
        assert!(file.len() <= 1000);
        let mut problems = Problems::new("f.csv", 10);
        assert_eq!(file.text(&limits, &mut problems), None);
    }
}
