//! The tables of objects. Lengths and picklists are those of a new org.

use super::field::{Kind, Preset, Spec, area, field, lookup, number, pick, text};

/// An object as the tables give it.
pub(super) struct Plan {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) plural: &'static str,
    pub(super) prefix: &'static str,
    pub(super) writable: bool,
    pub(super) deletable: bool,
    pub(super) fields: &'static [Spec],
}

/// The org's objects.
pub(super) const OBJECTS: &[Plan] = &[
    plan("User", "User", "People", "005", USER).kept(),
    plan("Account", "Account", "Accounts", "001", ACCOUNT),
    plan("Contact", "Contact", "Contacts", "003", CONTACT),
    plan("Lead", "Lead", "Leads", "00Q", LEAD),
    plan("Opportunity", "Opportunity", "Opportunities", "006", OPPORTUNITY),
    plan("Subscription__c", "Subscription", "Subscriptions", "a00", SUBSCRIPTION),
    plan("Organization", "Organization", "Organizations", "00D", ORGANIZATION).fixed(),
    plan("Profile", "Profile", "Profile", "00e", PROFILE).fixed(),
];

const fn plan(
    name: &'static str,
    label: &'static str,
    plural: &'static str,
    prefix: &'static str,
    fields: &'static [Spec],
) -> Plan {
    Plan { name, label, plural, prefix, writable: true, deletable: true, fields }
}

impl Plan {
    const fn kept(mut self) -> Self {
        self.deletable = false;
        self
    }

    const fn fixed(mut self) -> Self {
        self.writable = false;
        self.deletable = false;
        self
    }
}

/// The fields that every object has, in the order that [`super::at`] fixes.
pub(super) const SYSTEM: &[Spec] = &[
    field("Id", Kind::Id).read_only(),
    field("IsDeleted", Kind::Boolean).labelled("Deleted").read_only(),
    field("CreatedDate", Kind::Moment).required().read_only(),
    lookup("CreatedById", "CreatedBy", &["User"], "").required().read_only(),
    field("LastModifiedDate", Kind::Moment).required().read_only(),
    lookup("LastModifiedById", "LastModifiedBy", &["User"], "").required().read_only(),
    field("SystemModstamp", Kind::Moment).labelled("System Modstamp").required().read_only(),
];

const OWNER: Spec = lookup("OwnerId", "Owner", &["User"], "").required().preset(Preset::Creator);
/// What an administrator adds so that records can be made from items of a board.
const MONDAY_ITEM: Spec = text("Monday_Item_Id__c", 40).external().unique().labelled("monday Item Id");
const ACCURACY: &[&str] = &["Address", "NearAddress", "Block", "Street", "Zip", "City", "State", "Unknown"];
use crate::sandbox::salesforce::addresses::{COUNTRY_CODES, STATE_CODES};

const INDUSTRIES: &[&str] = &[
    "Agriculture",
    "Apparel",
    "Banking",
    "Biotechnology",
    "Chemicals",
    "Communications",
    "Construction",
    "Consulting",
    "Education",
    "Electronics",
    "Energy",
    "Engineering",
    "Finance",
    "Healthcare",
    "Hospitality",
    "Insurance",
    "Manufacturing",
    "Media",
    "Retail",
    "Technology",
    "Telecommunications",
    "Transportation",
    "Utilities",
    "Other",
];
const SOURCES: &[&str] = &["Web", "Phone Inquiry", "Partner Referral", "Purchased List", "Other"];
const RATINGS: &[&str] = &["Hot", "Warm", "Cold"];
const SALUTATIONS: &[&str] = &["Mr.", "Ms.", "Mrs.", "Dr.", "Prof.", "Mx."];

/// The statuses of a Lead.
pub(super) const STATUSES: &[&str] =
    &["Open - Not Contacted", "Working - Contacted", "Closed - Converted", "Closed - Not Converted"];

