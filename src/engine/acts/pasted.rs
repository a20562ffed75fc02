//! What people paste out of a browser: the whole address, its query, `code#state`, or the code alone.

use secrecy::SecretString;
use url::form_urlencoded;

/// An answer of the remote's page, as it was brought back.
#[derive(Debug)]
pub(super) struct Answer {
    /// The state, where it came along.
    pub(super) state: Option<String>,
    /// The code, or the refusal with what was said.
    pub(super) outcome: Result<SecretString, (String, String)>,
}

/// The longest that anything pasted may be.
const LONGEST: usize = 16_384;

/// Reads what was pasted; `None` when there is no code and no refusal in it.
pub(super) fn read(pasted: &str) -> Option<Answer> {
    if pasted.len() > LONGEST {
        return None;
    }
    // A terminal breaks a long line where it likes.
    let text: String = pasted.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let text = text.trim_matches(|c| matches!(c, '"' | '\'' | '<' | '>'));
    let query = text.split_once('?').map_or(text, |(_, query)| query);
    if ["code=", "error="].iter().any(|key| query.starts_with(key) || query.contains(&format!("&{key}"))) {
        return of_query(query.split('#').next().unwrap_or(query));
    }
    // An address without a code, or anything that is no code, is worth nothing.
    let (code, state) = match text.split_once('#') {
        Some((code, state)) => (code, Some(state.to_owned())),
        None => (text, None),
    };
    let decoded = decoded(code);
    let plain = |c: char| c.is_ascii_alphanumeric() || "!._-=+/~".contains(c);
    if decoded.len() < 8 || decoded.contains("//") || !decoded.chars().all(plain) {
        return None;
    }
    Some(Answer { state: state.filter(|state| !state.is_empty()), outcome: Ok(decoded.into()) })
}

/// Reads the query of a call-back.
pub(super) fn of_query(query: &str) -> Option<Answer> {
    let mut state = None;
    let (mut code, mut error, mut description) = (None, None, String::new());
    for (key, value) in form_urlencoded::parse(query.as_bytes()) {
        match &*key {
            "code" => code = Some(value.into_owned()),
            "state" => state = Some(value.into_owned()),
            "error" => error = Some(value.into_owned()),
            "error_description" => description = value.into_owned(),
            _ => {}
        }
    }
    let outcome = match (code.filter(|code| !code.is_empty()), error) {
        (_, Some(error)) => Err((error, description)),
        (Some(code), None) => Ok(code.into()),
        (None, None) => return None,
    };
    Some(Answer { state, outcome })
}

fn decoded(code: &str) -> String {
    if !code.contains('%') {
        return code.to_owned();
    }
    // A plus sign stands for itself in a bare code.
    let escaped = format!("c={}", code.replace('+', "%2B"));
    form_urlencoded::parse(escaped.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn shown(pasted: &str) -> Option<(String, Option<String>)> {
        let answer = read(pasted)?;
        Some((answer.outcome.ok()?.expose_secret().to_owned(), answer.state))
    }

    #[test]
    fn all_the_ways_in_which_people_paste() {
        let whole = Some(("aPrx!C.0==".to_owned(), Some("st-1_".to_owned())));
        for text in [
            "http://localhost:1717/callback?code=aPrx%21C.0%3D%3D&state=st-1_",
            " \"http://localhost:1717/callback?state=st-1_&code=aPrx!C.0==\"\n",
            "https://ops.example/callback?code=aPrx%21C.0\r\n%3D%3D&state=st-1_#",
            "code=aPrx%21C.0%3D%3D&state=st-1_",
            "?state=st-1_&code=aPrx%21C.0%3D%3D",
            "aPrx!C.0==#st-1_",
            "aPrx%21C.0%3D%3D#st-1_",
        ] {
            assert_eq!(shown(text), whole, "{text}");
        }
        assert_eq!(shown("aPrx!C.0=="), Some(("aPrx!C.0==".to_owned(), None)));
    }

    #[test]
    fn what_holds_no_code_is_told_apart() {
        for text in
            ["", "http://localhost:1717/callback", "https://acme.my.salesforce.com/", "yes", "\u{1b}[201~"]
        {
            assert!(read(text).is_none(), "{text}");
        }
        assert!(read(&"a".repeat(LONGEST + 1)).is_none());
    }

    #[test]
    fn a_refusal_is_one_whatever_else_is_there() {
        let answer = read("error=access_denied&error_description=end-user+denied&state=s").unwrap();
        assert_eq!(answer.outcome.unwrap_err(), ("access_denied".to_owned(), "end-user denied".to_owned()));
        assert_eq!(answer.state.as_deref(), Some("s"));
    }
}
