//! Requests that change something: each goes to the engine.

use super::connections::{authorisation_row, finding_row};
use super::{Answers, Visitor, job_row, offers};
use crate::control::protocol::{ConnectionAct, RecipeAct, Refusal, Reply, Request, Selection};
use crate::control::rows::JobRow;
use crate::domain::connection::Connection;
use crate::domain::id::ConnectionId;
use crate::engine::Engine;
use crate::engine::acts::{Act, ActError, Which};
use crate::engine::desk::Mismatch;

impl Answers {
    pub(super) async fn act(&self, request: Request, visitor: &Visitor) -> Reply {
        let Some(engine) = self.engine_when_there().await else {
            return Reply::Refused(Refusal::new("no_engine", 5, visitor.words.say("refused-no-engine")));
        };
        match self.carry_out(&engine, request, visitor).await {
            Ok(reply) => reply,
            Err(error) => Reply::Refused(Refusal::of_act(&error, &visitor.words)),
        }
    }

    async fn carry_out(
        &self,
        engine: &Engine,
        request: Request,
        visitor: &Visitor,
    ) -> Result<Reply, ActError> {
        let by = &visitor.caller;
        Ok(match request {
            Request::CreateRecipe { draft, dry_run } => {
                let made = engine.create_recipes(&draft, dry_run, by).await?;
                let rows = self.recipes(None, false, crate::domain::unused::UNUSED_DAYS)?;
                Reply::Recipes(rows.into_iter().filter(|row| made.contains(&row.id)).collect())
            }
            Request::ActOnRecipes { ids, act, reason } => {
                let act = match act {
                    RecipeAct::Pause => Act::Pause,
                    RecipeAct::Resume => Act::Resume,
                    RecipeAct::Delete => Act::Delete,
                    RecipeAct::Restore => Act::Restore,
                };
                match engine.act_on_recipes(&ids, act, reason.as_deref(), by).await? {
                    Some(job) => {
                        let job = self.store.read()?.job(job)?;
                        job.map_or(Reply::Done, |job| Reply::Job(job_row(&job)))
                    }
                    None => Reply::Done,
                }
            }
            Request::WriteMode { reason } => {
                let lifted = self.lift(&by.who)?;
                engine.note_write_mode(&lifted, &reason, by).await?;
                Reply::Done
            }
            Request::ResolveRecipe(draft) => {
                Reply::Definitions(vec![engine.resolve_draft(&draft, by).await?])
            }
            Request::Offer(ask) => {
                let offer = engine.offer(&offers::sides(*ask)).await?;
                Reply::Offer(Box::new(offers::offer_doc(&offer)))
            }
            Request::PreviewRecipe(draft) => {
                let preview = engine.preview(&draft, by).await?;
                Reply::Preview(Box::new(offers::preview_doc(preview)))
            }
            Request::ForeseeRun { id, full } => {
                let foreseen = engine.foresee_run(id, full).await?;
                Reply::Foreseen(offers::foreseen_doc(id, &foreseen))
            }
            Request::SetRecipe { id, settings } => {
                engine.set_recipe(id, settings, by).await?;
                Reply::Done
            }
            Request::RunRecipe { id, full } => {
                engine.run_recipe(id, full, by).await?;
                Reply::Done
            }
            Request::RetryErrors { which, force, dry_run, grace_ms } => {
                let plan = engine.retry_errors(&selected(which), force, dry_run, grace_ms, by).await?;
                let state = if dry_run { "planned".to_owned() } else { job_row(&plan.job).state };
                let left_out: u64 = plan.left_out.iter().map(|(_, count)| count).sum();
                Reply::Job(JobRow {
                    calls: plan.calls,
                    left_out: plan.left_out,
                    doubtful: plan.doubtful,
                    state,
                    skipped: left_out,
                    ..job_row(&plan.job)
                })
            }
            Request::EditError { id, set, grace_ms } => {
                let plan = engine.edit_error(id, &set, grace_ms, by).await?;
                Reply::Job(JobRow { calls: plan.calls, ..job_row(&plan.job) })
            }
            Request::AllowDuplicates { which } => {
                engine.allow_duplicates(&selected(which), by).await?;
                Reply::Done
            }
            Request::SnoozeErrors { which, until, more_than, reason } => {
                engine.snooze_errors(&selected(which), until, more_than, reason.as_deref(), by).await?;
                Reply::Done
            }
            Request::IgnoreErrors { which, reason } => {
                engine.ignore_errors(&selected(which), &reason, by).await?;
                Reply::Done
            }
            Request::LinkError { id, record } => {
                engine.link_error(id, &record, by).await?;
                Reply::Done
            }
            Request::KeepSide { ids, side } => {
                engine.keep(&ids, side, by).await?;
                Reply::Done
            }
            Request::RestoreValue { seq, fields } => {
                engine.restore_value(seq, &fields, by).await?;
                Reply::Done
            }
            Request::MatchUsers { .. } | Request::LinkUser { .. } => {
                self.act_on_users(engine, request, visitor).await?
            }
            Request::AddConnection(draft) => {
                let id = draft.id.clone();
                engine.add_connection(*draft, by).await?;
                self.connection_reply(&id, visitor)?
            }
            Request::ActOnConnection { id, act } => {
                act_on_connection(engine, &id, act, visitor).await?;
                self.connection_reply(&id, visitor)?
            }
            Request::Authorise { id, other_org } => {
                let case = engine.authorise(&id, other_org, by).await?;
                Reply::Authorisation(Box::new(authorisation_row(&case)))
            }
            Request::AuthoriseWith { id, pasted } => {
                engine.authorise_with(&id, &pasted.0, by).await?;
                self.connection_reply(&id, visitor)?
            }
            Request::Authorising(id) => {
                let case = engine.authorising(&id).ok_or(ActError::Unasked(Mismatch::NotAwaited))?;
                Reply::Authorising(Box::new(self.authorising_row(
                    &id,
                    &case,
                    engine.now(),
                    &visitor.words,
                )?))
            }
            Request::Doctor { id } => {
                let ids = match id {
                    Some(id) => vec![id],
                    None => self.store.read()?.connections()?.into_iter().map(|row| row.id).collect(),
                };
                let mut rows = Vec::new();
                for id in ids {
                    let found = engine.examine(&id).await?;
                    rows.extend(found.iter().map(|finding| finding_row(&id, finding, &visitor.words)));
                }
                Reply::Findings(rows)
            }
            Request::ResumeConnection(id) => {
                engine.resume_connection(&id, by).await?;
                self.connection_reply(&id, visitor)?
            }
            Request::PutAccount { id, recipe_limit, add } => {
                engine.put_account(&id, recipe_limit, add, by).await?;
                Reply::Done
            }
            Request::RemoveAccount(id) => {
                engine.remove_account(&id, by).await?;
                Reply::Done
            }
            Request::Undo(job) | Request::StopJob(job) => {
                engine.undo(job, by).await?;
                Reply::Done
            }
            _ => Reply::Done,
        })
    }

