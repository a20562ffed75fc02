//! The result of a bulk query: a table in CSV, read line by line into records as they would have come over REST. Only as
//! much of it is read as is handed on, so that a page of fifty thousand rows lies in memory as text alone.

use std::io::Cursor;

use bytes::Bytes;
use csv::{Reader, ReaderBuilder, StringRecord};

use super::codec;
use super::describe::Described;
use super::read::{DELETED, HEIRS, ID, STAMP, SURVIVOR};
use crate::domain::converted::Heir;
use crate::domain::failure::Failure;
use crate::domain::id::{FieldName, RemoteId};
use crate::domain::link::Presence;
use crate::domain::schema::Shape;
use crate::domain::value::{Fields, Value};
use crate::ports::Record;
use crate::remote::call;

/// A page of a result.
#[derive(Debug)]
pub(super) struct Table {
    lines: Reader<Cursor<Bytes>>,
    line: StringRecord,
    places: Places,
    /// How many rows there are, as the answer itself said.
    told: Option<usize>,
    read: usize,
}

/// In which column what stands.
#[derive(Debug)]
struct Places {
    id: usize,
    stamp: Option<usize>,
    deleted: Option<usize>,
    survivor: Option<usize>,
    name: Option<usize>,
    heirs: Vec<(&'static str, usize)>,
    fields: Vec<(FieldName, Option<usize>, Option<Shape>)>,
}

impl Table {
    /// Opens a page, of which `fields` are wanted.
    pub(super) fn open(
        body: Bytes,
        described: &Described,
        fields: &[FieldName],
        told: Option<usize>,
    ) -> Result<Self, Failure> {
        let mut lines = ReaderBuilder::new().flexible(false).from_reader(Cursor::new(body));
        let head = lines.headers().map_err(|error| broken(&error))?;
        let mut names = std::collections::BTreeSet::new();
        let single = head.iter().all(|name| names.insert(name.to_ascii_lowercase()));
        let at = |name: &str| head.iter().position(|known| known.eq_ignore_ascii_case(name));
        let Some(id) = at(ID).filter(|_| single) else {
            return Err(call::unreadable("a bulk result without a line of names"));
        };
        let known = |name: &&str| described.schema.field(name).is_some();
        let places = Places {
            id,
            stamp: at(STAMP),
            deleted: at(DELETED),
            survivor: at(SURVIVOR),
            name: described.name_field.as_deref().and_then(at),
            heirs: HEIRS
                .iter()
                .filter(|(_, field)| known(field))
                .filter_map(|(object, field)| Some((*object, at(field)?)))
                .collect(),
            fields: fields
                .iter()
                .map(|name| (name.clone(), at(name.as_str()), described.shape(name.as_str())))
                .collect(),
        };
        Ok(Self { lines, line: StringRecord::new(), places, told, read: 0 })
    }

