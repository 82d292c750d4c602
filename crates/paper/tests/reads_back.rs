//! What was made, read again by another program's eyes: its language, title and tags, and that no line was lost.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use std::collections::BTreeMap;

use kinfold_paper::{Block, Fonts, Paper, PaperError, pdf};
use lopdf::{Dictionary, Document, Object};

/// The fonts of the pages, as the assets have them.
#[expect(clippy::disallowed_methods, reason = "a test reads the fonts that the program holds")]
fn fonts() -> Fonts {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/dist");
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for file in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".woff2") {
            files.insert(name, std::fs::read(&file).unwrap());
        }
    }
    let of = |weight: &str| -> Vec<&[u8]> {
        let latin = files.iter().filter(|(name, _)| name.contains(weight) && !name.contains("-ext-"));
        let more = files.iter().filter(|(name, _)| name.contains(weight) && name.contains("-ext-"));
        latin.chain(more).map(|(_, bytes)| bytes.as_slice()).collect()
    };
    Fonts::read(&of("-400-"), &of("-700-")).unwrap()
}

fn paper() -> Paper {
    let long = "Drinks enough only when reminded, and more when it is warm. ".repeat(12);
    Paper {
        title: "Health passport".to_owned(),
        language: "en-GB".to_owned(),
        from: "Fernshire County Council".to_owned(),
        made: (2026, 11, 22),
        blocks: vec![
            Block::Text("What you can show when you see a doctor. It is yours.".to_owned()),
            Block::Heading(2, "Allergies".to_owned()),
            Block::List(vec![
                "Peanuts: life threatening. Use the pen.".to_owned(),
                "Łódź, Āgnes, naïve – “quoted”".to_owned(),
            ]),
            Block::Strong("This is not the full record.".to_owned()),
            Block::Heading(2, "Immunisations".to_owned()),
            Block::Table {
                caption: "Given".to_owned(),
                heads: vec!["Vaccine".to_owned(), "Day".to_owned(), "What was said".to_owned()],
                rows: (0..40)
                    .map(|n| {
                        vec![format!("Vaccine {n}"), "1 May 2024".to_owned(), "With the school".to_owned()]
                    })
                    .collect(),
            },
            Block::Heading(3, "Everyday".to_owned()),
            Block::Text(long),
            Block::List(vec![" ".to_owned()]),
        ],
    }
}

fn get<'d>(document: &'d Document, dictionary: &'d Dictionary, name: &[u8]) -> &'d Object {
    let object = dictionary.get(name).unwrap_or_else(|_| panic!("no {}", String::from_utf8_lossy(name)));
    match object {
        Object::Reference(id) => document.get_object(*id).unwrap(),
        other => other,
    }
}

/// The tags in reading order, each with its depth.
fn tags(document: &Document, object: &Object, depth: usize, out: &mut Vec<(usize, String)>) {
    let object = match object {
        Object::Reference(id) => document.get_object(*id).unwrap(),
        other => other,
    };
    match object {
        Object::Array(all) => all.iter().for_each(|one| tags(document, one, depth, out)),
        Object::Dictionary(one) => {
            let Ok(Object::Name(kind)) = one.get(b"S") else { return };
            out.push((depth, String::from_utf8_lossy(kind).into_owned()));
            if let Ok(children) = one.get(b"K") {
                tags(document, children, depth + 1, out);
            }
        }
        _ => {}
    }
}

#[test]
fn what_is_made_is_tagged_named_and_whole() {
    let bytes = pdf(&paper(), &fonts()).unwrap();
    assert_eq!(bytes, pdf(&paper(), &fonts()).unwrap(), "the same document is the same bytes");
    let document = Document::load_mem(&bytes).unwrap();
    let root = document.catalog().unwrap();
    assert_eq!(get(&document, root, b"Lang").as_str().unwrap(), b"en-GB");
    let marked = get(&document, root, b"MarkInfo").as_dict().unwrap();
    assert!(marked.get(b"Marked").unwrap().as_bool().unwrap());
    let viewer = get(&document, root, b"ViewerPreferences").as_dict().unwrap();
    assert!(viewer.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
    let said =
        String::from_utf8_lossy(&get(&document, root, b"Metadata").as_stream().unwrap().content).into_owned();
    assert!(said.contains("Health passport") && said.contains("pdfuaid:part"), "{said}");

    let tree = get(&document, root, b"StructTreeRoot").as_dict().unwrap();
    let mut found = Vec::new();
    tags(&document, tree.get(b"K").unwrap(), 0, &mut found);
    let count = |kind: &str| found.iter().filter(|(_, tag)| tag == kind).count();
    assert_eq!((count("H1"), count("H2"), count("H3")), (1, 2, 1));
    assert_eq!(
        (count("L"), count("LI"), count("Lbl"), count("LBody")),
        (1, 2, 2, 2),
        "an empty list is left out"
    );
    assert_eq!((count("Table"), count("Caption"), count("THead"), count("TBody")), (1, 1, 1, 1));
    assert_eq!((count("TH"), count("TD"), count("TR")), (3, 120, 41));
    assert_eq!(count("P"), 3);

    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    assert!(pages.len() >= 2, "the table goes over the page");
    let text = document.extract_text(&pages).unwrap();
    // Where one font goes over into another, or a line into the next, the reader sees a space.
    let close = |text: &str| text.split_whitespace().collect::<String>();
    let text = close(&text);
    for words in [
        "Health passport",
        "Peanuts: life threatening.",
        "Łódź, Āgnes, naïve – “quoted”",
        "Vaccine 39",
        "Page 2 of",
    ] {
        assert!(text.contains(&close(words)), "{words} is not in: {text}");
    }
    assert_eq!(text.matches(&close("Drinks enough only when reminded")).count(), 12);
}

#[test]
fn a_document_without_a_title_or_a_language_is_none() {
    for (title, language) in [("", "en-GB"), ("Title", " ")] {
        let paper = Paper { title: title.to_owned(), language: language.to_owned(), ..paper() };
        assert_eq!(pdf(&paper, &fonts()).unwrap_err(), PaperError::Unnamed);
    }
    assert!(matches!(Fonts::read(&[b"no font"], &[]), Err(PaperError::Font(_))));
}

#[test]
fn whatever_is_written_can_be_made() {
    let odd = ["👧🏽 a\u{0}b\u{202e}c \u{1f600}", "مرحبا", "W".repeat(400).as_str(), "\n\n", "a\tb\u{a0}c"]
        .map(str::to_owned);
    let paper = Paper {
        blocks: vec![
            Block::List(odd.to_vec()),
            Block::Table { caption: String::new(), heads: odd.to_vec(), rows: vec![odd.to_vec(), vec![]] },
            Block::Heading(9, odd[0].clone()),
        ],
        ..paper()
    };
    pdf(&paper, &fonts()).unwrap();
}
