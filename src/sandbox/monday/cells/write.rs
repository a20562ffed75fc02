//! From the JSON of a request to a cell.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::place::Place;
use super::{Cell, Person, countries, simple, words};
use crate::sandbox::monday::refusal::Refusal;
use crate::sandbox::monday::world::labels::{BLANK_STATUS, Settings, id_of};
use crate::sandbox::monday::world::{Column, Kind};

/// The longest `long_text`, in characters.
const LONGEST_TEXT: usize = 2000;

/// Returns the cell that `value` stands for in `column`; `None` empties it.
///
/// New labels are added to `settings`, a copy that takes effect only if the whole write succeeds.
pub fn parse(
    at: Place<'_>,
    column: &Column,
    settings: &mut Settings,
    value: &Value,
) -> Result<Option<Cell>, Refusal> {
    let kind = column.kind;
    if !kind.is_writable() {
        return Err(refuse(kind, "this column type is read-only through the API"));
    }
    match value {
        Value::Null => Ok(None),
        Value::Object(map) if map.is_empty() => Ok(None),
        Value::String(text) if text.is_empty() => Ok(None),
        Value::String(text) if !matches!(kind, Kind::Text | Kind::Numbers) => {
            let full = simple::expand(column, text)?;
            if full.is_null() { Ok(None) } else { parse(at, column, settings, &full) }
        }
        Value::Object(map) => object(at, kind, settings, map),
        Value::String(text) => plain(kind, text),
        Value::Number(number) => plain(kind, &number.to_string()),
        _ => Err(shape(kind)),
    }
}

fn refuse(kind: Kind, message: impl Into<String>) -> Refusal {
    Refusal::value(kind.word(), message)
}

fn shape(kind: Kind) -> Refusal {
    refuse(
        kind,
        "invalid value, please check our API documentation for the correct data structure for this column",
    )
}

fn plain(kind: Kind, text: &str) -> Result<Option<Cell>, Refusal> {
    match kind {
        Kind::Text => Ok(Some(Cell::Text(text.to_owned()))),
        Kind::Numbers if text.trim().is_empty() => Ok(None),
        Kind::Numbers => match words::number(text) {
            Some(number) => Ok(Some(Cell::Number(number))),
            None => Err(refuse(kind, format!("'{text}' is not a number"))),
        },
        _ => Err(shape(kind)),
    }
}

fn object(
    at: Place<'_>,
    kind: Kind,
    settings: &mut Settings,
    map: &Map<String, Value>,
) -> Result<Option<Cell>, Refusal> {
    match kind {
        Kind::LongText => long_text(kind, map),
        Kind::Status => status(at, settings, map),
        Kind::Dropdown => dropdown(at, settings, map),
        Kind::Date => date(kind, map),
        Kind::Timeline => timeline(kind, map),
        Kind::Email => email(kind, map),
        Kind::Phone => phone(kind, map),
        Kind::Link => link(kind, map),
        Kind::People => people(at, kind, map),
        Kind::Checkbox => checkbox(kind, map),
        Kind::Country => country(kind, map),
        Kind::Location => location(kind, map),
        Kind::Rating => rating(kind, settings, map),
        Kind::Hour => hour(kind, map),
        Kind::Week => week(at, kind, map),
        Kind::BoardRelation | Kind::Dependency => linked(at, kind, settings, map),
        Kind::WorldClock => zone(kind, map),
        Kind::Tags => tags(at, kind, map),
        Kind::File if map.get("clear_all").is_some_and(truthy) => Ok(None),
        Kind::File => Err(refuse(kind, "files are added with add_file_to_column")),
        _ => Err(shape(kind)),
    }
}

fn text_of<'a>(map: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    map.get(key).and_then(Value::as_str)
}

fn blank(map: &Map<String, Value>, key: &str) -> bool {
    match map.get(key) {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.trim().is_empty(),
        Some(_) => false,
    }
}

fn truthy(value: &Value) -> bool {
    matches!(value, Value::Bool(true)) || value.as_str() == Some("true")
}

fn count_of(value: &Value) -> Option<u32> {
    id_of(value).and_then(|number| u32::try_from(number).ok())
}

fn long_text(kind: Kind, map: &Map<String, Value>) -> Result<Option<Cell>, Refusal> {
    let Some(Value::String(text)) = map.get("text") else { return Err(shape(kind)) };
    if text.chars().count() > LONGEST_TEXT {
        return Err(refuse(kind, format!("the text is longer than {LONGEST_TEXT} characters")));
    }
    Ok((!text.is_empty()).then(|| Cell::LongText(text.clone())))
}

