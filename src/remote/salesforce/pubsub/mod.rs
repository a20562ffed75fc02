//! The Pub/Sub API: the org's change events over gRPC, as hints. Of an event only the head is read: which records,
//! and whether it tells all.

mod messages;
mod refusal;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use futures::channel::mpsc::{UnboundedSender, unbounded};
use http::uri::PathAndQuery;
use secrecy::ExposeSecret;
use tonic::client::Grpc;
use tonic::metadata::{Ascii, MetadataValue};
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint};
use tonic::{Code, Request, Status, Streaming};
use tonic_prost::ProstCodec;

use self::messages::{
    ConsumerEvent, FetchRequest, FetchResponse, ReplayPreset, SERVICE, SchemaInfo, SchemaRequest,
};
use self::refusal::unheard;
use super::avro::{Schema, Value};
use crate::domain::connection::{Access, Connection, EventBus};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::{ContainerId, RemoteId};
use crate::ports::{Heard, Hearing, Unheard};
use crate::remote::call::{TIMEOUT, UNREACHABLE};
use crate::remote::oauth::{Session, Tokens};

/// Where production orgs and sandboxes alike tell their events.
const ADDRESS: &str = "api.pubsub.salesforce.com:7443";

/// So many events may be under way to us.
const WINDOW: i32 = 50;

/// An event has at most 1 MB, and a batch of them is one message.
const LARGEST: usize = 64 * 1024 * 1024;

/// The bus says at least every 270 seconds that it is still there.
const SILENCE: Duration = Duration::from_secs(300);

/// How long an answer to a single question may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Schemas that are remembered: one per object and change of its fields.
const SCHEMAS: usize = 200;

/// The longest place that is remembered; the real ones have 8 to 10 bytes.
const LONGEST_PLACE: usize = 256;

/// The event bus of an org.
pub(super) struct Bus {
    tokens: Arc<Tokens>,
    at: EventBus,
    /// Made at the first use: a client may be made where nothing runs yet.
    channel: Mutex<Option<Channel>>,
    schemas: Mutex<HashMap<String, Arc<Schema>>>,
}

impl Bus {
    /// Returns the event bus of a connection; `None` where there is none: a simulated org without one, say.
    pub(super) fn of(connection: &Connection, tokens: &Arc<Tokens>) -> Option<Arc<Self>> {
        let Access::Salesforce { login_url, .. } = &connection.access else { return None };
        let usual = || {
            let real = login_url.starts_with("https://") && login_url.ends_with(".salesforce.com");
            real.then(|| EventBus { address: ADDRESS.into(), ca: None })
        };
        let at = connection.more.event_bus.clone().or_else(usual)?;
        let (channel, schemas) = (Mutex::default(), Mutex::default());
        Some(Arc::new(Self { tokens: Arc::clone(tokens), at, channel, schemas }))
    }

    /// Begins to listen to an object; a session that has expired is renewed once.
    pub(super) async fn listen(
        self: &Arc<Self>,
        object: &ContainerId,
        after: Option<&[u8]>,
    ) -> Result<Box<dyn Hearing>, Unheard> {
        let topic = topic(object.as_str());
        let session = self.tokens.session().await.map_err(Unheard::Lost)?;
        let subscription = match self.subscribe(session.clone(), &topic, after).await {
            Err(status) if status.code() == Code::Unauthenticated => {
                let session = self.tokens.renew(Some(&session)).await.map_err(Unheard::Lost)?;
                self.subscribe(session, &topic, after).await
            }
            other => other,
        };
        Ok(Box::new(subscription.map_err(|status| unheard(&status))?))
    }

    async fn subscribe(
        self: &Arc<Self>,
        session: Arc<Session>,
        topic: &str,
        after: Option<&[u8]>,
    ) -> Result<Subscription, Status> {
        let (requests, asked) = unbounded();
        let preset = if after.is_some() { ReplayPreset::Custom } else { ReplayPreset::Latest };
        let first = FetchRequest {
            topic_name: topic.to_owned(),
            replay_preset: preset.into(),
            replay_id: after.unwrap_or_default().to_vec(),
            num_requested: WINDOW,
        };
        requests.unbounded_send(first).map_err(|_| Status::cancelled("nobody listens"))?;
        let request = self.signed(&session, asked)?;
        let mut grpc = self.grpc().await?;
        let codec = ProstCodec::<FetchRequest, FetchResponse>::default();
        let call = grpc.streaming(request, path("Subscribe")?, codec);
        let answer = tokio::time::timeout(SILENCE, call).await.map_err(|_| late())??;
        Ok(Subscription {
            bus: Arc::clone(self),
            session,
            topic: topic.to_owned(),
            requests,
            answers: answer.into_inner(),
        })
    }

