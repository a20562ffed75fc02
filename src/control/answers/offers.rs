//! What a recipe could be made of, and what a draft would do, as documents.

use std::sync::Arc;

use crate::control::offers::{
    ColumnRow, FieldRow, ForeseenDoc, OfferDoc, PlaceRow, PreviewDoc, SampleRow, SidesAsk,
};
use crate::domain::id::RecipeId;
use crate::engine::acts::{Foreseen, Offer, Preview, Sides};
use crate::ports::Place;

pub(super) fn sides(ask: SidesAsk) -> Sides {
    Sides {
        salesforce: ask.salesforce,
        target: ask.target,
        object: ask.object,
        container: ask.container,
        template: ask.template,
    }
}

pub(super) fn offer_doc(offer: &Offer) -> OfferDoc {
    let mut doc = OfferDoc {
        objects: offer.objects.iter().map(place).collect(),
        containers: offer.containers.iter().map(place).collect(),
        ..OfferDoc::default()
    };
    let Some((object, container, offered)) = &offer.fields else { return doc };
    doc.fields = offered
        .iter()
        .filter_map(|offered| {
            let field = object.field(offered.field.as_str())?;
            Some(FieldRow {
                name: field.name.clone(),
                label: Arc::clone(&field.label),
                r#type: Arc::clone(&field.native),
                required: field.required,
                fits: offered.fits.clone(),
                proposed: offered.proposed,
            })
        })
        .collect();
    let column = |field: &crate::domain::schema::FieldSchema| ColumnRow {
        name: field.name.clone(),
        label: Arc::clone(&field.label),
        r#type: Arc::clone(&field.native),
        required: field.required,
    };
    doc.columns = container.fields.iter().map(column).collect();
    doc
}

pub(super) fn foreseen_doc(recipe: RecipeId, foreseen: &Foreseen) -> ForeseenDoc {
    ForeseenDoc {
        recipe,
        records: foreseen.records,
        created: foreseen.created,
        updated: foreseen.updated,
        deleted: foreseen.removed,
        held: foreseen.held,
        looked_at: foreseen.looked_at,
        calls: foreseen.calls,
        more: foreseen.more,
    }
}

fn place(place: &Place) -> PlaceRow {
    PlaceRow { id: place.id.as_str().into(), title: Arc::clone(&place.title) }
}

pub(super) fn preview_doc(preview: Preview) -> PreviewDoc {
    let sample = |sample: crate::engine::acts::Sample| SampleRow {
        name: sample.name,
        admitted: sample.admitted,
        values: sample.values.iter().map(ToString::to_string).collect(),
    };
    PreviewDoc {
        fields: preview.fields,
        samples: preview.samples.into_iter().map(sample).collect(),
        records: preview.records,
        reads: preview.reads,
        writes: preview.writes,
    }
}
