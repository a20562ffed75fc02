//! Reads a TOML table key by key and notes every mistake with its line.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Serialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::filter::span;

/// One mistake in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The key, such as `map[2].target`; empty where the file as a whole is wrong.
    pub key: String,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
}

/// The line of every key of a file, so that what is found wrong later can be pointed at too.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    path: String,
    at: BTreeMap<String, usize>,
}

impl Lines {
    /// Returns a mistake at `key`, or at the nearest key above it that the file has.
    pub fn mistake(&self, key: &str, found: &str, expected: &str) -> Mistake {
        let mut near = key;
        let line = loop {
            if let Some(line) = self.at.get(near) {
                break *line;
            }
            match near.rfind(['.', '[']) {
                Some(at) => near = near.get(..at).unwrap_or(""),
                None => break 1,
            }
        };
        Mistake {
            path: self.path.clone(),
            line,
            key: key.into(),
            found: found.into(),
            expected: expected.into(),
        }
    }
}

/// What is noted while a file is read.
#[derive(Default)]
struct Notes {
    path: String,
    starts: Vec<usize>,
    mistakes: Vec<Mistake>,
    lines: BTreeMap<String, usize>,
}

impl Notes {
    fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).max(1)
    }
}

/// A table being read. Keys that nobody asked for are mistakes.
pub(super) struct Reader<'d> {
    table: &'d DeTable<'d>,
    prefix: String,
    at: usize,
    asked: RefCell<Vec<&'static str>>,
    notes: Rc<RefCell<Notes>>,
}

/// Reads a file with `read`.
///
/// # Errors
/// Every mistake in it.
pub(super) fn read<T>(
    path: &str,
    text: &str,
    read: impl FnOnce(&Reader<'_>) -> Option<T>,
) -> Result<(T, Lines), Vec<Mistake>> {
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let notes = Rc::new(RefCell::new(Notes { path: path.into(), starts, ..Notes::default() }));
    let document = match DeTable::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let notes = notes.borrow();
            let at = error.span().map_or(0, |span| span.start);
            let found = text
                .get(at..)
                .and_then(|rest| rest.lines().next())
                .unwrap_or("")
                .trim()
                .chars()
                .take(40)
                .collect();
            return Err(vec![Mistake {
                path: path.into(),
                line: notes.line(at),
                key: String::new(),
                found,
                expected: format!("TOML ({})", error.message().trim()),
            }]);
        }
    };
    let reader = Reader {
        table: document.get_ref(),
        prefix: String::new(),
        at: 0,
        asked: RefCell::default(),
        notes: Rc::clone(&notes),
    };
    let value = read(&reader);
    reader.finish();
    drop(reader);
    let mut notes = notes.take();
    notes.mistakes.sort_by_key(|mistake| mistake.line);
    match value {
        Some(value) if notes.mistakes.is_empty() => Ok((value, Lines { path: notes.path, at: notes.lines })),
        _ => Err(notes.mistakes),
    }
}

impl<'d> Reader<'d> {
    fn key(&self, name: &str) -> String {
        if self.prefix.is_empty() { name.to_owned() } else { format!("{}.{name}", self.prefix) }
    }

    fn get(&self, name: &'static str) -> Option<&'d Spanned<DeValue<'d>>> {
        self.asked.borrow_mut().push(name);
        let (key, value) = self.table.iter().find(|(key, _)| key.get_ref() == name)?;
        let mut notes = self.notes.borrow_mut();
        let line = notes.line(key.span().start);
        notes.lines.insert(self.key(name), line);
        Some(value)
    }

    /// Notes a mistake at a key of this table.
    pub(super) fn wrong(&self, name: &str, found: impl Into<String>, expected: impl Into<String>) {
        let mut notes = self.notes.borrow_mut();
        let key = self.key(name);
        let line = notes.lines.get(&key).copied().unwrap_or_else(|| notes.line(self.at));
        let path = notes.path.clone();
        notes.mistakes.push(Mistake { path, line, key, found: found.into(), expected: expected.into() });
    }

