//! The sub-commands of `recipes`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::domain::recipe::Template;

/// `recipes`
#[derive(Debug, Subcommand)]
pub enum Recipes {
    /// All recipes
    List {
        /// Deleted ones too
        #[arg(long)]
        deleted: bool,
    },
    /// One recipe
    Show {
        /// Its id
        id: String,
    },
    /// Make a recipe or a pair from a file
    Create {
        /// The file
        #[arg(long, value_name = "FILE")]
        file: PathBuf,
        /// Only check it
        #[arg(long)]
        dry_run: bool,
    },
    /// Write a recipe file with a mapping proposed from what both sides have in common
    Propose(Propose),
    /// What a recipe file would do to real records, and what its first load would cost
    Preview {
        /// The file
        #[arg(long, value_name = "FILE")]
        file: PathBuf,
    },
    /// Look for changes now
    Run {
        /// Its id
        id: String,
        /// Read everything again
        #[arg(long)]
        full: bool,
        /// Only say what it would do
        #[arg(long)]
        dry_run: bool,
    },
    /// Stop recipes
    Pause {
        /// Their ids
        #[arg(required = true)]
        ids: Vec<String>,
        /// The other half of each pair as well
        #[arg(long)]
        pair: bool,
    },
    /// Let recipes go on
    Resume {
        /// Their ids
        #[arg(required = true)]
        ids: Vec<String>,
        /// The other half of each pair as well
        #[arg(long)]
        pair: bool,
    },
    /// Delete recipes; they can be restored for 30 days
    Delete {
        /// Their ids
        #[arg(required = true)]
        ids: Vec<String>,
        /// The other half of each pair as well
        #[arg(long)]
        pair: bool,
        /// Without asking
        #[arg(long)]
        yes: bool,
    },
    /// Bring recipes back, paused
    Restore {
        /// Their ids
        #[arg(required = true)]
        ids: Vec<String>,
    },
    /// Write definitions, as files that `create` and `apply` read
    Export {
        /// A directory that gets a file for each recipe or pair [default: standard output]
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Make the account match a directory of recipe files
    Apply {
        /// The directory
        dir: PathBuf,
        /// Delete recipes that no file describes
        #[arg(long)]
        prune: bool,
        /// Only say what would happen
        #[arg(long)]
        dry_run: bool,
    },
    /// Delete the unused recipes that changed nothing for the longest time
    Prune {
        /// For how long, such as 30d
        #[arg(long, value_name = "SPAN", default_value = "30d")]
        unused: String,
        /// How many at most; a pair counts as two and is never split
        #[arg(long, value_name = "N")]
        count: usize,
        /// Without asking
        #[arg(long)]
        yes: bool,
    },
    /// Recipes that nobody uses, with the reasons
    Unused {
        /// After how many days one counts as unused
        #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(i64).range(0..=36_500))]
        days: i64,
    },
}

/// `recipes propose`
#[derive(Debug, Args)]
pub struct Propose {
    /// The Salesforce connection [default: the only one]
    #[arg(long, value_name = "ID")]
    pub salesforce: Option<String>,
    /// The other system's connection [default: the only one]
    #[arg(long, value_name = "ID")]
    pub target: Option<String>,
    /// The Salesforce object; without it and a container, both are listed
    #[arg(long, value_name = "OBJECT", requires = "container")]
    pub object: Option<String>,
    /// The container (a board, say), by id or title
    #[arg(long, value_name = "CONTAINER", requires = "object")]
    pub container: Option<String>,
    /// What the recipe is made from
    #[arg(long, value_name = "TEMPLATE", default_value = "record-to-item", value_parser = template)]
    pub template: Template,
    /// What people will call it [default: object and container]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
}

fn template(name: &str) -> Result<Template, String> {
    let known = Template::ALL.iter().find(|(known, _)| *known == name);
    known.map(|(_, template)| *template).ok_or_else(|| {
        let names: Vec<&str> = Template::ALL.iter().map(|(name, _)| *name).collect();
        format!("one of {}", names.join(", "))
    })
}
