//! A lane's queue: which of its links are to be looked at, and when. Everything that is to be done stands in the store;
//! of what is due at once only so much is held in memory as a lane works off in some minutes. A first load leaves a
//! million links behind it faster than any system takes records.

use tokio::time::Instant;

use super::lane::Lane;
use crate::domain::id::LinkId;
use crate::domain::time::Stamp;

/// So many links are held at most, but for those that are due later.
const HELD: usize = 50_000;

/// So many are taken up again at a time.
const TAKEN: usize = HELD / 2;

/// Links that were left to the store; in the beginning all that was to be done when the engine last ended.
#[derive(Debug)]
pub(super) struct Left {
    /// They are looked for behind this one.
    after: LinkId,
    /// More were left before it meanwhile.
    again: bool,
}

impl Default for Left {
    fn default() -> Self {
        Self { after: LinkId(0), again: false }
    }
}

impl Left {
    /// Notes that a link is left to the store.
    fn note(&mut self, link: LinkId) {
        self.again |= link <= self.after;
    }

    /// Returns what is left once the links found behind the place have been taken up.
    fn behind(self, found: &[(LinkId, Stamp)]) -> Option<Self> {
        match found.last() {
            Some((last, _)) if found.len() == TAKEN => Some(Self { after: *last, ..self }),
            // Its end was reached; what was left before the place meanwhile is found from the beginning.
            _ => self.again.then(Self::default),
        }
    }
}

impl Lane {
    pub(super) fn enqueue(&mut self, links: Vec<(LinkId, Stamp)>) {
        let now = self.shared.now();
        for (link, due) in links {
            if due <= now && self.waiting.len() >= HELD && !self.waiting.contains_key(&link) {
                self.left.get_or_insert_default().note(link);
            } else {
                self.hold(link, due);
            }
        }
    }

    fn hold(&mut self, link: LinkId, due: Stamp) {
        let due = self.shared.moment(due);
        if let Some(before) = self.waiting.insert(link, due) {
            self.ready.remove(&(before, link));
        }
        self.ready.insert((due, link));
    }

    /// Takes up what was left to the store, once there is room or nothing else to do.
    pub(super) fn take_up(&mut self) {
        let now = Instant::now();
        let next = self.ready.iter().find(|(_, link)| !self.busy.contains(link));
        let idle = next.is_none_or(|(due, _)| *due > now);
        let Some(left) = self.left.take_if(|_| idle || self.waiting.len() < TAKEN) else { return };
        let read = self.shared.store.read().and_then(|view| view.pending_after(self.set, left.after, TAKEN));
        let links = match read {
            Ok(links) => links,
            Err(error) => {
                tracing::error!(set = %self.set, %error, "what is to be done could not be read");
                self.left = Some(left);
                return;
            }
        };
        self.left = left.behind(&links);
        for (link, due) in links {
            self.hold(link, due);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(links: std::ops::Range<u64>) -> Vec<(LinkId, Stamp)> {
        links.map(|link| (LinkId(link), Stamp::ZERO)).collect()
    }

    #[test]
    fn nothing_that_is_left_is_forgotten() {
        let full = u64::try_from(TAKEN).unwrap();
        let mut left = Left::default().behind(&found(1..full + 1)).expect("there may be more");
        assert_eq!(left.after, LinkId(full));
        // One behind the place is found on the way; one before it is not, and then it begins again.
        left.note(LinkId(full + 3));
        left.note(LinkId(2));
        let again = left.behind(&found(full + 1..full + 4)).expect("one was left before the place");
        assert_eq!((again.after, again.again), (LinkId(0), false));
        assert!(again.behind(&found(2..3)).is_none());
        let mut left = Left { after: LinkId(full), again: false };
        left.note(LinkId(full + 1));
        assert!(left.behind(&found(full + 1..full + 2)).is_none());
    }
}
