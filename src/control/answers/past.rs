//! Questions about a point in the past: the same answers, from a store that shows how things stood then and with a
//! clock that stands still. Nothing can be changed there, because nothing was.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::watch;

use super::{Answers, Visitor, guard};
use crate::control::moment::PastRow;
use crate::control::protocol::{Refusal, Reply, Request};
use crate::control::rows::Status;
use crate::domain::time::Stamp;
use crate::ports::{Clock, Committed, Recorded, Step, Store, StoreError, View};

/// A store as it was.
struct Then {
    store: Arc<dyn Store>,
    at: Stamp,
}

#[async_trait]
impl Store for Then {
    async fn commit(&self, _step: Step) -> Result<Committed, StoreError> {
        Err(self.over())
    }

    async fn backup(&self, _to: &Path) -> Result<(), StoreError> {
        Err(self.over())
    }

    fn read(&self) -> Result<Box<dyn View>, StoreError> {
        self.store.read_at(self.at)
    }

    fn read_at(&self, at: Stamp) -> Result<Box<dyn View>, StoreError> {
        self.store.read_at(at.min(self.at))
    }
}

impl Then {
    fn over(&self) -> StoreError {
        let why = "the past cannot be changed".into();
        StoreError::Refused { what: "store", id: self.at.to_string(), why }
    }
}

/// A clock that stands still.
struct Still(Stamp);

impl Clock for Still {
    fn now(&self) -> Stamp {
        self.0
    }
}

impl Answers {
    /// Answers a question as it would have been answered then.
    pub(super) async fn as_of(&self, at: Stamp, question: Request, visitor: &Visitor) -> Reply {
        let words = &visitor.words;
        let refused = |key: &str| Reply::Refused(Refusal::new("no_past", 2, words.say(key)));
        if !question.has_past() {
            return refused("refused-no-past");
        }
        if at > self.now() {
            return refused("refused-future");
        }
        let store: Arc<dyn Store> = Arc::new(Then { store: Arc::clone(&self.store), at });
        let recorded = store.read().and_then(|view| view.recorded());
        let recorded = match recorded {
            Ok(recorded) => recorded.unwrap_or_default(),
            Err(error) => return Reply::Refused(Refusal::of_store(&error, words)),
        };
        let then = Self {
            store,
            clock: Arc::new(Still(at)),
            engine: watch::channel(None).1,
            leaves: guard::Leaves::default(),
        };
        let mut answer = Box::pin(then.answer(question, visitor)).await;
        match &mut answer {
            Reply::Refused(_) => return answer,
            Reply::Status(rows) => rows.iter_mut().for_each(no_engine),
            Reply::Overview(data) => no_engine(&mut data.status),
            _ => {}
        }
        Reply::AsOf { past: told(at, &recorded, &answer), answer: Box::new(answer) }
    }
}

/// Whether an engine ran is not written down.
fn no_engine(status: &mut Status) {
    status.engine.state = "unknown".into();
    status.engine.pid = None;
    status.engine.started_at = None;
}

/// Returns what is known of an answer.
fn told(at: Stamp, recorded: &Recorded, answer: &Reply) -> PastRow {
    let of_status = matches!(answer, Reply::Status(_) | Reply::Overview(_));
    let mut lacking: Vec<&str> = Vec::new();
    if !recorded.gauges {
        lacking.extend(match answer {
            Reply::Connections(_) => &["queued"][..],
            Reply::Recipes(_) | Reply::Recipe(_) => &["backlog", "waiting", "waits"],
            Reply::Groups(_) => &["queued"],
            _ if of_status => &["backlog", "conflicts_held", "in_step"],
            _ => &[],
        });
    }
    if !recorded.states {
        lacking.extend(match answer {
            Reply::Limits(_) => &["recipes", "unused", "api"][..],
            Reply::Activity(_)
            | Reply::Matches(_)
            | Reply::Audit(_)
            | Reply::Objects(_)
            | Reply::Hours(_) => &[],
            _ if of_status => &["recipes", "connections", "api", "errors", "alerts", "in_step"],
            _ => &["rows"],
        });
    }
    let mut not_recorded: Vec<String> = lacking.into_iter().map(str::to_owned).collect();
    not_recorded.sort_unstable();
    not_recorded.dedup();
    let counts = of_status || matches!(answer, Reply::Objects(_) | Reply::Hours(_));
    PastRow {
        at,
        recorded_from: recorded.from,
        not_recorded,
        counts_to: Some(recorded.counts_to).filter(|to| counts && *to != at),
    }
}
