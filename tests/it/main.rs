//! The one integration-test binary.
//!
//! The modules are marked as tests so that the lints know: here a panic is how a test says no.

/// Simulations allocate all the time: a run takes four fifths of what it takes with the system's allocator.
#[cfg(test)]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[cfg(test)]
mod cli;
#[cfg(test)]
mod conflicts;
#[cfg(test)]
mod console;
#[cfg(test)]
mod conversions;
#[cfg(test)]
mod cost;
#[cfg(test)]
mod edits;
#[cfg(test)]
mod families;
#[cfg(test)]
mod field_types;
#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod matching;
#[cfg(test)]
mod merges;
#[cfg(test)]
mod monday_account;
#[cfg(test)]
mod monday_consent;
#[cfg(test)]
mod monday_errors;
#[cfg(test)]
mod monday_gone;
#[cfg(test)]
mod monday_hooks;
#[cfg(test)]
mod morning;
#[cfg(test)]
mod notify;
#[cfg(test)]
mod offers;
#[cfg(test)]
mod one_writer;
#[cfg(test)]
mod other_org;
#[cfg(test)]
mod pairs;
#[cfg(test)]
mod past;
#[cfg(test)]
mod people;
#[cfg(test)]
mod places;
#[cfg(test)]
mod readme;
#[cfg(test)]
mod references;
#[cfg(test)]
mod remote_texts;
#[cfg(test)]
mod restored;
#[cfg(test)]
mod rooms;
#[cfg(test)]
mod salesforce_access;
#[cfg(test)]
mod salesforce_calls;
#[cfg(test)]
mod salesforce_consent;
#[cfg(test)]
mod salesforce_doctor;
#[cfg(test)]
mod salesforce_errors;
#[cfg(test)]
mod salesforce_events;
#[cfg(test)]
mod salesforce_load;
#[cfg(test)]
mod sandbox_bulk;
#[cfg(test)]
mod sandbox_clients;
#[cfg(test)]
mod sandbox_lives;
#[cfg(test)]
mod sandbox_monday;
#[cfg(test)]
mod sandbox_salesforce;
#[cfg(test)]
mod simulate;
#[cfg(test)]
mod spine;
#[cfg(test)]
mod stored;
#[cfg(test)]
mod stories;
#[cfg(test)]
mod support;
