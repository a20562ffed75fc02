//! The root fields of a query.

use serde_json::{Value, json};

use super::answer::{Answer, Node};
use super::args::Args;
use super::nodes::{Reader, time_text};
use super::pages::{Cursor, limit};
use crate::sandbox::monday::refusal::Refusal;
use crate::sandbox::monday::schema;
use crate::sandbox::monday::world::labels::Settings;
use crate::sandbox::monday::world::{Kind, State};

/// How many ids `items` takes.
const MOST_IDS: usize = 100;

impl<'w> Reader<'w> {
    /// Answers a root field of a query.
    pub fn root(&self, name: &str, args: &Args) -> Result<Answer<'w>, Refusal> {
        let world = self.world;
        Ok(match name {
            "me" => self.user_node(self.user),
            "account" => Answer::One(Node::Made("Account", self.account())),
            "users" => self.users(args),
            "boards" => self.boards(args),
            "items" => self.items(args)?,
            "items_page_by_column_values" => Answer::One(self.items_page_by_column_values(args)?),
            "next_items_page" => {
                let cursor = Cursor::read(args.text("cursor").unwrap_or_default(), self.now)?;
                Answer::One(self.walk_on(cursor, limit(args)?)?)
            }
            "updates" => self.updates(args, 25, |_| true),
            "workspaces" => {
                let ids = args.ids("ids");
                let (skip, take) = args.page(25);
                let listed =
                    world.workspaces.values().filter(|w| ids.as_ref().is_none_or(|ids| ids.contains(&w.id)));
                Answer::many(listed.skip(skip).take(take).map(Node::Workspace))
            }
            "tags" => {
                // Clients ask for all of them with an empty list.
                let ids = args.ids("ids").filter(|ids| !ids.is_empty());
                let listed =
                    world.tags.values().filter(|tag| ids.as_ref().is_none_or(|ids| ids.contains(&tag.id)));
                Answer::Json(
                    listed.map(|tag| json!({"id": tag.id, "name": tag.name, "color": tag.color})).collect(),
                )
            }
            "webhooks" => {
                let board = args.id("board_id").unwrap_or(0);
                world.board(board).ok_or_else(|| Refusal::board(&json!(board)))?;
                let listed = world.webhooks.values().filter(|hook| hook.board == board);
                Answer::Json(listed.map(webhook).collect())
            }
            "complexity" => Answer::Json(self.complexity.clone()),
            "version" => Answer::Json(schema::version_document(self.version)),
            "versions" => Answer::Json(schema::versions_document()),
            "get_column_type_schema" => {
                let kind = args.text("type").and_then(Kind::parse);
                let example = kind.map(|kind| Settings::from_defaults(kind, &Value::Null).document(kind));
                Answer::Json(json!({"type": "object", "properties": {}, "examples": [example]}))
            }
            "teams" | "assets" | "folders" => Answer::Many(Vec::new()),
            _ => Answer::Null,
        })
    }

    /// Returns the account's document.
    pub fn account(&self) -> Value {
        let world = self.world;
        json!({
            "id": world.account_id,
            "name": "Acme",
            "slug": world.slug,
            "tier": "enterprise",
            "country_code": "US",
            "created_at": time_text(world.created),
            "first_day_of_the_week": "monday",
            "is_during_trial": false,
            "is_trial_expired": false,
            "logo": null,
            "active_members_count": world.users.values().filter(|user| user.enabled).count(),
            "plan": {"max_users": 200, "period": "yearly", "tier": "enterprise", "version": 8},
            "products": [{"id": world.account_id + 1, "kind": "core", "tier": "enterprise"}],
            "show_timeline_weekends": true,
            "sign_up_product_kind": "core",
        })
    }

    fn users(&self, args: &Args) -> Answer<'w> {
        let (ids, emails) = (args.ids("ids"), args.texts("emails"));
        let name = args.text("name").map(str::to_lowercase);
        let (skip, take) = args.page(200);
        let listed = self.world.users.values().filter(|user| {
            ids.as_ref().is_none_or(|ids| ids.contains(&user.id))
                && emails
                    .as_ref()
                    .is_none_or(|all| all.iter().any(|email| email.eq_ignore_ascii_case(&user.email)))
                && name.as_ref().is_none_or(|name| user.name.to_lowercase().contains(name))
                && (user.enabled || args.flag("non_active"))
                && match args.text("kind") {
                    Some("guests") => user.guest,
                    Some("non_guests") => !user.guest,
                    _ => true,
                }
        });
        let mut found: Vec<_> = listed.collect();
        if args.flag("newest_first") {
            found.reverse();
        }
        Answer::many(found.into_iter().skip(skip).take(take).map(Node::User))
    }

    fn boards(&self, args: &Args) -> Answer<'w> {
        let ids = args.ids("ids");
        let workspaces = args.ids("workspace_ids");
        let state = args.text("state").unwrap_or("active");
        let kind = args.text("board_kind");
        let (skip, take) = args.page(25);
        let mut found: Vec<_> = self
            .world
            .boards
            .values()
            .filter(|board| {
                ids.as_ref().is_none_or(|ids| ids.contains(&board.id))
                    && workspaces
                        .as_ref()
                        .is_none_or(|all| board.workspace.is_some_and(|id| all.contains(&id)))
                    && (state == "all" || board.state.word() == state)
                    && kind.is_none_or(|kind| board.access == kind)
            })
            .collect();
        if ids.is_none() {
            // The newest first, as the real one does unless told otherwise.
            found.sort_by_key(|board| std::cmp::Reverse((board.created, board.id)));
        }
        Answer::many(found.into_iter().skip(skip).take(take).map(Node::Board))
    }

    fn items(&self, args: &Args) -> Result<Answer<'w>, Refusal> {
        let (skip, take) = args.page(25);
        let Some(ids) = args.ids("ids") else {
            let all = self
                .world
                .boards
                .values()
                .flat_map(|board| board.live_items().map(move |item| (board, item)));
            return Ok(Answer::many(all.skip(skip).take(take).map(|(board, item)| Node::Item(board, item))));
        };
        if ids.len() > MOST_IDS {
            return Err(Refusal::argument(format!("items takes at most {MOST_IDS} ids")));
        }
        let mut found: Vec<_> = ids.iter().filter_map(|id| self.world.item(*id)).collect();
        if args.flag("exclude_nonactive") {
            found.retain(|(board, item)| item.state == State::Active && board.state == State::Active);
        }
        if args.flag("newest_first") {
            found.sort_by_key(|(_, item)| std::cmp::Reverse(item.id));
        }
        found.dedup_by_key(|(_, item)| item.id);
        Ok(Answer::many(found.into_iter().skip(skip).take(take).map(|(board, item)| Node::Item(board, item))))
    }

    fn items_page_by_column_values(&self, args: &Args) -> Result<Node<'w>, Refusal> {
        let id = args.id("board_id").unwrap_or(0);
        let board = self
            .world
            .board(id)
            .ok_or_else(|| Refusal::board(args.get("board_id").unwrap_or(&Value::Null)))?;
        let limit = limit(args)?;
        let cursor = match (args.text("cursor"), args.get("columns")) {
            (Some(_), Some(_)) => {
                return Err(Refusal::argument("cursor and columns cannot be used together"));
            }
            (Some(text), None) => Cursor::read(text, self.now)?,
            (None, Some(columns)) => {
                let mut cursor = Cursor::start(board.id, self.now);
                cursor.columns = columns.clone();
                cursor
            }
            (None, None) => return Err(Refusal::argument("either columns or cursor must be given")),
        };
        self.walk_on(cursor, limit)
    }
}

/// Returns a webhook's document.
pub fn webhook(hook: &crate::sandbox::monday::world::Webhook) -> Value {
    let config = if hook.config.is_null() { Value::Null } else { json!(hook.config.to_string()) };
    json!({"id": hook.id, "board_id": hook.board, "event": hook.event, "config": config})
}
