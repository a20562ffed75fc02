//! `syncdeck sandbox`: the simulated systems alone.

use super::host::Ends;
use crate::cli::args::SandboxArgs;
use crate::cli::output::Output;
use crate::control::protocol::Refusal;
use crate::sandbox::{Options, Sandbox};
use crate::telemetry::{self, Log};

pub(super) async fn run(args: &SandboxArgs, output: &Output) -> Result<u8, Refusal> {
    telemetry::start(Log::Stderr, 0);
    let mut ends = Ends::listen()?;
    let options = Options {
        listen: args.listen,
        seed: args.seed,
        records: args.records,
        state_file: args.state.clone(),
        faults_file: args.faults.clone(),
        tls: args.tls,
        ..Options::default()
    };
    let failed = |why: &str| {
        Refusal::new("sandbox", 1, output.words.say_with("refused-sandbox", &[("why", why.into())]))
    };
    let running = Sandbox::start(options).await.map_err(|error| failed(&error.to_string()))?;
    output.document(running.endpoints());
    let control =
        running.endpoints().get("control").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    output.note(&output.words.say_with("sandbox-ready", &[("control", (&control).into())]));
    ends.any().await;
    running.stop().await.map_err(|error| failed(&error.to_string()))?;
    Ok(0)
}
