//! The values of columns: how they are written, cleared and read. Start at [`Cell`].

pub mod countries;
pub mod place;
pub mod read;
pub mod simple;
pub mod typed;
pub mod words;
pub mod write;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

/// The value of one column of one item; an empty value has no cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    /// `text`.
    Text(String),
    /// `long_text`.
    LongText(String),
    /// `numbers`, in plain decimal digits.
    Number(String),
    /// `status`, by the label's index.
    Status(u32),
    /// `dropdown`, by the labels' ids.
    Dropdown(Vec<u32>),
    /// `date`, with an optional time in UTC.
    Date {
        /// `YYYY-MM-DD`.
        date: String,
        /// `HH:MM:SS`.
        time: Option<String>,
    },
    /// `timeline`.
    Timeline {
        /// The first day.
        from: String,
        /// The last day.
        to: String,
    },
    /// `email`.
    Email {
        /// The address.
        email: String,
        /// What is shown for it.
        text: String,
    },
    /// `phone`.
    Phone {
        /// The number as written.
        phone: String,
        /// The ISO country.
        country: String,
    },
    /// `link`.
    Link {
        /// The address.
        url: String,
        /// What is shown for it.
        text: String,
    },
    /// `people`.
    People(Vec<Person>),
    /// `checkbox`, ticked.
    Checkbox,
    /// `country`, by ISO code.
    Country(String),
    /// `location`.
    Location {
        /// The latitude.
        lat: f64,
        /// The longitude.
        lng: f64,
        /// What is shown for it.
        address: String,
    },
    /// `rating`.
    Rating(u32),
    /// `hour`.
    Hour {
        /// 0–23.
        hour: u32,
        /// 0–59.
        minute: u32,
    },
    /// `week`, seven days.
    Week {
        /// The first day.
        start: String,
        /// The last day.
        end: String,
    },
    /// `board_relation` and `dependency`, by item ids.
    Linked(Vec<u64>),
    /// `world_clock`, an IANA time zone.
    Zone(String),
    /// `tags`, by their ids.
    Tags(Vec<u64>),
}

/// A person or a team in a people column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The user's or the team's id.
    pub id: u64,
    /// Whether it is a team.
    pub team: bool,
}
