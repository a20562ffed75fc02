//! Rows as a table for a spreadsheet.

use serde::Serialize;
use serde_json::Value;

/// Returns rows as comma-separated values, with a line of names first. Lists are joined, and no cell is taken for a
/// formula: what begins like one gets an apostrophe before it.
pub fn csv<T: Serialize>(rows: &[T]) -> String {
    let rows: Vec<Value> = rows.iter().filter_map(|row| serde_json::to_value(row).ok()).collect();
    let Some(names) =
        rows.first().and_then(Value::as_object).map(|row| row.keys().cloned().collect::<Vec<_>>())
    else {
        return String::new();
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory does not fail.
    let _whole = writer.write_record(&names);
    for row in &rows {
        let _whole =
            writer.write_record(names.iter().map(|name| cell(row.get(name).unwrap_or(&Value::Null))));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    };
    harmless(&text)
}

/// A cell that a spreadsheet shows and does not carry out; what could act on a terminal is made visible.
fn harmless(text: &str) -> String {
    let acts = |text: &str| text.trim_start().starts_with(['=', '+', '-', '@', '|', '%']);
    let number = text.parse::<f64>().is_ok();
    let visible = crate::words::safe::visible(text);
    if acts(text) && !number || text.starts_with(['\t', '\r', '\n']) {
        return format!("'{visible}");
    }
    visible.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula_and_numbers_stay_numbers() {
        let rows = [serde_json::json!({
            "a": "=cmd|'/C calc'!A0", "b": "@SUM(1)", "c": -12.5, "d": "-12", "e": ["x", "+y"], "f": "say \"hi\", you",
            "g": "\t=1", "h": "\u{1b}[31m", "i": null
        })];
        let text = csv(&rows);
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some("a,b,c,d,e,f,g,h,i"));
        assert_eq!(
            lines.next(),
            Some(r#"'=cmd|'/C calc'!A0,'@SUM(1),-12.5,-12,x; '+y,"say ""hi"", you",' =1,\x1b[31m,"#)
        );
    }
}
