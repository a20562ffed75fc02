//! Error answers, exact to the literal.

use serde_json::{Value, json};

/// An error of the data API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ApiError {
    /// The status when it is the answer of a call of its own.
    pub(super) status: u16,
    /// The code.
    pub(super) code: String,
    /// The sentence.
    pub(super) message: String,
    /// The fields it names; `None` where the API leaves the key out.
    pub(super) fields: Option<Vec<String>>,
    /// The result of a duplicate rule, under the misspelt key that clients know.
    pub(super) duplicates: Option<Box<Value>>,
}

impl ApiError {
    /// An error that is not about the fields of a record.
    pub(super) fn new(status: u16, code: &str, message: impl Into<String>) -> Self {
        Self { status, code: code.into(), message: message.into(), fields: None, duplicates: None }
    }

    /// An error about a record that is written.
    pub(super) fn row(code: &str, message: impl Into<String>, fields: &[&str]) -> Self {
        let fields = fields.iter().map(|field| (*field).to_owned()).collect();
        Self {
            status: 400,
            code: code.into(),
            message: message.into(),
            fields: Some(fields),
            duplicates: None,
        }
    }

    /// The same error with another status.
    pub(super) fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    pub(super) fn not_found() -> Self {
        Self::new(404, "NOT_FOUND", "The requested resource does not exist")
    }

    pub(super) fn session() -> Self {
        Self::new(401, "INVALID_SESSION_ID", "Session expired or invalid")
    }

    pub(super) fn no_type(name: &str) -> Self {
        let message = format!(
            "sObject type '{name}' is not supported. If you are attempting to use a custom object, be sure to append \
             the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names."
        );
        Self::new(400, "INVALID_TYPE", message)
    }

    pub(super) fn no_column(name: &str, entity: &str) -> Self {
        let message = format!(
            "No such column '{name}' on entity '{entity}'. If you are attempting to use a custom field, be sure to \
             append the '__c' after the custom field name. Please reference your WSDL or the describe call for the \
             appropriate names."
        );
        Self::new(400, "INVALID_FIELD", message)
    }

    pub(super) fn deleted() -> Self {
        Self::row("ENTITY_IS_DELETED", "entity is deleted", &[]).with_status(404)
    }

    pub(super) fn locked(id: &str) -> Self {
        let message = format!("unable to obtain exclusive access to this record or 1 records: {id}");
        Self::row("UNABLE_TO_LOCK_ROW", message, &[])
    }

    pub(super) fn rolled_back() -> Self {
        let message = "Record rolled back because not all records were valid and the request was using AllOrNone header";
        Self::row("ALL_OR_NONE_OPERATION_ROLLED_BACK", message, &[])
    }

    /// What a duplicate rule says of a record that looks like `id`.
    pub(super) fn duplicate(object: &str, id: &str, allow: bool) -> Self {
        let message = "Use one of these records?";
        let found = json!({
            "additionalInformation": [], "fieldDiffs": [], "matchConfidence": 100.0,
            "record": {
                "attributes": { "type": object, "url": format!("/services/data/v68.0/sobjects/{object}/{id}") },
                "Id": id,
            },
        });
        let matched = json!({
            "entityType": object, "errors": [], "matchEngine": "ExactMatchEngine", "matchRecords": [found],
            "rule": format!("{object}_MR"), "size": 1, "success": true,
        });
        let result = json!({
            "allowSave": allow, "duplicateRule": format!("{object}s_DR"), "duplicateRuleEntityType": object,
            "errorMessage": message, "matchResults": [matched],
        });
        Self { duplicates: Some(Box::new(result)), ..Self::new(400, "DUPLICATES_DETECTED", message) }
    }

    pub(super) fn method(method: &str, allowed: &str) -> Self {
        let message = format!("HTTP Method '{method}' not allowed. Allowed are {allowed}");
        Self::new(405, "METHOD_NOT_ALLOWED", message)
    }

    pub(super) fn json(message: impl Into<String>) -> Self {
        Self::new(400, "JSON_PARSER_ERROR", message)
    }

    /// The element of the array that a call of its own answers.
    pub(super) fn body(&self) -> Value {
        self.keyed("errorCode")
    }

    /// The element of the `errors` of a result inside a batch.
    pub(super) fn in_result(&self) -> Value {
        let mut body = self.keyed("statusCode");
        if let (Value::Object(body), None) = (&mut body, &self.fields) {
            body.insert("fields".into(), json!([]));
        }
        body
    }

    fn keyed(&self, code: &str) -> Value {
        let mut body = json!({ "message": self.message, code: self.code });
        if let Value::Object(body) = &mut body {
            if let Some(fields) = &self.fields {
                body.insert("fields".into(), json!(fields));
            }
            if let Some(duplicates) = &self.duplicates {
                body.insert("duplicateResut".into(), (**duplicates).clone());
            }
        }
        body
    }
}

/// The status and sentence that an injected fault gets for a code, and the code that it gets for a status.
pub(super) fn typical(status: u16, code: Option<&str>) -> ApiError {
    let code = code.unwrap_or(match status {
        401 => "INVALID_SESSION_ID",
        403 => "REQUEST_LIMIT_EXCEEDED",
        404 => "NOT_FOUND",
        405 => "METHOD_NOT_ALLOWED",
        410 => "GONE",
        503 => "SERVER_UNAVAILABLE",
        500.. => "UNKNOWN_EXCEPTION",
        _ => "UNABLE_TO_LOCK_ROW",
    });
    let message = match code {
        "INVALID_SESSION_ID" => "Session expired or invalid",
        "INVALID_AUTH_HEADER" => "INVALID_HEADER_TYPE",
        "REQUEST_LIMIT_EXCEEDED" => "TotalRequests Limit exceeded.",
        "API_DISABLED_FOR_ORG" => "The REST API is not enabled for this Organization.",
        "API_CURRENTLY_DISABLED" => "API is disabled for this User",
        "SERVER_UNAVAILABLE" => "Server Unavailable",
        "UNABLE_TO_LOCK_ROW" => {
            "unable to obtain exclusive access to this record or 1 records: 001000000000000AAA"
        }
        "QUERY_TIMEOUT" => "Your query request was running for too long.",
        "QUERY_TOO_COMPLICATED" => {
            "Query is either selecting too many fields or the filter conditions are too complicated."
        }
        "INVALID_QUERY_LOCATOR" => "invalid query locator",
        "NOT_FOUND" => "The requested resource does not exist",
        "STORAGE_LIMIT_EXCEEDED" => "storage limit exceeded",
        "ENTITY_IS_LOCKED" => "the entity is locked for editing",
        "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY" => "insufficient access rights on cross-reference id",
        "INSUFFICIENT_ACCESS_OR_READONLY" | "INSUFFICIENT_ACCESS" => {
            "insufficient access rights on object id"
        }
        "TXN_SECURITY_METERING_ERROR" => {
            "We can't complete the action because enabled transaction security policies took too long to complete."
        }
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY" => {
            "LeadTrigger: execution of BeforeInsert caused by: System.NullPointerException: Attempt to de-reference a null object"
        }
        "FIELD_CUSTOM_VALIDATION_EXCEPTION" => "A Lead needs a phone number or an e-mail address",
        "UNKNOWN_EXCEPTION" => {
            "An unexpected error occurred. Please include this ErrorId if you contact support: 1483523947-23312 (1629832147)"
        }
        _ => "The request could not be carried out",
    };
    ApiError::new(status, code, message)
}
