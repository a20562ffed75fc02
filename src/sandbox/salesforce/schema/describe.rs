//! Describe: the schema as the API tells it, trimmed to what a user may see.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, OnceLock, PoisonError};

use serde_json::{Map, Value, json};

use super::{Field, Kind, Object, Preset, Schema};
use crate::sandbox::salesforce::access::Access;
use crate::sandbox::salesforce::addresses;

/// How many answers are kept.
const KEPT: usize = 64;

impl Schema {
    /// The answer of `sobjects/`.
    pub(in super::super) fn describe_global(&self, access: &Access, root: &str) -> Value {
        let visible = self.objects.iter().filter(|object| access.reads(object));
        let rows: Vec<Value> = visible.map(|object| Value::Object(object.outline(access, root))).collect();
        json!({ "encoding": "UTF-8", "maxBatchSize": 200, "sobjects": rows })
    }

    /// The answer of `sobjects/{object}/describe`, as text.
    ///
    /// It is kept for the whole process: it has hundreds of fields, every client asks for it, and it depends on nothing
    /// but what is named here. Simulations have thousands of orgs, one after the other.
    pub(in super::super) fn described(&self, object: &Object, access: &Access, root: &str) -> Vec<u8> {
        static TEXTS: OnceLock<Mutex<HashMap<String, Vec<u8>>>> = OnceLock::new();
        let texts = || TEXTS.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        // What an administrator made of its fields shows in their types and choices.
        let made: Vec<_> = object.fields.iter().map(Field::make).collect();
        let mut hasher = std::hash::DefaultHasher::new();
        made.hash(&mut hasher);
        let key = format!("{root} {} {:x} {access:?}", object.name, hasher.finish());
        if let Some(text) = texts().get(&key) {
            return text.clone();
        }
        let text = self.describe(object, access, root).to_string().into_bytes();
        let mut texts = texts();
        if texts.len() >= KEPT {
            texts.clear();
        }
        texts.insert(key, text.clone());
        text
    }

    fn describe(&self, object: &Object, access: &Access, root: &str) -> Value {
        let mut answer = object.outline(access, root);
        let visible = object.fields.iter().enumerate().filter(|(place, _)| access.sees(object, *place));
        let fields: Vec<Value> = visible
            .map(|(place, field)| field.describe(object.custom(), access.edits(object, place)))
            .collect();
        let children: Vec<Value> = self
            .children(object)
            .filter(|child| access.reads(child.object))
            .filter_map(|child| Some((child.object, child.object.field(child.field)?)))
            .map(|(owner, field)| child_row(owner, field))
            .collect();
        answer.insert("fields".into(), fields.into());
        answer.insert("childRelationships".into(), children.into());
        let master = json!({
            "active": true, "available": true, "defaultRecordTypeMapping": true, "developerName": "Master",
            "master": true, "name": "Master", "recordTypeId": "012000000000000AAA",
            "urls": { "layout": format!("{root}/sobjects/{}/describe/layouts/012000000000000AAA", object.name) },
        });
        let rest = json!({
            "actionOverrides": [], "namedLayoutInfos": [], "networkScopeFieldName": null,
            "recordTypeInfos": [master], "compactLayoutable": true, "searchLayoutable": true,
            "defaultImplementation": null, "extendedInterfaces": null, "extendsInterfaces": null,
            "implementedBy": null, "implementsInterfaces": null, "listviewable": null, "lookupLayoutable": null,
            "sobjectDescribeOption": "FULL",
            "supportedScopes": [
                { "label": format!("All {}", object.plural), "name": "everything" },
                { "label": format!("My {}", object.plural), "name": "mine" },
            ],
        });
        if let Value::Object(rest) = rest {
            answer.extend(rest);
        }
        Value::Object(answer)
    }
}

impl Object {
    /// What describe and describe global both say of an object.
    pub(in super::super) fn outline(&self, access: &Access, root: &str) -> Map<String, Value> {
        let (may, name) = (access.of(self), self.name);
        let base = format!("{root}/sobjects/{name}");
        let outline = json!({
            "activateable": false, "associateEntityType": null, "associateParentEntity": null,
            "createable": may.create && self.writable, "custom": self.custom(), "customSetting": false,
            "deepCloneable": false, "deletable": may.delete && self.deletable, "deprecatedAndHidden": false,
            "feedEnabled": self.deletable, "hasSubtypes": false, "isInterface": false, "isSubtype": false,
            "keyPrefix": self.prefix, "label": self.label, "labelPlural": self.plural, "layoutable": true,
            "mergeable": matches!(name, "Lead" | "Contact" | "Account"), "mruEnabled": true, "name": name,
            "queryable": true, "replicateable": true, "retrieveable": true, "searchable": true,
            "triggerable": self.writable, "undeletable": self.deletable, "updateable": may.edit && self.writable,
            "urls": {
                "describe": format!("{base}/describe"), "rowTemplate": format!("{base}/{{ID}}"), "sobject": base,
            },
        });
        if let Value::Object(outline) = outline { outline } else { Map::new() }
    }
}

