//! syncdeck keeps a Salesforce org in step with the other systems a company works in.
pub mod sandbox;
