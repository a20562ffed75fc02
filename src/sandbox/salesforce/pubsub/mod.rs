//! The Pub/Sub API: the org's change events over gRPC.

mod proto;
mod refusal;
mod subscription;

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures::Stream;
use futures::future::BoxFuture;
use tokio::sync::mpsc;
use tonic::body::Body;
use tonic::codegen::Service;
use tonic::metadata::MetadataMap;
use tonic::server::{Grpc, StreamingService, UnaryService};
use tonic::{Request, Response, Status, Streaming};
use tonic_prost::ProstCodec;

use self::proto::{FetchRequest, FetchResponse, SchemaInfo, SchemaRequest, TopicInfo, TopicRequest};
use self::refusal::Refusal;
use self::subscription::Subscription;
use super::events::Topic;
use super::ids::Id;
use super::server::Inner;
use crate::sandbox::faults::{Faults, Kind};

/// How many answers of a subscription wait for a slow client.
const WAITING: usize = 8;

/// The event bus of an org, as a gRPC service.
#[derive(Clone)]
pub struct EventBus {
    inner: Arc<Inner>,
    faults: Arc<Faults>,
}

impl EventBus {
    pub(super) fn new(inner: Arc<Inner>, faults: Arc<Faults>) -> Self {
        Self { inner, faults }
    }

    /// Whose call it is.
    fn admit(&self, metadata: &MetadataMap) -> Result<Caller, Status> {
        let text = |name: &str| metadata.get(name).and_then(|value| value.to_str().ok());
        let rpc = self.inner.events.rpc_id();
        let headers = (text("accesstoken"), text("instanceurl"), text("tenantid"));
        let (Some(token), Some(_), Some(tenant)) = headers else {
            return Err(Refusal::Headers.status(&rpc));
        };
        if Id::parse(tenant) != Some(self.inner.read().organization()) {
            return Err(Refusal::Headers.status(&rpc));
        }
        let caller = Caller { token: token.to_owned(), rpc };
        self.check(&caller)?;
        Ok(caller)
    }

    /// Is the caller's session still good.
    fn check(&self, caller: &Caller) -> Result<Id, Status> {
        let (now, idle, api) = {
            let org = self.inner.read();
            (self.inner.now(), org.settings.session_seconds, org.settings.api)
        };
        let user = self.inner.gate().enter(&caller.token, now, idle);
        let user = user.filter(|user| api && !self.inner.read().access(*user).no_api);
        user.ok_or_else(|| Refusal::Session.status(&caller.rpc))
    }

    /// The topic with this name, if the caller may hear it.
    fn topic(&self, name: &str, caller: &Caller) -> Result<Topic, Status> {
        let user = self.check(caller)?;
        let org = self.inner.read();
        let schema = org.store.schema();
        let topic = self.inner.events.topic(schema, name).filter(|topic| {
            let object = topic.object.and_then(|number| schema.at(number));
            object.is_none_or(|object| org.access(user).reads(object))
        });
        topic.ok_or_else(|| Refusal::Topic(name.to_owned()).status(&caller.rpc))
    }
}

/// Who calls, and under which name.
#[derive(Clone, Debug)]
struct Caller {
    token: String,
    rpc: String,
}

impl Service<http::Request<Body>> for EventBus {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let bus = self.clone();
        Box::pin(async move {
            let method = request.uri().path().strip_prefix(proto::SERVICE).unwrap_or_default().to_owned();
            if let Some(refused) = bus.struck(&method).await {
                return Ok(refused.into_http());
            }
            Ok(match method.as_str() {
                "GetTopic" => Grpc::new(ProstCodec::default()).unary(GetTopic(bus), request).await,
                "GetSchema" => Grpc::new(ProstCodec::default()).unary(GetSchema(bus), request).await,
                "Subscribe" => Grpc::new(ProstCodec::default()).streaming(Subscribe(bus), request).await,
                "Publish" | "PublishStream" | "ManagedSubscribe" => {
                    Status::unimplemented(format!("{method} is not offered by this org")).into_http()
                }
                _ => Status::unimplemented("Method not found").into_http(),
            })
        })
    }
}

impl EventBus {
    /// What an injected fault makes of a call before it is looked at.
    async fn struck(&self, method: &str) -> Option<Status> {
        let strike = self.faults.strike("salesforce", "GRPC", &format!("{}{method}", proto::SERVICE));
        if strike.delay_ms > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(strike.delay_ms)).await;
        }
        let rpc = self.inner.events.rpc_id();
        match strike.effect?.kind {
            Kind::SessionExpired => Some(Refusal::Session.status(&rpc)),
            _ => Some(Refusal::Unavailable.status(&rpc)),
        }
    }
}

struct GetTopic(EventBus);

impl UnaryService<TopicRequest> for GetTopic {
    type Response = TopicInfo;
    type Future = std::future::Ready<Result<Response<TopicInfo>, Status>>;

    fn call(&mut self, request: Request<TopicRequest>) -> Self::Future {
        let answer = || {
            let caller = self.0.admit(request.metadata())?;
            let topic = self.0.topic(&request.get_ref().topic_name, &caller)?;
            Ok(Response::new(TopicInfo {
                topic_name: topic.name,
                tenant_guid: format!("core/prod1/{}", self.0.inner.read().organization()),
                can_publish: false,
                can_subscribe: true,
                schema_id: topic.schema_id,
                rpc_id: caller.rpc,
            }))
        };
        std::future::ready(answer())
    }
}

struct GetSchema(EventBus);

impl UnaryService<SchemaRequest> for GetSchema {
    type Response = SchemaInfo;
    type Future = std::future::Ready<Result<Response<SchemaInfo>, Status>>;

    fn call(&mut self, request: Request<SchemaRequest>) -> Self::Future {
        let answer = || {
            let caller = self.0.admit(request.metadata())?;
            let schema_id = request.into_inner().schema_id;
            let inner = &self.0.inner;
            let found = inner.events.schema(inner.read().store.schema(), &schema_id);
            let schema_json = found.ok_or_else(|| Refusal::Schema(schema_id.clone()).status(&caller.rpc))?;
            Ok(Response::new(SchemaInfo { schema_json, schema_id, rpc_id: caller.rpc }))
        };
        std::future::ready(answer())
    }
}

struct Subscribe(EventBus);

impl StreamingService<FetchRequest> for Subscribe {
    type Response = FetchResponse;
    type ResponseStream = Answers;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Answers>, Status>> + Send>>;

    fn call(&mut self, request: Request<Streaming<FetchRequest>>) -> Self::Future {
        let bus = self.0.clone();
        Box::pin(async move {
            let caller = bus.admit(request.metadata())?;
            let (answers, waiting) = mpsc::channel(WAITING);
            // The task ends when the client goes: then nobody takes its answers.
            tokio::spawn(Subscription::serve(bus, caller, request.into_inner(), answers));
            Ok(Response::new(Answers(waiting)))
        })
    }
}

/// The answers of a subscription.
struct Answers(mpsc::Receiver<Result<FetchResponse, Status>>);

impl Stream for Answers {
    type Item = Result<FetchResponse, Status>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}
