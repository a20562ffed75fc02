//! The grammar and its refusals, in tables; what queries find is tested over the API.

use super::*;

#[test]
fn what_is_a_query() {
    for text in [
        "SELECT Id FROM Lead",
        "select id, name from lead l where l.name = 'x' order by l.name desc nulls last limit 5 offset 2",
        "SELECT Id FROM Lead USING SCOPE mine WHERE IsDeleted = false FOR VIEW",
        "SELECT COUNT() FROM Lead WHERE CreatedDate = LAST_N_DAYS:7",
        "SELECT COUNT(Id) total, Status FROM Lead GROUP BY Status HAVING COUNT(Id) > 2 ORDER BY COUNT(Id) DESC",
        "SELECT Id, (SELECT Id FROM Contacts WHERE Email != null LIMIT 3) FROM Account",
        "SELECT FIELDS(ALL) FROM Lead LIMIT 200",
        "SELECT toLabel(Status) FROM Lead WHERE NOT (Name LIKE 'a%' OR Name LIKE '\\%b_')",
        "SELECT Id FROM Lead WHERE SystemModstamp >= 2026-01-01T00:00:00.000+00:00 AND NumberOfEmployees <> -5",
        "SELECT Id FROM Contact WHERE Languages__c INCLUDES ('English;French', 'Italian')",
        "SELECT Id FROM Account WHERE Id NOT IN (SELECT AccountId FROM Contact)",
        "SELECT Id FROM Lead WHERE Name = 'it\\'s \\u00e9\\n' ALL ROWS",
    ] {
        assert!(parse(text).is_ok(), "{text}: {:?}", parse(text));
    }
}

#[test]
fn what_is_none() {
    for (text, token) in [
        ("SELECT Id FRM Lead", "Lead"),
        ("SELECT FROM Lead", "FROM"),
        ("SELECT Id, FROM Lead", "FROM"),
        ("SELECT Id FROM Lead WHERE", "<EOF>"),
        ("SELECT Id FROM Lead WHERE Name = 'a' AND Name = 'b' OR Name = 'c'", "OR"),
        ("SELECT Id FROM Lead WHERE Name = x", "x"),
        ("SELECT Id FROM Lead WHERE Name == 'x'", "="),
        ("SELECT Id FROM Lead LIMIT -1", "-1"),
        ("SELECT Id FROM Lead ; DROP", ";"),
        ("SELECT Id FROM Lead WHERE CreatedDate > 2026-13-01", "2026-13-01"),
        ("SELECT * FROM Lead", "*"),
    ] {
        let error = parse(text).unwrap_err();
        assert_eq!(error.code, "MALFORMED_QUERY", "{text}");
        assert!(
            error.message.ends_with(&format!("unexpected token: '{token}'")),
            "{text}: {}",
            error.message
        );
    }
    for text in ["SELECT Id FROM Lead WHERE Name = 'open", "SELECT Id FROM Lead WHERE Name = '\\q'"] {
        assert_eq!(parse(text).unwrap_err().code, "MALFORMED_QUERY", "{text}");
    }
    let deep = format!("SELECT Id FROM Lead WHERE {}Name = 'x'{}", "(".repeat(60), ")".repeat(60));
    assert_eq!(parse(&deep).unwrap_err().code, "QUERY_TOO_COMPLICATED");
}

#[test]
fn an_error_points_into_the_query() {
    let error = parse("SELECT Id\nFROM Lead WHERE Name = x").unwrap_err();
    assert_eq!(
        error.message,
        "\nM Lead WHERE Name = x\n                    ^\nERROR at Row:2:Column:24\nunexpected token: 'x'"
    );
}
