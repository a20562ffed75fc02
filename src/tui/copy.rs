//! Text onto the clipboard of the person's own machine, through SSH and multiplexers.

use std::fmt::Write;
use std::io;
use std::process::Stdio;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

/// Which way text takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clipboard {
    /// Straight to the terminal, as OSC 52.
    #[default]
    Osc52,
    /// Through the tmux server, which hands it on even where it lets no sequence through.
    Tmux,
    /// As OSC 52 in pieces that GNU screen lets through.
    Screen,
}

impl Clipboard {
    /// Returns the way that an environment calls for.
    pub fn of(env: impl Fn(&str) -> Option<String>) -> Self {
        if env("TMUX").is_some() {
            Self::Tmux
        } else if env("STY").is_some() {
            Self::Screen
        } else {
            Self::Osc52
        }
    }

    /// Returns the name that is said afterwards.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Osc52 => "OSC 52",
            Self::Tmux => "tmux",
            Self::Screen => "screen",
        }
    }
}

/// Terminals drop longer sequences whole.
const LONGEST: usize = 74_994;
/// What GNU screen passes on in one piece.
const PIECE: usize = 240;

/// Returns the sequence that puts `text` onto the clipboard; none when it is too long.
pub(super) fn sequence(text: &str, way: Clipboard) -> Option<String> {
    let code = STANDARD.encode(text);
    if code.len() > LONGEST {
        return None;
    }
    let whole = format!("\x1b]52;c;{code}\x1b\\");
    if way != Clipboard::Screen {
        return Some(whole);
    }
    let mut out = String::new();
    let signs: Vec<char> = whole.chars().collect();
    for piece in signs.chunks(PIECE) {
        let piece: String = piece.iter().collect();
        // An ESC \ inside would end the wrapping.
        let _ignored = write!(out, "\x1bP{}\x1b\\", piece.replace("\x1b\\", "\x07"));
    }
    Some(out)
}

/// Hands text to the tmux server.
pub(super) async fn to_tmux(text: String) -> io::Result<()> {
    let mut child = Command::new("tmux")
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(text.as_bytes()).await?;
    }
    let status = child.wait().await?;
    if status.success() { Ok(()) } else { Err(io::Error::other("tmux did not take it")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences() {
        assert_eq!(sequence("hi", Clipboard::Osc52).unwrap(), "\x1b]52;c;aGk=\x1b\\");
        assert_eq!(sequence("hi", Clipboard::Screen).unwrap(), "\x1bP\x1b]52;c;aGk=\x07\x1b\\");
        assert_eq!(sequence(&"x".repeat(60_000), Clipboard::Osc52), None);
        let env = |name: &str| (name == "TMUX").then(|| "/tmp/tmux".to_owned());
        assert_eq!(Clipboard::of(env), Clipboard::Tmux);
    }
}
