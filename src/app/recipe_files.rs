//! Recipes as files: written out, and a directory of them made true.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::json;

use super::visit::{Need, Visit};
use crate::cli::args::Global;
use crate::cli::output::Output;
use crate::cli::print_reply;
use crate::control::protocol::{RecipeAct, Refusal, Reply, Request};
use crate::domain::draft::RecipeDraft;
use crate::domain::id::{AccountId, RecipeId};
use crate::settings::recipe_file::{parse, write};
use crate::settings::{Lines, Mistake};

/// Writes definitions to files of a directory, or to standard output.
pub(super) async fn export(
    dir: Option<&Path>,
    account: Option<AccountId>,
    global: &Global,
    out: &Output,
) -> Result<u8, Refusal> {
    let visit = Visit::pay(global, Need::Data, &out.words).await?;
    let reply = visit.ask(Request::Definitions { account }, &out.words).await?;
    let Reply::Definitions(drafts) = reply else { return Ok(print_reply(out, &reply)) };
    let Some(dir) = dir else {
        if out.json {
            out.document(&drafts);
        } else {
            let files: Vec<String> =
                drafts.iter().map(|draft| format!("# {}\n{}", file_name(draft), write(draft))).collect();
            out.raw(&files.join("\n"));
        }
        return Ok(0);
    };
    let failed = |error: &std::io::Error| bad_file(dir, error, out);
    std::fs::create_dir_all(dir).map_err(|error| failed(&error))?;
    for draft in &drafts {
        std::fs::write(dir.join(file_name(draft)), write(draft)).map_err(|error| failed(&error))?;
    }
    let path = dir.display().to_string();
    let pairs = [("count", drafts.len().into()), ("path", (&path).into())];
    out.note(&out.words.say_with("exported", &pairs));
    if out.json {
        out.document(&json!({ "exported": drafts.len() }));
    }
    Ok(0)
}

fn file_name(draft: &RecipeDraft) -> String {
    draft.id.map_or_else(|| "recipe.toml".to_owned(), |id| format!("{id}.toml"))
}

fn bad_file(path: &Path, error: &std::io::Error, out: &Output) -> Refusal {
    let (path, why) = (path.display().to_string(), error.to_string());
    let pairs = [("path", (&path).into()), ("why", (&why).into())];
    Refusal::new("bad_file", 2, out.words.say_with("refused-file", &pairs))
}

/// `recipes apply`
pub(super) struct Apply<'a> {
    pub(super) dir: &'a Path,
    pub(super) prune: bool,
    pub(super) dry_run: bool,
}

/// A file and what it says.
struct Wanted {
    draft: RecipeDraft,
    lines: Lines,
}

/// What has to happen so that the account matches the files.
#[derive(Default)]
struct Steps {
    create: Vec<Wanted>,
    /// Other settings; the links stay.
    change: Vec<(RecipeId, RecipeDraft)>,
    /// Other links: the old one is deleted, and can be restored.
    replace: Vec<(Vec<RecipeId>, Wanted)>,
    delete: Vec<RecipeId>,
    /// Recipes that are as their files say; a pair is two.
    same: usize,
}

impl Steps {
    /// Returns how many recipes are to be made: a pair is two.
    fn created(&self) -> usize {
        self.create.iter().map(|wanted| wanted.draft.template.directions().len()).sum()
    }
}

