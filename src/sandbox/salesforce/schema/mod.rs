//! The org's objects and fields, as data.

mod describe;
mod field;
mod objects;

use std::collections::HashMap;
use std::ops::Deref;

pub(super) use self::field::{Kind, Preset, Spec};

/// Where the fields that every object has stand in a row.
pub(super) mod at {
    pub(in super::super) const ID: usize = 0;
    pub(in super::super) const IS_DELETED: usize = 1;
    pub(in super::super) const CREATED: usize = 2;
    pub(in super::super) const CREATED_BY: usize = 3;
    pub(in super::super) const MODIFIED: usize = 4;
    pub(in super::super) const MODIFIED_BY: usize = 5;
    pub(in super::super) const STAMP: usize = 6;
}

/// All objects of the org.
#[derive(Clone, Debug)]
pub(super) struct Schema {
    objects: Vec<Object>,
    names: HashMap<String, usize>,
}

/// One object.
#[derive(Clone, Debug)]
pub(super) struct Object {
    /// Its place in the schema.
    pub(super) number: usize,
    /// Its API name.
    pub(super) name: &'static str,
    /// Its label.
    pub(super) label: &'static str,
    /// Its label in the plural.
    pub(super) plural: &'static str,
    /// The first three characters of its ids.
    pub(super) prefix: &'static str,
    /// May rows be created, changed and deleted through the API at all.
    pub(super) writable: bool,
    /// May rows be deleted through the API at all.
    pub(super) deletable: bool,
    /// Its fields; a row has one value for each.
    pub(super) fields: Vec<Field>,
    /// The fields whose values are indexed, by place.
    pub(super) indexed: Vec<usize>,
    names: HashMap<String, usize>,
    compounds: HashMap<usize, Vec<(&'static str, usize)>>,
}

/// One field of one object.
#[derive(Clone, Debug)]
pub(super) struct Field {
    spec: Spec,
    /// Its label.
    pub(super) label: String,
    /// Values of the picklist that are no longer to be chosen.
    pub(super) retired: Vec<&'static str>,
}

/// What an administrator makes of a field; what is not said is as it was in the beginning.
#[derive(Default)]
pub(super) struct Remake {
    /// Its type, length, scale and choices become those of this field: object and place.
    pub(super) like: Option<(usize, usize)>,
    /// Whether values outside the picklist are refused.
    pub(super) restricted: Option<bool>,
    /// Values of the picklist that are no longer to be chosen.
    pub(super) retired: Vec<String>,
}

impl Deref for Field {
    type Target = Spec;

    fn deref(&self) -> &Spec {
        &self.spec
    }
}

/// A lookup seen from its parent.
pub(super) struct Child<'a> {
    /// The object that holds the lookup.
    pub(super) object: &'a Object,
    /// The lookup's place.
    pub(super) field: usize,
}

impl Schema {
    pub(super) fn new() -> Self {
        let objects: Vec<Object> =
            objects::OBJECTS.iter().enumerate().map(|(number, plan)| Object::new(number, plan)).collect();
        let names = objects.iter().map(|object| (object.name.to_ascii_lowercase(), object.number)).collect();
        Self { objects, names }
    }

    /// Makes another field of one, or again what it was; returns the first value to retire that is none of its own.
    pub(super) fn remake(&mut self, object: usize, place: usize, wish: &Remake) -> Result<(), String> {
        let began = Self::new();
        let original =
            |(object, place): (usize, usize)| began.at(object)?.field(place).map(|field| field.spec);
        let field = self.objects.get_mut(object).and_then(|object| object.fields.get_mut(place));
        let (Some(field), Some(mut spec)) = (field, original((object, place))) else { return Ok(()) };
        if let Some(like) = wish.like.and_then(original) {
            let Spec { kind, length, precision, scale, values, restricted, .. } = like;
            spec = Spec { kind, length, precision, scale, restricted, values, ..spec };
        }
        spec.restricted = wish.restricted.unwrap_or(spec.restricted);
        let mut retired = Vec::new();
        for value in &wish.retired {
            let known = spec.values.iter().find(|known| *known == value);
            retired.push(*known.ok_or_else(|| value.clone())?);
        }
        (field.spec, field.retired) = (spec, retired);
        Ok(())
    }

    /// All objects, in order.
    pub(super) fn objects(&self) -> &[Object] {
        &self.objects
    }

    /// The object with this name, regardless of case.
    pub(super) fn object(&self, name: &str) -> Option<&Object> {
        self.objects.get(*self.names.get(&name.to_ascii_lowercase())?)
    }