fn status(at: Place<'_>, settings: &mut Settings, map: &Map<String, Value>) -> Result<Option<Cell>, Refusal> {
    let kind = Kind::Status;
    let unknown = |settings: &Settings| {
        let message =
            format!("This status label doesn't exist, possible statuses are: {}", settings.listed());
        Err(refuse(kind, message))
    };
    let index = match (map.get("index"), map.get("label")) {
        (Some(index), _) if !index.is_null() => count_of(index).ok_or_else(|| shape(kind))?,
        (_, Some(Value::String(label))) if label.is_empty() => return Ok(None),
        (_, Some(Value::String(label))) => match settings.named(label) {
            // A label of digits only is taken for an index; the real one does so too.
            _ if label.bytes().all(|b| b.is_ascii_digit()) => label.parse().map_err(|_| shape(kind))?,
            Some(label) => label.id,
            None if at.make_labels => match settings.add_label(kind, label) {
                Some(index) => index,
                None => return Err(refuse(kind, "the column has the most labels it can have")),
            },
            None => return unknown(settings),
        },
        (_, Some(Value::Null) | None) if map.contains_key("label") || map.contains_key("index") => {
            return Ok(None);
        }
        _ => return Err(shape(kind)),
    };
    match settings.label(index) {
        Some(_) => Ok(Some(Cell::Status(index))),
        None if index == BLANK_STATUS => Ok(None),
        None => unknown(settings),
    }
}

fn dropdown(
    at: Place<'_>,
    settings: &mut Settings,
    map: &Map<String, Value>,
) -> Result<Option<Cell>, Refusal> {
    let kind = Kind::Dropdown;
    let unknown = |label: &str, settings: &Settings| {
        let listed = settings.listed();
        Err(refuse(
            kind,
            format!("The dropdown label '{label}' does not exist, possible labels are: {listed}"),
        ))
    };
    let mut ids: Vec<u32> = Vec::new();
    match (map.get("ids"), map.get("labels")) {
        (Some(Value::Array(given)), None) => {
            for id in given {
                let id = count_of(id).ok_or_else(|| shape(kind))?;
                if settings.label(id).is_none() {
                    return unknown(&id.to_string(), settings);
                }
                ids.push(id);
            }
        }
        (None, Some(Value::Array(given))) => {
            for label in given {
                let label = label.as_str().ok_or_else(|| shape(kind))?.trim();
                match settings.named(label) {
                    Some(known) => ids.push(known.id),
                    None if at.make_labels && !label.is_empty() => {
                        ids.extend(settings.add_label(kind, label));
                    }
                    None => return unknown(label, settings),
                }
            }
        }
        _ => return Err(shape(kind)),
    }
    let mut seen = Vec::with_capacity(ids.len());
    for id in ids {
        if !seen.contains(&id) {
            seen.push(id);
        }
    }
    Ok((!seen.is_empty()).then_some(Cell::Dropdown(seen)))
}

fn date(kind: Kind, map: &Map<String, Value>) -> Result<Option<Cell>, Refusal> {
    if blank(map, "date") {
        return if map.contains_key("date") { Ok(None) } else { Err(shape(kind)) };
    }
    let given = text_of(map, "date").ok_or_else(|| shape(kind))?;
    let date =
        words::day(given).ok_or_else(|| refuse(kind, format!("'{given}' is not a date (YYYY-MM-DD)")))?;
    let time = match text_of(map, "time").filter(|time| !time.trim().is_empty()) {
        None => None,
        Some(time) => Some(
            words::time(time).ok_or_else(|| refuse(kind, format!("'{time}' is not a time (HH:MM:SS)")))?,
        ),
    };
    Ok(Some(Cell::Date { date, time }))
}

fn timeline(kind: Kind, map: &Map<String, Value>) -> Result<Option<Cell>, Refusal> {
    if blank(map, "from") && blank(map, "to") && map.contains_key("from") {
        return Ok(None);
    }
    let day = |key| text_of(map, key).and_then(words::day).ok_or_else(|| shape(kind));
    let (from, to) = (day("from")?, day("to")?);
    if from > to {
        return Err(refuse(kind, "the timeline ends before it begins"));
    }
    Ok(Some(Cell::Timeline { from, to }))
}