impl Field {
    /// What may be remade of it.
    fn make(&self) -> (&'static str, u32, bool, &[&'static str]) {
        (self.kind.name(), self.length, self.restricted, &self.retired)
    }

    fn describe(&self, of_custom: bool, editable: bool) -> Value {
        let kind = self.kind;
        let text_like =
            !kind.is_number() && !matches!(kind, Kind::Boolean | Kind::Day | Kind::Moment | Kind::Clock);
        let long = matches!(kind, Kind::RichText) || (kind == Kind::TextArea && self.length > 255);
        let sorts =
            !long && !matches!(kind, Kind::Address | Kind::Location | Kind::MultiPicklist | Kind::Encrypted);
        let custom = self.name.ends_with("__c") || self.name.ends_with("__s");
        let defaulted = self.preset != Preset::None;
        let values: Vec<Value> = self
            .values
            .iter()
            .map(|value| {
                let preset = matches!(self.preset, Preset::Text(text) if text == *value);
                let active = !self.retired.contains(value);
                json!({ "active": active, "defaultValue": preset, "label": addresses::label(self.name, value), "validFor": null, "value": value })
            })
            .collect();
        let default = match self.preset {
            Preset::False => json!(false),
            Preset::True => json!(true),
            _ => Value::Null,
        };
        let first = json!({
            "aggregatable": sorts && kind != Kind::Boolean, "aiPredictionField": false,
            "autoNumber": self.auto_number, "byteLength": if text_like { self.length.saturating_mul(3) } else { 0 },
            "calculated": self.calculated && of_custom, "calculatedFormula": if self.calculated && of_custom { json!("Seats__c * Price__c") } else { Value::Null },
            "cascadeDelete": self.cascade, "caseSensitive": false,
            "compoundFieldName": if self.compound.is_empty() { Value::Null } else { json!(self.compound) },
            "controllerName": null, "createable": self.create && editable, "custom": custom,
            "defaultValue": default, "defaultValueFormula": null,
            "defaultedOnCreate": defaulted || self.auto_number || (!self.create && !self.nillable),
            "dependentPicklist": false, "deprecatedAndHidden": false,
            "digits": if kind == Kind::Int { self.precision } else { 0 }, "displayLocationInDecimal": kind == Kind::Location,
            "encrypted": kind == Kind::Encrypted, "externalId": self.external,
            "extraTypeInfo": match kind { Kind::RichText => json!("richtextarea"), Kind::TextArea => json!("plaintextarea"), _ => Value::Null },
            "filterable": !long && !matches!(kind, Kind::Address | Kind::Encrypted), "filteredLookupInfo": null,
        });
        let second = json!({
            "formulaTreatNullNumberAsZero": false, "groupable": sorts && !kind.is_number() && kind != Kind::Moment,
            "highScaleNumber": false, "htmlFormatted": kind == Kind::RichText,
            "idLookup": kind == Kind::Id || self.external || kind == Kind::Email || (self.unique && !custom),
            "inlineHelpText": null, "label": self.label, "length": if text_like { self.length } else { 0 },
            "mask": if kind == Kind::Encrypted { json!("*") } else { Value::Null },
            "maskType": if kind == Kind::Encrypted { json!("all") } else { Value::Null },
            "name": self.name, "nameField": self.name_field, "namePointing": self.targets.len() > 1,
            "nillable": self.nillable, "permissionable": self.nillable && !self.name_field && self.compound.is_empty(),
            "picklistValues": values, "polymorphicForeignKey": self.targets.len() > 1,
            "precision": self.precision, "queryByDistance": kind.is_compound(), "referenceTargetField": null,
            "referenceTo": self.targets,
            "relationshipName": if self.relation.is_empty() { Value::Null } else { json!(self.relation) },
            "relationshipOrder": null, "restrictedDelete": false, "restrictedPicklist": self.restricted,
            "scale": self.scale, "searchPrefilterable": kind == Kind::Reference, "soapType": kind.soap(),
            "sortable": sorts, "type": kind.name(), "unique": self.unique,
            "updateable": self.update && editable, "writeRequiresMasterRead": false,
        });
        merged(first, second)
    }
}

fn child_row(owner: &Object, field: &Field) -> Value {
    json!({
        "cascadeDelete": field.cascade, "childSObject": owner.name, "deprecatedAndHidden": false,
        "field": field.name, "junctionIdListNames": [], "junctionReferenceTo": [],
        "relationshipName": if field.children.is_empty() { Value::Null } else { json!(field.children) },
        "restrictedDelete": false,
    })
}

/// Both objects in one; a single literal of this size is too deep for the macro.
fn merged(first: Value, second: Value) -> Value {
    match (first, second) {
        (Value::Object(mut first), Value::Object(second)) => {
            first.extend(second);
            Value::Object(first)
        }
        (first, _) => first,
    }
}
