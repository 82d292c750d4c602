//! Reading and checking an expression in one go, so that each mistake knows its place.

use smol_str::SmolStr;

use super::scope::{Scope, Type};
use super::token::{Token, tokens};
use super::{Compare, Expr, Name};
use crate::table::{Table, hint};

/// How deep brackets may go: far more than anybody can read, and far less than the stack holds.
const DEEPEST: u8 = 40;

/// A part of an expression with its type and place.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub expr: Expr,
    pub kind: Type,
    pub at: usize,
}

/// What was read, or the place, the mistake and the way out.
pub(super) type Read<T> = Result<T, (usize, String, Option<String>)>;

/// The expression under a key, of any type.
pub(super) fn expression(t: &Table<'_, '_>, key: &'static str, scope: &Scope<'_>) -> Option<Typed> {
    let text = t.text(key)?;
    read_at(t, t.get(key)?.span().start, key, text, scope)
}

/// The condition under a key.
pub(super) fn condition(t: &Table<'_, '_>, key: &'static str, scope: &Scope<'_>) -> Option<Expr> {
    let typed = expression(t, key, scope)?;
    if !typed.kind.fits(&Type::Flag) {
        let message = format!("`{key}` must be a condition, not {}", typed.kind.words());
        t.reading.mistake(typed.at, message, Some("Compare it: `mood = \"low\"`, `answered(mood)`.".into()));
    }
    Some(typed.expr)
}

/// Reads the text of an expression that starts (with its quote) at a byte position of the file.
pub(super) fn read_at(
    t: &Table<'_, '_>,
    start: usize,
    key: &str,
    text: &str,
    scope: &Scope<'_>,
) -> Option<Typed> {
    // Where the text itself starts, after one quote or three.
    let raw = t.reading.text.get(start..).unwrap_or_default();
    let base = start + raw.find(text).unwrap_or(0);
    match read(text, scope) {
        Ok(mut typed) => {
            typed.at += base;
            Some(typed)
        }
        Err((at, message, hint)) => {
            t.reading.mistake(base + at, format!("`{key}`: {message}"), hint);
            None
        }
    }
}

/// Reads an expression.
pub(super) fn read(text: &str, scope: &Scope<'_>) -> Read<Typed> {
    let tokens = tokens(text).map_err(|(at, m)| (at, m, None))?;
    let mut p = Parser { tokens, next: 0, end: text.len(), scope, depth: 0 };
    let typed = p.either()?;
    match p.tokens.get(p.next) {
        None => Ok(typed),
        Some((at, token)) => Err((*at, format!("{} does not belong here", token.show()), None)),
    }
}

/// Reads from left to right.
pub(super) struct Parser<'s, 'a> {
    pub(super) tokens: Vec<(usize, Token)>,
    pub(super) next: usize,
    end: usize,
    pub(super) scope: &'s Scope<'a>,
    depth: u8,
}