    /// Reads at most so many records, and tells whether these were the last. A page that is not what it says it is would
    /// be rows lost.
    pub(super) fn read(&mut self, most: usize) -> Result<(Vec<Record>, bool), Failure> {
        let mut records = Vec::with_capacity(most);
        while records.len() < most {
            if !self.lines.read_record(&mut self.line).map_err(|error| broken(&error))? {
                if self.told.is_some_and(|told| told != self.read) {
                    return Err(call::unreadable("a bulk result with another number of rows than it says"));
                }
                return Ok((records, true));
            }
            self.read += 1;
            records.push(self.places.record(&self.line)?);
        }
        Ok((records, false))
    }
}

impl Places {
    fn record(&self, line: &StringRecord) -> Result<Record, Failure> {
        let cell = |at: Option<usize>| at.and_then(|at| line.get(at)).filter(|text| !text.is_empty());
        let id = cell(Some(self.id)).ok_or_else(|| call::unreadable("a record without its id"))?;
        let deleted = cell(self.deleted).is_some_and(|text| text.eq_ignore_ascii_case("true"));
        let heir = |(object, at): &(&'static str, usize)| {
            Some(Heir { object: (*object).into(), id: cell(Some(*at))?.into() })
        };
        let value = |(name, at, shape): &(FieldName, Option<usize>, Option<Shape>)| {
            (name.clone(), cell(*at).map_or(Value::Null, |text| codec::cell(text, *shape)))
        };
        Ok(Record {
            id: id.into(),
            at: cell(self.stamp).and_then(codec::instant).unwrap_or_default(),
            presence: if deleted { Presence::Deleted } else { Presence::Present },
            name: cell(self.name).unwrap_or(id).into(),
            fields: self.fields.iter().map(value).collect::<Fields>(),
            survivor: cell(self.survivor).filter(|_| deleted).map(RemoteId::from),
            heirs: self.heirs.iter().filter_map(heir).collect(),
        })
    }
}

fn broken(error: &csv::Error) -> Failure {
    call::unreadable(&error.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::describe::ObjectWire;
    use super::*;

    const FIELDS: [&str; 4] = ["Amount", "Name", "IsPrivate", "CloseDate"];

    fn described() -> Described {
        let json = include_str!("../../../tests/fixtures/salesforce_describe.json");
        Described::from(serde_json::from_str::<ObjectWire>(json).unwrap())
    }

    fn rows(csv: &[u8], told: Option<usize>) -> Result<Vec<Record>, Failure> {
        let fields = FIELDS.map(FieldName::from);
        let mut table = Table::open(Bytes::copy_from_slice(csv), &described(), &fields, told)?;
        let mut records = Vec::new();
        loop {
            let (more, over) = table.read(2)?;
            records.extend(more);
            if over {
                return Ok(records);
            }
        }
    }

    #[test]
    fn a_cell_is_what_it_would_have_been_over_rest() {
        let csv = "\"Id\",\"SystemModstamp\",\"amount\",\"Name\",\"IsPrivate\",\"CloseDate\"\n\
                   \"006000000000001AAA\",\"2011-07-07T00:37:00.000Z\",\"10.50\",\"A \"\"quoted\"\"\r\nname, é\",\"false\",\"\"\n";
        let rows = rows(csv.as_bytes(), Some(1)).unwrap();
        let [row] = rows.as_slice() else { panic!("{rows:?}") };
        let field = |name: &str| row.fields.get(&name.into()).clone();
        assert_eq!(field("Amount").to_string(), "10.5");
        assert_eq!(field("Name"), Value::text("A \"quoted\"\r\nname, é"));
        assert_eq!((field("IsPrivate"), field("CloseDate")), (Value::Bool(false), Value::Null));
        assert_eq!(row.at, "2011-07-07T00:37:00Z".parse().unwrap());
        assert_eq!((row.id.as_str(), &*row.name), ("006000000000001AAA", "A \"quoted\"\r\nname, é"));
    }

    #[test]
    fn a_result_that_is_none_is_no_empty_result() {
        for csv in ["", "<html>\nmaintenance\n", "\"Id\",\"Id\"\n", "\"Id\",\"Name\"\n\"006\"\n"] {
            assert!(rows(csv.as_bytes(), None).is_err(), "{csv:?}");
        }
        let short = b"\"Id\"\n\"006000000000001AAA\"\n";
        assert!(rows(short, Some(2)).is_err(), "a row is missing");
        assert_eq!(rows(short, Some(1)).unwrap().len(), 1);
    }

    /// Whatever a result is bent into: what is read has the shape of its line of names, or it is no result at all.
    #[test]
    fn a_bent_result_never_becomes_other_rows() {
        const RIGHT: &[u8] = b"\"Id\",\"Amount\",\"Name\",\"IsPrivate\"\n\
            \"006000000000001AAA\",\"10.50\",\"A \"\"quoted\"\" name\",\"false\"\n\
            \"006000000000002AAA\",\"\",\"\xc3\xa9\",\"true\"\n";
        const HURTS: [&[u8]; 8] = [b"\"", b"\n", b",", b"\"Id\",", b"\x1b[2J", b"\xff", b"\0", b"1e999"];
        let cases = if std::env::var_os("SIM_NIGHT").is_some() { 1_000_000 } else { 20_000 };
        let mut dice = fastrand::Rng::with_seed(7);
        let mut read = 0_u32;
        for case in 0..cases {
            let mut bytes = RIGHT.to_vec();
            for _ in 0..dice.usize(1..=3) {
                let at = dice.usize(0..=bytes.len());
                let to = (at + dice.usize(0..40)).min(bytes.len());
                match dice.u8(0..4) {
                    0 => bytes.truncate(at),
                    1 => drop(bytes.drain(at..to)),
                    2 => drop(bytes.splice(at..at, HURTS[dice.usize(0..HURTS.len())].iter().copied())),
                    _ => {
                        let part = bytes[at..to].to_vec();
                        drop(bytes.splice(at..at, part));
                    }
                }
            }
            let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
            let Ok(rows) = rows(&bytes, None) else { continue };
            read += 1;
            assert!(rows.len() <= lines + 1, "case {case}: {:?}", String::from_utf8_lossy(&bytes));
            for row in &rows {
                assert!(!row.id.as_str().is_empty() && row.fields.len() == FIELDS.len(), "case {case}");
            }
        }
        assert!(read > 100, "hardly anything was read: {read}");
    }
}
