//! The state file: everything that survives a restart of the sandbox.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::frame::{Sandbox, SandboxError};

/// Reads a JSON file.
pub(super) fn read(path: &Path) -> Result<Value, SandboxError> {
    let text = fs::read(path).map_err(|source| SandboxError::File { path: path.into(), source })?;
    serde_json::from_slice(&text)
        .map_err(|error| SandboxError::Content { path: path.into(), reason: error.to_string() })
}

/// Gives every system back what was saved of it; systems the file does not know stay as they are.
pub(super) fn restore(sandbox: &Sandbox, path: &Path) -> Result<(), SandboxError> {
    let saved = read(path)?;
    for system in &sandbox.systems {
        let Some(of_system) = saved.get("systems").and_then(|systems| systems.get(system.name())) else {
            continue;
        };
        let wrong = |reason| SandboxError::Content { path: path.into(), reason };
        system.restore(of_system).map_err(wrong)?;
    }
    Ok(())
}

/// Writes the state beside `path` and puts it in its place, so that a crash leaves the old state whole.
pub(super) fn write(sandbox: &Sandbox, path: &Path) -> Result<(), SandboxError> {
    let mut systems = serde_json::Map::new();
    for system in &sandbox.systems {
        systems.insert(system.name().into(), system.save());
    }
    let text = json!({ "systems": systems }).to_string();
    let beside = path.with_extension("part");
    let failed = |source| SandboxError::File { path: path.into(), source };
    fs::write(&beside, text).map_err(failed)?;
    fs::rename(&beside, path).map_err(failed)
}
