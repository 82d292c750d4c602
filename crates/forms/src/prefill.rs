//! What the record already says, offered as an answer to confirm.

use kinfold_guidance::form::{Kind, Question};

use crate::answer::Answer;
use crate::eval::{Place, value};
use crate::sheet::Sheet;
use crate::value::Value;
use crate::words;

impl Sheet<'_> {
    /// A suggested answer. It is never one until somebody has seen and sent it.
    pub fn prefill(&self, question: &Question) -> Option<Answer> {
        let value = value(self, &Place::default(), question.prefill.as_ref()?)?;
        Some(match (value, &question.kind) {
            (Value::Text(text), Kind::Text { .. } | Kind::Rich { .. }) => Answer::Text(text),
            (Value::Date(date), Kind::Date { .. }) => Answer::Date(date),
            (Value::Flag(flag), Kind::YesNo) => Answer::YesNo(flag),
            (Value::Code(code), Kind::Choice(options)) => {
                let may = words::options(options, self.codes, self.facts.today);
                may.iter().find(|(c, _)| *c == code)?;
                Answer::Choice(code)
            }
            (Value::Number(n), Kind::Number(_)) => Answer::Number(n),
            _ => return None,
        })
    }
}
