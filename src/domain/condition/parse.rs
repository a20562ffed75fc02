//! Reads a condition from text.

use rust_decimal::Decimal;

use super::{Condition, Operand, Test};
use crate::domain::filter::span;
use crate::domain::id::FieldName;
use crate::domain::time::DAY;
use crate::domain::value::Value;

/// How deep parentheses may nest.
const DEEPEST: usize = 32;

/// Where a condition could not be read, and what stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// The byte at which it went wrong.
    pub at: usize,
    /// What was expected there.
    pub expected: &'static str,
}

/// Reads a condition; an empty one holds for every record.
///
/// # Errors
/// The first place at which it is not a condition.
pub fn parse(text: &str) -> Result<Condition, Misread> {
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Ok(Condition::Always);
    }
    let mut parser = Parser { tokens: &tokens, at: 0, end: text.len(), depth: 0 };
    let condition = parser.any()?;
    match parser.peek() {
        None => Ok(condition),
        Some(_) => Err(parser.misread("and, or, or the end")),
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// A field or a keyword, or a bare literal such as `2026-01-31` or `now-30d`.
    Word(String),
    Text(String),
    Sign(&'static str),
}

fn tokens(text: &str) -> Result<Vec<(usize, Token)>, Misread> {
    const SIGNS: [&str; 9] = ["!=", "<=", ">=", "=", "<", ">", "(", ")", ","];
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or(' ');
        if first.is_whitespace() {
            at += first.len_utf8();
        } else if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            tokens.push((at, Token::Sign(sign)));
            at += sign.len();
        } else if matches!(first, '\'' | '"') {
            let (length, quoted) = quoted(rest, first).ok_or(Misread { at, expected: "a closing quote" })?;
            tokens.push((at, Token::Text(quoted)));
            at += length;
        } else {
            let length = rest
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+' | ':')))
                .unwrap_or(rest.len());
            if length == 0 {
                return Err(Misread { at, expected: "a field, a value or a sign" });
            }
            tokens.push((at, Token::Word(rest.get(..length).unwrap_or(rest).to_owned())));
            at += length;
        }
    }
    Ok(tokens)
}

/// Returns how long a quoted text is and what it says.
fn quoted(rest: &str, quote: char) -> Option<(usize, String)> {
    let mut text = String::new();
    let mut chars = rest.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => text.push(chars.next()?.1),
            c if c == quote => return Some((at + c.len_utf8(), text)),
            c => text.push(c),
        }
    }
    None
}

