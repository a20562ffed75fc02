//! The one integration-test binary.

mod sandbox_monday;
mod sandbox_salesforce;
