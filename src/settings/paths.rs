//! Where things lie: the data directory and what is in it.

use std::path::{Path, PathBuf};

/// The data directory and what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataDir {
    root: PathBuf,
}

impl DataDir {
    /// Returns the directory that was named, or the usual one: `$XDG_DATA_HOME/syncdeck`, else
    /// `~/.local/share/syncdeck`.
    pub fn chosen(named: Option<PathBuf>) -> Self {
        let home = || std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
        let usual = || match std::env::var_os("XDG_DATA_HOME").filter(|dir| Path::new(dir).is_absolute()) {
            Some(dir) => PathBuf::from(dir).join("syncdeck"),
            None => home().join(".local/share/syncdeck"),
        };
        let root = named.unwrap_or_else(usual);
        Self { root: std::path::absolute(&root).unwrap_or(root) }
    }

    /// Makes the directory, for its owner alone, where it is not there yet.
    ///
    /// # Errors
    /// What the file system says.
    pub fn make(&self) -> std::io::Result<()> {
        use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
        if self.root.is_dir() {
            let mode = std::fs::metadata(&self.root)?.permissions().mode();
            if mode & 0o077 != 0 {
                std::fs::set_permissions(&self.root, std::fs::Permissions::from_mode(0o700))?;
            }
            return Ok(());
        }
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.root)
    }

    /// Returns the directory.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the data file.
    pub fn store(&self) -> PathBuf {
        self.root.join("syncdeck.redb")
    }

    /// Returns the vault's file.
    pub fn vault(&self) -> PathBuf {
        self.root.join("vault")
    }

    /// Returns the vault's key.
    pub fn vault_key(&self) -> PathBuf {
        self.root.join("vault.key")
    }

    /// Returns the engine's log.
    pub fn log(&self) -> PathBuf {
        self.root.join("engine.log")
    }

    /// Returns the description of the story that the data belong to, where they belong to one.
    pub fn story(&self) -> PathBuf {
        self.root.join("story.toml")
    }

    /// Returns where the console keeps where a person was.
    pub fn session(&self) -> PathBuf {
        self.root.join("console.json")
    }

    /// Returns the engine's socket. A path that is too long for a socket address is shortened by way of the
    /// runtime directory, the same for everybody who uses this data directory.
    pub fn socket(&self) -> PathBuf {
        const LONGEST: usize = 100;
        let beside = self.root.join("engine.sock");
        if beside.as_os_str().len() <= LONGEST {
            return beside;
        }
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in self.root.as_os_str().as_encoded_bytes() {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        let runtime = std::env::var_os("XDG_RUNTIME_DIR").map_or_else(std::env::temp_dir, PathBuf::from);
        runtime.join(format!("syncdeck-{hash:016x}.sock"))
    }
}

/// Returns where people's own settings lie: `$XDG_CONFIG_HOME/syncdeck`, else `~/.config/syncdeck`.
pub fn config_dir() -> PathBuf {
    let home = || std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let dir = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|dir| dir.is_absolute());
    dir.unwrap_or_else(|| home().join(".config")).join("syncdeck")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_path_always_fits_an_address() {
        let long = DataDir::chosen(Some(PathBuf::from("/").join("d".repeat(200))));
        assert!(long.socket().as_os_str().len() <= 100);
        let short = DataDir::chosen(Some(PathBuf::from("/tmp/d")));
        assert_eq!(short.socket(), Path::new("/tmp/d/engine.sock"));
    }
}