/// The stages of an Opportunity.
pub(super) const STAGES: &[&str] = &[
    "Prospecting",
    "Qualification",
    "Needs Analysis",
    "Value Proposition",
    "Id. Decision Makers",
    "Perception Analysis",
    "Proposal/Price Quote",
    "Negotiation/Review",
    "Closed Won",
    "Closed Lost",
];

const USER: &[Spec] = &[
    text("Username", 80).required().unique(),
    text("LastName", 80).required(),
    text("FirstName", 40),
    text("Name", 121).labelled("Full Name").naming().read_only(),
    field("Email", Kind::Email).required(),
    text("Alias", 8).required(),
    text("CommunityNickname", 40).labelled("Nickname").required(),
    text("Title", 80),
    text("Department", 80),
    field("Phone", Kind::Phone),
    field("MobilePhone", Kind::Phone),
    field("IsActive", Kind::Boolean).labelled("Active").preset(Preset::True),
    lookup("ProfileId", "Profile", &["Profile"], "Users").required(),
    lookup("ManagerId", "Manager", &["User"], "ManagedUsers"),
    pick("UserType", &["Standard", "PowerPartner", "CSPLitePortal", "AutomatedProcess"])
        .restricted()
        .read_only()
        .preset(Preset::Text("Standard")),
    pick("TimeZoneSidKey", &["Europe/Paris", "Europe/Rome", "GMT", "America/Los_Angeles"])
        .restricted()
        .required(),
    pick("LocaleSidKey", &["en_US", "fr_FR", "it_IT", "en_GB"]).restricted().required(),
    pick("EmailEncodingKey", &["UTF-8", "ISO-8859-1"]).restricted().required(),
    pick("LanguageLocaleKey", &["en_US", "fr", "it"]).restricted().required(),
    text("FederationIdentifier", 512).unique(),
];

const ACCOUNT: &[Spec] = &[
    text("Name", 255).labelled("Account Name").naming(),
    pick(
        "Type",
        &[
            "Prospect",
            "Customer - Direct",
            "Customer - Channel",
            "Installation Partner",
            "Technology Partner",
            "Other",
        ],
    )
    .labelled("Account Type"),
    lookup("ParentId", "Parent", &["Account"], "ChildAccounts").labelled("Parent Account ID"),
    area("BillingStreet", 255).part_of("BillingAddress"),
    text("BillingCity", 40).part_of("BillingAddress"),
    text("BillingState", 80).labelled("Billing State/Province").part_of("BillingAddress"),
    text("BillingPostalCode", 20).labelled("Billing Zip/Postal Code").part_of("BillingAddress"),
    text("BillingCountry", 80).part_of("BillingAddress"),
    pick("BillingStateCode", STATE_CODES).restricted().part_of("BillingAddress"),
    pick("BillingCountryCode", COUNTRY_CODES).restricted().part_of("BillingAddress"),
    number("BillingLatitude", Kind::Double, 18, 15).part_of("BillingAddress"),
    number("BillingLongitude", Kind::Double, 18, 15).part_of("BillingAddress"),
    pick("BillingGeocodeAccuracy", ACCURACY).restricted().part_of("BillingAddress"),
    field("BillingAddress", Kind::Address).read_only(),
    area("ShippingStreet", 255).part_of("ShippingAddress"),
    text("ShippingCity", 40).part_of("ShippingAddress"),
    text("ShippingState", 80).labelled("Shipping State/Province").part_of("ShippingAddress"),
    text("ShippingPostalCode", 20).labelled("Shipping Zip/Postal Code").part_of("ShippingAddress"),
    text("ShippingCountry", 80).part_of("ShippingAddress"),
    pick("ShippingStateCode", STATE_CODES).restricted().part_of("ShippingAddress"),
    pick("ShippingCountryCode", COUNTRY_CODES).restricted().part_of("ShippingAddress"),
    number("ShippingLatitude", Kind::Double, 18, 15).part_of("ShippingAddress"),
    number("ShippingLongitude", Kind::Double, 18, 15).part_of("ShippingAddress"),
    pick("ShippingGeocodeAccuracy", ACCURACY).restricted().part_of("ShippingAddress"),
    field("ShippingAddress", Kind::Address).read_only(),
    field("Phone", Kind::Phone).labelled("Account Phone"),
    field("Fax", Kind::Phone).labelled("Account Fax"),
    text("AccountNumber", 40),
    field("Website", Kind::Url),
    text("Sic", 20).labelled("SIC Code"),
    pick("Industry", INDUSTRIES),
    number("AnnualRevenue", Kind::Currency, 18, 0),
    number("NumberOfEmployees", Kind::Int, 8, 0).labelled("Employees"),
    pick("Ownership", &["Public", "Private", "Subsidiary", "Other"]),
    text("TickerSymbol", 20),
    area("Description", 32_000).labelled("Account Description"),
    pick("Rating", RATINGS).labelled("Account Rating"),
    text("Site", 80).labelled("Account Site"),
    pick("AccountSource", SOURCES),
    OWNER,
    lookup("MasterRecordId", "MasterRecord", &["Account"], "").read_only(),
    text("External_Id__c", 80).external().unique(),
    MONDAY_ITEM,
    pick("Tier__c", &["Gold", "Silver", "Bronze"]).restricted(),
];