    /// Returns a text, if the key is there.
    pub(super) fn text(&self, name: &'static str) -> Option<String> {
        match self.get(name)?.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            DeValue::String(_) => {
                self.wrong(name, "an empty text", "a text");
                None
            }
            other => {
                self.wrong(name, shown(other), "a text in quotes");
                None
            }
        }
    }

    /// Returns a text that must be there.
    pub(super) fn required(&self, name: &'static str, what: &str) -> Option<String> {
        if !self.table.iter().any(|(key, _)| key.get_ref() == name) {
            self.asked.borrow_mut().push(name);
            self.wrong(name, "nothing", what);
            return None;
        }
        self.text(name)
    }

    /// Returns yes or no, if the key is there.
    pub(super) fn flag(&self, name: &'static str) -> Option<bool> {
        match self.get(name)?.get_ref() {
            DeValue::Boolean(value) => Some(*value),
            other => {
                self.wrong(name, shown(other), "true or false");
                None
            }
        }
    }

    /// Returns a whole number, if the key is there.
    pub(super) fn number(&self, name: &'static str) -> Option<u64> {
        let value = self.get(name)?.get_ref();
        let number = match value {
            DeValue::Integer(number) => number.as_str().replace('_', "").parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong(name, shown(value), "a whole number that is not negative");
        }
        number
    }

    /// Returns an interval such as `15m` in milliseconds, if the key is there.
    pub(super) fn interval(&self, name: &'static str) -> Option<i64> {
        let text = self.text(name)?;
        let ms = span(&text).filter(|ms| *ms > 0);
        if ms.is_none() {
            self.wrong(name, text, "an interval such as \"90s\", \"15m\" or \"2h\"");
        }
        ms
    }

    /// Returns one of several words, if the key is there.
    pub(super) fn choice<T: Copy>(&self, name: &'static str, choices: &[(&'static str, T)]) -> Option<T> {
        let text = self.text(name)?;
        let found = choices.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
            self.wrong(name, text, format!("one of {}", words.join(", ")));
        }
        found
    }

    /// Returns a list of texts; an empty one when the key is not there.
    pub(super) fn texts(&self, name: &'static str) -> Vec<String> {
        let Some(value) = self.get(name) else { return Vec::new() };
        let DeValue::Array(array) = value.get_ref() else {
            self.wrong(name, shown(value.get_ref()), "a list of texts");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in array {
            match item.get_ref() {
                DeValue::String(text) => texts.push(text.trim().to_owned()),
                other => self.wrong(name, shown(other), "a text in quotes"),
            }
        }
        texts
    }

    /// Reads a table, if the key is there.
    pub(super) fn table<T>(
        &self,
        name: &'static str,
        read: impl FnOnce(&Reader<'d>) -> Option<T>,
    ) -> Option<T> {
        let value = self.get(name)?;
        match value.get_ref() {
            DeValue::Table(table) => self.inner(table, self.key(name), value.span().start, read),
            other => {
                self.wrong(name, shown(other), "a table");
                None
            }
        }
    }

    /// Reads a list of tables.
    pub(super) fn tables<T>(
        &self,
        name: &'static str,
        mut read: impl FnMut(&Reader<'d>) -> Option<T>,
    ) -> Vec<T> {
        let Some(value) = self.get(name) else { return Vec::new() };
        let DeValue::Array(array) = value.get_ref() else {
            self.wrong(name, shown(value.get_ref()), format!("a list: [[{name}]]"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for (number, item) in array.iter().enumerate() {
            let key = format!("{}[{number}]", self.key(name));
            let line = self.notes.borrow().line(item.span().start);
            self.notes.borrow_mut().lines.insert(key.clone(), line);
            match item.get_ref() {
                DeValue::Table(table) => tables.extend(self.inner(table, key, item.span().start, &mut read)),
                other => self.wrong(name, shown(other), "a table"),
            }
        }
        tables
    }

    fn inner<T>(
        &self,
        table: &'d DeTable<'d>,
        prefix: String,
        at: usize,
        read: impl FnOnce(&Reader<'d>) -> Option<T>,
    ) -> Option<T> {
        let reader = Reader { table, prefix, at, asked: RefCell::default(), notes: Rc::clone(&self.notes) };
        let value = read(&reader);
        reader.finish();
        value
    }

    /// Notes every key that nobody asked for.
    fn finish(&self) {
        let asked = self.asked.borrow();
        for (key, _) in self.table {
            if !asked.iter().any(|known| known == key.get_ref()) {
                let mut notes = self.notes.borrow_mut();
                let line = notes.line(key.span().start);
                let full = self.key(key.get_ref());
                notes.lines.insert(full, line);
                drop(notes);
                self.wrong(key.get_ref(), "an unknown key", format!("one of {}", asked.join(", ")));
            }
        }
    }
}

fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the text \"{}\"", text.chars().take(40).collect::<String>()),
        DeValue::Integer(number) => format!("the number {}", number.as_str()),
        DeValue::Float(number) => format!("the number {}", number.as_str()),
        DeValue::Boolean(value) => value.to_string(),
        DeValue::Datetime(_) => "a date".into(),
        DeValue::Array(_) => "a list".into(),
        DeValue::Table(_) => "a table".into(),
    }
}
