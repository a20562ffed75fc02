//! The one integration-test binary.

mod console;
mod field_types;
mod remote_texts;
mod sandbox_monday;
mod sandbox_salesforce;
mod spine;
mod support;
mod twoway;