const CONTACT: &[Spec] = &[
    text("LastName", 80).required(),
    text("FirstName", 40),
    pick("Salutation", SALUTATIONS),
    text("Name", 121).labelled("Full Name").naming().read_only(),
    lookup("AccountId", "Account", &["Account"], "Contacts").indexed().cascade(),
    area("OtherStreet", 255).part_of("OtherAddress"),
    text("OtherCity", 40).part_of("OtherAddress"),
    text("OtherState", 80).labelled("Other State/Province").part_of("OtherAddress"),
    text("OtherPostalCode", 20).labelled("Other Zip/Postal Code").part_of("OtherAddress"),
    text("OtherCountry", 80).part_of("OtherAddress"),
    pick("OtherStateCode", STATE_CODES).restricted().part_of("OtherAddress"),
    pick("OtherCountryCode", COUNTRY_CODES).restricted().part_of("OtherAddress"),
    number("OtherLatitude", Kind::Double, 18, 15).part_of("OtherAddress"),
    number("OtherLongitude", Kind::Double, 18, 15).part_of("OtherAddress"),
    pick("OtherGeocodeAccuracy", ACCURACY).restricted().part_of("OtherAddress"),
    field("OtherAddress", Kind::Address).read_only(),
    area("MailingStreet", 255).part_of("MailingAddress"),
    text("MailingCity", 40).part_of("MailingAddress"),
    text("MailingState", 80).labelled("Mailing State/Province").part_of("MailingAddress"),
    text("MailingPostalCode", 20).labelled("Mailing Zip/Postal Code").part_of("MailingAddress"),
    text("MailingCountry", 80).part_of("MailingAddress"),
    pick("MailingStateCode", STATE_CODES).restricted().part_of("MailingAddress"),
    pick("MailingCountryCode", COUNTRY_CODES).restricted().part_of("MailingAddress"),
    number("MailingLatitude", Kind::Double, 18, 15).part_of("MailingAddress"),
    number("MailingLongitude", Kind::Double, 18, 15).part_of("MailingAddress"),
    pick("MailingGeocodeAccuracy", ACCURACY).restricted().part_of("MailingAddress"),
    field("MailingAddress", Kind::Address).read_only(),
    field("Phone", Kind::Phone).labelled("Business Phone"),
    field("Fax", Kind::Phone).labelled("Business Fax"),
    field("MobilePhone", Kind::Phone),
    field("HomePhone", Kind::Phone),
    field("OtherPhone", Kind::Phone),
    field("AssistantPhone", Kind::Phone).labelled("Asst. Phone"),
    lookup("ReportsToId", "ReportsTo", &["Contact"], ""),
    field("Email", Kind::Email).indexed(),
    text("Title", 128),
    text("Department", 80),
    text("AssistantName", 40),
    pick("LeadSource", SOURCES),
    field("Birthdate", Kind::Day),
    area("Description", 32_000).labelled("Contact Description"),
    OWNER,
    field("HasOptedOutOfEmail", Kind::Boolean).labelled("Email Opt Out"),
    field("HasOptedOutOfFax", Kind::Boolean).labelled("Fax Opt Out"),
    field("DoNotCall", Kind::Boolean),
    text("EmailBouncedReason", 255),
    field("EmailBouncedDate", Kind::Moment),
    field("IsEmailBounced", Kind::Boolean).calculated(),
    lookup("MasterRecordId", "MasterRecord", &["Contact"], "").read_only(),
    text("External_Id__c", 80).external().unique(),
    MONDAY_ITEM,
    field("Languages__c", Kind::MultiPicklist).choices(LANGUAGES).restricted(),
];

