//! Held conflicts as rows: both values of each field, and what both sides once agreed on.

use super::{Answers, MOST_ROWS};
use crate::control::rows::{ConflictField, ConflictRow};
use crate::domain::id::AccountId;
use crate::domain::value::Value;
use crate::ports::StoreError;

impl Answers {
    pub(super) fn conflicts(&self, account: Option<&AccountId>) -> Result<Vec<ConflictRow>, StoreError> {
        let view = self.store.read()?;
        let recipes = view.recipes()?;
        let mut rows = Vec::new();
        for (set, id, fields) in view.held(MOST_ROWS)? {
            let recipe = recipes.iter().find(|recipe| recipe.set == set && recipe.counts());
            let (Some(recipe), Some(link)) = (recipe, view.link(id)?) else { continue };
            if !super::asked(account, &recipe.account) {
                continue;
            }
            let text = |values: &[Value], at: u16| {
                values.get(usize::from(at)).map(ToString::to_string).unwrap_or_default()
            };
            let field = |at: &u16| {
                let map = recipe.mapping.fields.get(usize::from(*at))?;
                Some(ConflictField {
                    salesforce_field: map.salesforce.clone(),
                    target_field: map.target.clone(),
                    salesforce: text(&link.salesforce.values, *at),
                    target: text(&link.other.values, *at),
                    base: link.base.as_ref().map(|base| text(base, *at)),
                })
            };
            rows.push(ConflictRow {
                id,
                recipe: recipe.id,
                object: recipe.object.clone(),
                salesforce_id: link.salesforce.id.clone(),
                target_id: link.other.id.clone(),
                record_name: link.name.clone(),
                salesforce_presence: link.salesforce.presence.name().into(),
                target_presence: link.other.presence.name().into(),
                fields: fields.iter().filter_map(field).collect(),
            });
        }
        Ok(rows)
    }
}
