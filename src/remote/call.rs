//! One call, in steps that all systems share: pace → send → classify what never answered → log and count.
//! Signing and reading answers is each system's own; it knows what a status means there.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode, header};
use jiff::fmt::rfc2822::DateTimeParser;
use tokio::sync::Semaphore;

use super::http::{Http, SendError};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::settle::Answer;
use crate::domain::time::{MINUTE, SECOND, Stamp};
use crate::ports::Clock;
use crate::ports::errand::{self, Errands};

/// An answer as it came.
pub type Reply = Response<Bytes>;

/// The longest that all calls are held back on one word of a remote; then it is asked again.
const LONGEST_HOLD: i64 = 5 * MINUTE;

/// Why a call brought nothing, and whether it may have had an effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It had none.
    Refused(Failure),
    /// It may have had one: for a write this is doubt, for a read a failure like others.
    Doubt(Failure),
}

impl Trouble {
    /// Returns what went wrong, for a read.
    pub fn failure(self) -> Failure {
        match self {
            Self::Refused(failure) | Self::Doubt(failure) => failure,
        }
    }

    /// Returns what it means for a write.
    pub fn answer(self) -> Answer {
        match self {
            Self::Refused(failure) => Answer::Refused(failure),
            Self::Doubt(_) => Answer::Doubt,
        }
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Refused(failure)
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        trouble.failure()
    }
}

/// Makes the calls of one connection.
pub struct Caller {
    http: Arc<dyn Http>,
    clock: Arc<dyn Clock>,
    made: Mutex<Errands>,
    /// No call before this time, in milliseconds: the remote asked for it.
    hold: AtomicI64,
    gate: Semaphore,
    /// How many more calls may be made that nobody waits for, and from when there may be more again.
    left: AtomicI64,
    more_at: AtomicI64,
}

tokio::task_local! {
    /// Marks calls that a person waits for: a budget that is used up does not hold them back.
    static AWAITED: ();
}

/// Makes calls as a person waits for them.
pub async fn awaited<F: Future>(calls: F) -> F::Output {
    AWAITED.scope((), calls).await
}

impl Caller {
    /// Returns a caller with at most `abreast` calls under way at a time.
    pub fn new(http: Arc<dyn Http>, clock: Arc<dyn Clock>, abreast: usize) -> Self {
        Self {
            http,
            clock,
            made: Mutex::default(),
            hold: AtomicI64::new(0),
            gate: Semaphore::new(abreast),
            left: AtomicI64::new(i64::MAX),
            more_at: AtomicI64::new(0),
        }
    }

    /// Makes a call.
    pub async fn call(&self, request: Request<Bytes>) -> Result<Reply, Trouble> {
        // The gate is never closed; if it were, the call would simply not be held back.
        let _turn = self.gate.acquire().await.ok();
        self.pace()?;
        self.spend()?;
        let method = request.method().clone();
        let path = request.uri().path().to_owned();
        let began = self.clock.now();
        let answer = self.http.send(request).await;
        if !matches!(answer, Err(SendError::NotSent { .. })) {
            *self.book().entry(errand::current()).or_default() += 1;
        }
        let ms = self.clock.now().since(began);
        match &answer {
            Ok(reply) => tracing::debug!(%method, path, status = reply.status().as_u16(), ms, "call"),
            Err(error) => tracing::debug!(%method, path, %error, ms, "call"),
        }
        answer.map_err(classify)
    }

    /// Refuses a call that the remote has asked not to be made yet: it would only be counted and refused.
    fn pace(&self) -> Result<(), Failure> {
        let wait = self.hold.load(Ordering::Relaxed).saturating_sub(self.clock.now().0);
        // Longer than any hold means that our clock was set back since.
        if wait <= 0 || wait > LONGEST_HOLD {
            return Ok(());
        }
        let message = "the remote asked to wait before the next call";
        Err(Failure::new(Kind::Transient, Class::Limit, HELD, message).after(Some(wait)))
    }

    /// Refuses a call beyond what the budget leaves: nothing is sent.
    fn spend(&self) -> Result<(), Failure> {
        if self.left.fetch_sub(1, Ordering::SeqCst) > 0 || AWAITED.try_with(|()| ()).is_ok() {
            return Ok(());
        }
        self.left.fetch_add(1, Ordering::SeqCst);
        let wait = self.more_at.load(Ordering::SeqCst).saturating_sub(self.clock.now().0);
        let message = "the calls that syncdeck may spend are used up; syncs wait and lose nothing";
        Err(Failure::new(Kind::Transient, Class::Limit, BUDGET, message).after(Some(wait.max(SECOND))))
    }