    /// The object at this place.
    pub(super) fn at(&self, number: usize) -> Option<&Object> {
        self.objects.get(number)
    }

    /// The object whose ids begin with this key prefix.
    pub(super) fn with_prefix(&self, prefix: &str) -> Option<&Object> {
        self.objects.iter().find(|object| object.prefix == prefix)
    }

    /// The lookups that point at `parent`.
    pub(super) fn children<'a>(&'a self, parent: &'a Object) -> impl Iterator<Item = Child<'a>> {
        self.objects.iter().flat_map(move |object| {
            let points = move |(field, spec): (usize, &Field)| {
                spec.targets.contains(&parent.name).then_some(Child { object, field })
            };
            object.fields.iter().enumerate().filter_map(points)
        })
    }
}

impl Object {
    fn new(number: usize, plan: &objects::Plan) -> Self {
        let specs = objects::SYSTEM.iter().chain(plan.fields);
        let fields: Vec<Field> =
            specs.map(|spec| Field { spec: *spec, label: label_of(spec), retired: Vec::new() }).collect();
        let names: HashMap<String, usize> = fields
            .iter()
            .enumerate()
            .map(|(place, field)| (field.name.to_ascii_lowercase(), place))
            .collect();
        let is_indexed = |field: &Field| field.external || field.unique || field.indexed;
        let indexed = (0..fields.len()).filter(|place| fields.get(*place).is_some_and(is_indexed)).collect();
        let mut compounds = HashMap::new();
        for (place, field) in fields.iter().enumerate() {
            let parts: &[(&str, &str)] = match field.kind {
                Kind::Address => &ADDRESS_PARTS,
                Kind::Location => &LOCATION_PARTS,
                _ => continue,
            };
            let base =
                field.name.strip_suffix("Address").or_else(|| field.name.strip_suffix("_c")).unwrap_or("");
            let found = parts.iter().filter_map(|(key, end)| {
                let name = format!("{base}{end}").to_ascii_lowercase();
                names.get(&name).map(|part| (*key, *part))
            });
            compounds.insert(place, found.collect());
        }
        let objects::Plan { name, label, plural, prefix, writable, deletable, .. } = *plan;
        Self { number, name, label, plural, prefix, writable, deletable, fields, indexed, names, compounds }
    }

    /// The place of the field with this name, regardless of case.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        if let Some(place) = self.names.get(name) {
            return Some(*place);
        }
        self.names.get(&name.to_ascii_lowercase()).copied()
    }

    /// The field at this place.
    pub(super) fn field(&self, place: usize) -> Option<&Field> {
        self.fields.get(place)
    }

    /// The place of the lookup behind a relationship name, regardless of case.
    pub(super) fn relationship(&self, name: &str) -> Option<usize> {
        self.fields
            .iter()
            .position(|field| !field.relation.is_empty() && field.relation.eq_ignore_ascii_case(name))
    }

    /// The parts of a compound field: key in JSON and place.
    pub(super) fn parts(&self, place: usize) -> &[(&'static str, usize)] {
        self.compounds.get(&place).map_or(&[], Vec::as_slice)
    }

    /// Is it a custom object.
    pub(super) fn custom(&self) -> bool {
        self.name.ends_with("__c")
    }
}

const ADDRESS_PARTS: [(&str, &str); 8] = [
    ("city", "City"),
    ("country", "Country"),
    ("geocodeAccuracy", "GeocodeAccuracy"),
    ("latitude", "Latitude"),
    ("longitude", "Longitude"),
    ("postalCode", "PostalCode"),
    ("state", "State"),
    ("street", "Street"),
];

const LOCATION_PARTS: [(&str, &str); 2] = [("latitude", "_Latitude__s"), ("longitude", "_Longitude__s")];

/// `LastName` becomes `Last Name`, `AccountId` `Account ID`, `Renewal_Date__c` `Renewal Date`.
fn label_of(spec: &Spec) -> String {
    if !spec.label.is_empty() {
        return spec.label.into();
    }
    if let Some(name) = spec.name.strip_suffix("__c").or_else(|| spec.name.strip_suffix("__s")) {
        return name.replace("__", " (").replace('_', " ") + if name.contains("__") { ")" } else { "" };
    }
    let mut label = String::with_capacity(spec.name.len() + 4);
    let mut after_small = false;
    for letter in spec.name.chars() {
        if letter.is_ascii_uppercase() && after_small {
            label.push(' ');
        }
        after_small = letter.is_ascii_lowercase();
        label.push(letter);
    }
    if let Some(base) = label.strip_suffix(" Id") {
        label = format!("{base} ID");
    }
    label
}
