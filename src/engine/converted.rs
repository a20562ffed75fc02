//! Leads that are converted while work on them is under way. What follows from a conversion is decided in
//! [`crate::domain::converted`] and by the store; here is only asked, where the streams may not have told it yet:
//!
//! * a write that is refused because the lead was converted: the lead is read, and the refusal is no error;
//! * an item that is about to be made for a contact, an account or an opportunity: was that a lead with an item a moment
//!   ago, which only this container's lead recipe knows?

use super::book::place;
use super::lane::{Call, Place, Work};
use crate::domain::converted::says_so;
use crate::domain::id::{ConnectionId, RemoteId, Side};
use crate::domain::ledger::Action;
use crate::domain::settle::{Answer, connection};
use crate::domain::time::Stamp;
use crate::domain::value::Value;
use crate::ports::{Remote, Step, StoreError};

const LEAD: &str = "Lead";

impl Work {
    /// Reads the leads that were refused as converted. What is known of them then needs no write.
    pub(super) async fn spare_converted(
        &self,
        target: &ConnectionId,
        remote: &dyn Remote,
        place: &Place,
        calls: &[Call],
        answers: &mut [Answer],
    ) -> Result<(), StoreError> {
        let about = |answer: &Answer| matches!(answer, Answer::Refused(failure) if says_so(failure));
        let refused = calls.iter().zip(&*answers).filter(|(_, answer)| about(answer));
        let leads: Vec<RemoteId> = refused.filter_map(|(call, _)| call.intent.operation.id.clone()).collect();
        if leads.is_empty() {
            return Ok(());
        }
        let until = self.look_now(target, remote, place, Side::Salesforce, leads, false).await?;
        let view = self.shared.store.read()?;
        let now = self.shared.now();
        for (call, answer) in calls.iter().zip(answers).filter(|(_, answer)| about(answer)) {
            // Where the user may not see into what it was converted, the refusal stands.
            let known = view.link(call.id)?.is_some_and(|link| link.converted.is_some());
            if known || until.is_some() {
                *answer = Answer::NotDone { until: until.unwrap_or(now) };
            }
        }
        Ok(())
    }

    /// Before items are made for records that a lead may have become: reads those leads, so that the item which is there
    /// goes over. Returns from when to go on where that fails.
    pub(super) async fn look_for_leads(
        &self,
        side: Side,
        calls: &[Call],
    ) -> Result<Option<Stamp>, StoreError> {
        let book = self.shared.book();
        let Some(mine) = self.recipes.first().filter(|_| side == Side::Other) else { return Ok(None) };
        let field = match mine.object.as_str() {
            "Contact" => "ConvertedContactId",
            "Account" => "ConvertedAccountId",
            "Opportunity" => "ConvertedOpportunityId",
            _ => return Ok(None),
        };
        let at = place(mine, Side::Other);
        let leads = book.at(&at).map(|(rule, _)| rule).find(|rule| {
            rule.recipe.object.as_str() == LEAD
                && rule.recipe.account == mine.account
                && connection(&rule.recipe, Side::Salesforce) == &mine.salesforce
        });
        let Some(leads) = leads else { return Ok(None) };
        let made = calls.iter().filter(|call| call.intent.operation.action == Action::Created);
        let ids: Vec<Value> =
            made.filter_map(|call| Some(Value::text(call.link.salesforce.id.as_ref()?.as_str()))).collect();
        let now = self.shared.now();
        let Some(row) = book.usable(&mine.salesforce, now).filter(|_| !ids.is_empty()) else {
            return Ok(None);
        };
        let Ok(remote) = self.shared.keeper.remote(row) else { return Ok(None) };
        let Some(_leave) = self.shared.keeper.leave(&mine.salesforce).await else { return Ok(None) };
        let container = place(&leads.recipe, Side::Salesforce).container;
        let found = remote.alike(&container, &field.into(), &ids, &leads.fields(Side::Salesforce)).await;
        let records = match found {
            Ok(records) => records,
            Err(failure) => {
                return self.shared.unwell_at(&mine.salesforce, &container, &failure).await.map(Some);
            }
        };
        if !records.is_empty() {
            let read = now;
            let now = self.shared.now();
            let rows =
                records.iter().map(|record| leads.observed(Side::Salesforce, record, read, now)).collect();
            self.shared.commit(Step::Look { rows, now }).await?;
        }
        Ok(None)
    }
}
