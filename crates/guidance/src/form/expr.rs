//! What may be asked of the answers of a form: when a question is shown, what an answer becomes in the record.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::Decimal;

/// What a name in an expression stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Name {
    /// The answer to a question: `mood`. In a section that repeats, of the same time round.
    Answer(SmolStr),
    /// A column of the row at hand: `row.action`.
    Column(SmolStr),
    /// A fact about the child, known before the form was opened: `child.age`. See [`super::FACTS`].
    Fact(SmolStr),
    /// A score of the form: `score.total`.
    Score(SmolStr),
    /// How often a section that repeats is filled in; only under `count`.
    Times(SmolStr),
    /// The code of the band a score falls in: `band.total`.
    Band(SmolStr),
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compare {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

/// An expression, read and checked. A comparison with something that was not answered does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expr {
    /// A text in double quotes.
    Text(String),
    /// A number.
    Number(Decimal),
    /// A date: `2026-12-01`.
    Date(Date),
    /// `yes` or `no`.
    Flag(bool),
    /// A name.
    Name(Name),
    /// `not x`
    Not(Box<Expr>),
    /// `a and b`
    All(Vec<Expr>),
    /// `a or b`
    Any(Vec<Expr>),
    /// `a = b`, `a < b`…
    Compare(Box<Expr>, Compare, Box<Expr>),
    /// `x in ["a", "b"]`: is, or holds, at least one of these.
    In(Box<Expr>, Vec<Expr>),
    /// `answered(x)`: something was answered (a reason for having no answer is not one).
    Answered(Box<Expr>),
    /// `count(x)`: rows of a table, choices taken, times a section was repeated.
    Count(Box<Expr>),
    /// `a + b`
    Plus(Box<Expr>, Box<Expr>),
    /// `a - b`
    Minus(Box<Expr>, Box<Expr>),
    /// `a * 1000`: by a number, for another unit.
    Times(Box<Expr>, Decimal),
    /// `round(x)`, halves up.
    Round(Box<Expr>),
    /// `if(condition, a, b)`
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `first(a, b, …)`: the first that was answered.
    First(Vec<Expr>),
    /// `words(x)`: what a person reads for it.
    Words(Box<Expr>),
    /// `labelled(a, b, …)`: each answered question with its words under its label, a blank line between.
    Labelled(Vec<Name>),
    /// `lines(a, b, …)`: the words of what was answered, a blank line between.
    Lines(Vec<Expr>),
    /// `reason(x)`: the code of the reason why a question has no answer.
    Reason(Name),
    /// `items(x)`: the answers to an instrument's items in order, one character each, `-` for none.
    Items(Name),
    /// `reference(x)`: a reference that is the same wherever the same word stands for the same row of the same
    /// submission, and nowhere else. It joins entries to each other.
    Reference(SmolStr),
}

impl Expr {
    /// Calls `visit` on every name inside.
    pub fn names<'a>(&'a self, visit: &mut dyn FnMut(&'a Name)) {
        match self {
            Self::Text(_) | Self::Number(_) | Self::Date(_) | Self::Flag(_) | Self::Reference(_) => {}
            Self::Name(name) | Self::Reason(name) | Self::Items(name) => visit(name),
            Self::Labelled(names) => names.iter().for_each(visit),
            Self::Not(a)
            | Self::Answered(a)
            | Self::Count(a)
            | Self::Round(a)
            | Self::Words(a)
            | Self::Times(a, _) => {
                a.names(visit);
            }
            Self::All(list) | Self::Any(list) | Self::First(list) | Self::Lines(list) => {
                list.iter().for_each(|e| e.names(visit));
            }
            Self::In(a, list) => {
                a.names(visit);
                list.iter().for_each(|e| e.names(visit));
            }
            Self::Compare(a, _, b) | Self::Plus(a, b) | Self::Minus(a, b) => {
                a.names(visit);
                b.names(visit);
            }
            Self::If(a, b, c) => [a, b, c].into_iter().for_each(|e| e.names(visit)),
        }
    }
}
