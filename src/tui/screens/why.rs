//! Why errors happened: what a cause means, what was done shortly before it began, and how it ended the last time.

use ratatui::layout::Rect;

use crate::control::causes::{CauseDetail, GroupRow, NoticeRow};
use crate::domain::id::GroupId;
use crate::domain::time::{MINUTE, Stamp};
use crate::tui::canvas::Canvas;
use crate::tui::facts::Facts;
use crate::tui::remedy;
use crate::tui::skin::Role;

/// What is known of a cause beyond its row.
#[derive(Debug, Default)]
pub(super) struct Why {
    of: Option<GroupId>,
    told: CauseDetail,
    /// The cause as it was when it was asked for: which, since when, how many.
    asked: Option<(GroupId, Stamp, u64)>,
}

/// So much of what the engine noticed is shown.
const NOTICES: usize = 3;

/// `acme-prod: valid -> revoked (invalid_grant)`, `41 recipes: active -> suspended (connection_revoked)`
fn notice(row: &NoticeRow, facts: &Facts) -> String {
    let on = match row.on.as_slice() {
        [one] => one.to_string(),
        many => facts.say_with("why-recipes", &[("count", many.len().into())]),
    };
    let from = row.from.as_deref().unwrap_or("-");
    let reason = row.reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
    format!("{on}: {from} -> {}{reason}", row.to)
}

impl Why {
    /// Returns whether more is to be asked about a cause: it is another one, or has changed.
    pub(super) fn wants(&mut self, group: &GroupRow) -> bool {
        let now = Some((group.id.clone(), group.first_at, group.count));
        std::mem::replace(&mut self.asked, now.clone()) != now
    }

    pub(super) fn hear(&mut self, of: GroupId, told: CauseDetail) {
        self.of = Some(of);
        self.told = told;
    }

    /// Draws what is known of a cause; what it means comes first, for it may not all fit.
    pub(super) fn draw(&self, c: &mut Canvas<'_>, area: Rect, group: Option<&GroupRow>) {
        let facts = c.facts;
        let Some(group) = group else {
            c.panel(area, &facts.say("why-title"), "");
            return;
        };
        let title = format!("{}  {} {}", facts.say("why-title"), group.class.name(), group.code);
        let inner = c.panel(area, &title, "");
        let mut rest = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let numbers = facts.say_with(
            "why-numbers",
            &[
                ("first", (&facts.since(group.first_at)).into()),
                ("last", (&facts.since(group.last_at)).into()),
                ("recipes", group.recipes.len().into()),
                ("waiting", group.queued.into()),
            ],
        );
        let said = if group.message.is_empty() { String::new() } else { format!("\"{}\"", group.message) };
        let mut lines = vec![
            (group.explanation.clone(), Role::Text),
            (group.fix.clone(), Role::Text),
            (numbers, Role::Text),
            (said, Role::Text),
            (format!("f  {}", remedy::words(group.class, facts)), Role::Key),
        ];
        if self.of.as_ref() == Some(&group.id) {
            lines.extend(self.lines(facts));
        }
        for (text, role) in lines {
            let used = c.wrapped(rest, &text, role);
            rest.y += used;
            rest.height -= used;
        }
    }

    fn lines(&self, facts: &Facts) -> Vec<(String, Role)> {
        let mut lines = vec![(String::new(), Role::Text)];
        let objects: Vec<String> = self
            .told
            .objects
            .iter()
            .map(|(object, count)| format!("{object} {}", facts.count(*count)))
            .collect();
        if objects.len() > 1 {
            lines.push((
                facts.say_with("why-objects", &[("objects", (&objects.join("  ")).into())]),
                Role::Text,
            ));
        }
        lines.push((facts.say("why-just-before"), Role::Title));
        for row in &self.told.just_before {
            let on = row.on.join(" ");
            lines.push((format!("  {}  {} {} {on}", facts.moment(row.at), row.who, row.action), Role::Text));
        }
        if self.told.just_before.is_empty() {
            lines.push((format!("  {}", facts.say("why-nothing-before")), Role::Text));
        }
        if !self.told.noticed.is_empty() {
            lines.push((facts.say("why-noticed"), Role::Title));
        }
        for row in self.told.noticed.iter().take(NOTICES) {
            lines.push((format!("  {}  {}", facts.moment(row.at), notice(row, facts)), Role::Text));
        }
        lines.push((facts.say("why-earlier"), Role::Title));
        lines.push((format!("  {}", self.earlier(facts)), Role::Text));
        lines
    }

    /// `12 Nov 14:03, over after 11 min: connection.reconnect by mkay`
    fn earlier(&self, facts: &Facts) -> String {
        let Some(earlier) = &self.told.earlier else { return facts.say("why-never") };
        let began = facts.moment(earlier.began_at);
        let minutes = u64::try_from(earlier.over_at.since(earlier.began_at) / MINUTE).unwrap_or(0);
        let args = [("began", (&began).into()), ("minutes", minutes.into())];
        let over = facts.say_with("why-over-after", &args);
        match &earlier.mended {
            Some(row) => format!(
                "{over}: {} {}",
                row.action,
                facts.say_with("why-by", &[("who", row.who.as_ref().into())])
            ),
            None => format!("{over}: {}", facts.say("why-by-itself")),
        }
    }
}
