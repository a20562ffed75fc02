//! Avro's binary form, read by its schema, as far as the head of a change event needs it. Knows nothing of events.
//!
//! What is read comes from outside: every length is held against what is there, schemas may not nest without end, and
//! no list may be longer than the bytes that carry it, but for elements that take none, which are counted.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value as Json;

/// How deep values may lie in each other.
const DEEPEST: usize = 32;

/// The most values that are read of one event.
const MOST_VALUES: usize = 200_000;

/// Why something is not what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Broken {
    /// The schema is none.
    #[error("the schema of the event cannot be read")]
    Schema,
    /// The bytes end too early, or are not what the schema says.
    #[error("the event does not fit its schema")]
    Event,
}

/// A schema.
#[derive(Clone, Debug)]
pub(super) struct Schema {
    root: Type,
    named: HashMap<String, Arc<Type>>,
}

#[derive(Clone, Debug)]
enum Type {
    Null,
    Boolean,
    /// A whole number of any size.
    Whole,
    Float,
    Double,
    /// Bytes behind their length: text too.
    Bytes,
    Fixed(usize),
    Enum(Vec<Arc<str>>),
    List(Box<Self>),
    Map(Box<Self>),
    Union(Vec<Self>),
    Record(Vec<(Arc<str>, Self)>),
    /// One of the types with a name.
    Named(String),
}

/// A value, as far as anybody asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Text, or the name of a choice.
    Text(String),
    /// Values in their order.
    List(Vec<Value>),
    /// Values by the names of their fields.
    Record(Vec<(Arc<str>, Value)>),
    /// Anything else.
    Other,
}

impl Value {
    /// Returns a field of a record.
    pub(super) fn field(&self, name: &str) -> Option<&Self> {
        let Self::Record(fields) = self else { return None };
        fields.iter().find(|(known, _)| &**known == name).map(|(_, value)| value)
    }

    /// Returns a text.
    pub(super) fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// Returns the texts of a list.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let list = if let Self::List(list) = self { list.as_slice() } else { &[] };
        list.iter().filter_map(Self::as_text)
    }
}

impl Schema {
    /// Reads a schema.
    pub(super) fn parse(json: &str) -> Result<Self, Broken> {
        let json: Json = serde_json::from_str(json).map_err(|_| Broken::Schema)?;
        let mut named = HashMap::new();
        let root = read_type(&json, "", &mut named, DEEPEST)?;
        Ok(Self { root, named })
    }

    /// Reads the first fields of a record, up to and with the one of that name, and returns that one's value.
    pub(super) fn head(&self, bytes: &[u8], name: &str) -> Result<Value, Broken> {
        let mut cursor = Cursor { bytes, left: MOST_VALUES, schema: self };
        let Type::Record(fields) = self.resolved(&self.root)? else { return Err(Broken::Schema) };
        for (known, form) in fields {
            let value = cursor.value(form, DEEPEST)?;
            if &**known == name {
                return Ok(value);
            }
        }
        Err(Broken::Schema)
    }

    fn resolved<'s>(&'s self, form: &'s Type) -> Result<&'s Type, Broken> {
        match form {
            Type::Named(name) => self.named.get(name).map(AsRef::as_ref).ok_or(Broken::Schema),
            other => Ok(other),
        }
    }
}

fn read_type(
    json: &Json,
    space: &str,
    named: &mut HashMap<String, Arc<Type>>,
    depth: usize,
) -> Result<Type, Broken> {
    let depth = depth.checked_sub(1).ok_or(Broken::Schema)?;
    match json {
        Json::String(name) => Ok(primitive(name).unwrap_or_else(|| Type::Named(full(name, space)))),
        Json::Array(branches) => {
            let branches = branches.iter().map(|branch| read_type(branch, space, named, depth));
            Ok(Type::Union(branches.collect::<Result<_, _>>()?))
        }
        Json::Object(parts) => {
            let inner = |key: &str, named: &mut HashMap<String, Arc<Type>>| {
                read_type(parts.get(key).ok_or(Broken::Schema)?, space, named, depth).map(Box::new)
            };
            match parts.get("type").ok_or(Broken::Schema)? {
                Json::String(kind) => match kind.as_str() {
                    "array" => Ok(Type::List(inner("items", named)?)),
                    "map" => Ok(Type::Map(inner("values", named)?)),
                    "record" | "error" | "enum" | "fixed" => define(json, kind, space, named, depth),
                    other => Ok(primitive(other).unwrap_or_else(|| Type::Named(full(other, space)))),
                },
                nested => read_type(nested, space, named, depth),
            }
        }
        _ => Err(Broken::Schema),
    }
}

