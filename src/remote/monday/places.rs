//! Which boards there are, and how many items they hold.

use serde::Deserialize;
use serde_json::json;

use super::api::Api;
use crate::domain::failure::Failure;
use crate::domain::id::ContainerId;
use crate::ports::Place;

/// The most pages of boards that are read: an account with more boards than that is none.
const PAGES: u32 = 200;

/// Returns every active board.
pub(super) async fn boards(api: &Api) -> Result<Vec<Place>, Failure> {
    #[derive(Deserialize)]
    struct Boards {
        boards: Vec<Option<OneWire>>,
    }
    #[derive(Deserialize)]
    struct OneWire {
        id: String,
        name: String,
        r#type: Option<String>,
    }
    let document = include_str!("../../../assets/graphql/monday/boards.graphql");
    let mut all = Vec::new();
    for page in 1..=PAGES {
        let (found, _): (Boards, _) = api.read(document, &json!({ "page": page })).await?;
        if found.boards.is_empty() {
            break;
        }
        // Documents and the hidden boards of subitems are boards too, to the API.
        let boards = found.boards.into_iter().flatten();
        let real = boards.filter(|board| board.r#type.as_deref().is_none_or(|kind| kind == "board"));
        all.extend(real.map(|board| Place { id: board.id.into(), title: board.name.into() }));
    }
    Ok(all)
}

/// Counts the items of a board. One call.
pub(super) async fn count(api: &Api, container: &ContainerId) -> Result<Option<u64>, Failure> {
    #[derive(Deserialize)]
    struct Boards {
        boards: Vec<Option<OneWire>>,
    }
    #[derive(Deserialize)]
    struct OneWire {
        items_count: Option<u64>,
    }
    let document = include_str!("../../../assets/graphql/monday/board_count.graphql");
    let (found, _): (Boards, _) = api.read(document, &json!({ "ids": [container.as_str()] })).await?;
    Ok(found.boards.into_iter().flatten().next().and_then(|board| board.items_count))
}
