//! What each field of each type answers.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::answer::{Answer, Node};
use super::args::Args;
use crate::sandbox::monday::cells::{read, typed};
use crate::sandbox::monday::refusal::Refusal;
use crate::sandbox::monday::world::log::stamp_of;
use crate::sandbox::monday::world::{
    Board, Column, Group, Item, Kind, Reply, State, Update, User, Workspace, World,
};

/// Who reads, and when.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'w> {
    /// The account.
    pub world: &'w World,
    /// The reader's user id.
    pub user: u64,
    /// The server's time.
    pub now: Timestamp,
    /// The API version that serves the request.
    pub version: &'static str,
    /// What `complexity` answers.
    pub complexity: &'w Value,
}

/// Returns a time as the API shows it.
pub fn time_text(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

type Resolved<'w> = Result<Answer<'w>, Refusal>;

impl<'w> Reader<'w> {
    /// Returns the reader's time zone.
    pub fn zone(&self) -> &'w str {
        self.world.users.get(&self.user).map_or("UTC", |user| user.time_zone.as_str())
    }

    /// Returns the day it is for the account.
    pub fn today(&self) -> Date {
        self.now.to_zoned(TimeZone::UTC).date()
    }

    /// Returns an object for a user, if there is one with `id`.
    pub fn user_node(&self, id: u64) -> Answer<'w> {
        Answer::node(self.world.users.get(&id).map(Node::User))
    }

    /// Answers one field of an object.
    pub fn field(&self, node: &Node<'w>, name: &str, args: &Args) -> Resolved<'w> {
        Ok(match node {
            Node::Root(_) => return self.root(name, args),
            Node::Board(board) => return self.board(board, name, args),
            Node::Column(_, column) => column_field(column, name),
            Node::Group(board, group) => return self.group(board, group, name, args),
            Node::Item(board, item) => return self.item(board, item, name, args),
            Node::Cell(board, item, column) => self.cell(board, item, column, name),
            Node::Page(items, cursor) => match name {
                "cursor" => Answer::maybe(cursor.clone()),
                _ => Answer::many(items.iter().map(|(board, item)| Node::Item(board, item))),
            },
            Node::User(user) => self.user_field(user, name),
            Node::Workspace(workspace) => self.workspace(workspace, name),
            Node::Update(update) => self.update(update, name),
            Node::Reply(reply) => self.reply(reply, name),
            Node::Made(_, value) | Node::Part(_, value) => match value.get(name) {
                Some(Value::String(text)) => Answer::own(text.clone()),
                Some(other) => Answer::Json(other.clone()),
                None => Answer::Null,
            },
        })
    }

    fn cell(&self, board: &'w Board, item: &'w Item, column: &'w Column, name: &str) -> Answer<'w> {
        match name {
            "id" => Answer::text(&column.id),
            "type" => Answer::text(column.kind.word()),
            "column" => Answer::One(Node::Column(board, column)),
            "is_leaf" => Answer::Json(json!(true)),
            "text" => Answer::maybe(read::text(self.world, board, item, column, self.zone())),
            "value" => read::value(item, column).map_or(Answer::Null, |value| Answer::own(value.to_string())),
            _ => typed::field(self, board, item, column, name),
        }
    }

    fn item(&self, board: &'w Board, item: &'w Item, name: &str, args: &Args) -> Resolved<'w> {
        Ok(match name {
            "id" => Answer::id(item.id),
            "name" => Answer::text(&item.name),
            "state" => Answer::text(item.state.word()),
            "column_values" => {
                let (ids, types) = (args.texts("ids"), args.texts("types"));
                let listed = board.value_columns().filter(|column| {
                    ids.as_ref().is_none_or(|ids| ids.contains(&&*column.id))
                        && types.as_ref().is_none_or(|types| types.contains(&column.kind.word()))
                });
                Answer::many(listed.map(|column| Node::Cell(board, item, column)))
            }
            "board" => Answer::One(Node::Board(board)),
            "group" => Answer::node(
                board
                    .groups
                    .iter()
                    .find(|group| group.id == item.group)
                    .map(|group| Node::Group(board, group)),
            ),
            "created_at" => Answer::own(time_text(item.created)),
            "updated_at" => Answer::own(time_text(item.updated)),
            "creator" => self.user_node(item.by),
            "creator_id" => Answer::id(item.by),
            "email" => Answer::own(format!("pulse-{}@{}.monday.com", item.id, self.world.slug)),
            "relative_link" => Answer::own(format!("/boards/{}/pulses/{}", board.id, item.id)),
            "url" => Answer::own(format!(
                "https://{}.monday.com/boards/{}/pulses/{}",
                self.world.slug, board.id, item.id
            )),
            "parent_item" => {
                let parent = item.parent.and_then(|id| self.world.item(id));
                Answer::node(parent.map(|(board, item)| Node::Item(board, item)))
            }
            "subitems" => {
                let found = item.subitems.iter().filter_map(|id| self.world.item(*id));
                let live = found.filter(|(_, item)| item.state == State::Active);
                Answer::many(live.map(|(board, item)| Node::Item(board, item)))
            }
            "updates" => self.updates(args, 25, |update| update.item == item.id),
            "subscribers" => Answer::many(self.world.users.get(&item.by).map(Node::User)),
            "linked_items" => {
                let column = args.text("link_to_item_column_id").unwrap_or_default();
                let column = board.column(column).ok_or_else(|| Refusal::column(column))?;
                typed::field(self, board, item, column, "linked_items")
            }
            "assets" => Answer::Many(Vec::new()),
            _ => Answer::Null,
        })
    }

    fn board(&self, board: &'w Board, name: &str, args: &Args) -> Resolved<'w> {
        Ok(match name {
            "id" => Answer::id(board.id),
            "name" => Answer::text(&board.name),
            "description" => board.description.as_deref().map_or(Answer::Null, Answer::text),
            "state" => Answer::text(board.state.word()),
            "board_kind" => Answer::text(&board.access),
            "type" => Answer::text(if board.for_subitems { "sub_items_board" } else { "board" }),
            "hierarchy_type" => Answer::text("classic"),
            "access_level" => Answer::text("edit"),
            "permissions" => Answer::text("everyone"),
            "item_terminology" => Answer::text("Item"),
            "items_count" => Answer::Json(json!(board.live)),
            "items_limit" => Answer::Json(json!(100_000)),
            "created_at" => Answer::own(time_text(board.created)),
            "updated_at" => Answer::own(time_text(board.updated)),
            "url" => Answer::own(format!("https://{}.monday.com/boards/{}", self.world.slug, board.id)),
            "creator" | "owner" => self.user_node(board.by),
            "owners" => {
                Answer::many(board.owners.iter().filter_map(|id| self.world.users.get(id)).map(Node::User))
            }
            "subscribers" => Answer::many(
                board.subscribers.iter().filter_map(|id| self.world.users.get(id)).map(Node::User),
            ),
            "workspace_id" => board.workspace.map_or(Answer::Null, Answer::id),
            "workspace" => {
                let workspace = board.workspace.and_then(|id| self.world.workspaces.get(&id));
                Answer::node(workspace.map(Node::Workspace))
            }
            "columns" => {
                let (ids, types) = (args.texts("ids"), args.texts("types"));
                let listed = board.columns.iter().filter(|column| {
                    !column.deleted
                        && ids.as_ref().is_none_or(|ids| ids.contains(&&*column.id))
                        && types.as_ref().is_none_or(|types| types.contains(&column.kind.word()))
                });
                Answer::many(listed.map(|column| Node::Column(board, column)))
            }
            "groups" => {
                let ids = args.texts("ids");
                let listed = board
                    .live_groups()
                    .filter(|group| ids.as_ref().is_none_or(|ids| ids.contains(&&*group.id)));
                Answer::many(listed.map(|group| Node::Group(board, group)))
            }
            "top_group" => Answer::node(board.live_groups().next().map(|group| Node::Group(board, group))),
            "items_page" => Answer::One(self.items_page(board, None, args)?),
            "activity_logs" => self.activity(board, args),
            "updates" => self.updates(args, 25, |update| update.board == board.id),
            "tags" | "team_owners" | "team_subscribers" | "views" => Answer::Many(Vec::new()),
            _ => Answer::Null,
        })
    }

    fn group(&self, board: &'w Board, group: &'w Group, name: &str, args: &Args) -> Resolved<'w> {
        Ok(match name {
            "id" => Answer::text(&group.id),
            "title" => Answer::text(&group.title),
            "color" => Answer::text(&group.color),
            "position" => Answer::own(group.position.to_string()),
            "archived" => Answer::Json(json!(group.state == State::Archived)),
            "deleted" => Answer::Json(json!(group.state == State::Deleted)),
            "items_page" => Answer::One(self.items_page(board, Some(&group.id), args)?),
            _ => Answer::Null,
        })
    }

    fn workspace(&self, workspace: &'w Workspace, name: &str) -> Answer<'w> {
        match name {
            "id" => Answer::id(workspace.id),
            "name" => Answer::text(&workspace.name),
            "kind" => Answer::text(&workspace.kind),
            "description" => workspace.description.as_deref().map_or(Answer::Null, Answer::text),
            "state" => Answer::text("active"),
            "created_at" => Answer::own(time_text(workspace.created)),
            "is_default_workspace" => {
                let first = self.world.workspaces.keys().next();
                Answer::Json(json!(first == Some(&workspace.id)))
            }
            "account_product" => {
                Answer::Json(json!({"id": self.world.account_id + 1, "kind": "core", "tier": "enterprise"}))
            }
            "owners_subscribers" | "users_subscribers" => {
                Answer::many(self.world.users.values().filter(|user| user.admin).map(Node::User))
            }
            "team_owners_subscribers" | "teams_subscribers" => Answer::Many(Vec::new()),
            _ => Answer::Null,
        }
    }

    fn update(&self, update: &'w Update, name: &str) -> Answer<'w> {
        match name {
            "id" => Answer::id(update.id),
            "body" => Answer::text(&update.body),
            "text_body" => Answer::own(without_tags(&update.body)),
            "creator" => self.user_node(update.by),
            "creator_id" => Answer::id(update.by),
            "created_at" => Answer::own(time_text(update.at)),
            "updated_at" | "edited_at" => Answer::own(time_text(update.edited)),
            "item_id" => Answer::id(update.item),
            "item" => Answer::node(self.world.item(update.item).map(|(board, item)| Node::Item(board, item))),
            "original_creation_date" => Answer::maybe(update.original.clone()),
            "replies" => Answer::many(update.replies.iter().map(Node::Reply)),
            "likes" => {
                let like = |user: &u64| json!({"id": format!("{}{user}", update.id), "creator_id": user.to_string()});
                Answer::Json(update.likes.iter().map(like).collect())
            }
            "assets" | "pinned_to_top" | "viewers" => Answer::Many(Vec::new()),
            _ => Answer::Null,
        }
    }

    fn reply(&self, reply: &'w Reply, name: &str) -> Answer<'w> {
        match name {
            "id" => Answer::id(reply.id),
            "body" => Answer::text(&reply.body),
            "text_body" => Answer::own(without_tags(&reply.body)),
            "kind" => Answer::text("reply"),
            "creator" => self.user_node(reply.by),
            "creator_id" => Answer::id(reply.by),
            "created_at" | "updated_at" | "edited_at" => Answer::own(time_text(reply.at)),
            "assets" | "likes" | "pinned_to_top" | "viewers" => Answer::Many(Vec::new()),
            _ => Answer::Null,
        }
    }

    /// Answers a list of updates, newest first.
    pub fn updates(&self, args: &Args, otherwise: usize, of: impl Fn(&Update) -> bool) -> Answer<'w> {
        let ids = args.ids("ids");
        let (skip, take) = args.page(otherwise);
        let (from, to) = (args.text("from_date"), args.text("to_date"));
        let listed = self.world.updates.values().rev().filter(|update| {
            let at = time_text(update.at);
            of(update)
                && ids.as_ref().is_none_or(|ids| ids.contains(&update.id))
                && from.is_none_or(|from| at.as_str() >= from)
                && to.is_none_or(|to| at.as_str() <= to || at.starts_with(to))
        });
        Answer::many(listed.skip(skip).take(take.min(100)).map(Node::Update))
    }

    fn activity(&self, board: &'w Board, args: &Args) -> Answer<'w> {
        const REACH: usize = 10_000;
        let stamp = |name| args.text(name).and_then(|text| text.parse::<Timestamp>().ok()).map(stamp_of);
        let (from, to) = (stamp("from"), stamp("to"));
        let (items, users) = (args.ids("item_ids"), args.ids("user_ids"));
        let (columns, groups) = (args.texts("column_ids"), args.texts("group_ids"));
        let (skip, take) = args.page(25);
        let listed = board.log.iter().rev().filter(|row| {
            from.is_none_or(|from| row.stamp >= from)
                && to.is_none_or(|to| row.stamp <= to)
                && items.as_ref().is_none_or(|ids| row.item.is_some_and(|item| ids.contains(&item)))
                && users.as_ref().is_none_or(|ids| ids.contains(&row.user))
                && columns
                    .as_ref()
                    .is_none_or(|ids| row.column.as_ref().is_some_and(|id| ids.contains(&&**id)))
                && groups.as_ref().is_none_or(|ids| row.group.as_ref().is_some_and(|id| ids.contains(&&**id)))
        });
        let rows = listed.take(REACH).skip(skip).take(take).map(|row| {
            let value = json!({
                "id": format!("{:016x}-{}", row.stamp, row.user),
                "account_id": self.world.account_id.to_string(),
                "created_at": row.stamp.to_string(),
                "data": &*row.data,
                "entity": if row.item.is_some() { "pulse" } else { "board" },
                "event": &*row.event,
                "user_id": row.user.to_string(),
            });
            Node::Made("ActivityLogType", value)
        });
        Answer::many(rows)
    }

    fn user_field(&self, user: &'w User, name: &str) -> Answer<'w> {
        let photo = |size: &str| format!("https://files.monday.com/euc1/photos/{}/{size}/user.png", user.id);
        let kind = if user.guest {
            "guest"
        } else if user.admin {
            "admin"
        } else {
            "member"
        };
        match name {
            "id" => Answer::id(user.id),
            "name" => Answer::text(&user.name),
            "email" => Answer::text(&user.email),
            "title" => Answer::text(&user.title),
            "url" => Answer::own(format!("https://{}.monday.com/users/{}", self.world.slug, user.id)),
            "account" => Answer::One(Node::Made("Account", self.account())),
            "account_id" => Answer::id(self.world.account_id),
            "bb_visitor_id" => Answer::own(format!("bb{}", user.id)),
            "kind" => Answer::text(kind),
            "status" => Answer::text(if user.enabled { "ACTIVE" } else { "INACTIVE" }),
            "invitation_method" => Answer::text("USER"),
            "enabled" => Answer::Json(json!(user.enabled)),
            "is_admin" => Answer::Json(json!(user.admin)),
            "is_guest" => Answer::Json(json!(user.guest)),
            "is_deleted" => Answer::Json(json!(!user.enabled)),
            "is_pending" | "is_view_only" => Answer::Json(json!(false)),
            "is_verified" | "is_email_confirmed" => Answer::Json(json!(true)),
            "created_at" if self.version < "2026-07" => {
                Answer::own(user.joined.strftime("%Y-%m-%d").to_string())
            }
            "created_at" | "became_active_at" => Answer::own(time_text(user.joined)),
            "join_date" => Answer::own(user.joined.strftime("%Y-%m-%d").to_string()),
            "last_activity" => Answer::own(time_text(self.now)),
            "time_zone_identifier" => Answer::text(&user.time_zone),
            "utc_hours_diff" => {
                let zone = TimeZone::get(&user.time_zone).unwrap_or(TimeZone::UTC);
                Answer::Json(json!(zone.to_offset(self.now).seconds() / 3600))
            }
            "current_language" => Answer::text("en"),
            "country_code" => Answer::text("US"),
            "photo_original" => Answer::own(photo("original")),
            "photo_small" => Answer::own(photo("small")),
            "photo_thumb" => Answer::own(photo("thumb")),
            "photo_thumb_small" => Answer::own(photo("thumb_small")),
            "photo_tiny" => Answer::own(photo("tiny")),
            "photo_url" => {
                let sizes = ["original", "small", "thumb", "thumb_small", "tiny"];
                Answer::Json(sizes.into_iter().map(|size| (size.to_owned(), json!(photo(size)))).collect())
            }
            "user_config" => Answer::Json(
                json!({"behaviors": [], "group": "users", "kind": kind, "role_id": "1", "visibility": ["all"]}),
            ),
            "teams" | "account_products" => Answer::Json(json!([])),
            _ => Answer::Null,
        }
    }
}

fn column_field<'w>(column: &'w Column, name: &str) -> Answer<'w> {
    match name {
        "id" => Answer::text(&column.id),
        "title" => Answer::text(&column.title),
        "type" => Answer::text(column.kind.word()),
        "description" => column.description.as_deref().map_or(Answer::Null, Answer::text),
        "archived" => Answer::Json(json!(column.deleted)),
        "revision" => Answer::own(format!("{:032x}", column.revision)),
        "settings" if column.kind == Kind::Status => {
            // The typed form lists the labels; the text form keeps them as a map by index.
            let labels = column.settings.labels.iter();
            let labels: Vec<Value> = labels
                .map(|label| json!({"id": label.id, "index": label.id, "label": label.name, "is_done": label.done}))
                .collect();
            Answer::Json(json!({"labels": labels}))
        }
        "settings" => Answer::Json(column.settings.document(column.kind)),
        "settings_str" => Answer::own(column.settings.document(column.kind).to_string()),
        "width" => column.width.map_or(Answer::Null, |width| Answer::Json(json!(width))),
        "capabilities" => Answer::Json(json!({"visibility": null})),
        _ => Answer::Null,
    }
}

/// Returns the plain text of an update's HTML.
pub fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}
