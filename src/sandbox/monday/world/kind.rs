//! The kinds of columns.

use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($variant:ident $word:literal $value:literal),+ $(,)?) => {
        /// A column's type.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Kind {
            $(#[doc = concat!("`", $word, "`.")] $variant,)+
        }

        impl Kind {
            /// Returns the kind that the protocol calls `word`.
            pub fn parse(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }

            /// Returns the protocol's word.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// Returns the GraphQL type of the column's values.
            pub fn value_type(self) -> &'static str {
                match self {
                    $(Self::$variant => $value,)+
                }
            }

            /// Every kind there is.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];
        }
    };
}

kinds! {
    AutoNumber "auto_number" "UnsupportedValue",
    BoardRelation "board_relation" "BoardRelationValue",
    Button "button" "ButtonValue",
    Checkbox "checkbox" "CheckboxValue",
    ColorPicker "color_picker" "ColorPickerValue",
    Country "country" "CountryValue",
    CreationLog "creation_log" "CreationLogValue",
    Date "date" "DateValue",
    Dependency "dependency" "DependencyValue",
    DirectDoc "direct_doc" "DirectDocValue",
    Doc "doc" "DocValue",
    Dropdown "dropdown" "DropdownValue",
    Email "email" "EmailValue",
    File "file" "FileValue",
    Formula "formula" "FormulaValue",
    Group "group" "GroupValue",
    Hour "hour" "HourValue",
    Integration "integration" "IntegrationValue",
    ItemAssignees "item_assignees" "UnsupportedValue",
    ItemId "item_id" "ItemIdValue",
    LastUpdated "last_updated" "LastUpdatedValue",
    Link "link" "LinkValue",
    Location "location" "LocationValue",
    LongText "long_text" "LongTextValue",
    Mirror "mirror" "MirrorValue",
    Name "name" "UnsupportedValue",
    Numbers "numbers" "NumbersValue",
    People "people" "PeopleValue",
    Person "person" "PersonValue",
    Phone "phone" "PhoneValue",
    Progress "progress" "ProgressValue",
    Rating "rating" "RatingValue",
    Status "status" "StatusValue",
    Subtasks "subtasks" "SubtasksValue",
    Tags "tags" "TagsValue",
    Team "team" "TeamValue",
    Text "text" "TextValue",
    TimeTracking "time_tracking" "UnsupportedValue",
    Timeline "timeline" "TimelineValue",
    Unsupported "unsupported" "UnsupportedValue",
    Vote "vote" "VoteValue",
    Week "week" "WeekValue",
    WorldClock "world_clock" "WorldClockValue",
}

impl Kind {
    /// Whether values of it may be written through the API.
    pub fn is_writable(self) -> bool {
        use Kind::{
            BoardRelation, Checkbox, Country, Date, Dependency, Dropdown, Email, File, Hour, Link, Location,
            LongText, Numbers, People, Phone, Rating, Status, Tags, Text, Timeline, Week, WorldClock,
        };
        matches!(
            self,
            BoardRelation
                | Checkbox
                | Country
                | Date
                | Dependency
                | Dropdown
                | Email
                | File
                | Hour
                | Link
                | Location
                | LongText
                | Numbers
                | People
                | Phone
                | Rating
                | Status
                | Tags
                | Text
                | Timeline
                | Week
                | WorldClock
        )
    }

    /// Whether `change_simple_column_value` knows it.
    pub fn has_simple_form(self) -> bool {
        use Kind::{Date, Dropdown, Email, Link, Location, LongText, Numbers, People, Phone, Status, Text};
        matches!(
            self,
            Date | Dropdown | Email | Link | Location | LongText | Numbers | People | Phone | Status | Text
        )
    }
}