    /// Returns the schema of that id, asked for once.
    async fn schema(&self, session: &Session, id: &str) -> Result<Arc<Schema>, Status> {
        let known = {
            let schemas = self.schemas.lock().unwrap_or_else(PoisonError::into_inner);
            schemas.get(id).cloned()
        };
        if let Some(known) = known {
            return Ok(known);
        }
        let request = self.signed(session, SchemaRequest { schema_id: id.to_owned() })?;
        let mut grpc = self.grpc().await?;
        let call =
            grpc.unary(request, path("GetSchema")?, ProstCodec::<SchemaRequest, SchemaInfo>::default());
        let answer = tokio::time::timeout(PATIENCE, call).await.map_err(|_| late())??;
        let schema = Schema::parse(&answer.get_ref().schema_json);
        let schema = Arc::new(schema.map_err(|broken| Status::data_loss(broken.to_string()))?);
        let mut schemas = self.schemas.lock().unwrap_or_else(PoisonError::into_inner);
        if schemas.len() >= SCHEMAS {
            schemas.clear();
        }
        schemas.insert(id.to_owned(), Arc::clone(&schema));
        Ok(schema)
    }

    async fn grpc(&self) -> Result<Grpc<Channel>, Status> {
        let mut grpc = Grpc::new(self.channel()?).max_decoding_message_size(LARGEST);
        grpc.ready().await.map_err(|error| Status::unavailable(innermost(&error)))?;
        Ok(grpc)
    }

    /// Returns the one channel of all subscriptions; it connects when it is used, and anew when it broke.
    fn channel(&self) -> Result<Channel, Status> {
        let mut channel = self.channel.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(channel) = channel.as_ref() {
            return Ok(channel.clone());
        }
        let made = endpoint(&self.at).map_err(|error| Status::unavailable(innermost(&error)))?.connect_lazy();
        *channel = Some(made.clone());
        Ok(made)
    }

    /// Returns a request with what says who asks.
    fn signed<T>(&self, session: &Session, body: T) -> Result<Request<T>, Status> {
        let org = self.tokens.org(session);
        let mut request = Request::new(body);
        let mut token = header(session.access_token.expose_secret())?;
        token.set_sensitive(true);
        let headers = request.metadata_mut();
        headers.insert("accesstoken", token);
        headers.insert("instanceurl", header(&session.instance_url)?);
        headers.insert("tenantid", header(org.as_deref().unwrap_or_default())?);
        Ok(request)
    }
}

fn header(text: &str) -> Result<MetadataValue<Ascii>, Status> {
    MetadataValue::try_from(text).map_err(|_| Status::invalid_argument("a header that cannot be sent"))
}

fn path(method: &str) -> Result<PathAndQuery, Status> {
    PathAndQuery::try_from(format!("{SERVICE}{method}")).map_err(|error| Status::internal(error.to_string()))
}

fn late() -> Status {
    Status::deadline_exceeded("no answer in time")
}

fn endpoint(at: &EventBus) -> Result<Endpoint, tonic::transport::Error> {
    let tls = match &at.ca {
        Some(pem) => ClientTlsConfig::new().ca_certificate(Certificate::from_pem(pem.as_bytes())),
        None => ClientTlsConfig::new().with_native_roots(),
    };
    let endpoint = Endpoint::from_shared(format!("https://{}", at.address))?.tls_config(tls)?;
    Ok(endpoint
        .connect_timeout(Duration::from_secs(10))
        .tcp_keepalive(Some(Duration::from_secs(30)))
        .http2_keep_alive_interval(Duration::from_secs(60))
        .keep_alive_timeout(Duration::from_secs(20))
        .keep_alive_while_idle(true))
}

/// Returns the words of the last cause: those before it only say that something failed.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    last.to_string()
}

/// Returns the topic on which changes of an object are told.
fn topic(object: &str) -> String {
    format!("/data/{}", event(object))
}

/// Returns the name of an object's change events.
pub(super) fn event(object: &str) -> String {
    match object.strip_suffix("__c") {
        Some(custom) => format!("{custom}__ChangeEvent"),
        None => format!("{object}ChangeEvent"),
    }
}

/// One subscription.
struct Subscription {
    bus: Arc<Bus>,
    session: Arc<Session>,
    topic: String,
    requests: UnboundedSender<FetchRequest>,
    answers: Streaming<FetchResponse>,
}