/// Reads a type that has a name, by which it may be meant again later.
fn define(
    json: &Json,
    kind: &str,
    space: &str,
    named: &mut HashMap<String, Arc<Type>>,
    depth: usize,
) -> Result<Type, Broken> {
    let text = |key: &str| json.get(key).and_then(Json::as_str);
    let space = text("namespace").unwrap_or(space);
    let name = full(text("name").ok_or(Broken::Schema)?, space);
    let list = |key: &str| json.get(key).and_then(Json::as_array).ok_or(Broken::Schema);
    let form = match kind {
        "enum" => Type::Enum(list("symbols")?.iter().filter_map(Json::as_str).map(Into::into).collect()),
        "fixed" => {
            let size = json.get("size").and_then(Json::as_u64).ok_or(Broken::Schema)?;
            Type::Fixed(usize::try_from(size).map_err(|_| Broken::Schema)?)
        }
        _ => {
            let mut fields = Vec::new();
            for field in list("fields")? {
                let name = field.get("name").and_then(Json::as_str).ok_or(Broken::Schema)?;
                let form = read_type(field.get("type").ok_or(Broken::Schema)?, space, named, depth)?;
                fields.push((name.into(), form));
            }
            Type::Record(fields)
        }
    };
    named.insert(name, Arc::new(form.clone()));
    // The outermost is read where it stands; a type that is meant again is looked up.
    Ok(form)
}

fn primitive(name: &str) -> Option<Type> {
    Some(match name {
        "null" => Type::Null,
        "boolean" => Type::Boolean,
        "int" | "long" => Type::Whole,
        "float" => Type::Float,
        "double" => Type::Double,
        "bytes" | "string" => Type::Bytes,
        _ => return None,
    })
}

fn full(name: &str, space: &str) -> String {
    if name.contains('.') || space.is_empty() { name.to_owned() } else { format!("{space}.{name}") }
}

struct Cursor<'b> {
    bytes: &'b [u8],
    left: usize,
    schema: &'b Schema,
}

