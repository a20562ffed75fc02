//! What is true whatever the technology: the words of the trade, and the decisions, as pure functions.
//!
//! Nothing here reads a clock, a disk, a network or a terminal, and nothing here imports another room.
//! The vocabulary, used with one meaning everywhere:
//!
//! * **account**: one customer of the people who run syncdeck; owns connections and recipes.
//! * **connection**: one authorised link to one remote org, portal or workspace.
//! * **recipe**: one standing rule that syncs one Salesforce object with one container of another system, in
//!   one direction; two of opposite direction may form a **pair**, which shares its links.
//! * **container**: where records live on the other side (a monday board, say).
//! * **change**: one record created, updated, deleted or undeleted on one side.
//! * **link**: the lasting tie between a Salesforce record and its counterpart; **base**: the last values that
//!   both sides of it agreed on.
//! * **operation**: what the engine decides to do about a change; **intent**: its durable announcement.
//! * **run**, **checkpoint**, **ledger**, **error**, **cause** (an error group), **recipe limit**, **API budget**.
//!
//! Start reading at [`plan`], which is the reason for all the others.

pub mod condition;
pub mod connection;
pub mod converted;
pub mod countries;
pub mod doctor;
pub mod draft;
pub mod errand;
pub mod failure;
pub mod filter;
pub mod hold;
pub mod id;
pub mod ledger;
pub mod link;
pub mod mapping;
pub mod matching;
pub mod parents;
pub mod people;
pub mod plan;
pub mod proposal;
pub mod recipe;
pub mod retry;
pub mod schema;
pub mod settle;
pub mod tail;
pub mod time;
pub mod unused;
pub mod value;
