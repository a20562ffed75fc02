//! A bad morning in a real pseudo-terminal: the three jobs of a support engineer, in the keys that they may take, on
//! the story `day` with its sandbox behind it.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};

use crate::support::program;

/// Everything is generous: the story may have to be made first, and two cores may be busy with something else.
const PATIENCE: Duration = Duration::from_secs(180);

const ROWS: NonZeroU16 = NonZeroU16::new(24).unwrap();
const COLUMNS: NonZeroU16 = NonZeroU16::new(80).unwrap();

/// The console in its terminal, and how many keys it was given.
struct Console {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    screen: Arc<Mutex<vt100::Parser>>,
    keys: usize,
}

impl Console {
    fn start() -> Self {
        let size = PtySize { rows: ROWS.get(), cols: COLUMNS.get(), pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program());
        command.args(["demo", "--story", "day", "--no-guard"]);
        command.env("LANG", "C.UTF-8");
        command.env("TERM", "xterm-256color");
        for name in ["LC_ALL", "TMUX", "STY", "NO_COLOR", "SSH_CONNECTION"] {
            command.env_remove(name);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let screen = Arc::new(Mutex::new(vt100::Parser::new(ROWS, COLUMNS, 0)));
        let sink = Arc::clone(&screen);
        std::thread::spawn(move || {
            // The terminal stays open as long as somebody reads it.
            let _master = pair.master;
            let mut piece = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut piece) {
                sink.lock().unwrap().process(&piece[..count]);
            }
        });
        let mut console = Self { child, writer, screen, keys: 0 };
        console.wait("NEEDS YOU");
        console.wait("481 parked");
        console
    }

    fn text(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    /// Waits until `text` is on the screen, and returns the screen.
    fn wait(&mut self, text: &str) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            let shown = self.text();
            if shown.contains(text) {
                return shown;
            }
            assert!(Instant::now() < until, "{text:?} does not come:\n{shown}");
            assert!(self.child.try_wait().unwrap().is_none(), "it ended:\n{shown}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn key(&mut self, key: char) {
        self.keys += 1;
        self.send(&key.to_string());
    }

    fn paste(&mut self, text: &str) {
        self.keys += 1;
        self.send(&format!("\x1b[200~{text}\x1b[201~"));
    }

    fn send(&mut self, text: &str) {
        self.writer.write_all(text.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        let _ended = self.child.kill();
    }
}

#[test]
fn all_that_can_succeed_is_tried_again_in_two_keys() {
    let mut console = Console::start();
    console.key('R');
    let asked = console.wait("187 that can succeed");
    assert!(asked.contains("294 would fail again"), "{asked}");
    console.key('y');
    console.wait("187 of 187 done, 187 ok, 0 failed");
    console.wait("2Err:294");
    assert_eq!(console.keys, 2);
}

#[test]
fn ten_recipes_are_freed_in_three_keys() {
    let mut console = Console::start();
    // The limit is the second cause; going there is not counted.
    console.send("j");
    console.key('f');
    console.wait("10 marked");
    console.key('d');
    let asked = console.wait("default: No");
    assert!(asked.contains("90 -> 80 of 90"), "{asked}");
    console.key('y');
    console.wait("80 of 90");
    assert_eq!(console.keys, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_reconnected_in_three_keys_and_a_paste() {
    let mut console = tokio::task::spawn_blocking(Console::start).await.unwrap();
    console.key('f');
    let screen = tokio::task::block_in_place(|| console.wait("/r/"));
    let link = screen.split_whitespace().find(|word| word.contains("/r/")).unwrap().to_owned();
    console.key('c');
    let back = agree(&link).await;
    tokio::task::block_in_place(|| {
        console.paste(&back);
        let done = console.wait("connected as");
        assert!(done.contains("jlee") && done.contains("1,204"), "{done}");
        console.key('y');
        console.wait("1,416");
        console.wait("2Err:269");
    });
    assert_eq!(console.keys, 4);
}

/// The browser's part: the short link, the login page, Allow. Returns the address that it would end on.
async fn agree(link: &str) -> String {
    let _installed = rustls::crypto::ring::default_provider().install_default();
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let page = browser.get(link).send().await.unwrap().text().await.unwrap();
    let long = page.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let long = long.replace("&amp;", "&");
    let answer =
        browser.get(format!("{long}&decision=allow&username=jlee@acme.example")).send().await.unwrap();
    assert_eq!(answer.status(), 302, "{}", answer.text().await.unwrap());
    answer.headers()["location"].to_str().unwrap().to_owned()
}
