//! The one integration-test binary.

mod console;
mod remote_texts;
mod sandbox_monday;
mod sandbox_salesforce;
mod simulate;
mod spine;
mod support;
mod twoway;
