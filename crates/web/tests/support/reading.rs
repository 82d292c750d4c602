//! How hard a text is to read, for pages that children read.

/// How hard a text is: the school year (grade) in which it is read with ease, by two formulas that err in different ways.
/// A child of nine is in grade 4.
pub struct Hardness {
    /// Flesch-Kincaid: long sentences, words of many syllables.
    pub kincaid: f64,
    /// Coleman-Liau: long words, long sentences; counts letters, so that no guess at syllables goes into it.
    pub coleman: f64,
    /// How many words were measured.
    pub words: usize,
}

/// Syllables of an English word, near enough: groups of vowels, without a silent e.
fn syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    let vowel = |c: char| "aeiouy".contains(c);
    let mut groups = 0;
    let mut before = false;
    for c in word.chars() {
        if vowel(c) && !before {
            groups += 1;
        }
        before = vowel(c);
    }
    let silent = word.ends_with('e') && !word.ends_with("le")
        || word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded");
    if silent && groups > 1 {
        groups -= 1;
    }
    groups.max(1)
}

/// How hard sentences are together.
pub fn hardness(sentences: &[String]) -> Hardness {
    let mut counted = 0_usize;
    let (mut words, mut letters, mut parts) = (0_usize, 0_usize, 0_usize);
    for sentence in sentences {
        let found: Vec<&str> = sentence
            .split(|c: char| !c.is_alphabetic() && c != '’')
            .filter(|w| w.chars().any(char::is_alphabetic))
            .collect();
        if found.is_empty() {
            continue;
        }
        counted += 1;
        words += found.len();
        letters += found.iter().map(|w| w.chars().filter(|c| c.is_alphabetic()).count()).sum::<usize>();
        parts += found.iter().map(|w| syllables(w)).sum::<usize>();
    }
    let (s, w, l, p) = (counted as f64, words as f64, letters as f64, parts as f64);
    Hardness {
        kincaid: 0.39 * w / s + 11.8 * p / w - 15.59,
        coleman: 0.0588 * (100.0 * l / w) - 0.296 * (100.0 * s / w) - 15.8,
        words,
    }
}

/// What a page says in its menu and its main part, one sentence or line at a time. What people typed (names, the words of
/// the record) is not ours to measure and stands in elements of its own.
pub fn sentences(body: &str) -> Vec<String> {
    let cut = |from: &str, to: &str| {
        let (_, rest) = body.split_once(from)?;
        let (part, _) = rest.split_once(to)?;
        part.split_once('>').map(|(_, inside)| inside)
    };
    let menu = cut("<nav class=\"govuk-service-navigation__wrapper\"", "</nav>").unwrap_or_default();
    let main = cut("<main", "</main>").unwrap();
    let ours = format!("{menu}\n{main}");
    let mut text = String::new();
    let mut rest = ours.as_str();
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before.rsplit('>').next().unwrap_or(""));
        let (tag, more) = after.split_once('>').unwrap_or((after, ""));
        let name = tag.trim_start_matches('/').split([' ', '>']).next().unwrap_or("");
        if [
            "p", "li", "h1", "h2", "h3", "div", "a", "label", "legend", "button", "section", "ul", "ol",
            "form", "fieldset", "br", "dl", "dt", "dd",
        ]
        .contains(&name)
            && (name != "a" || tag.starts_with("a class=\"govuk-s"))
        {
            text.push('\n');
        }
        text.push_str(more.split_once('<').map_or(more, |(t, _)| t));
        rest = more.split_once('<').map_or("", |(t, _)| &more[t.len()..]);
    }
    let text = text.replace("&amp;", "&").replace("&quot;", "\"");
    text.split(['\n', '.', '?', '!', ':']).map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()).collect()
}
