//! Recipe files: one recipe or one pair each.

use std::fmt::Write;
use std::sync::Arc;

use super::checked::{Lines, Mistake, Reader, read};
use crate::domain::draft::RecipeDraft;
use crate::domain::id::{AccountId, ConnectionId};
use crate::domain::recipe::{Conflicts, Deletion, Template};
use crate::domain::time::{DAY, HOUR, MINUTE, SECOND};

/// Reads a recipe file. What only the systems can tell (whether a field exists) is checked later.
///
/// # Errors
/// Every mistake in it.
pub fn parse(path: &str, text: &str) -> Result<(RecipeDraft, Lines), Vec<Mistake>> {
    read(path, text, recipe)
}

/// Writes a recipe as a file that [`parse`] reads; the same recipe always gives the same text.
pub fn write(draft: &RecipeDraft) -> String {
    let mut text = String::new();
    // Writing into memory does not fail.
    let mut put = |key: &str, value: toml::Value| {
        let _whole = writeln!(text, "{key} = {value}");
    };
    let words = |text: &str| toml::Value::String(text.to_owned());
    if let Some(id) = draft.id {
        put("id", words(&id.to_string()));
    }
    put("name", words(&draft.name));
    if let Some(account) = &draft.account {
        put("account", words(account.as_str()));
    }
    put("template", words(word(&Template::ALL, draft.template)));
    put("salesforce", words(draft.salesforce.as_str()));
    put("target", words(draft.target.as_str()));
    put("object", words(&draft.object));
    put("container", words(&draft.container));
    if let Some(section) = &draft.section {
        put("section", words(section));
    }
    if !draft.condition.is_empty() {
        put("where", words(&draft.condition));
    }
    put("deletions", words(word(&DELETIONS, draft.deletion)));
    put("conflicts", words(word(&CONFLICTS, draft.conflicts)));
    put("backfill", draft.backfill.into());
    // A file cannot say less than a second; no recipe is made that looks more often.
    if let Some(every) = draft.every_ms.map(|ms| ms.max(SECOND)) {
        let unit = [(DAY, 'd'), (HOUR, 'h'), (MINUTE, 'm')].into_iter().find(|(unit, _)| every % unit == 0);
        let (unit, letter) = unit.unwrap_or((SECOND, 's'));
        put("every", words(&format!("{}{letter}", every / unit)));
    }
    put("seasonal", draft.seasonal.into());
    if draft.create_missing {
        put("create_missing_columns", true.into());
    }
    if !draft.matching.is_empty() {
        put("match", draft.matching.iter().map(|name| words(name)).collect::<Vec<_>>().into());
    }
    if let Some(owner) = &draft.default_owner {
        put("default_owner", words(owner));
    }
    for (salesforce, target) in &draft.fields {
        text.push_str("\n[[map]]\n");
        let _whole = writeln!(text, "salesforce = {}\ntarget = {}", words(salesforce), words(target));
    }
    text
}