impl Apply<'_> {
    pub(super) async fn run(
        &self,
        account: Option<AccountId>,
        global: &Global,
        out: &Output,
    ) -> Result<u8, Refusal> {
        let wanted = match self.read(account.as_ref(), out)? {
            Ok(wanted) => wanted,
            Err(mistakes) => return Ok(out.mistakes(&mistakes)),
        };
        let visit = Visit::pay(global, Need::Engine, &out.words).await?;
        let reply = visit.ask(Request::Definitions { account: account.clone() }, &out.words).await?;
        let Reply::Definitions(known) = reply else { return Ok(print_reply(out, &reply)) };
        let mut steps = self.compare(wanted, &known);
        if let Some(code) = resolve(&mut steps, &known, &visit, out).await? {
            return Ok(code);
        }
        if let Some(code) = check(&steps, &visit, out).await? {
            return Ok(code);
        }
        let told = |created: &[RecipeId]| {
            json!({
                "dry_run": self.dry_run,
                "created": if self.dry_run { json!(steps.created()) } else { json!(created) },
                "changed": steps.change.iter().map(|(id, _)| id).collect::<Vec<_>>(),
                "replaced": steps.replace.iter().flat_map(|(ids, _)| ids).collect::<Vec<_>>(),
                "deleted": steps.delete,
                "unchanged": steps.same,
            })
        };
        let mut created = Vec::new();
        if !self.dry_run
            && let Some(code) = carry_out(&steps, &visit, global, out, &mut created).await?
        {
            return Ok(code);
        }
        if out.json {
            out.document(&told(&created));
        } else {
            let pairs = [
                ("created", steps.created().into()),
                ("changed", steps.change.len().into()),
                ("replaced", steps.replace.len().into()),
                ("deleted", steps.delete.len().into()),
                ("same", steps.same.into()),
            ];
            out.line(&out.words.say_with(if self.dry_run { "apply-would" } else { "applied" }, &pairs));
        }
        Ok(0)
    }

    fn read(
        &self,
        account: Option<&AccountId>,
        out: &Output,
    ) -> Result<Result<Vec<Wanted>, Vec<Mistake>>, Refusal> {
        let failed = |error: &std::io::Error| bad_file(self.dir, error, out);
        let mut paths: Vec<_> = std::fs::read_dir(self.dir)
            .map_err(|error| failed(&error))?
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
            .collect();
        paths.sort();
        let (mut wanted, mut mistakes) = (Vec::new(), Vec::new());
        for path in paths {
            let text = std::fs::read_to_string(&path).map_err(|error| bad_file(&path, &error, out))?;
            match parse(&path.display().to_string(), &text) {
                Ok((mut draft, lines)) => {
                    draft.account = draft.account.or_else(|| account.cloned());
                    let again = |other: &Wanted| draft.id.is_some() && other.draft.id == draft.id;
                    if wanted.iter().any(again) {
                        mistakes.push(lines.mistake(
                            "id",
                            "an id that another file has",
                            "one file for each",
                        ));
                    }
                    wanted.push(Wanted { draft, lines });
                }
                Err(more) => mistakes.extend(more),
            }
        }
        Ok(if mistakes.is_empty() { Ok(wanted) } else { Err(mistakes) })
    }

    /// A file belongs to the recipe of its id; one without an id to the recipe of its name.
    fn compare(&self, wanted: Vec<Wanted>, known: &[RecipeDraft]) -> Steps {
        let mut steps = Steps::default();
        let mut kept: BTreeSet<RecipeId> = BTreeSet::new();
        for file in wanted {
            let by_id = known.iter().find(|recipe| file.draft.id.is_some() && recipe.id == file.draft.id);
            let by_name = || {
                let alike = |recipe: &&RecipeDraft| {
                    file.draft.id.is_none()
                        && recipe.name == file.draft.name
                        && recipe.id.is_some_and(|id| !kept.contains(&id))
                };
                known.iter().find(alike)
            };
            let Some((recipe, id)) = by_id.or_else(by_name).and_then(|recipe| Some((recipe, recipe.id?)))
            else {
                steps.create.push(file);
                continue;
            };
            kept.insert(id);
            // A recipe whose interval the file leaves open keeps it.
            let every_ms = file.draft.every_ms.or(recipe.every_ms);
            let draft = RecipeDraft { id: Some(id), every_ms, account: recipe.account.clone(), ..file.draft };
            if draft == *recipe {
                steps.same += draft.template.directions().len();
            } else if draft.carries_the_same(recipe) {
                steps.change.push((id, draft));
            } else {
                steps.replace.push((halves(recipe), Wanted { draft, lines: file.lines }));
            }
        }
        if self.prune {
            let gone = known.iter().filter(|recipe| recipe.id.is_some_and(|id| !kept.contains(&id)));
            steps.delete.extend(gone.flat_map(halves));
        }
        steps
    }
}

/// Returns the ids of a definition: two for a pair.
fn halves(recipe: &RecipeDraft) -> Vec<RecipeId> {
    let Some(id) = recipe.id else { return Vec::new() };
    (0..recipe.template.directions().len())
        .map(|at| RecipeId(id.0 + u32::try_from(at).unwrap_or(0)))
        .collect()
}

