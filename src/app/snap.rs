//! `syncdeck snap`: a picture of a screen, from the same buffer that the console draws.

use std::time::Duration;

use super::{demo, visit};
use crate::cli::args::{Demo, Global, Snap, SnapFormat, Story};
use crate::cli::output::Output;
use crate::control::client::Client;
use crate::control::protocol::{Refusal, Reply, Request};
use crate::tui::{Depth, Effect, Key, Model, Msg, Options, Skin, Theme, picture, snapshot, update};

/// How long the story may take to come to rest.
const REST: Duration = Duration::from_secs(60);

pub(super) async fn run(args: &Snap, global: &Global, out: &Output) -> Result<u8, Refusal> {
    let demo = Demo {
        story: args.story,
        headless: true,
        seed: args.seed,
        records: args.records,
        exit_when_synced: false,
        prepare: false,
    };
    let stage = demo::Stage::set(&demo, global, out).await?;
    let drawn = draw(args, &stage, global, out).await;
    stage.strike(out).await;
    out.raw(&drawn?);
    Ok(0)
}

async fn draw(args: &Snap, stage: &demo::Stage, global: &Global, out: &Output) -> Result<String, Refusal> {
    let client = visit::connect(stage.server(), &visit::hello(global), &out.words).await?;
    let deadline = tokio::time::Instant::now() + REST;
    // Only what has just begun has to come to rest; the other stories stand still, or never do.
    if args.story == Story::First {
        loop {
            match ask(&client, Request::Status { account: None }, out).await? {
                Reply::Status(rows) if rows.iter().all(|row| row.in_step) => break,
                _ if tokio::time::Instant::now() > deadline => break,
                _ => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }
    let keys = super::keys(global)?;
    let theme = global.theme.as_deref().and_then(Theme::named).unwrap_or_default();
    let skin = Skin { ascii: global.ascii, depth: Depth::Indexed, theme };
    let mut options = Options::new(keys, client.welcome().now);
    options.lang = out.words.lang();
    options.skin = skin;
    let mut model = Model::new(options);
    let (width, height) = args.size;
    let mut effects = update(&mut model, Msg::Resize(width, height));
    effects.extend(update(&mut model, Msg::Start));
    settle(&mut model, effects, &client, out).await?;
    let effects = update(&mut model, Msg::Key(Key::Char(args.screen.key())));
    settle(&mut model, effects, &client, out).await?;
    if let Some(text) = &args.then.at {
        let at = super::past::read(text, client.welcome().now, out)?;
        let effects = model.travel(at);
        settle(&mut model, effects, &client, out).await?;
    }
    let frame = snapshot(&mut model, width, height, skin);
    Ok(match args.format {
        SnapFormat::Txt => picture::text(&frame),
        SnapFormat::Ansi => picture::ansi(&frame, skin.depth),
        SnapFormat::Svg => picture::svg(&frame),
    })
}

/// Carries out what the console asks for until it asks for nothing more.
async fn settle(
    model: &mut Model,
    mut effects: Vec<Effect>,
    client: &Client,
    out: &Output,
) -> Result<(), Refusal> {
    // A screen asks a few questions; one that never stops asking is drawn as it is by then.
    for _ in 0..8 {
        let mut next = Vec::new();
        for effect in effects {
            if let Effect::Ask { id, request } = effect {
                let reply = ask(client, request, out).await?;
                next.extend(update(model, Msg::Told(Some(id), reply)));
            }
        }
        if next.is_empty() {
            break;
        }
        effects = next;
    }
    Ok(())
}

async fn ask(client: &Client, request: Request, out: &Output) -> Result<Reply, Refusal> {
    client
        .ask(request)
        .await
        .map_err(|_| Refusal::new("engine_gone", 5, out.words.say("refused-engine-gone")))
}
