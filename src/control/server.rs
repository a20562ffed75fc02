//! The engine's end: one task for each visitor, over any byte stream.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;

use super::answers::{Answers, Visitor};
use super::frames::{FrameError, Frames};
use super::protocol::{Ask, Hello, Refusal, Reply, Request, Told, VERSION, Welcome};
use crate::domain::errand::{Errand, Purpose};
use crate::engine::acts::Caller;
use crate::ports::errand::bound;
use crate::words::{Lang, Words, Zone};

/// At most so often a visitor hears that something changed.
const NEWS_EVERY: Duration = Duration::from_millis(50);

/// How many requests of one visitor may be under way.
const REQUESTS: usize = 64;

/// The engine's end of the protocol.
pub struct Server {
    answers: Arc<Answers>,
    visitors: AtomicUsize,
    /// Told whenever a visitor comes or goes.
    moved: Notify,
    /// Cancelled when a visitor asks a lingering engine to make room.
    asked_to_yield: CancellationToken,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").field("visitors", &self.visitors).finish_non_exhaustive()
    }
}

impl Server {
    /// Returns a server that answers from `answers`.
    pub fn new(answers: Answers) -> Arc<Self> {
        Arc::new(Self {
            answers: Arc::new(answers),
            visitors: AtomicUsize::new(0),
            moved: Notify::new(),
            asked_to_yield: CancellationToken::new(),
        })
    }

    /// Returns when a visitor has asked the engine to make room for another.
    pub async fn yielded(&self) {
        self.asked_to_yield.cancelled().await;
    }

    /// Returns when nobody has visited for `patience`.
    pub async fn deserted(&self, patience: Duration) {
        loop {
            let moved = self.moved.notified();
            if self.visitors.load(Ordering::Acquire) > 0 {
                moved.await;
                continue;
            }
            if tokio::time::timeout(patience, moved).await.is_err() {
                return;
            }
        }
    }

    /// Serves visitors at a Unix socket until `stop`.
    ///
    /// # Errors
    /// What kept the socket from being made.
    pub async fn listen(self: &Arc<Self>, listener: UnixListener, stop: CancellationToken) {
        let me = rustix::process::getuid().as_raw();
        loop {
            let accepted = tokio::select! {
                () = stop.cancelled() => return,
                accepted = listener.accept() => accepted,
            };
            let Ok((stream, _)) = accepted else {
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            };
            match stream.peer_cred() {
                // The socket's mode keeps others out; this is the second lock.
                Ok(peer) if peer.uid() == me || peer.uid() == 0 => {
                    let who = login_name(peer.uid());
                    self.admit(stream, who, stop.clone());
                }
                _ => tracing::warn!("a visitor of another user was turned away"),
            }
        }
    }

    fn admit(self: &Arc<Self>, stream: UnixStream, who: String, stop: CancellationToken) {
        let server = Arc::clone(self);
        tokio::spawn(async move {
            tokio::select! {
                () = stop.cancelled() => {}
                () = server.visit(stream, who) => {}
            }
        });
    }

    /// Serves one visitor until it leaves.
    pub async fn visit<S: AsyncRead + AsyncWrite + Unpin>(&self, stream: S, who: String) {
        self.visitors.fetch_add(1, Ordering::AcqRel);
        self.moved.notify_waiters();
        let mut frames = Frames::new(stream);
        if let Err(error) = self.serve(&mut frames, who).await {
            tracing::debug!(%error, "a visitor was lost");
        }
        self.visitors.fetch_sub(1, Ordering::AcqRel);
        self.moved.notify_waiters();
        self.moved.notify_one();
    }