impl Cursor<'_> {
    fn value(&mut self, form: &Type, depth: usize) -> Result<Value, Broken> {
        let depth = depth.checked_sub(1).ok_or(Broken::Event)?;
        self.left = self.left.checked_sub(1).ok_or(Broken::Event)?;
        let schema = self.schema;
        match schema.resolved(form)? {
            Type::Null => {}
            Type::Boolean => drop(self.take(1)?),
            Type::Whole => drop(self.long()?),
            Type::Float => drop(self.take(4)?),
            Type::Double => drop(self.take(8)?),
            Type::Bytes => return self.text().map(Value::Text),
            Type::Fixed(size) => drop(self.take(*size)?),
            Type::Enum(symbols) => {
                let symbol = symbols.get(self.size()?).ok_or(Broken::Event)?;
                return Ok(Value::Text(symbol.to_string()));
            }
            Type::List(items) => return self.list(items, depth).map(Value::List),
            Type::Map(values) => self.map(values, depth)?,
            Type::Union(branches) => {
                let branch = branches.get(self.size()?).ok_or(Broken::Event)?;
                return self.value(branch, depth);
            }
            Type::Record(fields) => {
                let fields =
                    fields.iter().map(|(name, form)| Ok((Arc::clone(name), self.value(form, depth)?)));
                return Ok(Value::Record(fields.collect::<Result<_, _>>()?));
            }
            // A name is resolved to what it names.
            Type::Named(_) => return Err(Broken::Schema),
        }
        Ok(Value::Other)
    }

    fn list(&mut self, items: &Type, depth: usize) -> Result<Vec<Value>, Broken> {
        let mut list = Vec::new();
        loop {
            let count = self.block()?;
            if count == 0 {
                return Ok(list);
            }
            for _ in 0..count {
                list.push(self.value(items, depth)?);
            }
        }
    }

    fn map(&mut self, values: &Type, depth: usize) -> Result<(), Broken> {
        loop {
            let count = self.block()?;
            if count == 0 {
                return Ok(());
            }
            for _ in 0..count {
                drop(self.text()?);
                drop(self.value(values, depth)?);
            }
        }
    }

    /// Reads how many elements follow; a negative number says that their size in bytes stands before them.
    fn block(&mut self) -> Result<u64, Broken> {
        let count = self.long()?;
        if count < 0 {
            let _bytes = self.long()?;
        }
        Ok(count.unsigned_abs())
    }

    fn text(&mut self) -> Result<String, Broken> {
        let size = self.size()?;
        Ok(String::from_utf8_lossy(self.take(size)?).into_owned())
    }

    fn size(&mut self) -> Result<usize, Broken> {
        usize::try_from(self.long()?).map_err(|_| Broken::Event)
    }

    fn long(&mut self) -> Result<i64, Broken> {
        let mut number: u64 = 0;
        for shift in (0..64).step_by(7) {
            let byte = *self.take(1)?.first().ok_or(Broken::Event)?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok((number >> 1).cast_signed() ^ -((number & 1).cast_signed()));
            }
        }
        Err(Broken::Event)
    }

    fn take(&mut self, size: usize) -> Result<&[u8], Broken> {
        let (taken, rest) = self.bytes.split_at_checked(size).ok_or(Broken::Event)?;
        self.bytes = rest;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SCHEMA: &str = r#"{"type":"record","name":"LeadChangeEvent","namespace":"com.sforce.eventbus","fields":[
        {"name":"Before","type":["null",{"type":"record","name":"Pair","fields":[{"name":"A","type":"double"},{"name":"B","type":["null","Pair"]}]}]},
        {"name":"Again","type":["null","Pair"]},
        {"name":"Notes","type":{"type":"map","values":"long"}},
        {"name":"Head","type":{"type":"record","name":"Head","fields":[
            {"name":"entityName","type":"string"},
            {"name":"recordIds","type":{"type":"array","items":"string"}},
            {"name":"changeType","type":{"type":"enum","name":"Kind","symbols":["CREATE","GAP_UPDATE"]}},
            {"name":"commitNumber","type":"long"}]}},
        {"name":"Behind","type":"string"}]}"#;

    /// Written by hand after the specification.
    fn bytes() -> Vec<u8> {
        let mut bytes = vec![2];
        bytes.extend(1.5_f64.to_le_bytes());
        bytes.extend([0, 0]);
        bytes.extend([2, 2, b'k', 9, 0]);
        bytes.extend([8, b'L', b'e', b'a', b'd']);
        // Two in a block that tells its size, and one in a plain one.
        bytes.extend([3, 8, 2, b'1', 2, b'2', 2, 2, b'3', 0]);
        bytes.extend([2, 0x80, 0x01]);
        bytes
    }

    #[test]
    fn the_head_is_read_by_its_schema() {
        let schema = Schema::parse(SCHEMA).unwrap();
        let head = schema.head(&bytes(), "Head").unwrap();
        assert_eq!(head.field("entityName").and_then(Value::as_text), Some("Lead"));
        assert_eq!(head.field("recordIds").unwrap().texts().collect::<Vec<_>>(), ["1", "2", "3"]);
        assert_eq!(head.field("changeType").and_then(Value::as_text), Some("GAP_UPDATE"));
        assert_eq!(schema.head(&bytes(), "Nothing"), Err(Broken::Event));
    }

    #[test]
    fn what_ends_too_early_or_claims_too_much_is_refused() {
        let schema = Schema::parse(SCHEMA).unwrap();
        let whole = bytes();
        for end in 0..whole.len() {
            assert_eq!(schema.head(&whole[..end], "Head"), Err(Broken::Event), "{end}");
        }
        let nothings =
            r#"{"type":"record","name":"R","fields":[{"name":"L","type":{"type":"array","items":"null"}}]}"#;
        let endless = Schema::parse(nothings).unwrap();
        // More elements than anybody could hold, in five bytes.
        assert_eq!(endless.head(&[0xfe, 0xff, 0xff, 0xff, 0x0f], "L"), Err(Broken::Event));
        let itself = r#"{"type":"record","name":"R","fields":[{"name":"L","type":"R"}]}"#;
        assert_eq!(Schema::parse(itself).unwrap().head(&[], "L"), Err(Broken::Event));
        let deep = format!("{}\"null\"{}", "[".repeat(100), "]".repeat(100));
        assert!(Schema::parse(&deep).is_err());
    }

    fn cases() -> u32 {
        let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
        asked.unwrap_or(10_000)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(cases()))]

        /// What was right once, with some bytes replaced, left out or put in.
        #[test]
        fn bent_bytes_do_not_make_it_fall(
            bends in proptest::collection::vec((any::<prop::sample::Index>(), 0_u8..3, any::<u8>()), 1..6),
        ) {
            let schema = Schema::parse(SCHEMA).unwrap();
            let mut bent = bytes();
            for (at, how, byte) in bends {
                let at = at.index(bent.len() + 1);
                match how {
                    0 => bent.truncate(at),
                    1 => bent.insert(at, byte),
                    _ => bent.iter_mut().skip(at).take(1).for_each(|old| *old = byte),
                }
            }
            drop(schema.head(&bent, "Head"));
        }

        #[test]
        fn no_bytes_make_it_fall(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let schema = Schema::parse(SCHEMA).unwrap();
            // Whatever comes of it: it ends.
            drop(schema.head(&bytes, "Head"));
        }
    }
}