impl Parser<'_, '_> {
    pub(super) fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |(at, _)| *at)
    }

    pub(super) fn sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.tokens.get(self.next), Some((_, Token::Sign(s))) if *s == sign);
        self.next += usize::from(found);
        found
    }

    fn word(&mut self, word: &str) -> bool {
        let found = matches!(self.tokens.get(self.next), Some((_, Token::Word(w))) if w == word);
        self.next += usize::from(found);
        found
    }

    pub(super) fn must(&mut self, sign: &str) -> Read<()> {
        if self.sign(sign) {
            return Ok(());
        }
        let found = self.tokens.get(self.next).map_or("the end".to_owned(), |(_, t)| t.show());
        Err((self.at(), format!("there should be `{sign}` instead of {found}"), None))
    }

    pub(super) fn flag(&self, typed: &Typed) -> Read<()> {
        if typed.kind.fits(&Type::Flag) {
            return Ok(());
        }
        let message = format!("this is {}, not a condition", typed.kind.words());
        Err((typed.at, message, Some("Compare it: `mood = \"low\"`, `answered(mood)`.".into())))
    }

    pub(super) fn either(&mut self) -> Read<Typed> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err((self.at(), "the brackets go too deep to be read".to_owned(), None));
        }
        let out = self.chain("or", Self::both, Expr::Any);
        self.depth -= 1;
        out
    }

    fn both(&mut self) -> Read<Typed> {
        self.chain("and", Self::not, Expr::All)
    }

    fn chain(
        &mut self,
        word: &str,
        inner: fn(&mut Self) -> Read<Typed>,
        make: fn(Vec<Expr>) -> Expr,
    ) -> Read<Typed> {
        let first = inner(self)?;
        if !self.word(word) {
            return Ok(first);
        }
        self.flag(&first)?;
        let (at, mut list) = (first.at, vec![first.expr]);
        loop {
            let next = inner(self)?;
            self.flag(&next)?;
            list.push(next.expr);
            if !self.word(word) {
                return Ok(Typed { expr: make(list), kind: Type::Flag, at });
            }
        }
    }

    fn not(&mut self) -> Read<Typed> {
        let at = self.at();
        let mut negations = 0_usize;
        while self.word("not") {
            negations += 1;
        }
        let inner = self.comparison()?;
        if negations == 0 {
            return Ok(inner);
        }
        self.flag(&inner)?;
        let expr = if negations.is_multiple_of(2) { inner.expr } else { Expr::Not(Box::new(inner.expr)) };
        Ok(Typed { expr, kind: Type::Flag, at })
    }

    fn comparison(&mut self) -> Read<Typed> {
        let left = self.sum()?;
        if self.word("in") {
            return self.within(left);
        }
        let signs = [
            ("=", Compare::Equal),
            ("!=", Compare::NotEqual),
            ("<=", Compare::AtMost),
            (">=", Compare::AtLeast),
            ("<", Compare::Less),
            (">", Compare::More),
        ];
        let Some((_, compare)) = signs.into_iter().find(|(sign, _)| self.sign(sign)) else { return Ok(left) };
        let right = self.sum()?;
        self.comparable(&left, compare, &right)?;
        let at = left.at;
        Ok(Typed {
            expr: Expr::Compare(Box::new(left.expr), compare, Box::new(right.expr)),
            kind: Type::Flag,
            at,
        })
    }

    fn comparable(&self, left: &Typed, compare: Compare, right: &Typed) -> Read<()> {
        let ordered = !matches!(compare, Compare::Equal | Compare::NotEqual);
        match (&left.kind, &right.kind) {
            (Type::Unknown, _) | (_, Type::Unknown) => Ok(()),
            (Type::Number, Type::Number) | (Type::Date, Type::Date) => Ok(()),
            (Type::Flag, Type::Flag) | (Type::Text, Type::Text) | (Type::Code(_), Type::Code(_))
                if !ordered =>
            {
                Ok(())
            }
            (Type::Code(_), Type::Text) if !ordered => self.code(left, right),
            (Type::Text, Type::Code(_)) if !ordered => self.code(right, left),
            (Type::Codes(_), _) => Err((
                left.at,
                "several codes cannot be compared".to_owned(),
                Some("Write `x in [\"a\", \"b\"]`: it holds when at least one was chosen.".to_owned()),
            )),
            (a, b) => Err((right.at, format!("{} cannot be compared with {}", a.words(), b.words()), None)),
        }
    }

    /// A code compared with a text: the text has to be one of the codes.
    fn code(&self, typed: &Typed, text: &Typed) -> Read<()> {
        let (Type::Code(options) | Type::Codes(options), Expr::Text(code)) = (&typed.kind, &text.expr) else {
            return Err((text.at, "a code can only be compared with a code in quotes".to_owned(), None));
        };
        let codes = options.codes(self.scope.codes).unwrap_or_default();
        if codes.is_empty() || codes.iter().any(|c| c == code) {
            return Ok(());
        }
        Err((
            text.at,
            format!("\"{code}\" cannot be chosen there"),
            hint(code, codes.iter().map(SmolStr::as_str)),
        ))
    }

    fn within(&mut self, left: Typed) -> Read<Typed> {
        self.must("[")?;
        let mut list = Vec::new();
        loop {
            let item = self.atom()?;
            match &left.kind {
                Type::Code(_) | Type::Codes(_) => self.code(&left, &item)?,
                Type::Text | Type::Number | Type::Unknown if left.kind.fits(&item.kind) => {}
                kind => {
                    let message =
                        format!("{} cannot be looked for among {}", kind.words(), item.kind.words());
                    return Err((item.at, message, None));
                }
            }
            list.push(item.expr);
            if !self.sign(",") {
                break;
            }
        }
        self.must("]")?;
        let at = left.at;
        Ok(Typed { expr: Expr::In(Box::new(left.expr), list), kind: Type::Flag, at })
    }

    fn sum(&mut self) -> Read<Typed> {
        let mut left = self.product()?;
        loop {
            let make: fn(Box<Expr>, Box<Expr>) -> Expr = if self.sign("+") {
                Expr::Plus
            } else if self.sign("-") {
                Expr::Minus
            } else {
                return Ok(left);
            };
            let right = self.product()?;
            for side in [&left, &right] {
                self.number(side)?;
            }
            left = Typed { expr: make(Box::new(left.expr), Box::new(right.expr)), ..left };
        }
    }

    fn product(&mut self) -> Read<Typed> {
        let left = self.atom()?;
        if !self.sign("*") {
            return Ok(left);
        }
        self.number(&left)?;
        let right = self.atom()?;
        match right.expr {
            Expr::Number(n) => Ok(Typed { expr: Expr::Times(Box::new(left.expr), n), ..left }),
            _ => Err((right.at, "after `*` comes a number".to_owned(), None)),
        }
    }

    pub(super) fn number(&self, typed: &Typed) -> Read<()> {
        if typed.kind.fits(&Type::Number) {
            return Ok(());
        }
        Err((typed.at, format!("this is {}, not a number", typed.kind.words()), None))
    }

    pub(super) fn atom(&mut self) -> Read<Typed> {
        let at = self.at();
        let Some((_, token)) = self.tokens.get(self.next).cloned() else {
            return Err((at, "something is missing at the end".to_owned(), None));
        };
        self.next += 1;
        let typed = |expr, kind| Ok(Typed { expr, kind, at });
        match token {
            Token::Text(text) => typed(Expr::Text(text), Type::Text),
            Token::Number(n) => typed(Expr::Number(n), Type::Number),
            Token::Date(d) => typed(Expr::Date(d), Type::Date),
            Token::Sign("(") => {
                let inner = self.either()?;
                self.must(")")?;
                Ok(Typed { at, ..inner })
            }
            Token::Word(w) if w == "yes" || w == "no" => typed(Expr::Flag(w == "yes"), Type::Flag),
            Token::Word(w) if self.sign("(") => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err((at, "the brackets go too deep to be read".to_owned(), None));
                }
                let out = self.call(&w, at);
                self.depth -= 1;
                out
            }
            Token::Word(w) => {
                let (name, kind) = self.name(&w, at)?;
                typed(Expr::Name(name), kind)
            }
            Token::Sign(sign) => Err((at, format!("`{sign}` does not belong here"), None)),
        }
    }

    pub(super) fn args(&mut self) -> Read<Vec<Typed>> {
        let mut out = Vec::new();
        loop {
            out.push(self.either()?);
            if !self.sign(",") {
                break;
            }
        }
        self.must(")")?;
        Ok(out)
    }

    /// What a name stands for.
    fn name(&self, word: &str, at: usize) -> Read<(Name, Type)> {
        let unknown = |what: String| {
            let known = self.scope.known();
            Err((at, what, hint(word, known.iter().map(String::as_str))))
        };
        let Some((group, rest)) = word.split_once('.') else {
            if let Some(kind) = Scope::fact(word) {
                return Ok((Name::Fact(word.into()), kind));
            }
            return match self.scope.question(word) {
                Ok(q) => Ok((Name::Answer(word.into()), Type::of(&q.kind))),
                Err(Some(message)) => Err((at, message, None)),
                Err(None) => {
                    unknown(format!("no question \"{word}\" comes before this, and no fact is called so"))
                }
            };
        };
        match group {
            "row" => match self.scope.row.iter().find(|q| q.id == rest) {
                Some(q) => Ok((Name::Column(rest.into()), Type::of(&q.kind))),
                None if self.scope.row.is_empty() => Err((
                    at,
                    "there is no row here".to_owned(),
                    Some("`row.` goes with `for_each`, or in a table.".into()),
                )),
                None => unknown(format!("the row has no column \"{rest}\" before this")),
            },
            "score" if self.scope.scores.iter().any(|s| s.id == rest) => {
                Ok((Name::Score(rest.into()), Type::Number))
            }
            "band" => match self.scope.scores.iter().find(|s| s.id == rest) {
                Some(score) => {
                    let codes = score.bands.iter().flat_map(|b| &b.bands);
                    let own = codes.map(|b| (b.code.clone(), b.title.clone())).collect();
                    Ok((Name::Band(rest.into()), Type::Code(super::Options::Own(own))))
                }
                None => unknown(format!("there is no score \"{rest}\" here")),
            },
            _ => match Scope::fact(word) {
                Some(kind) => Ok((Name::Fact(word.into()), kind)),
                None => unknown(format!("no fact is called \"{word}\"")),
            },
        }
    }
}
