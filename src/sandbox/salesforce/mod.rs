//! A simulated Salesforce org.
