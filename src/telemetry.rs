//! The log: to standard error for commands, to a file for the engine. Never while the console has the terminal, and
//! never a secret: those are kept out by their type.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::writer::BoxMakeWriter;

/// A log larger than this is put aside when the next process opens it, in bytes.
const LARGEST: u64 = 20 << 20;

/// Where the log goes.
#[derive(Clone, Copy, Debug)]
pub enum Log<'a> {
    /// To standard error.
    Stderr,
    /// To the end of a file, readable by its owner alone.
    File(&'a Path),
    /// Nowhere.
    Off,
}

/// Starts the log; the first call in a process counts. `SYNCDECK_LOG` takes a filter in the usual syntax.
pub fn start(log: Log<'_>, verbose: u8) {
    let usual = match (log, verbose) {
        (Log::Stderr, 0) => "warn",
        (_, 0) => "info",
        (_, 1) => "syncdeck=debug,info",
        _ => "trace",
    };
    let filter = EnvFilter::try_from_env("SYNCDECK_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    let writer = match log {
        Log::Off => return,
        Log::Stderr => BoxMakeWriter::new(std::io::stderr),
        Log::File(path) => {
            if std::fs::metadata(path).is_ok_and(|known| known.len() > LARGEST) {
                // A log that cannot be put aside goes on growing; that is no reason not to start.
                let _kept = std::fs::rename(path, path.with_extension("log.old"));
            }
            match OpenOptions::new().create(true).append(true).mode(0o600).open(path) {
                Ok(file) => BoxMakeWriter::new(std::sync::Mutex::new(file)),
                Err(_) => return,
            }
        }
    };
    let subscriber =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer).with_ansi(false).finish();
    // A process that has a log already keeps it.
    let _had_one = tracing::subscriber::set_global_default(subscriber);
}
