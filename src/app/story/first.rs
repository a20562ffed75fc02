//! `first` and `quiet`: a sample account. In `first` nothing has been synced yet, so data begin to flow when it is
//! opened; in `quiet` everything has, and nobody works.

use super::stage::{Mishap, Stage, person};
use crate::domain::time::HOUR;
use crate::settings::recipe_file;

/// The recipes of the sample account.
const RECIPES: [(&str, &str); 4] = [
    ("leads.toml", include_str!("../../../assets/demo/leads.toml")),
    ("contacts.toml", include_str!("../../../assets/demo/contacts.toml")),
    ("accounts.toml", include_str!("../../../assets/demo/accounts.toml")),
    ("opportunities.toml", include_str!("../../../assets/demo/opportunities.toml")),
];

pub(super) async fn play(stage: &mut Stage, quiet: bool) -> Result<(), Mishap> {
    stage.set_clock("2025-11-22 09:40:00", false);
    let mut engine = stage.engine().await?;
    let me = person("demo");
    engine.add_connection(stage.salesforce("sf", None)?, &me).await?;
    engine.add_connection(stage.boards("monday"), &me).await?;
    if !quiet {
        // Recipes are made on an engine that does nothing: the first load is for the one who watches.
        engine.stop(2_000).await;
        engine = stage.idle_engine().await?;
    }
    for (path, text) in RECIPES {
        let (mut draft, _) = recipe_file::parse(path, text).map_err(|_| format!("{path} is wrong"))?;
        if quiet {
            // After the first load not even a poll happens.
            draft.every_ms = Some(HOUR);
        }
        engine.create_recipes(&draft, false, &me).await?;
    }
    if quiet {
        stage.rest().await?;
    }
    engine.stop(2_000).await;
    Ok(())
}
