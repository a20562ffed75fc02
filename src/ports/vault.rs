//! Where secrets lie.

use secrecy::SecretString;

use crate::domain::id::ConnectionId;

/// A name of a secret: the connection it belongs to and what it is (`refresh_token`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SecretName {
    /// Whose.
    pub connection: ConnectionId,
    /// What it is.
    pub what: &'static str,
}

/// Where secrets lie, encrypted.
pub trait Vault: Send + Sync {
    /// Returns a secret, if there is one.
    fn get(&self, name: &SecretName) -> Option<SecretString>;

    /// Stores a secret; it is durable when this returns.
    ///
    /// # Errors
    /// What kept it from being written.
    fn put(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError>;

    /// Forgets all secrets of a connection.
    ///
    /// # Errors
    /// What kept it from being written.
    fn forget(&self, connection: &ConnectionId) -> Result<(), VaultError>;
}

/// Why the vault could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("the vault at {path}: {why}")]
pub struct VaultError {
    /// The vault's file.
    pub path: String,
    /// What is wrong with it.
    pub why: String,
}
