//! The words of a query.

use super::pointing;
use crate::sandbox::salesforce::error::ApiError;

/// A token and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) what: What,
    pub(super) at: usize,
}

/// The kinds of tokens.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    /// A name or keyword, dots included.
    Word(String),
    /// A quoted text, with the escapes of LIKE still in it.
    Text(String),
    /// A number, date or time.
    Literal(String),
    /// An operator or bracket.
    Sign(&'static str),
    /// The end of the query.
    End,
}

const SIGNS: [&str; 13] = ["!=", "<>", "<=", ">=", "=", "<", ">", "(", ")", ",", ":", ".", "*"];

/// Splits a query into tokens.
pub(super) fn split(text: &str) -> Result<Vec<Token>, ApiError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        let signed =
            matches!(first, '-' | '+') && rest.chars().nth(1).is_some_and(|next| next.is_ascii_digit());
        let (what, length) = if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        } else if first == '\'' {
            quoted(text, at)?
        } else if first.is_ascii_digit() || signed {
            let part =
                |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, ':' | '.' | '+' | '-');
            let length = rest.find(|letter| !part(letter)).unwrap_or(rest.len());
            (What::Literal(rest.get(..length).unwrap_or_default().into()), length)
        } else if first.is_alphabetic() || first == '_' {
            let part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.');
            let length = rest.find(|letter| !part(letter)).unwrap_or(rest.len());
            (What::Word(rest.get(..length).unwrap_or_default().into()), length)
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            (What::Sign(sign), sign.len())
        } else {
            let message = format!("unexpected token: '{first}'");
            return Err(pointing(text, at, "MALFORMED_QUERY", &message));
        };
        tokens.push(Token { what, at });
        at += length;
    }
    tokens.push(Token { what: What::End, at });
    Ok(tokens)
}

/// Reads a quoted text; escaped wildcards keep their backslash, for LIKE to see.
fn quoted(text: &str, start: usize) -> Result<(What, usize), ApiError> {
    let malformed = |message: &str| Err(pointing(text, start, "MALFORMED_QUERY", message));
    let mut content = String::new();
    let mut letters = text.get(start + 1..).unwrap_or_default().char_indices();
    while let Some((offset, letter)) = letters.next() {
        if letter == '\'' {
            return Ok((What::Text(content), offset + 2));
        }
        if letter != '\\' {
            content.push(letter);
            continue;
        }
        match letters.next().map(|(_, escaped)| escaped) {
            Some('n' | 'N') => content.push('\n'),
            Some('r' | 'R') => content.push('\r'),
            Some('t' | 'T') => content.push('\t'),
            Some('b' | 'B') => content.push('\u{8}'),
            Some('f' | 'F') => content.push('\u{c}'),
            Some(plain @ ('"' | '\'')) => content.push(plain),
            Some('\\') => content.push_str("\\\\"),
            Some(wild @ ('_' | '%')) => content.extend(['\\', wild]),
            Some('u') => {
                let digits: String = letters.by_ref().take(4).map(|(_, digit)| digit).collect();
                match u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32) {
                    Some(letter) => content.push(letter),
                    None => return malformed("Invalid string literal. Illegal character sequence"),
                }
            }
            Some(other) => {
                return malformed(&format!("Invalid string literal. Illegal character sequence '\\{other}'"));
            }
            None => break,
        }
    }
    malformed("line breaks not allowed in string literals or the string is not closed")
}

/// Takes the backslashes out that LIKE would have seen.
pub(super) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        plain.push(if letter == '\\' { letters.next().unwrap_or('\\') } else { letter });
    }
    plain
}