const LANGUAGES: &[&str] = &["English", "French", "Italian", "German", "Hebrew", "Japanese"];

const LEAD: &[Spec] = &[
    text("LastName", 80).required(),
    text("FirstName", 40),
    pick("Salutation", SALUTATIONS),
    text("Name", 121).labelled("Full Name").naming().read_only(),
    text("Title", 128),
    text("Company", 255).required(),
    area("Street", 255).part_of("Address"),
    text("City", 40).part_of("Address"),
    text("State", 80).labelled("State/Province").part_of("Address"),
    text("PostalCode", 20).labelled("Zip/Postal Code").part_of("Address"),
    text("Country", 80).part_of("Address"),
    pick("StateCode", STATE_CODES).restricted().part_of("Address"),
    pick("CountryCode", COUNTRY_CODES).restricted().part_of("Address"),
    number("Latitude", Kind::Double, 18, 15).part_of("Address"),
    number("Longitude", Kind::Double, 18, 15).part_of("Address"),
    pick("GeocodeAccuracy", ACCURACY).restricted().part_of("Address"),
    field("Address", Kind::Address).read_only(),
    field("Phone", Kind::Phone),
    field("MobilePhone", Kind::Phone),
    field("Fax", Kind::Phone),
    field("Email", Kind::Email).indexed(),
    field("Website", Kind::Url),
    area("Description", 32_000),
    pick("LeadSource", SOURCES),
    pick("Status", STATUSES).required().preset(Preset::Text("Open - Not Contacted")),
    pick("Industry", INDUSTRIES),
    pick("Rating", RATINGS),
    number("AnnualRevenue", Kind::Currency, 18, 0),
    number("NumberOfEmployees", Kind::Int, 8, 0).labelled("Employees"),
    OWNER,
    field("HasOptedOutOfEmail", Kind::Boolean).labelled("Email Opt Out"),
    field("DoNotCall", Kind::Boolean),
    field("IsConverted", Kind::Boolean).labelled("Converted").read_only(),
    field("ConvertedDate", Kind::Day).read_only(),
    lookup("ConvertedAccountId", "ConvertedAccount", &["Account"], "").read_only(),
    lookup("ConvertedContactId", "ConvertedContact", &["Contact"], "").read_only(),
    lookup("ConvertedOpportunityId", "ConvertedOpportunity", &["Opportunity"], "").read_only(),
    field("IsUnreadByOwner", Kind::Boolean).labelled("Unread By Owner").preset(Preset::True),
    lookup("MasterRecordId", "MasterRecord", &["Lead"], "").read_only(),
    text("External_Id__c", 80).external().unique(),
    MONDAY_ITEM,
    number("Score__c", Kind::Double, 5, 2),
    field("Webinar__c", Kind::Boolean),
];

