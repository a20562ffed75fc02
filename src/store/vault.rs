//! The vault: secrets in one file, sealed with XChaCha20-Poly1305 under a key in a file of mode 0600.
//!
//! The file is replaced as a whole and is durable when a call returns: a rotated refresh token that was stored
//! here is never lost to a crash.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use chacha20poly1305::aead::{Aead, Generate, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::domain::id::ConnectionId;
use crate::ports::{SecretName, Vault, VaultError};

/// Stands at the head of the file and is sealed in: a file of another kind or version does not open.
const HEADER: &[u8; 8] = b"sdvault1";
const NONCE: usize = 24;

type Secrets = BTreeMap<String, Zeroizing<String>>;

/// Secrets in a sealed file.
pub struct FileVault {
    path: PathBuf,
    cipher: XChaCha20Poly1305,
    secrets: Mutex<Secrets>,
}

impl std::fmt::Debug for FileVault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileVault").field("path", &self.path).finish_non_exhaustive()
    }
}

impl FileVault {
    /// Opens the vault at `path`, making it and its key at `key_path` where there are none.
    ///
    /// # Errors
    /// A key that is missing or does not fit, a file that was tampered with, a disk that refuses.
    pub fn open(path: &Path, key_path: &Path) -> Result<Self, VaultError> {
        let key = load_or_make_key(path, key_path)?;
        let cipher = XChaCha20Poly1305::new(&key);
        let secrets = match std::fs::read(path) {
            Ok(sealed) => unseal(path, &cipher, &sealed)?,
            Err(error) if error.kind() == ErrorKind::NotFound => Secrets::new(),
            Err(error) => return Err(failed(path, error)),
        };
        Ok(Self { path: path.to_owned(), cipher, secrets: Mutex::new(secrets) })
    }

    fn change(&self, change: impl FnOnce(&mut Secrets)) -> Result<(), VaultError> {
        let mut secrets =
            self.secrets.lock().map_err(|_| failed(&self.path, "a thread died while it wrote"))?;
        let mut changed = secrets.clone();
        change(&mut changed);
        self.save(&changed)?;
        *secrets = changed;
        Ok(())
    }

    fn save(&self, secrets: &Secrets) -> Result<(), VaultError> {
        let pairs: BTreeMap<&str, &str> =
            secrets.iter().map(|(name, secret)| (name.as_str(), secret.as_str())).collect();
        let plain = Zeroizing::new(serde_json::to_vec(&pairs).map_err(|error| failed(&self.path, error))?);
        let nonce = XNonce::generate();
        let payload = Payload { msg: &plain, aad: HEADER };
        let sealed =
            self.cipher.encrypt(&nonce, payload).map_err(|_| failed(&self.path, "it could not be sealed"))?;
        let whole = [HEADER.as_slice(), nonce.as_slice(), &sealed].concat();
        replace(&self.path, &whole).map_err(|error| failed(&self.path, error))
    }
}

impl Vault for FileVault {
    fn get(&self, name: &SecretName) -> Option<SecretString> {
        let secrets = self.secrets.lock().ok()?;
        secrets.get(&label(name)).map(|secret| SecretString::from(secret.as_str()))
    }

    fn put(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError> {
        self.change(|secrets| {
            secrets.insert(label(name), Zeroizing::new(secret.expose_secret().to_owned()));
        })
    }

    fn forget(&self, connection: &ConnectionId) -> Result<(), VaultError> {
        let prefix = format!("{connection}/");
        self.change(|secrets| secrets.retain(|name, _| !name.starts_with(&prefix)))
    }
}

fn label(name: &SecretName) -> String {
    format!("{}/{}", name.connection, name.what)
}

fn failed(path: &Path, why: impl std::fmt::Display) -> VaultError {
    VaultError { path: path.display().to_string(), why: why.to_string() }
}

fn load_or_make_key(vault: &Path, path: &Path) -> Result<Key, VaultError> {
    match File::open(path) {
        Ok(mut file) => {
            let mut bytes = Zeroizing::new([0u8; 32]);
            file.read_exact(bytes.as_mut())
                .map_err(|_| failed(path, "it does not hold a key of 32 bytes"))?;
            Ok(Key::from(*bytes))
        }
        Err(error) if error.kind() == ErrorKind::NotFound && vault.exists() => Err(failed(
            vault,
            format!(
                "its key {} is missing; restore the key, or remove the vault and reconnect every connection",
                path.display()
            ),
        )),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let key = Key::generate();
            replace(path, &key).map_err(|error| failed(path, error))?;
            Ok(key)
        }
        Err(error) => Err(failed(path, error)),
    }
}

fn unseal(path: &Path, cipher: &XChaCha20Poly1305, whole: &[u8]) -> Result<Secrets, VaultError> {
    let unfit = || {
        failed(
            path,
            "it is damaged, or sealed with another key; restore a backup, or remove it and reconnect every connection",
        )
    };
    let body = whole.strip_prefix(HEADER.as_slice()).ok_or_else(unfit)?;
    let (nonce, sealed) = body.split_at_checked(NONCE).ok_or_else(unfit)?;
    let nonce = XNonce::try_from(nonce).map_err(|_| unfit())?;
    let plain = cipher.decrypt(&nonce, Payload { msg: sealed, aad: HEADER }).map_err(|_| unfit())?;
    let plain = Zeroizing::new(plain);
    let pairs: BTreeMap<String, String> = serde_json::from_slice(&plain).map_err(|_| unfit())?;
    Ok(pairs.into_iter().map(|(name, secret)| (name, Zeroizing::new(secret))).collect())
}

/// Writes a file of mode 0600 so that a crash leaves either the old one or the new one.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn name(what: &'static str) -> SecretName {
        SecretName { connection: "sf".into(), what }
    }

    #[test]
    fn secrets_outlive_the_process_and_are_not_readable_in_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let (path, key) = (folder.path().join("vault"), folder.path().join("vault.key"));
        let vault = FileVault::open(&path, &key).unwrap();
        vault.put(&name("token"), SecretString::from("s3cr3t")).unwrap();
        drop(vault);
        let whole = std::fs::read(&path).unwrap();
        assert!(!whole.windows(6).any(|window| window == b"s3cr3t"));
        for path in [&path, &key] {
            assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        let vault = FileVault::open(&path, &key).unwrap();
        assert_eq!(vault.get(&name("token")).unwrap().expose_secret(), "s3cr3t");
        vault.forget(&"sf".into()).unwrap();
        assert!(vault.get(&name("token")).is_none());
    }

    #[test]
    fn a_vault_that_was_tampered_with_does_not_open() {
        let folder = tempfile::tempdir().unwrap();
        let (path, key) = (folder.path().join("vault"), folder.path().join("vault.key"));
        FileVault::open(&path, &key).unwrap().put(&name("token"), SecretString::from("x")).unwrap();
        let mut whole = std::fs::read(&path).unwrap();
        *whole.last_mut().unwrap() ^= 1;
        std::fs::write(&path, whole).unwrap();
        let error = FileVault::open(&path, &key).unwrap_err();
        assert!(error.why.contains("damaged"), "{error}");
    }

    #[test]
    fn a_vault_without_its_key_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let (path, key) = (folder.path().join("vault"), folder.path().join("vault.key"));
        FileVault::open(&path, &key).unwrap().put(&name("token"), SecretString::from("x")).unwrap();
        std::fs::remove_file(&key).unwrap();
        assert!(FileVault::open(&path, &key).is_err());
        assert!(!key.exists());
    }
}
