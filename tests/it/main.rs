//! The one integration-test binary.

mod remote_texts;
