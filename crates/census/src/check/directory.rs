//! A postcode directory in few bytes: made once from the directory that the Office for National Statistics publishes,
//! and read back whole. The layout stands in `docs/reference/postcode-directory.md`.

use std::collections::HashMap;
use std::io::{self, Read};

use csv::{ByteRecord, ReaderBuilder};
use sha2::{Digest as _, Sha256};
use smol_str::SmolStr;
use thiserror::Error;

use super::places::{Places, Spot, plain_postcode};

/// What a compact file begins with; the last byte is the version of the layout.
const MARK: &[u8; 8] = b"KFPLACE\x01";
/// Mark, SHA-256 of all that follows it, number of postcodes, number of authorities.
const HEAD: usize = 8 + 32 + 4 + 2;
/// The code of an authority, filled up with spaces.
const AUTHORITY: usize = 9;
/// Postcode (5), authority (2), metres east (3) and north (3).
const RECORD: usize = 13;
/// Metres that are not known: the Channel Islands and the Isle of Man have none on this grid.
const NOWHERE: u32 = 0xFF_FFFF;
/// More postcodes than there are: the whole directory has 2.7 million, those no longer in use among them.
const MOST: usize = 5_000_000;
/// No line of a directory is nearly as long, so a longer one means another kind of file.
const LONGEST_LINE: usize = 1 << 16;

/// A postcode directory. Each postcode takes 13 bytes: the whole of the United Kingdom about 35 MB.
#[derive(Debug)]
pub struct Directory {
    /// The file as it is written.
    bytes: Vec<u8>,
    authorities: Vec<SmolStr>,
    /// Lines of the source that held no place.
    left_out: usize,
}

/// Why a directory cannot be used.
#[derive(Debug, Error)]
pub enum DirectoryError {
    /// The file could not be read as CSV.
    #[error("it could not be read as CSV ({0})")]
    Csv(#[from] csv::Error),
    /// A column is missing.
    #[error("it has no column with {what} ({known}): check that it is a postcode directory")]
    NoColumn {
        /// What the column would hold.
        what: &'static str,
        /// Names it goes by.
        known: &'static str,
    },
    /// There are too many rows or authorities to be true.
    #[error("it has more {0} than the country: check that it is a postcode directory")]
    TooMany(&'static str),
    /// It holds nothing.
    #[error("it has no postcode in it: check that it is a postcode directory")]
    Empty,
    /// It is compact, and of another version of the layout.
    #[error("it was made by another version: make it again with `kinfold reference postcodes`")]
    OtherVersion,
    /// It is compact, and not as it was written.
    #[error("it is damaged or cut short: make it again with `kinfold reference postcodes`")]
    Damaged,
}

impl Directory {
    /// Whether a file that begins so is a compact one.
    pub fn is_compact(head: &[u8]) -> bool {
        head.get(..7) == MARK.get(..7)
    }

    /// Reads a compact file.
    ///
    /// # Errors
    /// When it is of another version, damaged or cut short.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, DirectoryError> {
        use DirectoryError::Damaged;
        if !bytes.starts_with(MARK) {
            return Err(if Self::is_compact(&bytes) { DirectoryError::OtherVersion } else { Damaged });
        }
        let sum = bytes.get(8..40).ok_or(Damaged)?;
        let rest = bytes.get(40..).ok_or(Damaged)?;
        if Sha256::digest(rest).as_slice() != sum {
            return Err(Damaged);
        }
        let count = number(rest.get(..4).ok_or(Damaged)?) as usize;
        let places = number(rest.get(4..6).ok_or(Damaged)?) as usize;
        let codes = bytes.get(HEAD..HEAD + places * AUTHORITY).ok_or(Damaged)?;
        let authorities = codes
            .chunks_exact(AUTHORITY)
            .map(|code| std::str::from_utf8(code).map(|code| SmolStr::new(code.trim_end())))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|_| Damaged)?;
        if Some(bytes.len() - HEAD - codes.len()) != count.checked_mul(RECORD) {
            return Err(Damaged);
        }
        Ok(Self { bytes, authorities, left_out: 0 })
    }