    /// Sets how many more calls may be made that nobody waits for, and from when there may be more again; `None` for
    /// as many as wanted.
    pub fn ration(&self, left: Option<u64>, more_at: Stamp) {
        self.more_at.store(more_at.0, Ordering::SeqCst);
        let left = left.map_or(i64::MAX, |left| i64::try_from(left).unwrap_or(i64::MAX));
        self.left.store(left, Ordering::SeqCst);
    }

    /// Holds all calls back for as long as the remote asked.
    pub fn hold(&self, wait_ms: i64) {
        let until = self.clock.now().plus(wait_ms.clamp(0, LONGEST_HOLD));
        self.hold.fetch_max(until.0, Ordering::Relaxed);
    }

    /// Returns the present time.
    pub fn now(&self) -> Stamp {
        self.clock.now()
    }

    /// Returns how many calls were made since this was last asked, and for what.
    pub fn made(&self) -> Errands {
        std::mem::take(&mut *self.book())
    }

    fn book(&self) -> MutexGuard<'_, Errands> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The code of a call that was held back here.
pub const HELD: &str = "HELD_BACK";
/// The code of a call beyond the budget.
pub const BUDGET: &str = "API_BUDGET";
/// The code of an answer that did not come in time.
pub const TIMEOUT: &str = "TIMEOUT";
/// The code of a server that cannot be reached.
pub const UNREACHABLE: &str = "UNREACHABLE";
/// The code of an answer that cannot be read.
pub const UNREADABLE: &str = "UNREADABLE_ANSWER";
/// The code of a connection that lacks its secret.
pub const NO_CREDENTIALS: &str = "NO_CREDENTIALS";

/// Every code of this file but those of bare statuses, which are `HTTP_` with a number.
const CODES: [&str; 6] = [HELD, BUDGET, TIMEOUT, UNREACHABLE, UNREADABLE, NO_CREDENTIALS];

/// The statuses that have texts of their own; whatever the number, the class has some.
const STATUSES: [&str; 13] = [
    "HTTP_400", "HTTP_401", "HTTP_403", "HTTP_404", "HTTP_406", "HTTP_408", "HTTP_410", "HTTP_413",
    "HTTP_420", "HTTP_429", "HTTP_500", "HTTP_502", "HTTP_503",
];

/// Returns every code that a call to any system may fail with.
pub fn codes() -> impl Iterator<Item = &'static str> {
    CODES.into_iter().chain(STATUSES)
}

fn classify(error: SendError) -> Trouble {
    match error {
        SendError::NotSent { why } => Trouble::Refused(busy(UNREACHABLE, &why)),
        SendError::Unknown { why, timeout } => {
            Trouble::Doubt(busy(if timeout { TIMEOUT } else { UNREACHABLE }, &why))
        }
    }
}

fn busy(code: &str, message: &str) -> Failure {
    Failure::new(Kind::Transient, Class::Busy, code, message)
}

/// Returns the trouble with an answer that says nothing but its status: a page of some machine in between.
pub fn by_status(status: StatusCode, headers: &HeaderMap) -> Trouble {
    let code = format!("HTTP_{}", status.as_u16());
    let message = status.canonical_reason().unwrap_or("no reason given");
    let wait = retry_after(headers);
    match status.as_u16() {
        408 | 500..=599 => Trouble::Doubt(busy(&code, message).after(wait)),
        406 | 420 => Trouble::Refused(busy(&code, message).after(wait)),
        429 => Trouble::Refused(Failure::new(Kind::Transient, Class::Limit, code, message).after(wait)),
        401 => Trouble::Refused(Failure::new(Kind::Connection, Class::Auth, code, message)),
        403 => Trouble::Refused(Failure::new(Kind::Permanent, Class::Perm, code, message)),
        410 => Trouble::Refused(Failure::new(Kind::Connection, Class::Bug, code, message)),
        404 => Trouble::Refused(Failure::new(Kind::Permanent, Class::Map, code, message)),
        413 => Trouble::Refused(Failure::new(Kind::Permanent, Class::Valid, code, message)),
        _ => Trouble::Refused(Failure::new(Kind::Permanent, Class::Bug, code, message)),
    }
}

/// Returns the failure of an answer that came but makes no sense.
pub fn unreadable(why: &str) -> Failure {
    busy(UNREADABLE, why)
}

/// Returns how long the `Retry-After` header asks to wait, in milliseconds.
pub fn retry_after(headers: &HeaderMap) -> Option<i64> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<i64>() {
        return Some(seconds.max(0).saturating_mul(SECOND));
    }
    let until = http_date(text)?;
    let now = server_time(headers)?;
    Some(until.since(now).max(0))
}