fn word<T: PartialEq + Copy>(words: &[(&'static str, T)], of: T) -> &'static str {
    words.iter().find(|(_, known)| *known == of).map_or("", |(word, _)| word)
}

const CONFLICTS: [(&str, Conflicts); 4] = [
    ("salesforce-wins", Conflicts::SalesforceWins),
    ("newest-wins", Conflicts::NewestWins),
    ("other-wins", Conflicts::OtherWins),
    ("hold", Conflicts::Hold),
];

const DELETIONS: [(&str, Deletion); 3] =
    [("delete", Deletion::Delete), ("archive", Deletion::Archive), ("keep", Deletion::Keep)];

fn recipe(file: &Reader<'_>) -> Option<RecipeDraft> {
    let id = file.text("id").and_then(|text| {
        let id = text.parse().ok();
        if id.is_none() {
            file.wrong("id", text, "a recipe id such as \"r7\"");
        }
        id
    });
    let name = file.required("name", "a name for people");
    let account = file.text("account").map(AccountId::from);
    if file.required("template", "the template it is made from").is_none() {
        // Said already; the rest of the file is still read.
    }
    let template = file.choice("template", &Template::ALL);
    let salesforce = connection(file, "salesforce");
    let target = connection(file, "target");
    let object = file.required("object", "a Salesforce object such as \"Lead\"");
    let container = file.required("container", "the container, by id or title (a board)");
    let section = file.text("section");
    let condition = file.text("where").unwrap_or_default();
    let fields = file.tables("map", |line| {
        let salesforce = line.required("salesforce", "a Salesforce field");
        let target = line.required("target", "a field of the other system");
        Some((Arc::<str>::from(salesforce?), Arc::<str>::from(target?)))
    });
    if fields.is_empty() {
        file.wrong("map", "no pair of fields", "at least one [[map]] with salesforce = and target =");
    }
    let matching = file.texts("match");
    let default_owner = file.text("default_owner");
    let deletion = file.choice("deletions", &DELETIONS);
    let conflicts = file.choice("conflicts", &CONFLICTS);
    let backfill = file.flag("backfill");
    let every_ms = file.interval("every");
    let seasonal = file.flag("seasonal");
    let create_missing = file.flag("create_missing_columns");
    Some(RecipeDraft {
        id,
        name: name?.into(),
        account,
        template: template?,
        salesforce: salesforce?,
        target: target?,
        object: object?.into(),
        container: container?.into(),
        section: section.map(Into::into),
        condition: condition.into(),
        fields,
        matching: matching.into_iter().map(Into::into).collect(),
        default_owner: default_owner.map(Into::into),
        deletion: deletion.unwrap_or_default(),
        conflicts: conflicts.unwrap_or_default(),
        backfill: backfill.unwrap_or(true),
        every_ms,
        seasonal: seasonal.unwrap_or(false),
        create_missing: create_missing.unwrap_or(false),
    })
}

fn connection(file: &Reader<'_>, name: &'static str) -> Option<ConnectionId> {
    let text = file.required(name, "the id of a connection")?;
    let id = ConnectionId::checked(&text);
    if id.is_none() {
        file.wrong(name, text, "a connection id: 1 to 32 of a-z, 0-9 and -");
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
name = "Leads to the board"
template = "record-to-item"
salesforce = "sf"
target = "monday"
object = "Lead"
container = "Leads"
where = "Status != 'Closed'"
every = "2s"

[[map]]
salesforce = "Name"
target = "name"
"#;

    #[test]
    fn a_good_file_is_read() {
        let (draft, lines) = parse("r.toml", GOOD).unwrap();
        assert_eq!((&*draft.name, draft.every_ms), ("Leads to the board", Some(2_000)));
        assert_eq!(lines.mistake("map[0].target", "x", "y").line, 13);
        assert_eq!(lines.mistake("map", "x", "y").line, 11, "the first of the list");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let (mut draft, _) = parse("r.toml", GOOD).unwrap();
        draft.id = "r7".parse().ok();
        draft.name = "Leads \"to\" the\nboard \u{1b}[2J".into();
        draft.section = Some("topics".into());
        draft.matching = vec!["Email".into(), "Name".into()];
        draft.default_owner = Some("ana@acme.example".into());
        draft.every_ms = Some(15 * MINUTE);
        draft.create_missing = true;
        let text = write(&draft);
        assert_eq!(parse("r.toml", &text).unwrap().0, draft, "{text}");
        assert!(!text.contains('\u{1b}'));
    }

    #[test]
    fn every_mistake_is_told_with_its_line() {
        let text = "name = 3\ntemplate = \"record-to-itm\"\nsalesforce = \"SF!\"\ncolour = \"red\"\nevery = \"soon\"\n\n[[map]]\nsalesforce = \"Name\"\n";
        let mistakes = parse("bad.toml", text).unwrap_err();
        let told: Vec<(usize, &str)> = mistakes.iter().map(|m| (m.line, m.key.as_str())).collect();
        for expected in [
            (1, "name"),
            (2, "template"),
            (3, "salesforce"),
            (4, "colour"),
            (5, "every"),
            (7, "map[0].target"),
        ] {
            assert!(told.contains(&expected), "{expected:?} in {told:?}");
        }
        for missing in ["target", "object", "container"] {
            assert!(told.iter().any(|(_, key)| *key == missing), "{missing} in {told:?}");
        }
        assert!(mistakes.iter().all(|mistake| mistake.path == "bad.toml"));
    }

    #[test]
    fn what_is_not_toml_is_one_mistake_with_its_line() {
        let mistakes = parse("bad.toml", "name = \"x\"\n= = =\n").unwrap_err();
        assert_eq!((mistakes.len(), mistakes[0].line), (1, 2));
    }
}
