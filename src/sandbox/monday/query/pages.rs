//! Pages of items: cursors that carry their own walk.
//!
//! A cursor holds where the walk stands and what it walks over, so the server keeps no list of open walks and a
//! restart loses none. Ids only rise, so "after this id" stays right while items come and go.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::answer::Node;
use super::args::Args;
use super::filter::Filter;
use super::nodes::Reader;
use crate::sandbox::monday::refusal::Refusal;
use crate::sandbox::monday::world::{Board, Item};

/// How long a walk may take, from its first request.
const LIFE_SECONDS: i64 = 60 * 60;
/// The most items on a page.
const MOST: usize = 500;

/// What a cursor says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cursor {
    /// The board walked over.
    #[serde(rename = "b")]
    pub board: u64,
    /// The group walked over, if it is one.
    #[serde(rename = "g", default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The conditions, as given.
    #[serde(rename = "q", default, skip_serializing_if = "Value::is_null")]
    pub query: Value,
    /// The columns of `items_page_by_column_values`, as given.
    #[serde(rename = "c", default, skip_serializing_if = "Value::is_null")]
    pub columns: Value,
    /// The last id shown, in order of making.
    #[serde(rename = "a")]
    pub after: u64,
    /// How many were shown, in any other order.
    #[serde(rename = "n")]
    pub shown: usize,
    /// When the walk began, in seconds.
    #[serde(rename = "t")]
    pub began: i64,
}

impl Cursor {
    /// Starts a walk over a board.
    pub fn start(board: u64, now: Timestamp) -> Self {
        let query = Value::Null;
        Self { board, group: None, query, columns: Value::Null, after: 0, shown: 0, began: now.as_second() }
    }

    fn write(&self) -> String {
        let text = serde_json::to_vec(self).unwrap_or_default();
        let sum = checksum(&text);
        format!("MSw{sum:08x}{}", URL_SAFE_NO_PAD.encode(text))
    }

    /// Reads a cursor that was given out at most an hour before `now`.
    pub fn read(text: &str, now: Timestamp) -> Result<Self, Refusal> {
        let invalid = || Refusal::new("CursorException", "CursorException: the cursor provided is not valid");
        let (sum, body) =
            text.strip_prefix("MSw").and_then(|rest| rest.split_at_checked(8)).ok_or_else(invalid)?;
        let bytes = URL_SAFE_NO_PAD.decode(body).map_err(|_| invalid())?;
        if sum != format!("{:08x}", checksum(&bytes)) {
            return Err(invalid());
        }
        let cursor: Self = serde_json::from_slice(&bytes).map_err(|_| invalid())?;
        if now.as_second() - cursor.began > LIFE_SECONDS {
            let message = "CursorExpiredError: the cursor provided for pagination has expired, \
                           please refresh your query and obtain a new cursor";
            return Err(Refusal::new("CursorExpiredError", message));
        }
        Ok(cursor)
    }
}

fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |sum: u32, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// Returns the limit asked for.
pub fn limit(args: &Args) -> Result<usize, Refusal> {
    let limit = args.get("limit").and_then(Value::as_i64).unwrap_or(25);
    match usize::try_from(limit) {
        Ok(limit @ 1..=MOST) => Ok(limit),
        _ => Err(Refusal::argument(format!("limit must be between 1 and {MOST}"))),
    }
}

impl<'w> Reader<'w> {
    /// Answers `items_page` of a board or of one of its groups.
    pub fn items_page(
        &self,
        board: &'w Board,
        group: Option<&str>,
        args: &Args,
    ) -> Result<Node<'w>, Refusal> {
        let limit = limit(args)?;
        let query = args.get("query_params");
        let mut cursor = match args.text("cursor") {
            Some(_) if query.is_some() => {
                return Err(Refusal::argument("cursor and query_params cannot be used together"));
            }
            Some(text) => Cursor::read(text, self.now)?,
            None => Cursor::start(board.id, self.now),
        };
        if args.text("cursor").is_none() {
            cursor.group = group.map(str::to_owned);
            cursor.query = query.cloned().unwrap_or(Value::Null);
        } else if cursor.board != board.id {
            return Err(Refusal::new(
                "CursorException",
                "CursorException: the cursor belongs to another board",
            ));
        }
        self.walk_on(cursor, limit)
    }

    /// Returns the page after a cursor.
    pub fn walk_on(&self, mut cursor: Cursor, limit: usize) -> Result<Node<'w>, Refusal> {
        let board =
            self.world.board(cursor.board).ok_or_else(|| Refusal::board(&Value::from(cursor.board)))?;
        let filter = if cursor.columns.is_null() {
            Filter::from_query(self, board, &cursor.query)?
        } else {
            Filter::from_columns(self, board, &cursor.columns)?
        };
        let fits = |item: &&'w Item| {
            cursor.group.as_ref().is_none_or(|group| *item.group == **group) && filter.fits(self, board, item)
        };
        let mut found: Vec<&'w Item> = if filter.order.is_empty() {
            filter.candidates(board, cursor.after).filter(fits).take(limit + 1).collect()
        } else {
            let mut all: Vec<&'w Item> = filter.candidates(board, 0).filter(fits).collect();
            filter.sort(self, board, &mut all);
            all.into_iter().skip(cursor.shown).take(limit + 1).collect()
        };
        let more = found.len() > limit;
        found.truncate(limit);
        let next = more.then(|| {
            cursor.after = found.last().map_or(cursor.after, |item| item.id);
            cursor.shown += found.len();
            cursor.write()
        });
        Ok(Node::Page(found.into_iter().map(|item| (board, item)).collect(), next))
    }
}