fn email(kind: Kind, map: &Map<String, Value>) -> Result<Option<Cell>, Refusal> {
    if blank(map, "email") {
        return if map.contains_key("email") { Ok(None) } else { Err(shape(kind)) };
    }
    let email = text_of(map, "email").ok_or_else(|| shape(kind))?.trim();
    let well_formed = email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !host.contains('@')
    });
    if !well_formed || email.contains(char::is_whitespace) {
        return Err(refuse(kind, format!("'{email}' is not a valid email address")));
    }
    let text = text_of(map, "text").filter(|text| !text.is_empty()).unwrap_or(email);
    Ok(Some(Cell::Email { email: email.to_owned(), text: text.to_owned() }))
}

fn phone(kind: Kind, map: &Map<String, Value>) -> Result<Option<Cell>, Refusal> {
    let phone = match map.get("phone") {
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Null) => String::new(),
        _ => return Err(shape(kind)),
    };
    if phone.is_empty() {
        return Ok(None);
    }
    let code = text_of(map, "countryShortName").unwrap_or_default();
    let country = countries::by_code(code)
        .ok_or_else(|| refuse(kind, format!("'{code}' is not a valid country code")))?;
    if !country.accepts(&phone) {
        return Err(refuse(kind, format!("'{phone}' is not a valid phone number for {code}")));
    }
    Ok(Some(Cell::Phone { phone, country: code.to_owned() }))
}

fn link(kind: Kind, map: &Map<String, Value>) -> Result<Option<Cell>, Refusal> {
    if blank(map, "url") {
        return if map.contains_key("url") { Ok(None) } else { Err(shape(kind)) };
    }
    let url = text_of(map, "url").ok_or_else(|| shape(kind))?.trim();
    if !["http://", "https://"].iter().any(|scheme| url.to_ascii_lowercase().starts_with(scheme)) {
        return Err(refuse(kind, "a link must begin with http:// or https://"));
    }
    let text = text_of(map, "text").filter(|text| !text.is_empty()).unwrap_or(url);
    Ok(Some(Cell::Link { url: url.to_owned(), text: text.to_owned() }))
}

fn people(at: Place<'_>, kind: Kind, map: &Map<String, Value>) -> Result<Option<Cell>, Refusal> {
    let Some(Value::Array(given)) = map.get("personsAndTeams") else { return Err(shape(kind)) };
    let mut people = Vec::with_capacity(given.len());
    for entry in given {
        let id = entry.get("id").and_then(id_of).ok_or_else(|| shape(kind))?;
        let team = entry.get("kind").and_then(Value::as_str) == Some("team");
        if team || !at.world.users.contains_key(&id) {
            let what = if team { "team" } else { "user" };
            return Err(refuse(kind, format!("the {what} {id} does not exist in the account")));
        }
        people.push(Person { id, team });
    }
    Ok((!people.is_empty()).then_some(Cell::People(people)))
}

fn checkbox(kind: Kind, map: &Map<String, Value>) -> Result<Option<Cell>, Refusal> {
    match map.get("checked") {
        Some(Value::Bool(true)) => Ok(Some(Cell::Checkbox)),
        Some(Value::String(word)) if word == "true" => Ok(Some(Cell::Checkbox)),
        Some(Value::Bool(false) | Value::Null) => Ok(None),
        Some(Value::String(word)) if word == "false" => Ok(None),
        _ => Err(shape(kind)),
    }
}

fn country(kind: Kind, map: &Map<String, Value>) -> Result<Option<Cell>, Refusal> {
    if blank(map, "countryCode") && blank(map, "countryName") {
        return Ok(None);
    }
    let code = text_of(map, "countryCode").unwrap_or_default();
    let known = countries::by_code(code).ok_or_else(|| {
        refuse(kind, format!("'{code}' is not a valid country code (two upper-case letters)"))
    })?;
    match text_of(map, "countryName") {
        Some(name) if known.name.eq_ignore_ascii_case(name) => Ok(Some(Cell::Country(code.to_owned()))),
        Some(name) => Err(refuse(kind, format!("'{name}' is not the name of the country {code}"))),
        None => Err(refuse(kind, "countryName is missing")),
    }
}

