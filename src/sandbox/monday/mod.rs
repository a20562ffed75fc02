//! A simulated monday.com account.
