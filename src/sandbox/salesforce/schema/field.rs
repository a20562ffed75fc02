//! What a field is: its type, its bounds, and who may set it.

/// The types of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Kind {
    Id,
    Reference,
    Text,
    TextArea,
    RichText,
    Boolean,
    Int,
    Double,
    Currency,
    Percent,
    Day,
    Moment,
    Clock,
    Email,
    Phone,
    Url,
    Picklist,
    MultiPicklist,
    Encrypted,
    Address,
    Location,
}

impl Kind {
    /// The type as describe names it.
    pub(in super::super) fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Reference => "reference",
            Self::Text => "string",
            Self::TextArea | Self::RichText => "textarea",
            Self::Boolean => "boolean",
            Self::Int => "int",
            Self::Double => "double",
            Self::Currency => "currency",
            Self::Percent => "percent",
            Self::Day => "date",
            Self::Moment => "datetime",
            Self::Clock => "time",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Url => "url",
            Self::Picklist => "picklist",
            Self::MultiPicklist => "multipicklist",
            Self::Encrypted => "encryptedstring",
            Self::Address => "address",
            Self::Location => "location",
        }
    }

    /// The type as the WSDL names it.
    pub(in super::super) fn soap(self) -> &'static str {
        match self {
            Self::Id | Self::Reference => "tns:ID",
            Self::Boolean => "xsd:boolean",
            Self::Int => "xsd:int",
            Self::Double | Self::Currency | Self::Percent => "xsd:double",
            Self::Day => "xsd:date",
            Self::Moment => "xsd:dateTime",
            Self::Clock => "xsd:time",
            Self::Address => "urn:address",
            Self::Location => "urn:location",
            _ => "xsd:string",
        }
    }

    /// Does it hold a number.
    pub(in super::super) fn is_number(self) -> bool {
        matches!(self, Self::Int | Self::Double | Self::Currency | Self::Percent)
    }

    /// Is it made of other fields.
    pub(in super::super) fn is_compound(self) -> bool {
        matches!(self, Self::Address | Self::Location)
    }
}

/// What a field holds in a new row when nothing was given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) enum Preset {
    None,
    False,
    True,
    Text(&'static str),
    /// The user who creates the row.
    Creator,
}

/// A field as the tables of objects give it.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Spec {
    pub(in super::super) name: &'static str,
    pub(in super::super) label: &'static str,
    pub(in super::super) kind: Kind,
    pub(in super::super) length: u32,
    pub(in super::super) precision: u8,
    pub(in super::super) scale: u8,
    pub(in super::super) nillable: bool,
    pub(in super::super) create: bool,
    pub(in super::super) update: bool,
    pub(in super::super) preset: Preset,
    pub(in super::super) external: bool,
    pub(in super::super) unique: bool,
    pub(in super::super) indexed: bool,
    pub(in super::super) calculated: bool,
    pub(in super::super) auto_number: bool,
    pub(in super::super) name_field: bool,
    pub(in super::super) cascade: bool,
    pub(in super::super) restricted: bool,
    pub(in super::super) compound: &'static str,
    pub(in super::super) relation: &'static str,
    pub(in super::super) targets: &'static [&'static str],
    pub(in super::super) children: &'static str,
    pub(in super::super) values: &'static [&'static str],
}

/// A field of a type whose length is fixed.
pub(super) const fn field(name: &'static str, kind: Kind) -> Spec {
    let length = match kind {
        Kind::Id | Kind::Reference => 18,
        Kind::Email => 80,
        Kind::Phone => 40,
        Kind::Url | Kind::Picklist => 255,
        Kind::MultiPicklist => 4099,
        _ => 0,
    };
    let preset = if matches!(kind, Kind::Boolean) { Preset::False } else { Preset::None };
    Spec {
        name,
        label: "",
        kind,
        length,
        precision: 0,
        scale: 0,
        nillable: !matches!(kind, Kind::Boolean | Kind::Id),
        create: true,
        update: true,
        preset,
        external: false,
        unique: false,
        indexed: false,
        calculated: false,
        auto_number: false,
        name_field: false,
        cascade: false,
        restricted: false,
        compound: "",
        relation: "",
        targets: &[],
        children: "",
        values: &[],
    }
}

/// A field of text with a length.
pub(super) const fn text(name: &'static str, length: u32) -> Spec {
    let mut spec = field(name, Kind::Text);
    spec.length = length;
    spec
}

/// A field of text with several lines.
pub(super) const fn area(name: &'static str, length: u32) -> Spec {
    let mut spec = field(name, Kind::TextArea);
    spec.length = length;
    spec
}

/// A number with so many digits in all and behind the point.
pub(super) const fn number(name: &'static str, kind: Kind, precision: u8, scale: u8) -> Spec {
    let mut spec = field(name, kind);
    spec.precision = precision;
    spec.scale = scale;
    spec
}

/// A lookup, with its relationship name and the name of the list on its parent.
pub(super) const fn lookup(
    name: &'static str,
    relation: &'static str,
    targets: &'static [&'static str],
    children: &'static str,
) -> Spec {
    let mut spec = field(name, Kind::Reference);
    spec.relation = relation;
    spec.targets = targets;
    spec.children = children;
    spec
}

/// A picklist.
pub(super) const fn pick(name: &'static str, values: &'static [&'static str]) -> Spec {
    let mut spec = field(name, Kind::Picklist);
    spec.values = values;
    spec
}

impl Spec {
    pub(super) const fn required(mut self) -> Self {
        self.nillable = false;
        self
    }

    pub(super) const fn read_only(mut self) -> Self {
        self.create = false;
        self.update = false;
        self
    }

    pub(super) const fn labelled(mut self, label: &'static str) -> Self {
        self.label = label;
        self
    }

    pub(super) const fn preset(mut self, preset: Preset) -> Self {
        self.preset = preset;
        self
    }

    pub(super) const fn external(mut self) -> Self {
        self.external = true;
        self
    }

    pub(super) const fn unique(mut self) -> Self {
        self.unique = true;
        self
    }

    pub(super) const fn indexed(mut self) -> Self {
        self.indexed = true;
        self
    }

    pub(super) const fn naming(mut self) -> Self {
        self.name_field = true;
        self.nillable = false;
        self
    }

    pub(super) const fn auto_number(mut self) -> Self {
        self.auto_number = true;
        self.read_only()
    }

    pub(super) const fn calculated(mut self) -> Self {
        self.calculated = true;
        self.read_only()
    }

    pub(super) const fn cascade(mut self) -> Self {
        self.cascade = true;
        self
    }

    pub(super) const fn restricted(mut self) -> Self {
        self.restricted = true;
        self
    }

    pub(super) const fn part_of(mut self, compound: &'static str) -> Self {
        self.compound = compound;
        self
    }

    pub(super) const fn choices(mut self, values: &'static [&'static str]) -> Self {
        self.values = values;
        self
    }

    pub(super) const fn sized(mut self, length: u32) -> Self {
        self.length = length;
        self
    }
}
