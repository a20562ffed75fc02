//! The messages of `eventbus.v1`, after the published protocol file, as far as a subscriber needs them.

/// The service's name, which begins every path.
pub(super) const SERVICE: &str = "/eventbus.v1.PubSub/";

/// What is asked about a schema.
#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct SchemaRequest {
    #[prost(string, tag = "1")]
    pub(super) schema_id: String,
}

/// A schema.
#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct SchemaInfo {
    #[prost(string, tag = "1")]
    pub(super) schema_json: String,
}

/// An event as its producer made it.
#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct ProducerEvent {
    #[prost(string, tag = "2")]
    pub(super) schema_id: String,
    #[prost(bytes = "bytes", tag = "3")]
    pub(super) payload: bytes::Bytes,
}

/// An event as a subscriber gets it.
#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct ConsumerEvent {
    #[prost(message, optional, tag = "1")]
    pub(super) event: Option<ProducerEvent>,
    #[prost(bytes = "vec", tag = "2")]
    pub(super) replay_id: Vec<u8>,
}

/// Where a subscription begins. The earliest that is kept is never asked for: what is older is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, prost::Enumeration)]
#[repr(i32)]
pub(super) enum ReplayPreset {
    /// With what comes from now on.
    Latest = 0,
    /// Behind a place.
    Custom = 2,
}

/// A wish for so many events more.
#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct FetchRequest {
    #[prost(string, tag = "1")]
    pub(super) topic_name: String,
    #[prost(enumeration = "ReplayPreset", tag = "2")]
    pub(super) replay_preset: i32,
    #[prost(bytes = "vec", tag = "3")]
    pub(super) replay_id: Vec<u8>,
    #[prost(int32, tag = "4")]
    pub(super) num_requested: i32,
}

/// Events, or none to say that the call is still alive.
#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct FetchResponse {
    #[prost(message, repeated, tag = "1")]
    pub(super) events: Vec<ConsumerEvent>,
    #[prost(bytes = "vec", tag = "2")]
    pub(super) latest_replay_id: Vec<u8>,
    #[prost(int32, tag = "4")]
    pub(super) pending_num_requested: i32,
}