    /// Makes a directory of a CSV file with headings. The columns go by the names that the Office for National
    /// Statistics has given them over the years.
    ///
    /// # Errors
    /// When it is no CSV file, lacks a column, or has more rows than there are postcodes.
    pub fn from_csv(source: impl Read) -> Result<Self, DirectoryError> {
        let source = Lines { source, since: 0 };
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(source);
        let columns = Columns::find(reader.byte_headers()?)?;
        let (mut records, mut codes) = (Vec::new(), Codes::default());
        let (mut row, mut left_out) = (ByteRecord::new(), 0);
        while reader.read_byte_record(&mut row)? {
            match columns.record(&row, &mut codes)? {
                Some(record) if records.len() < MOST => records.push(record),
                Some(_) => return Err(DirectoryError::TooMany("postcodes")),
                None => left_out += 1,
            }
        }
        // The postcode stands first, so this is the order in which they are looked up. Sorting is stable: of a postcode
        // given twice the first row counts.
        records.sort_by(|a: &[u8; RECORD], b| a[..5].cmp(&b[..5]));
        let rows = records.len();
        records.dedup_by(|later, first| later[..5] == first[..5]);
        left_out += rows - records.len();
        if records.is_empty() {
            return Err(DirectoryError::Empty);
        }
        let mut rest = Vec::with_capacity(6 + codes.list.len() * AUTHORITY + records.len() * RECORD);
        rest.extend(u32::try_from(records.len()).unwrap_or(u32::MAX).to_be_bytes());
        rest.extend(u16::try_from(codes.list.len()).unwrap_or(u16::MAX).to_be_bytes());
        for code in &codes.list {
            rest.extend(format!("{code:<AUTHORITY$}").into_bytes());
        }
        rest.extend(records.as_flattened());
        let sum = Sha256::digest(&rest);
        let bytes = [MARK.as_slice(), sum.as_slice(), &rest].concat();
        Ok(Self { bytes, authorities: codes.list, left_out })
    }

    /// The compact file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many postcodes it has.
    pub fn len(&self) -> usize {
        self.records().len() / RECORD
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many rows of the CSV file held no place: no postcode or authority, or a postcode given before.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    fn records(&self) -> &[u8] {
        self.bytes.get(HEAD + self.authorities.len() * AUTHORITY..).unwrap_or_default()
    }
}

impl Places for Directory {
    fn find(&self, postcode: &str) -> Option<Spot> {
        let key = key(postcode)?;
        let (records, _) = self.records().as_chunks::<RECORD>();
        let at = records.binary_search_by(|record| record[..5].cmp(&key)).ok()?;
        let record = records.get(at)?;
        let metres = |at: &[u8]| Some(number(at)).filter(|m| *m != NOWHERE).map_or(f64::NAN, f64::from);
        Some(Spot {
            authority: self.authorities.get(number(&record[5..7]) as usize)?.clone(),
            east: metres(&record[7..10]),
            north: metres(&record[10..13]),
        })
    }
}

/// Up to seven letters and figures as one number that sorts as they do; `None` for anything else.
fn key(postcode: &str) -> Option<[u8; 5]> {
    if postcode.is_empty() || postcode.len() > 7 {
        return None;
    }
    let mut value = 0u64;
    for at in 0..7 {
        let figure = match postcode.as_bytes().get(at) {
            None => 0,
            Some(c @ b'0'..=b'9') => c - b'0' + 1,
            Some(c @ b'A'..=b'Z') => c - b'A' + 11,
            Some(_) => return None,
        };
        value = value * 37 + u64::from(figure);
    }
    let [_, _, _, key @ ..] = value.to_be_bytes();
    Some(key)
}

/// Up to four bytes, the greatest first.
fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |value, byte| value << 8 | u32::from(*byte))
}

/// The authorities, each once.
#[derive(Default)]
struct Codes {
    list: Vec<SmolStr>,
    known: HashMap<SmolStr, u16>,
}

