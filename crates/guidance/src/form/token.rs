//! The words and signs of an expression.

use jiff::civil::Date;

use super::Decimal;

/// One word or sign.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// `mood`, `child.age`, `and`.
    Word(String),
    /// `"low"`.
    Text(String),
    /// `12.5`.
    Number(Decimal),
    /// `2026-12-01`.
    Date(Date),
    /// `=`, `(`, `,`…
    Sign(&'static str),
}

impl Token {
    /// As it is named in messages.
    pub fn show(&self) -> String {
        match self {
            Self::Word(w) => format!("`{w}`"),
            Self::Text(t) => format!("\"{t}\""),
            Self::Number(n) => n.to_string(),
            Self::Date(d) => d.to_string(),
            Self::Sign(s) => format!("`{s}`"),
        }
    }
}

const SIGNS: [&str; 14] = ["!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "(", ")", "[", "]", ","];

/// Cuts an expression into tokens with their byte positions.
///
/// # Errors
/// Position and words of the first thing that is none.
pub(super) fn tokens(text: &str) -> Result<Vec<(usize, Token)>, (usize, String)> {
    let mut out = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let at = text.len() - rest.len();
        let Some(first) = rest.chars().next() else { return Ok(out) };
        let (token, used) = if first == '"' {
            let Some(end) = rest.get(1..).and_then(|r| r.find('"')) else {
                return Err((at, "this text has no closing quote".to_owned()));
            };
            (Token::Text(rest.get(1..=end).unwrap_or_default().to_owned()), end + 2)
        } else if first.is_ascii_digit() {
            number(rest).map_err(|m| (at, m))?
        } else if first.is_ascii_lowercase() {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'));
            let word = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            (Token::Word(word.to_owned()), word.len())
        } else if let Some(sign) = SIGNS.iter().find(|s| rest.starts_with(**s)) {
            (Token::Sign(sign), sign.len())
        } else {
            return Err((at, format!("\"{first}\" means nothing here")));
        };
        out.push((at, token));
        rest = rest.get(used..).unwrap_or_default();
    }
}

fn number(rest: &str) -> Result<(Token, usize), String> {
    let is_date = |s: &str| {
        s.bytes().enumerate().all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() })
    };
    if let Some(date) = rest.get(..10).filter(|s| is_date(s)) {
        let date = date.parse().map_err(|_| format!("there is no day {date}"))?;
        return Ok((Token::Date(date), 10));
    }
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
    let digits = rest.get(..end).unwrap_or_default();
    let number = digits.parse().map_err(|m| format!("{digits} is {m}"))?;
    Ok((Token::Number(number), end))
}
