//! The one place that prints: a document for a program, or lines for a person.

use std::io::Write;

use serde::Serialize;

use crate::control::protocol::Refusal;
use crate::settings::Mistake;
use crate::words::safe::{visible, width};
use crate::words::{Numbers, Words};

/// How answers are printed.
#[derive(Debug)]
pub struct Output {
    /// Print JSON and nothing else on standard output.
    pub json: bool,
    /// The language.
    pub words: Words,
}

impl Output {
    /// Prints one JSON document on one line.
    pub fn document(&self, document: &impl Serialize) {
        if let Ok(text) = serde_json::to_string(document) {
            Self::put(&text);
        }
    }

    /// Prints a line for a person. What comes from outside is made safe first.
    pub fn line(&self, text: &str) {
        Self::put(&visible(text));
    }

    /// Prints text as it is: a picture that we drew ourselves.
    pub fn raw(&self, text: &str) {
        // A reader that has seen enough is no failure.
        let _closed = std::io::stdout().write_all(text.as_bytes());
    }

    /// Prints a line on standard error: progress and messages, never part of the answer.
    pub fn note(&self, text: &str) {
        // Where standard error is closed there is nobody to tell.
        let _closed = writeln!(std::io::stderr(), "{}", visible(text));
    }

    /// Returns how counts are written.
    pub fn numbers(&self) -> Numbers {
        Numbers::new(self.words.lang(), false)
    }

    /// Prints rows in columns, each as wide as its widest cell.
    pub fn table(&self, head: &[&str], rows: &[Vec<String>]) {
        let mut widths: Vec<usize> = head.iter().map(|cell| width(cell)).collect();
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| visible(cell).into_owned()).collect()).collect();
        for row in &rows {
            for (cell, known) in row.iter().zip(&mut widths) {
                *known = (*known).max(width(cell)).min(60);
            }
        }
        let line = |cells: Vec<&str>| {
            let mut text = String::new();
            for (at, (cell, wide)) in cells.iter().zip(&widths).enumerate() {
                text.push_str(cell);
                if at + 1 < cells.len() {
                    text.push_str(&" ".repeat(wide.saturating_sub(width(cell)) + 2));
                }
            }
            Self::put(text.trim_end());
        };
        line(head.to_vec());
        for row in &rows {
            line(row.iter().map(String::as_str).collect());
        }
    }

    /// Prints a refusal and returns the exit code it asks for.
    pub fn refusal(&self, refusal: &Refusal) -> u8 {
        if self.json {
            let mut error = serde_json::json!({ "code": refusal.code, "message": refusal.message });
            if let Some(error) = error.as_object_mut() {
                if let Some(limit) = refusal.limit {
                    error.insert("limit".into(), limit.into());
                }
                if let Some(used) = refusal.used {
                    error.insert("used".into(), used.into());
                }
                if !refusal.flaws.is_empty() {
                    error.insert("mistakes".into(), serde_json::json!(refusal.flaws));
                }
            }
            self.document(&serde_json::json!({ "error": error }));
        } else {
            self.note(&refusal.message);
            for flaw in &refusal.flaws {
                let pairs = [
                    ("key", (&*flaw.key).into()),
                    ("found", (&*flaw.found).into()),
                    ("expected", (&*flaw.expected).into()),
                ];
                self.note(&self.words.say_with("mistake-key", &pairs));
            }
        }
        refusal.exit
    }

    /// Prints every mistake of a file and returns the exit code for a bad one.
    pub fn mistakes(&self, mistakes: &[Mistake]) -> u8 {
        let message = self.words.say_with("refused-flaws", &[("count", mistakes.len().into())]);
        if self.json {
            self.document(&serde_json::json!({ "error": { "code": "bad_file", "message": message, "mistakes": mistakes } }));
        } else {
            for mistake in mistakes {
                let line = mistake.line.to_string();
                let pairs = [
                    ("path", (&mistake.path).into()),
                    ("line", (&line).into()),
                    ("key", (&mistake.key).into()),
                    ("found", (&mistake.found).into()),
                    ("expected", (&mistake.expected).into()),
                ];
                self.note(&self.words.say_with("mistake-line", &pairs));
            }
            self.note(&message);
        }
        2
    }

    fn put(text: &str) {
        // A reader that has seen enough (`| head`) is no failure.
        let _closed = writeln!(std::io::stdout(), "{text}");
    }
}