impl Codes {
    fn number(&mut self, code: &str) -> Result<u16, DirectoryError> {
        if let Some(number) = self.known.get(code) {
            return Ok(*number);
        }
        let number = u16::try_from(self.list.len()).ok().filter(|n| *n < 10_000);
        let number = number.ok_or(DirectoryError::TooMany("authorities"))?;
        self.list.push(code.into());
        self.known.insert(code.into(), number);
        Ok(number)
    }
}

/// Where the columns stand. A county has no code of its own in some rows: then the district is the authority.
struct Columns {
    postcode: usize,
    county: Option<usize>,
    district: Option<usize>,
    east: usize,
    north: usize,
}

impl Columns {
    fn find(headings: &ByteRecord) -> Result<Self, DirectoryError> {
        let names: Vec<String> = headings
            .iter()
            .map(|h| String::from_utf8_lossy(h).trim_start_matches('\u{feff}').trim().to_ascii_lowercase())
            .collect();
        let named = |known: &[&str]| known.iter().find_map(|k| names.iter().position(|n| n == k));
        // The year stands within the name: UTLA21CD, cty25cd.
        let dated = |start: &str| {
            names.iter().position(|n| {
                let year = n.strip_prefix(start).and_then(|n| n.strip_suffix("cd"));
                year.is_some_and(|year| year.len() == 2 && year.bytes().all(|b| b.is_ascii_digit()))
            })
        };
        let no = |what, known| DirectoryError::NoColumn { what, known };
        let county = dated("utla").or_else(|| named(&["utla", "oscty", "cty"])).or_else(|| dated("cty"));
        let district = named(&["oslaua", "laua"]).or_else(|| dated("lad"));
        if county.or(district).is_none() {
            return Err(no("the authority", "UTLA21CD, oscty or oslaua"));
        }
        Ok(Self {
            postcode: named(&["pcd_abbr", "pcds", "pcd", "pcd7", "pcd8", "pcd2", "postcode"])
                .ok_or_else(|| no("the postcode", "pcd, pcds or pcd_abbr"))?,
            county,
            district,
            east: named(&["oseast1m", "east1m"]).ok_or_else(|| no("metres east", "oseast1m"))?,
            north: named(&["osnrth1m", "north1m"]).ok_or_else(|| no("metres north", "osnrth1m"))?,
        })
    }

    /// The record of a row; `None` when it says no place.
    fn record(&self, row: &ByteRecord, codes: &mut Codes) -> Result<Option<[u8; RECORD]>, DirectoryError> {
        let text =
            |at: usize| row.get(at).and_then(|c| std::str::from_utf8(c).ok()).unwrap_or_default().trim();
        let Some(key) = key(&plain_postcode(text(self.postcode))) else { return Ok(None) };
        // E99999999 and the like mean that there is no county.
        let real = |at: Option<usize>| at.map(text).filter(|c| is_code(c) && !c.ends_with("99999999"));
        let Some(code) = real(self.county).or_else(|| real(self.district)) else { return Ok(None) };
        let metres = |at| match text(at).parse::<f64>() {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the bounds")]
            Ok(metres) if (0.0..f64::from(NOWHERE)).contains(&metres) => metres.round() as u32,
            _ => NOWHERE,
        };
        let (east, north) = (metres(self.east).to_be_bytes(), metres(self.north).to_be_bytes());
        let mut record = [0; RECORD];
        record[..5].copy_from_slice(&key);
        record[5..7].copy_from_slice(&codes.number(&code.to_ascii_uppercase())?.to_be_bytes());
        record[7..10].copy_from_slice(&east[1..]);
        record[10..].copy_from_slice(&north[1..]);
        Ok(Some(record))
    }
}