/// A file may name a board or a column by its title: that is the same recipe, not another one. Only files that seem to
/// want other links are asked about.
async fn resolve(
    steps: &mut Steps,
    known: &[RecipeDraft],
    visit: &Visit,
    out: &Output,
) -> Result<Option<u8>, Refusal> {
    let mut mistakes = Vec::new();
    for (ids, file) in std::mem::take(&mut steps.replace) {
        let draft = Box::new(file.draft.clone());
        let told = match visit.ask(Request::ResolveRecipe(draft), &out.words).await? {
            Reply::Definitions(told) => told.into_iter().next(),
            Reply::Refused(refusal) if !refusal.flaws.is_empty() => {
                let flaws = refusal.flaws.iter();
                mistakes.extend(flaws.map(|flaw| file.lines.mistake(&flaw.key, &flaw.found, &flaw.expected)));
                continue;
            }
            reply => return Ok(Some(print_reply(out, &reply))),
        };
        let recipe = known.iter().find(|recipe| recipe.id == file.draft.id);
        match (told, recipe) {
            (Some(told), Some(recipe)) if told == *recipe => steps.same += told.template.directions().len(),
            (Some(told), Some(recipe)) if told.carries_the_same(recipe) => {
                steps.change.extend(told.id.map(|id| (id, told)));
            }
            _ => steps.replace.push((ids, file)),
        }
    }
    Ok((!mistakes.is_empty()).then(|| out.mistakes(&mistakes)))
}

/// Checks everything that would be made against both systems, before anything changes.
async fn check(steps: &Steps, visit: &Visit, out: &Output) -> Result<Option<u8>, Refusal> {
    let mut mistakes = Vec::new();
    for file in steps.create.iter().chain(steps.replace.iter().map(|(_, file)| file)) {
        let draft = Box::new(file.draft.clone());
        match visit.ask(Request::CreateRecipe { draft, dry_run: true }, &out.words).await? {
            Reply::Refused(refusal) if !refusal.flaws.is_empty() => {
                let flaws = refusal.flaws.iter();
                mistakes.extend(flaws.map(|flaw| file.lines.mistake(&flaw.key, &flaw.found, &flaw.expected)));
            }
            // What is deleted first makes room.
            Reply::Refused(refusal) if refusal.limit.is_some() && has_room(steps, &refusal) => {}
            refused @ Reply::Refused(_) => return Ok(Some(print_reply(out, &refused))),
            _ => {}
        }
    }
    Ok((!mistakes.is_empty()).then(|| out.mistakes(&mistakes)))
}

fn has_room(steps: &Steps, refusal: &Refusal) -> bool {
    let (Some(limit), Some(used)) = (refusal.limit, refusal.used) else { return false };
    let goes = steps.delete.len() + steps.replace.iter().map(|(ids, _)| ids.len()).sum::<usize>();
    let comes = |file: &Wanted| file.draft.template.directions().len();
    let new = steps.create.iter().map(comes).sum::<usize>()
        + steps.replace.iter().map(|(_, file)| comes(file)).sum::<usize>();
    let wide = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    wide(used).saturating_sub(goes) + new <= wide(limit)
}

async fn carry_out(
    steps: &Steps,
    visit: &Visit,
    global: &Global,
    out: &Output,
    created: &mut Vec<RecipeId>,
) -> Result<Option<u8>, Refusal> {
    let refused = |reply: Reply| matches!(reply, Reply::Refused(_)).then(|| print_reply(out, &reply));
    let delete = |ids: Vec<RecipeId>| Request::ActOnRecipes {
        ids,
        act: RecipeAct::Delete,
        reason: global.reason.clone().or_else(|| Some("recipes apply".to_owned())),
    };
    if !steps.delete.is_empty()
        && let Some(code) = refused(visit.ask(delete(steps.delete.clone()), &out.words).await?)
    {
        return Ok(Some(code));
    }
    for (id, draft) in &steps.change {
        let request = Request::SetRecipe { id: *id, settings: draft.settings() };
        if let Some(code) = refused(visit.ask(request, &out.words).await?) {
            return Ok(Some(code));
        }
    }
    for (old, file) in &steps.replace {
        let gone = visit.ask(delete(old.clone()), &out.words).await?;
        let draft = Box::new(file.draft.clone());
        match visit.ask(Request::CreateRecipe { draft, dry_run: false }, &out.words).await? {
            Reply::Recipes(rows) => created.extend(rows.iter().map(|row| row.id)),
            reply => {
                // What cannot be replaced stays as it was.
                if let Reply::Job(row) = gone
                    && let Some(job) = row.id
                {
                    visit.ask(Request::Undo(job), &out.words).await?;
                }
                return Ok(Some(print_reply(out, &reply)));
            }
        }
    }
    for file in &steps.create {
        let draft = Box::new(file.draft.clone());
        match visit.ask(Request::CreateRecipe { draft, dry_run: false }, &out.words).await? {
            Reply::Recipes(rows) => created.extend(rows.iter().map(|row| row.id)),
            reply => return Ok(Some(print_reply(out, &reply))),
        }
    }
    Ok(None)
}
