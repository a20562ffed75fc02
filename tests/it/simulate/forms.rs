//! What the systems make of our values: they keep them in a form of their own, or an automation puts in its own.

use bytes::Bytes;
use serde_json::Value;
use syncdeck::domain::id::Side;

use super::both::{FIELDS, TITLE};
use super::life::lock;
use super::world::World;

impl World {
    /// Automations look at what was just written, on both sides, and put in what they want to stand there.
    pub(super) async fn automate(&self, salesforce: bool) {
        let side = if salesforce { Side::Salesforce } else { Side::Other };
        let records = lock(&self.both.records).clone();
        for record in (0..records.len()).filter(|record| records[*record].automated) {
            self.find_counterpart(record).await;
            let known = lock(&self.both.records).get(record).cloned();
            let Some(id) = known.as_ref().and_then(|known| known.id(side)) else { continue };
            let Some(row) = self.row(side, id).await else { continue };
            let mark = if salesforce { "by the flow" } else { "by the automation" };
            if row[TITLE].starts_with(mark) {
                continue;
            }
            // Some count, some always want the same.
            let wanted =
                if record % 2 == 0 { mark.to_owned() } else { format!("{mark} {}", self.fate.roll(1 << 30)) };
            self.set(side, id, TITLE, &wanted);
        }
    }
}

/// Returns a write as the system will keep it: trimmed or padded, re-cased, rescaled, relabelled.
pub(super) fn in_its_own_form(salesforce: bool, body: &Bytes) -> Bytes {
    let Ok(mut request) = serde_json::from_slice::<Value>(body) else { return body.clone() };
    if salesforce {
        for record in request["records"].as_array_mut().into_iter().flatten() {
            reform(record, &salesforce_form);
        }
    } else {
        for variable in request["variables"].as_object_mut().into_iter().flatten() {
            let Some(text) = variable.1.as_str() else { continue };
            let Ok(mut values @ Value::Object(_)) = serde_json::from_str::<Value>(text) else { continue };
            reform(&mut values, &monday_form);
            *variable.1 = Value::String(values.to_string());
        }
    }
    Bytes::from(request.to_string())
}

fn reform(record: &mut Value, form: &dyn Fn(&str, &Value) -> Option<Value>) {
    for (salesforce, column) in FIELDS {
        for name in [salesforce, column] {
            if let Some(value) = record.get(name).and_then(|value| form(name, value)) {
                record[name] = value;
            }
        }
    }
}

/// Addresses in small letters, amounts without a scale, titles with a capital.
fn salesforce_form(name: &str, value: &Value) -> Option<Value> {
    match (name, value) {
        ("Email", Value::String(text)) => Some(text.to_lowercase().into()),
        ("AnnualRevenue", Value::Number(number)) => number.as_f64().map(|number| Value::from(number.round())),
        ("Title", Value::String(text)) => {
            let mut letters = text.chars();
            let first = letters.next()?.to_uppercase().collect::<String>();
            Some(Value::String(first + letters.as_str()))
        }
        _ => None,
    }
}

/// Texts with blanks around them, labels of addresses of its own.
fn monday_form(name: &str, value: &Value) -> Option<Value> {
    match (name, value) {
        ("company" | "title", Value::String(text)) if !text.is_empty() => Some(format!(" {text} ").into()),
        ("email", Value::Object(email)) => {
            let mut email = email.clone();
            email.insert("text".into(), "write to".into());
            Some(Value::Object(email))
        }
        _ => None,
    }
}
