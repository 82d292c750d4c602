//! Reading what is called in an expression: `answered(x)`, `if(condition, a, b)`…

use smol_str::SmolStr;

use super::expr_read::{Parser, Read, Typed};
use super::scope::Type;
use super::token::Token;
use super::{Expr, Kind, Name, Options};
use crate::table::hint;

/// What may be called in an expression.
pub const FUNCTIONS: [&str; 11] = [
    "answered",
    "count",
    "round",
    "if",
    "first",
    "words",
    "labelled",
    "lines",
    "reason",
    "items",
    "reference",
];

impl Parser<'_, '_> {
    pub(super) fn call(&mut self, function: &str, at: usize) -> Read<Typed> {
        if !FUNCTIONS.contains(&function) {
            return Err((at, format!("there is no `{function}(…)`"), hint(function, FUNCTIONS)));
        }
        if function == "reference" {
            return self.reference(at);
        }
        if function == "count"
            && let Some(times) = self.count_of_times()?
        {
            return Ok(Typed { expr: times, kind: Type::Number, at });
        }
        let args = self.args()?;
        let many = args.len();
        let mut rest = args.into_iter();
        let (Some(first), second, third) = (rest.next(), rest.next(), rest.next()) else {
            return Err((at, format!("`{function}()` is empty"), None));
        };
        let all =
            |second: Option<Typed>, third: Option<Typed>, rest: std::vec::IntoIter<Typed>, first: Typed| {
                [Some(first), second, third].into_iter().flatten().chain(rest).collect::<Vec<_>>()
            };
        let one = matches!(function, "answered" | "count" | "round" | "words" | "reason" | "items");
        if one && many > 1 {
            return Err((at, format!("`{function}` takes one thing, not {many}"), None));
        }
        let (expr, kind) = match function {
            "answered" => (Expr::Answered(Box::new(first.expr)), Type::Flag),
            "count" => match first.kind {
                Type::Rows | Type::Codes(_) | Type::Files | Type::Unknown => {
                    (Expr::Count(Box::new(first.expr)), Type::Number)
                }
                kind => return Err((first.at, format!("{} cannot be counted", kind.words()), None)),
            },
            "round" => {
                self.number(&first)?;
                (Expr::Round(Box::new(first.expr)), Type::Number)
            }
            "words" => (Expr::Words(Box::new(first.expr)), Type::Text),
            "reason" | "items" => self.of_question(function, first)?,
            "if" => {
                let (Some(then), Some(other), 3) = (second, third, many) else {
                    let hint = Some("Write `if(condition, this, otherwise)`.".to_owned());
                    return Err((at, format!("`if` takes three things, not {many}"), hint));
                };
                self.flag(&first)?;
                let kind = self.common(&[&then, &other])?;
                (Expr::If(Box::new(first.expr), Box::new(then.expr), Box::new(other.expr)), kind)
            }
            "first" => {
                let list = all(second, third, rest, first);
                let kind = self.common(&list.iter().collect::<Vec<_>>())?;
                (Expr::First(list.into_iter().map(|t| t.expr).collect()), kind)
            }
            "lines" => {
                let list = all(second, third, rest, first);
                (Expr::Lines(list.into_iter().map(|t| t.expr).collect()), Type::Text)
            }
            _ => {
                let mut names = Vec::new();
                for typed in all(second, third, rest, first) {
                    match typed.expr {
                        Expr::Name(name @ (Name::Answer(_) | Name::Column(_) | Name::Score(_))) => {
                            names.push(name)
                        }
                        _ => {
                            return Err((
                                typed.at,
                                "`labelled` takes questions, columns and scores".to_owned(),
                                None,
                            ));
                        }
                    }
                }
                (Expr::Labelled(names), Type::Text)
            }
        };
        Ok(Typed { expr, kind, at })
    }

    /// `count(siblings)`: of a section that repeats, which is no question.
    fn count_of_times(&mut self) -> Read<Option<Expr>> {
        let Some((_, Token::Word(word))) = self.tokens.get(self.next).cloned() else { return Ok(None) };
        if !self.scope.sections.iter().any(|s| s.id == word && s.repeat.is_some()) {
            return Ok(None);
        }
        self.next += 1;
        self.must(")")?;
        Ok(Some(Expr::Count(Box::new(Expr::Name(Name::Times(word.into()))))))
    }

    /// `reason(x)` and `items(x)`.
    fn of_question(&self, function: &str, of: Typed) -> Read<(Expr, Type)> {
        let question = match &of.expr {
            Expr::Name(Name::Answer(id)) => self.scope.question(id).ok(),
            Expr::Name(Name::Column(id)) => self.scope.row.iter().find(|q| q.id == *id),
            _ => None,
        };
        let (Some(question), Expr::Name(name)) = (question, of.expr) else {
            return Err((of.at, format!("`{function}` takes a question"), None));
        };
        let list = |list: &SmolStr| Type::Code(Options::List { list: list.clone(), only: Vec::new() });
        match (function, &question.kind, &question.or_reason) {
            ("items", Kind::Instrument { .. }, _) => Ok((Expr::Items(name), Type::Text)),
            ("items", ..) => Err((of.at, "`items` takes a question of kind instrument".to_owned(), None)),
            (_, Kind::ChildWords { reasons }, _) | (_, _, Some(reasons)) => {
                Ok((Expr::Reason(name), list(reasons)))
            }
            _ => Err((
                of.at,
                format!("\"{}\" has no reasons for going unanswered", question.id),
                Some("Give it `or_reason`, a code list.".to_owned()),
            )),
        }
    }

    fn reference(&mut self, at: usize) -> Read<Typed> {
        match self.tokens.get(self.next).cloned() {
            Some((_, Token::Word(word))) if !word.contains('.') => {
                self.next += 1;
                self.must(")")?;
                Ok(Typed { expr: Expr::Reference(word.into()), kind: Type::Reference, at })
            }
            _ => Err((
                self.at(),
                "`reference` takes one word".to_owned(),
                Some("Write `reference(need)`: the same word and row give the same reference.".to_owned()),
            )),
        }
    }

    /// The type of alternatives, which must be one.
    fn common(&self, list: &[&Typed]) -> Read<Type> {
        let Some(first) = list.first() else { return Ok(Type::Unknown) };
        for other in list {
            // A code in quotes is checked where the alternative ends up.
            let texts = matches!(
                (&first.kind, &other.kind),
                (Type::Text, Type::Code(_)) | (Type::Code(_), Type::Text)
            );
            if !texts && !first.kind.fits(&other.kind) {
                let message =
                    format!("this is {}, but the first was {}", other.kind.words(), first.kind.words());
                return Err((other.at, message, None));
            }
        }
        let code = list.iter().find(|t| matches!(t.kind, Type::Code(_))).unwrap_or(first);
        Ok(code.kind.clone())
    }
}
