//! What a user may do: object and field permissions as profiles and permission sets add up to them.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::schema::Object;

/// The permissions of one user. New users may do everything.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Access {
    /// "API Enabled" is missing.
    #[serde(default)]
    pub(super) no_api: bool,
    /// "View Setup and Configuration" is missing.
    #[serde(default)]
    pub(super) no_setup: bool,
    /// The org has no picklists for states and countries, and so no fields for their codes.
    #[serde(skip)]
    pub(super) no_codes: bool,
    #[serde(default)]
    objects: HashMap<String, Rights>,
    #[serde(default)]
    fields: HashMap<String, FieldRight>,
}

/// Permissions on an object.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Rights {
    pub(super) read: bool,
    pub(super) create: bool,
    pub(super) edit: bool,
    pub(super) delete: bool,
}

impl Default for Rights {
    fn default() -> Self {
        Self { read: true, create: true, edit: true, delete: true }
    }
}

/// Permission on a field.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum FieldRight {
    /// Not even its existence is shown.
    Hidden,
    /// Shown, not writable.
    Read,
    /// Shown and writable.
    Edit,
}

impl Access {
    /// The permissions on an object.
    pub(super) fn of(&self, object: &Object) -> Rights {
        if self.objects.is_empty() {
            return Rights::default();
        }
        self.objects.get(object.name).copied().unwrap_or_default()
    }

    /// May rows be read.
    pub(super) fn reads(&self, object: &Object) -> bool {
        self.of(object).read
    }

    /// May the field be seen.
    pub(super) fn sees(&self, object: &Object, place: usize) -> bool {
        self.right(object, place) != FieldRight::Hidden
    }

    /// May the field be written, as far as the user's permissions go.
    pub(super) fn edits(&self, object: &Object, place: usize) -> bool {
        self.right(object, place) == FieldRight::Edit
    }

    /// Sets the permissions on an object.
    pub(super) fn set_object(&mut self, object: &Object, rights: Rights) {
        self.objects.insert(object.name.into(), rights);
    }

    /// Sets the permission on a field.
    pub(super) fn set_field(&mut self, object: &Object, place: usize, right: FieldRight) {
        if let Some(field) = object.field(place) {
            self.fields.insert(format!("{}.{}", object.name, field.name), right);
        }
    }

    fn right(&self, object: &Object, place: usize) -> FieldRight {
        if self.no_codes && object.field(place).is_some_and(|field| super::addresses::is_code(field)) {
            return FieldRight::Hidden;
        }
        if self.fields.is_empty() {
            return FieldRight::Edit;
        }
        let name = object.field(place).map_or("", |field| field.name);
        self.fields.get(&format!("{}.{name}", object.name)).copied().unwrap_or(FieldRight::Edit)
    }
}
