//! What the event bus says when it refuses: the status, and the code in the trailers.

use tonic::metadata::{MetadataMap, MetadataValue};
use tonic::{Code, Status};

const BUS: &str = "sfdc.platform.eventbus.grpc";

/// Why a call ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// A header that every call needs is missing, or names another org.
    Headers,
    /// The session is over.
    Session,
    /// There is no such topic for this user.
    Topic(String),
    /// There is no such schema.
    Schema(String),
    /// A later request of a subscription names another topic.
    OtherTopic,
    /// A number of events below 1 was asked for.
    Count,
    /// The subscription is to begin behind an event, and none is named.
    NoReplay,
    /// The event named is not kept, or never was.
    Replay,
    /// The day's allocation of events is used up.
    Delivered,
    /// The server is down.
    Unavailable,
}

impl Refusal {
    /// The status, with the call's name where the real one has it.
    pub(super) fn status(&self, rpc: &str) -> Status {
        let (code, what, message) = match self {
            Self::Headers => (
                Code::Unauthenticated,
                "service.auth.headers.invalid",
                "Provided authentication headers are invalid. Ensure that accesstoken, instanceurl and tenantid are valid."
                    .to_owned(),
            ),
            Self::Session => (
                Code::Unauthenticated,
                "service.auth.error",
                "An authentication exception occurred. The session is expired or invalid.".to_owned(),
            ),
            Self::Topic(name) => (
                Code::NotFound,
                "topic.not.found",
                format!("The topic {name} does not exist, or the user has no access to it."),
            ),
            Self::Schema(id) => {
                (Code::NotFound, "schema.not.found", format!("The schema with the ID {id} does not exist."))
            }
            Self::OtherTopic => (
                Code::InvalidArgument,
                "subscription.fetch.topic.changed",
                "The topic name of a subscription cannot be changed.".to_owned(),
            ),
            Self::Count => (
                Code::InvalidArgument,
                "subscription.fetch.requested.events.invalid",
                "The number of requested events must be greater than 0.".to_owned(),
            ),
            Self::NoReplay => (
                Code::InvalidArgument,
                "subscription.fetch.replayid.validation.failed",
                "The Replay ID validation failed. Ensure that the Replay ID is valid.".to_owned(),
            ),
            Self::Replay => (
                Code::InvalidArgument,
                "subscription.fetch.replayid.corrupted",
                "The Replay ID validation failed. Ensure that the Replay ID is valid and within the retention window."
                    .to_owned(),
            ),
            Self::Delivered => (
                Code::ResourceExhausted,
                "subscription.limit.exceeded",
                "You have exceeded the event delivery limit for your org.".to_owned(),
            ),
            Self::Unavailable => (
                Code::Unavailable,
                "service.unavailable",
                "The service is temporarily unavailable. Try again later.".to_owned(),
            ),
        };
        let mut trailers = MetadataMap::new();
        for (key, value) in [("error-code", format!("{BUS}.{what}")), ("rpc-id", rpc.to_owned())] {
            if let Ok(value) = MetadataValue::try_from(value) {
                trailers.insert(key, value);
            }
        }
        Status::with_metadata(code, format!("{message} rpcId: {rpc}"), trailers)
    }
}