/// Returns the server's own time when it answered.
pub fn server_time(headers: &HeaderMap) -> Option<Stamp> {
    http_date(headers.get(header::DATE)?.to_str().ok()?)
}

fn http_date(text: &str) -> Option<Stamp> {
    static PARSER: DateTimeParser = DateTimeParser::new();
    PARSER.parse_timestamp(text).ok().map(Stamp::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::errand::{Errand, Purpose};
    use crate::domain::id::RecipeId;

    struct Fixed;

    impl Clock for Fixed {
        fn now(&self) -> Stamp {
            Stamp(1_000_000)
        }
    }

    fn caller(answer: Result<u16, SendError>) -> Caller {
        let http = super::super::http::InMemory::new(move |_| {
            let answer = answer.clone().map(|status| {
                let mut reply = Response::new(Bytes::new());
                *reply.status_mut() = StatusCode::from_u16(status).unwrap();
                reply
            });
            Box::pin(async move { answer })
        });
        Caller::new(Arc::new(http), Arc::new(Fixed), 2)
    }

    fn count(caller: &Caller) -> u64 {
        caller.made().values().sum()
    }

    fn request() -> Request<Bytes> {
        Request::get("http://127.0.0.1/a?secret=1").body(Bytes::new()).unwrap()
    }

    #[tokio::test]
    async fn what_was_not_sent_is_not_in_doubt_and_not_counted() {
        let caller = caller(Err(SendError::NotSent { why: "refused".into() }));
        let trouble = caller.call(request()).await.unwrap_err();
        assert!(matches!(&trouble, Trouble::Refused(f) if &*f.code == UNREACHABLE), "{trouble:?}");
        assert_eq!(count(&caller), 0);
    }

    #[tokio::test]
    async fn what_may_have_been_sent_is_in_doubt_and_counted_once() {
        let caller = caller(Err(SendError::Unknown { why: "late".into(), timeout: true }));
        let trouble = caller.call(request()).await.unwrap_err();
        assert!(matches!(&trouble, Trouble::Doubt(f) if &*f.code == TIMEOUT), "{trouble:?}");
        assert_eq!((count(&caller), count(&caller)), (1, 0));
    }

    #[tokio::test]
    async fn a_remote_that_asks_to_wait_is_left_alone() {
        let caller = caller(Ok(200));
        caller.hold(30_000);
        let Trouble::Refused(failure) = caller.call(request()).await.unwrap_err() else { panic!() };
        assert_eq!((&*failure.code, failure.wait_ms), (HELD, Some(30_000)));
        assert_eq!(count(&caller), 0);
    }

    #[tokio::test]
    async fn beyond_the_budget_only_what_a_person_waits_for_is_sent() {
        let caller = caller(Ok(200));
        caller.ration(Some(1), Stamp(1_060_000));
        assert!(caller.call(request()).await.is_ok());
        for _ in 0..3 {
            let Trouble::Refused(failure) = caller.call(request()).await.unwrap_err() else { panic!() };
            assert_eq!(
                (&*failure.code, failure.class, failure.wait_ms),
                (BUDGET, Class::Limit, Some(60_000))
            );
        }
        assert!(awaited(caller.call(request())).await.is_ok());
        assert_eq!(count(&caller), 2);
        caller.ration(None, Stamp(0));
        assert!(caller.call(request()).await.is_ok());
    }

    #[tokio::test]
    async fn calls_are_counted_by_what_they_are_made_for() {
        let caller = caller(Ok(200));
        let write = Errand { purpose: Purpose::Write, recipe: Some(RecipeId(7)) };
        errand::bound(write, caller.call(request())).await.unwrap();
        let person = Errand::shared(Purpose::Person);
        errand::bound(person, errand::bound(write, caller.call(request()))).await.unwrap();
        caller.call(request()).await.unwrap();
        let counted = Errands::from([(write, 1), (person, 1), (Errand::default(), 1)]);
        assert_eq!(caller.made(), counted, "what a person waits for stays that");
    }

    #[test]
    fn times_and_waits_are_read_from_headers() {
        let mut headers = HeaderMap::new();
        headers.insert(header::DATE, "Sat, 22 Nov 2025 09:41:07 GMT".parse().unwrap());
        assert_eq!(server_time(&headers), "2025-11-22T09:41:07Z".parse().ok());
        headers.insert(header::RETRY_AFTER, "25".parse().unwrap());
        assert_eq!(retry_after(&headers), Some(25_000));
        headers.insert(header::RETRY_AFTER, "Sat, 22 Nov 2025 09:42:07 GMT".parse().unwrap());
        assert_eq!(retry_after(&headers), Some(60_000));
    }
}