const OPPORTUNITY: &[Spec] = &[
    text("Name", 120).naming(),
    lookup("AccountId", "Account", &["Account"], "Opportunities").indexed().cascade(),
    area("Description", 32_000),
    pick("StageName", STAGES).labelled("Stage").required(),
    number("Amount", Kind::Currency, 18, 2),
    number("Probability", Kind::Percent, 3, 0).labelled("Probability (%)"),
    number("ExpectedRevenue", Kind::Currency, 18, 2).labelled("Expected Amount").calculated(),
    field("CloseDate", Kind::Day).required(),
    pick(
        "Type",
        &[
            "Existing Customer - Upgrade",
            "Existing Customer - Replacement",
            "Existing Customer - Downgrade",
            "New Customer",
        ],
    )
    .labelled("Opportunity Type"),
    text("NextStep", 255),
    pick("LeadSource", SOURCES),
    field("IsClosed", Kind::Boolean).labelled("Closed").calculated(),
    field("IsWon", Kind::Boolean).labelled("Won").calculated(),
    pick("ForecastCategory", &["Omitted", "Pipeline", "BestCase", "Forecast", "Closed"])
        .restricted()
        .required()
        .calculated(),
    pick("ForecastCategoryName", &["Omitted", "Pipeline", "Best Case", "Commit", "Closed"])
        .labelled("Forecast Category")
        .restricted(),
    field("HasOpportunityLineItem", Kind::Boolean).labelled("Has Line Item").read_only(),
    OWNER,
    number("FiscalQuarter", Kind::Int, 9, 0).calculated(),
    number("FiscalYear", Kind::Int, 9, 0).calculated(),
    text("Fiscal", 6).labelled("Fiscal Period").calculated(),
    lookup("ContactId", "Contact", &["Contact"], "").labelled("Contact ID"),
    text("External_Id__c", 80).external().unique(),
    MONDAY_ITEM,
];

const SUBSCRIPTION: &[Spec] = &[
    text("Name", 80).labelled("Subscription Name").naming(),
    OWNER,
    lookup("Account__c", "Account__r", &["Account"], "Subscriptions__r").indexed(),
    lookup("Contact__c", "Contact__r", &["Contact"], "Subscriptions__r").indexed(),
    text("External_Id__c", 64).external().unique().labelled("External Id"),
    MONDAY_ITEM,
    text("Number__c", 30).auto_number().labelled("Subscription Number"),
    area("Notes__c", 32_768),
    area("Summary__c", 255),
    field("Terms__c", Kind::RichText).sized(32_768),
    field("Active__c", Kind::Boolean),
    number("Seats__c", Kind::Double, 18, 0),
    number("Ratio__c", Kind::Double, 16, 4),
    number("Price__c", Kind::Currency, 16, 2),
    number("Discount__c", Kind::Percent, 5, 2),
    field("Start__c", Kind::Day),
    field("Renewal__c", Kind::Moment),
    field("Cutoff__c", Kind::Clock),
    field("Contact_Email__c", Kind::Email),
    field("Hotline__c", Kind::Phone),
    field("Portal__c", Kind::Url),
    pick("Plan__c", &["Basic", "Standard", "Premium"]).restricted(),
    pick("Channel__c", &["Direct", "Partner", "Online"]),
    field("Modules__c", Kind::MultiPicklist).choices(&["Core", "Reports", "Mobile", "Support"]).restricted(),
    field("Secret__c", Kind::Encrypted).sized(175),
    number("Site__Latitude__s", Kind::Double, 18, 15).part_of("Site__c"),
    number("Site__Longitude__s", Kind::Double, 18, 15).part_of("Site__c"),
    field("Site__c", Kind::Location).read_only(),
    number("Value__c", Kind::Currency, 18, 2).calculated(),
];

const ORGANIZATION: &[Spec] = &[
    text("Name", 80).naming(),
    text("InstanceName", 5),
    field("IsSandbox", Kind::Boolean),
    pick(
        "OrganizationType",
        &[
            "Developer Edition",
            "Enterprise Edition",
            "Unlimited Edition",
            "Professional Edition",
            "Team Edition",
        ],
    )
    .restricted(),
    text("NamespacePrefix", 15),
    field("TrialExpirationDate", Kind::Moment),
    text("DefaultLocaleSidKey", 40),
    text("LanguageLocaleKey", 40),
    text("TimeZoneSidKey", 40),
    number("FiscalYearStartMonth", Kind::Int, 9, 0),
    text("Country", 80),
];

const PROFILE: &[Spec] =
    &[text("Name", 255).naming(), text("Description", 255), pick("UserType", &["Standard"])];