    fn connection_reply(&self, id: &ConnectionId, visitor: &Visitor) -> Result<Reply, ActError> {
        let rows = self.connections(None, &visitor.words)?;
        Ok(Reply::Connections(rows.into_iter().filter(|row| row.id == *id).collect()))
    }
}

async fn act_on_connection(
    engine: &Engine,
    id: &ConnectionId,
    act: ConnectionAct,
    visitor: &Visitor,
) -> Result<(), ActError> {
    let by = &visitor.caller;
    match act {
        ConnectionAct::Check => engine.check_connection(id).await,
        ConnectionAct::Reconnect { token, resume, other_org } => {
            engine.reconnect(id, token, resume, other_org.as_deref(), by).await
        }
        ConnectionAct::Enable => engine.switch_connection(id, true, by).await,
        ConnectionAct::Disable => engine.switch_connection(id, false, by).await,
        ConnectionAct::SetBudget(budget) => {
            engine.set_connection(id, |row| row.api_budget = budget, by).await
        }
        ConnectionAct::SetShares { retries, syncs } => {
            let set = |row: &mut Connection| {
                let shares = &mut row.more.shares;
                shares.retries = retries.unwrap_or(shares.retries).min(100);
                shares.syncs = syncs.unwrap_or(shares.syncs).min(100);
            };
            engine.set_connection(id, set, by).await
        }
        ConnectionAct::SetProtected(protected) => {
            engine.set_connection(id, |row| row.protected = protected, by).await
        }
        ConnectionAct::Remove => engine.remove_connection(id, by).await,
    }
}

fn selected(selection: Selection) -> Which {
    match selection {
        Selection::Ids(ids) => Which::Ids(ids),
        Selection::Group(group) => Which::Group(group),
        Selection::All { since } => Which::All(since),
    }
}
