//! From what was uploaded to the files of a return. A zip is opened; nothing in it is believed.

use std::io::Cursor;

use kinfold_casework::imports::census::{Limits, SourceFile};

use crate::upload::{Uploaded, plain};

/// The most that a zip may unpack to, in bytes.
const UNPACKED: usize = 256 * 1024 * 1024;
/// The most files in a zip.
const FILES: usize = 2_000;

/// The files of a return, or what is wrong, in words.
pub(super) fn unpack(uploads: Vec<Uploaded>) -> Result<Vec<SourceFile>, String> {
    let mut files = Vec::new();
    for upload in uploads {
        if upload.bytes.starts_with(b"PK\x03\x04") && upload.name.to_ascii_lowercase().ends_with(".zip") {
            open_zip(&upload, &mut files)?;
        } else if [".csv", ".xml", ".txt"].iter().any(|end| upload.name.to_ascii_lowercase().ends_with(end)) {
            files.push(SourceFile::new(upload.name, upload.bytes));
        } else {
            return Err(format!(
                "“{}” is no CSV, XML or zip file. Export the return again and choose those files",
                upload.name
            ));
        }
    }
    Ok(files)
}

fn open_zip(upload: &Uploaded, files: &mut Vec<SourceFile>) -> Result<(), String> {
    let damaged = || format!("“{}” is damaged or no zip file. Make it again", upload.name);
    let mut archive = zip::ZipArchive::new(Cursor::new(&upload.bytes)).map_err(|_| damaged())?;
    if archive.len() > FILES {
        return Err(format!("“{}” holds too many files. Pack only those of the return", upload.name));
    }
    let mut room = UNPACKED;
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|e| match e {
            zip::result::ZipError::UnsupportedArchive(_) => {
                format!("“{}” is packed with a password or in a way that cannot be read here. Pack it again without", upload.name)
            }
            _ => damaged(),
        })?;
        let name = plain(&file.name().map_err(|_| damaged())?);
        let used = [".csv", ".xml", ".txt"].iter().any(|end| name.to_ascii_lowercase().ends_with(end));
        // What an archive program adds of its own.
        if file.is_dir() || !used || name.starts_with("__MACOSX/") {
            continue;
        }
        let limits = Limits { file_bytes: room, ..Limits::default() };
        let read = SourceFile::from_reader(name, file, &limits).map_err(|_| damaged())?;
        if read.is_empty() && room < Limits::default().file_bytes {
            return Err(format!(
                "“{}” unpacks to more than {} MB. Bring it in by the command line",
                upload.name,
                UNPACKED >> 20
            ));
        }
        room = room.saturating_sub(read.len());
        files.push(read);
    }
    if files.is_empty() {
        return Err(format!("“{}” holds no CSV or XML file", upload.name));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uploaded(name: &str, bytes: &[u8]) -> Uploaded {
        Uploaded { name: name.to_owned(), bytes: bytes.to_vec() }
    }

    #[test]
    fn a_wrong_kind_of_file_is_refused_by_name() {
        let refused = unpack(vec![uploaded("return.xlsx", b"PK\x03\x04")]).unwrap_err();
        assert!(refused.contains("return.xlsx"));
        assert!(unpack(vec![uploaded("broken.zip", b"PK\x03\x04garbage")]).unwrap_err().contains("damaged"));
    }

    #[test]
    fn a_zip_keeps_the_folders_that_name_the_year() {
        let mut bytes = Cursor::new(Vec::new());
        {
            use std::io::Write as _;
            let mut zip = zip::ZipWriter::new(&mut bytes);
            let options = zip::write::SimpleFileOptions::default();
            zip.start_file("return/2026/../2026/header.csv", options).unwrap();
            zip.write_all(b"CHILD,SEX,DOB\n1,1,01/02/2012\n").unwrap();
            zip.start_file("return/notes.docx", options).unwrap();
            zip.finish().unwrap();
        }
        let files = unpack(vec![uploaded("r.zip", bytes.get_ref())]).unwrap();
        assert_eq!(
            files.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(),
            ["return/2026/2026/header.csv"]
        );
    }
}