fn location(kind: Kind, map: &Map<String, Value>) -> Result<Option<Cell>, Refusal> {
    if blank(map, "lat") && blank(map, "lng") && (map.contains_key("lat") || map.contains_key("address")) {
        return Ok(None);
    }
    let degrees = |key| -> Option<f64> {
        let value = map.get(key)?;
        value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())
    };
    let (Some(lat), Some(lng)) = (degrees("lat"), degrees("lng")) else { return Err(shape(kind)) };
    if !(lat > -90.0 && lat < 90.0 && (-180.0..=180.0).contains(&lng)) {
        return Err(refuse(kind, "lat must lie between -90 and 90 and lng between -180 and 180"));
    }
    Ok(Some(Cell::Location { lat, lng, address: text_of(map, "address").unwrap_or_default().to_owned() }))
}

fn rating(kind: Kind, settings: &Settings, map: &Map<String, Value>) -> Result<Option<Cell>, Refusal> {
    let scale = settings.scale.unwrap_or(5);
    match map.get("rating") {
        Some(Value::Null) => Ok(None),
        Some(value) => match count_of(value) {
            Some(0) => Ok(None),
            Some(stars) if stars <= scale => Ok(Some(Cell::Rating(stars))),
            _ => Err(refuse(kind, format!("a rating must be between 1 and {scale}"))),
        },
        None => Err(shape(kind)),
    }
}

fn hour(kind: Kind, map: &Map<String, Value>) -> Result<Option<Cell>, Refusal> {
    if map.get("hour").is_some_and(Value::is_null) {
        return Ok(None);
    }
    let hour = map.get("hour").and_then(count_of).ok_or_else(|| shape(kind))?;
    let minute = map.get("minute").map_or(Some(0), count_of).ok_or_else(|| shape(kind))?;
    if hour > 23 || minute > 59 {
        return Err(refuse(kind, "hour must be 0 to 23 and minute 0 to 59"));
    }
    Ok(Some(Cell::Hour { hour, minute }))
}

fn week(at: Place<'_>, kind: Kind, map: &Map<String, Value>) -> Result<Option<Cell>, Refusal> {
    let inner = match map.get("week") {
        Some(Value::Object(inner)) => inner,
        Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) if text.is_empty() => return Ok(None),
        Some(_) => return Err(shape(kind)),
        None => map,
    };
    let day = |key| text_of(inner, key).and_then(|day| day.parse::<Date>().ok()).ok_or_else(|| shape(kind));
    let (start, end) = (day("startDate")?, day("endDate")?);
    if start.weekday() != at.week_starts() || (end - start).get_days() != 6 {
        return Err(refuse(
            kind,
            "a week is seven days long and starts on the account's first day of the week",
        ));
    }
    Ok(Some(Cell::Week { start: start.to_string(), end: end.to_string() }))
}

fn linked(
    at: Place<'_>,
    kind: Kind,
    settings: &Settings,
    map: &Map<String, Value>,
) -> Result<Option<Cell>, Refusal> {
    let Some(Value::Array(given)) = map.get("item_ids") else { return Err(shape(kind)) };
    let ids: Vec<u64> = given.iter().map(id_of).collect::<Option<_>>().ok_or_else(|| shape(kind))?;
    let own = [at.board];
    let boards = if kind == Kind::Dependency { &own[..] } else { &settings.boards };
    if let Some(id) = ids.iter().find(|id| !at.has_item(**id, boards)) {
        return Err(refuse(kind, format!("the item {id} is not on a board connected to this column")));
    }
    Ok((!ids.is_empty()).then_some(Cell::Linked(ids)))
}

fn zone(kind: Kind, map: &Map<String, Value>) -> Result<Option<Cell>, Refusal> {
    if blank(map, "timezone") {
        return if map.contains_key("timezone") { Ok(None) } else { Err(shape(kind)) };
    }
    let name = text_of(map, "timezone").ok_or_else(|| shape(kind))?;
    match TimeZone::get(name) {
        Ok(_) => Ok(Some(Cell::Zone(name.to_owned()))),
        Err(_) => Err(refuse(kind, format!("'{name}' is not a time zone"))),
    }
}

fn tags(at: Place<'_>, kind: Kind, map: &Map<String, Value>) -> Result<Option<Cell>, Refusal> {
    let Some(Value::Array(given)) = map.get("tag_ids") else { return Err(shape(kind)) };
    let ids: Vec<u64> = given.iter().map(id_of).collect::<Option<_>>().ok_or_else(|| shape(kind))?;
    match ids.iter().find(|id| !at.world.tags.contains_key(id)) {
        Some(id) => Err(refuse(kind, format!("the tag {id} does not exist"))),
        None => Ok((!ids.is_empty()).then_some(Cell::Tags(ids))),
    }
}
