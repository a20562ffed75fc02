//! What a refusal of the event bus means: by the code in its trailers, and by the status where there is none.

use tonic::{Code, Status};

use crate::domain::failure::{Class, Failure, Kind};
use crate::ports::Unheard;

/// What all codes of the event bus begin with.
const BUS: &str = "sfdc.platform.eventbus.grpc.";

/// Returns what a status means for whoever wants to listen.
pub(super) fn unheard(status: &Status) -> Unheard {
    let code = code(status);
    if code.ends_with("replayid.corrupted") || code.ends_with("replayid.validation.failed") {
        return Unheard::Expired;
    }
    let failure = |kind, class| Failure::new(kind, class, code.as_str(), status.message());
    match status.code() {
        Code::NotFound | Code::InvalidArgument | Code::Unimplemented => {
            Unheard::Refused(failure(Kind::Permanent, Class::Map))
        }
        Code::PermissionDenied => Unheard::Refused(failure(Kind::Permanent, Class::Perm)),
        Code::ResourceExhausted => Unheard::Refused(failure(Kind::Transient, Class::Limit)),
        Code::Unauthenticated => Unheard::Lost(failure(Kind::Transient, Class::Auth)),
        _ => Unheard::Lost(failure(Kind::Transient, Class::Busy)),
    }
}

/// Returns the code that says what happened, without what all of them begin with.
fn code(status: &Status) -> String {
    let told = status.metadata().get("error-code").and_then(|code| code.to_str().ok());
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let code: String = told.unwrap_or_default().chars().filter(plain).take(100).collect();
    let code = code.strip_prefix(BUS).unwrap_or(&code);
    if code.is_empty() { format!("GRPC_{}", i32::from(status.code())) } else { code.to_owned() }
}

#[cfg(test)]
mod tests {
    use tonic::metadata::MetadataMap;

    use super::*;

    fn status(code: Code, told: &str) -> Status {
        let mut trailers = MetadataMap::new();
        if !told.is_empty() {
            trailers.insert("error-code", format!("{BUS}{told}").parse().unwrap());
        }
        Status::with_metadata(code, "so it is", trailers)
    }

    #[test]
    fn each_refusal_is_what_it_is() {
        let expired = status(Code::InvalidArgument, "subscription.fetch.replayid.corrupted");
        assert_eq!(unheard(&expired), Unheard::Expired);
        let known = |code, told, expected: &str| match unheard(&status(code, told)) {
            Unheard::Refused(failure) => assert_eq!(format!("refused {}", failure.code), expected),
            Unheard::Lost(failure) => assert_eq!(format!("lost {}", failure.code), expected),
            Unheard::Expired => panic!("{expected}"),
        };
        known(Code::NotFound, "topic.not.found", "refused topic.not.found");
        known(Code::ResourceExhausted, "subscription.limit.exceeded", "refused subscription.limit.exceeded");
        known(Code::Unauthenticated, "service.auth.error", "lost service.auth.error");
        known(Code::Unavailable, "", "lost GRPC_14");
        known(Code::PermissionDenied, "", "refused GRPC_7");
    }
}