#[async_trait]
impl Hearing for Subscription {
    async fn next(&mut self) -> Result<Heard, Unheard> {
        let lost = |code, why: &str| Unheard::Lost(Failure::new(Kind::Transient, Class::Busy, code, why));
        let answer = match tokio::time::timeout(SILENCE, self.answers.message()).await {
            Ok(Ok(Some(answer))) => answer,
            Ok(Ok(None)) => return Err(lost(UNREACHABLE, "the event bus ended the subscription")),
            Ok(Err(status)) => return Err(unheard(&status)),
            Err(_) => return Err(lost(TIMEOUT, "the event bus has fallen silent")),
        };
        self.ask_for_more(answer.pending_num_requested);
        let mut heard = Heard { place: place(&answer), ..Heard::default() };
        for event in &answer.events {
            self.read(event, &mut heard).await;
        }
        Ok(heard)
    }
}

impl Subscription {
    /// Keeps the window open; the server counts what it still owes.
    fn ask_for_more(&self, pending: i32) {
        if pending > WINDOW / 2 {
            return;
        }
        let topic_name = self.topic.clone();
        let num_requested = WINDOW.saturating_sub(pending.max(0));
        let request = FetchRequest { topic_name, num_requested, ..FetchRequest::default() };
        // A call that has ended says so where its answers are read.
        drop(self.requests.unbounded_send(request));
    }

    /// Reads which records an event is about. One that cannot be read says at least that something happened.
    async fn read(&self, event: &ConsumerEvent, told: &mut Heard) {
        let Some(event) = &event.event else { return };
        let head = match self.bus.schema(&self.session, &event.schema_id).await {
            Ok(schema) => schema.head(&event.payload, "ChangeEventHeader").map_err(|why| why.to_string()),
            Err(status) => Err(status.message().to_owned()),
        };
        match head {
            Ok(head) => note(&head, told),
            Err(why) => {
                tracing::debug!(topic = self.topic, why, "an event that cannot be read");
                told.more = true;
            }
        }
    }
}

/// Returns the place behind an answer: behind its last event, or where the server says that the call stands.
fn place(answer: &FetchResponse) -> Option<Arc<[u8]>> {
    let place = answer.events.last().map_or(&answer.latest_replay_id, |event| &event.replay_id);
    Some(place.as_slice().into()).filter(|_| (1..=LONGEST_PLACE).contains(&place.len()))
}

/// Notes the records of an event by its head.
fn note(head: &Value, told: &mut Heard) {
    let kind = head.field("changeType").and_then(Value::as_text).unwrap_or_default();
    let ids = head.field("recordIds");
    // A wildcard, and the id of nothing, stand for more than was told.
    let real = |id: &&str| matches!(id.len(), 15 | 18) && id.bytes().all(|b| b.is_ascii_alphanumeric());
    let all: Vec<&str> = ids.into_iter().flat_map(Value::texts).collect();
    let known: Vec<RemoteId> = all.iter().filter(|id| real(id)).map(|id| RemoteId::from(*id)).collect();
    told.more |= kind == "GAP_OVERFLOW" || known.is_empty() || known.len() < all.len();
    match kind {
        "GAP_OVERFLOW" => {}
        _ if kind.starts_with("GAP_") => told.unclear.extend(known),
        _ => told.changed.extend(known),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_have_the_names_of_their_events() {
        assert_eq!(topic("Lead"), "/data/LeadChangeEvent");
        assert_eq!(topic("Subscription__c"), "/data/Subscription__ChangeEvent");
    }

    fn noted(kind: &str, ids: &[&str]) -> Heard {
        let ids = ids.iter().map(|id| Value::Text((*id).to_owned())).collect();
        let head = Value::Record(vec![
            ("recordIds".into(), Value::List(ids)),
            ("changeType".into(), Value::Text(kind.to_owned())),
        ]);
        let mut told = Heard::default();
        note(&head, &mut told);
        told
    }

    #[test]
    fn gaps_and_wildcards_are_told_apart_from_changes() {
        let id = "00Q000000000001AAA";
        assert_eq!(noted("UPDATE", &[id]), Heard { changed: vec![id.into()], ..Heard::default() });
        assert_eq!(noted("GAP_UPDATE", &[id]), Heard { unclear: vec![id.into()], ..Heard::default() });
        assert_eq!(noted("GAP_OVERFLOW", &["000000000000000AAA"]), Heard { more: true, ..Heard::default() });
        assert_eq!(noted("UPDATE", &["00Q*"]), Heard { more: true, ..Heard::default() });
    }
}