/// Whether it can be the code of an authority.
fn is_code(text: &str) -> bool {
    (1..=AUTHORITY).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// A source that fails at a line too long to be one, so that a file without line ends is not taken into memory whole.
struct Lines<R> {
    source: R,
    since: usize,
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(into)?;
        let piece = into.get(..read).unwrap_or_default();
        self.since = match piece.iter().rposition(|b| *b == b'\n') {
            Some(at) => read - at,
            None => self.since + read,
        };
        if self.since > LONGEST_LINE {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a line is far longer than any of a directory",
            ));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSV: &str = "pcd_abbr,pcd,UTLA21CD,UTLA21NM,oseast1m,osnrth1m\n\
        DA49JR,DA4 9JR,E10000016,Kent,556380.0,169908\n\
        M11AE,M1  1AE,E08000003,\"Manchester, City of\",384600,398100\n\
        IM11AA,IM1 1AA,M83000003,Isle of Man,,\n\
        M11AE,M1 1AE,E10000016,Kent,1,1\n\
        ,,E10000016,Kent,1,1\n";

    fn made(csv: &str) -> Directory {
        Directory::from_csv(csv.as_bytes()).unwrap()
    }

    fn spot(directory: &Directory, postcode: &str) -> Option<(String, f64, f64)> {
        directory.find(postcode).map(|s| (s.authority.to_string(), s.east, s.north))
    }

    #[test]
    fn a_directory_comes_back_as_it_was_made() {
        let made = made(CSV);
        let read = Directory::from_bytes(made.bytes().to_vec()).unwrap();
        for directory in [&made, &read] {
            assert_eq!(directory.len(), 3);
            assert_eq!(spot(directory, "DA49JR"), Some(("E10000016".into(), 556_380.0, 169_908.0)));
            assert_eq!(spot(directory, "M11AE"), Some(("E08000003".into(), 384_600.0, 398_100.0)));
            let island = directory.find("IM11AA").unwrap();
            assert!(island.east.is_nan() && island.authority == "M83000003");
            for absent in ["", "M1", "M11AF", "M11AEX", "M11AEXXX", "É1", "m11ae"] {
                assert_eq!(spot(directory, absent), None, "{absent}");
            }
        }
        assert_eq!((made.left_out(), read.left_out()), (2, 0));
    }

    #[test]
    fn without_a_county_the_district_is_the_authority() {
        let made = made(
            "pcds,oscty,oslaua,oseast1m,osnrth1m\nM1 1AE,E99999999,E08000003,1,2\nDA4 9JR,E10000016,E07000111,1,2\n",
        );
        assert_eq!(made.find("M11AE").unwrap().authority, "E08000003");
        assert_eq!(made.find("DA49JR").unwrap().authority, "E10000016");
    }

    #[test]
    fn what_is_no_directory_says_so() {
        let said = |csv: &str| Directory::from_csv(csv.as_bytes()).unwrap_err().to_string();
        assert!(said("a,b\n1,2\n").contains("authority"));
        assert!(said("pcds,oscty\n1,2\n").contains("metres east"));
        assert!(said("pcds,oscty,oseast1m,osnrth1m\n").contains("no postcode"));
        let endless = Directory::from_csv(io::repeat(b'a')).unwrap_err().to_string();
        assert!(endless.contains("far longer"), "{endless}");
    }

    #[test]
    fn a_byte_that_differs_or_is_missing_is_noticed() {
        let bytes = made(CSV).bytes().to_vec();
        for at in 0..bytes.len() {
            let mut bad = bytes.clone();
            bad[at] ^= 1;
            assert!(Directory::from_bytes(bad).is_err(), "byte {at}");
            assert!(Directory::from_bytes(bytes[..at].to_vec()).is_err(), "cut at {at}");
        }
        let mut next = bytes;
        next[7] = 2;
        assert!(matches!(Directory::from_bytes(next), Err(DirectoryError::OtherVersion)));
    }

    #[test]
    fn keys_sort_as_the_postcodes_do() {
        let mut codes = ["M11AE", "M1", "DA49JR", "ZZ99ZZZ", "AB101AA", "M11AF", "0"];
        codes.sort_unstable();
        let keys: Vec<_> = codes.iter().map(|c| key(c).unwrap()).collect();
        assert!(keys.is_sorted());
    }
}
