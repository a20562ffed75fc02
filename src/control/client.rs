//! The visitor's end: asks and gets answers, over the socket or inside the process.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::UnixStream;
use tokio::sync::{mpsc, oneshot, watch};

use super::frames::Frames;
use super::protocol::{Ask, Hello, Refusal, Reply, Request, Told, Welcome};
use crate::domain::time::Stamp;

/// News of the engine: the newest ledger entry and its time.
pub type News = (u64, Stamp);

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// Nobody listens at the socket.
    #[error("no engine listens at {path}: {source}")]
    Nobody {
        /// The socket.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The engine turned the visitor away.
    #[error("{}", .0.message)]
    TurnedAway(Refusal),
    /// The engine went away.
    #[error("the engine has gone")]
    Lost,
}

type Waiting = (Request, oneshot::Sender<Reply>);

/// A visit. Clones share it.
#[derive(Clone, Debug)]
pub struct Client {
    requests: mpsc::UnboundedSender<Waiting>,
    news: watch::Receiver<Option<News>>,
    welcome: Arc<Welcome>,
}

impl Client {
    /// Visits the engine that listens at a socket.
    ///
    /// # Errors
    /// [`ClientError::Nobody`] when none does.
    pub async fn connect(path: &Path, hello: &Hello) -> Result<Self, ClientError> {
        let stream = UnixStream::connect(path)
            .await
            .map_err(|source| ClientError::Nobody { path: path.display().to_string(), source })?;
        Self::over(stream, hello).await
    }

    /// Visits over any byte stream.
    ///
    /// # Errors
    /// A version that differs, or an engine that goes away at once.
    pub async fn over<S>(stream: S, hello: &Hello) -> Result<Self, ClientError>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let mut frames = Frames::new(stream);
        frames.send(hello).await.map_err(|_| ClientError::Lost)?;
        let first: serde_json::Value = match frames.next().await {
            Some(Ok(first)) => first,
            _ => return Err(ClientError::Lost),
        };
        let welcome: Welcome = match serde_json::from_value(first.clone()) {
            Ok(welcome) => welcome,
            Err(_) => match serde_json::from_value::<Told>(first) {
                Ok(Told { body: Reply::Refused(refusal), .. }) => {
                    return Err(ClientError::TurnedAway(refusal));
                }
                _ => return Err(ClientError::Lost),
            },
        };
        let (requests, inbox) = mpsc::unbounded_channel();
        let (tell, news) = watch::channel(None);
        tokio::spawn(carry(frames, inbox, tell));
        Ok(Self { requests, news, welcome: Arc::new(welcome) })
    }

    /// Returns what the engine said first.
    pub fn welcome(&self) -> &Welcome {
        &self.welcome
    }

    /// Asks and waits for the answer.
    ///
    /// # Errors
    /// [`ClientError::Lost`] when the engine goes away before it has answered.
    pub async fn ask(&self, request: Request) -> Result<Reply, ClientError> {
        let (answer, answered) = oneshot::channel();
        self.requests.send((request, answer)).map_err(|_| ClientError::Lost)?;
        answered.await.map_err(|_| ClientError::Lost)
    }

    /// Returns the news from now on; it closes when the engine goes away.
    pub fn news(&self) -> watch::Receiver<Option<News>> {
        self.news.clone()
    }
}

/// Carries requests out and answers in, until either end goes.
async fn carry<S>(
    mut frames: Frames<S>,
    mut inbox: mpsc::UnboundedReceiver<Waiting>,
    news: watch::Sender<Option<News>>,
) where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let numbers = AtomicU64::new(1);
    let mut waiting: BTreeMap<u64, oneshot::Sender<Reply>> = BTreeMap::new();
    loop {
        tokio::select! {
            asked = inbox.recv() => {
                let Some((body, answer)) = asked else { return };
                let id = numbers.fetch_add(1, Ordering::Relaxed);
                waiting.insert(id, answer);
                if frames.send(&Ask { id, body }).await.is_err() {
                    return;
                }
            }
            told = frames.next::<Told>() => match told {
                Some(Ok(Told { id: Some(id), body })) => {
                    if let Some(answer) = waiting.remove(&id) {
                        // Whoever asked may have stopped waiting.
                        let _gone = answer.send(body);
                    }
                }
                Some(Ok(Told { id: None, body: Reply::News { seq, now } })) => {
                    news.send_replace(Some((seq, now)));
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => {
                    tracing::warn!(%error, "the engine said something that is not understood");
                    return;
                }
                None => return,
            },
        }
    }
}