struct Parser<'a> {
    tokens: &'a [(usize, Token)],
    at: usize,
    end: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(_, token)| token)
    }

    fn misread(&self, expected: &'static str) -> Misread {
        let at = self.tokens.get(self.at).map_or(self.end, |(at, _)| *at);
        Misread { at, expected }
    }

    fn word(&mut self, wanted: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Word(word)) if word.eq_ignore_ascii_case(wanted));
        self.at += usize::from(found);
        found
    }

    fn sign(&mut self, wanted: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Sign(sign)) if *sign == wanted);
        self.at += usize::from(found);
        found
    }

    fn any(&mut self) -> Result<Condition, Misread> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.misread("fewer parentheses"));
        }
        let mut parts = vec![self.all()?];
        while self.word("or") {
            parts.push(self.all()?);
        }
        self.depth -= 1;
        Ok(if parts.len() == 1 { parts.remove(0) } else { Condition::Or(parts) })
    }

    fn all(&mut self) -> Result<Condition, Misread> {
        let mut parts = vec![self.one()?];
        while self.word("and") {
            parts.push(self.one()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Condition::And(parts) })
    }

    fn one(&mut self) -> Result<Condition, Misread> {
        let mut negated = false;
        while self.word("not") {
            negated = !negated;
        }
        let condition = if self.sign("(") {
            let inner = self.any()?;
            if !self.sign(")") {
                return Err(self.misread("a closing parenthesis"));
            }
            inner
        } else {
            self.test()?
        };
        Ok(if negated { Condition::Not(Box::new(condition)) } else { condition })
    }

    fn test(&mut self) -> Result<Condition, Misread> {
        let Some(Token::Word(field)) = self.peek() else { return Err(self.misread("a field")) };
        if !field.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return Err(self.misread("a field"));
        }
        let field = FieldName::from(field.as_str());
        self.at += 1;
        let negated = self.word("not");
        let test = if self.word("in") {
            Test::In(self.list()?)
        } else if self.word("contains") {
            Test::Contains(self.text()?)
        } else if self.word("starts") {
            if !self.word("with") {
                return Err(self.misread("with"));
            }
            Test::StartsWith(self.text()?)
        } else if negated {
            return Err(self.misread("in, contains or starts with"));
        } else {
            return self.comparison(field);
        };
        let test = Condition::Test(field, test);
        Ok(if negated { Condition::Not(Box::new(test)) } else { test })
    }

    fn comparison(&mut self, field: FieldName) -> Result<Condition, Misread> {
        if self.word("is") {
            let negated = self.word("not");
            if !self.word("empty") {
                return Err(self.misread("empty"));
            }
            let test = Condition::Test(field, Test::Empty);
            return Ok(if negated { Condition::Not(Box::new(test)) } else { test });
        }
        if self.word("changed") {
            if !self.word("since") {
                return Err(self.misread("since"));
            }
            return Ok(Condition::Test(field, Test::AtLeast(self.operand()?)));
        }
        let Some(Token::Sign(sign)) = self.peek() else {
            return Err(
                self.misread("=, !=, <, <=, >, >=, in, contains, starts with, is empty or changed since")
            );
        };
        let make: fn(Operand) -> Test = match *sign {
            "=" => Test::Equal,
            "!=" => Test::Unequal,
            "<" => Test::Below,
            "<=" => Test::AtMost,
            ">" => Test::Above,
            ">=" => Test::AtLeast,
            _ => return Err(self.misread("a comparison")),
        };
        self.at += 1;
        Ok(Condition::Test(field, make(self.operand()?)))
    }

    fn list(&mut self) -> Result<Vec<Operand>, Misread> {
        if !self.sign("(") {
            return Err(self.misread("a list in parentheses"));
        }
        let mut operands = vec![self.operand()?];
        while self.sign(",") {
            operands.push(self.operand()?);
        }
        if !self.sign(")") {
            return Err(self.misread("a comma or a closing parenthesis"));
        }
        Ok(operands)
    }

    fn text(&mut self) -> Result<String, Misread> {
        match self.peek() {
            Some(Token::Text(text)) => {
                let text = text.clone();
                self.at += 1;
                Ok(text)
            }
            _ => Err(self.misread("a text in quotes")),
        }
    }

    fn operand(&mut self) -> Result<Operand, Misread> {
        let operand = match self.peek() {
            Some(Token::Text(text)) => Some(Operand::Fixed(Value::text(text))),
            Some(Token::Word(word)) => literal(word),
            _ => None,
        };
        let operand = operand.ok_or_else(|| {
            self.misread("a text in quotes, a number, a date, true, false, null, now or today")
        })?;
        self.at += 1;
        Ok(operand)
    }
}

fn literal(word: &str) -> Option<Operand> {
    let lower = word.to_ascii_lowercase();
    match lower.as_str() {
        "null" => return Some(Operand::Fixed(Value::Null)),
        "true" => return Some(Operand::Fixed(Value::Bool(true))),
        "false" => return Some(Operand::Fixed(Value::Bool(false))),
        _ => {}
    }
    if let Some(offset) = lower.strip_prefix("now") {
        return signed(offset).map(Operand::Now);
    }
    if let Some(offset) = lower.strip_prefix("today") {
        return signed(offset).and_then(|ms| i32::try_from(ms / DAY).ok()).map(Operand::Today);
    }
    if let Ok(day) = word.parse() {
        return Some(Operand::Fixed(Value::Day(day)));
    }
    if let Ok(at) = word.parse() {
        return Some(Operand::Fixed(Value::Instant(at)));
    }
    word.parse::<Decimal>().ok().map(|number| Operand::Fixed(Value::Number(number)))
}

/// Reads `-30d`, `+2h` or nothing as milliseconds.
fn signed(offset: &str) -> Option<i64> {
    match offset.split_at_checked(1) {
        None => Some(0),
        Some(("-", rest)) => span(rest).map(|ms| -ms),
        Some(("+", rest)) => span(rest),
        Some(_) => None,
    }
}
