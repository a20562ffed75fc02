//! The short name under which a request is counted.

use std::borrow::Cow;

use serde::Deserialize;

#[derive(Deserialize)]
struct Sent<'a> {
    #[serde(borrow)]
    query: Option<Cow<'a, str>>,
}

/// Returns the root field names of a GraphQL request, each once, joined by `+`; for other requests method and path.
pub fn name(method: &str, path: &str, body: &[u8]) -> String {
    let sent: Option<Sent<'_>> = serde_json::from_slice(body).ok();
    if let Some(query) = sent.and_then(|sent| sent.query) {
        let fields = root_fields(&query);
        if !fields.is_empty() {
            return fields.join("+");
        }
    }
    format!("{method} {}", path.split('?').next().unwrap_or(path))
}

/// Finds the names at depth one by counting braces: the request need not be valid, and this must cost little.
fn root_fields(query: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    let (mut depth, mut round) = (0_i32, 0_i32);
    let mut in_fragment = false;
    let bytes = query.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                let block = bytes.get(at..at + 3) == Some(b"\"\"\"");
                at = if block { after_block(bytes, at + 3) } else { after_string(bytes, at + 1) };
                continue;
            }
            b'#' => {
                at = bytes.iter().skip(at).position(|b| *b == b'\n').map_or(bytes.len(), |n| at + n);
                continue;
            }
            b'(' => round += 1,
            b')' => round -= 1,
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    in_fragment = false;
                }
            }
            b if b.is_ascii_alphabetic() || *b == b'_' => {
                let rest = bytes.iter().skip(at);
                let end = at + rest.take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
                let word = query.get(at..end).unwrap_or_default();
                let next = bytes.iter().skip(end).find(|b| !b.is_ascii_whitespace());
                if depth == 0 && word == "fragment" {
                    in_fragment = true;
                }
                let before = bytes.iter().take(at).rev().find(|b| !b.is_ascii_whitespace());
                let other = matches!(before, Some(b'@' | b'.' | b'$'));
                let is_alias = next == Some(&b':');
                if depth == 1 && round == 0 && !in_fragment && !is_alias && !other && !found.contains(&word) {
                    found.push(word);
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn after_string(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' | b'\n' => return at + 1,
            _ => at += 1,
        }
    }
    at
}

fn after_block(bytes: &[u8], from: usize) -> usize {
    let end = bytes.get(from..).and_then(|rest| rest.windows(3).position(|three| three == b"\"\"\""));
    end.map_or(bytes.len(), |end| from + end + 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(query: &str) -> String {
        name("POST", "/v2", serde_json::json!({"query": query}).to_string().as_bytes())
    }

    #[test]
    fn aliases_fold_and_distinct_fields_join() {
        assert_eq!(
            of("mutation { a: create_item(item_name: \"b: {x}\") {id} c: create_item(n: 1) {id} }"),
            "create_item"
        );
        assert_eq!(
            of("query Q($a: ID!) @x { boards(ids: [$a]) { id items { id } } complexity { after } }"),
            "boards+complexity"
        );
        assert_eq!(of("fragment F on Item { id name } { me { ...F } }"), "me");
        assert_eq!(name("GET", "/v2/get_schema?version=dev", b""), "GET /v2/get_schema");
    }
}