    async fn serve<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        frames: &mut Frames<S>,
        who: String,
    ) -> Result<(), FrameError> {
        let Some(hello) = frames.next::<Hello>().await else { return Ok(()) };
        let hello = hello?;
        let zone = Zone::named(&hello.tz).unwrap_or_default();
        let words = Words::new(Lang::of_locale(&hello.lang)).within(zone);
        if hello.version != VERSION {
            let (theirs, ours) = (hello.version.to_string(), VERSION.to_string());
            let message =
                words.say_with("refused-version", &[("theirs", (&theirs).into()), ("ours", (&ours).into())]);
            return frames
                .send(&Told { id: None, body: Reply::Refused(Refusal::new("version", 5, message)) })
                .await;
        }
        frames.send(&self.welcome(&who)).await?;
        let caller = Caller { who: who.into(), from: hello.from.into() };
        let visitor = Arc::new(Visitor { caller, words, read_only: hello.read_only });
        if let Some(reason) = hello.write_reason.filter(|_| !hello.read_only) {
            // A command without an engine changes nothing that could be protected.
            let _told = self.answers.answer(Request::WriteMode { reason }, &visitor).await;
        }
        self.converse(frames, &visitor).await
    }

    fn welcome(&self, who: &str) -> Welcome {
        let now = self.answers.now();
        Welcome {
            version: VERSION,
            release: env!("CARGO_PKG_VERSION").into(),
            who: who.into(),
            pid: std::process::id(),
            started_at: self.answers.engine().map_or(now, |engine| engine.started_at()),
            now,
        }
    }

    async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        frames: &mut Frames<S>,
        visitor: &Arc<Visitor>,
    ) -> Result<(), FrameError> {
        let (answered, mut answers) = mpsc::channel::<Told>(REQUESTS);
        let mut news = self.answers.engine().map(|engine| engine.news());
        let mut waits = news.is_none();
        let mut watching = false;
        loop {
            tokio::select! {
                asked = frames.next::<Ask>() => {
                    let Some(asked) = asked else { return Ok(()) };
                    let Ask { id, body } = asked?;
                    match body {
                        Request::Watch => {
                            watching = true;
                            frames.send(&Told { id: Some(id), body: Reply::Done }).await?;
                        }
                        Request::Yield => {
                            frames.send(&Told { id: Some(id), body: Reply::Done }).await?;
                            self.asked_to_yield.cancel();
                        }
                        // A slow act must not hold up the questions after it.
                        body => {
                            let (answers, visitor, answered) = (Arc::clone(&self.answers), Arc::clone(visitor), answered.clone());
                            tokio::spawn(async move {
                                let errand = Errand::shared(Purpose::Person);
                                let body = bound(errand, answers.answer(body, &visitor)).await;
                                // The visitor may have left meanwhile; what it asked for is done all the same.
                                let _left = answered.send(Told { id: Some(id), body }).await;
                            });
                        }
                    }
                }
                Some(told) = answers.recv() => frames.send(&told).await?,
                engine = self.answers.engine_when_there(), if waits => {
                    waits = false;
                    news = engine.map(|engine| engine.news());
                    // Whoever looked at the stored data looks again.
                    news.iter_mut().for_each(tokio::sync::watch::Receiver::mark_changed);
                }
                () = changed(news.as_mut()), if watching => {
                    let seq = news.as_mut().map_or(0, |news| *news.borrow_and_update());
                    frames.send(&Told { id: None, body: Reply::News { seq, now: self.answers.now() } }).await?;
                    tokio::time::sleep(NEWS_EVERY).await;
                }
            }
        }
    }
}

async fn changed(news: Option<&mut tokio::sync::watch::Receiver<u64>>) {
    match news {
        Some(news) => {
            if news.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
        None => std::future::pending().await,
    }
}

/// Returns the login name of a user of this machine, or the number where it has none.
fn login_name(uid: u32) -> String {
    let of_sudo = std::env::var("SUDO_USER").ok().filter(|_| uid == 0);
    let listed = || {
        let users = std::fs::read_to_string("/etc/passwd").ok()?;
        users.lines().find_map(|line| {
            let mut parts = line.split(':');
            let name = parts.next()?;
            (parts.nth(1)?.parse() == Ok(uid)).then(|| name.to_owned())
        })
    };
    of_sudo.or_else(listed).unwrap_or_else(|| uid.to_string())
}

/// Makes the engine's socket, readable by its owner alone. A socket that nobody listens at is replaced.
///
/// # Errors
/// A living listener, or what the file system says.
pub fn bind(path: &Path) -> std::io::Result<UnixListener> {
    if std::os::unix::net::UnixStream::connect(path).is_ok() {
        return Err(std::io::Error::new(std::io::ErrorKind::AddrInUse, "another engine listens there"));
    }
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(path)?;
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(listener)
}

/// Removes the engine's socket when it is dropped.
#[derive(Debug)]
pub struct SocketFile(pub PathBuf);

impl Drop for SocketFile {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.0) {
            tracing::debug!(path = %self.0.display(), %error, "the socket was gone already");
        }
    }
}

/// Returns the login user of this process.
pub fn own_login() -> String {
    login_name(rustix::process::getuid().as_raw())
}
