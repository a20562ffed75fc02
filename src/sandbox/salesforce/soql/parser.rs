//! The grammar of queries.

use super::lexer::{Token, What, split, unescaped};
use super::{Expr, Function, Literal, Name, Operator, Order, Query, Select, Term, Which, pointing};
use crate::sandbox::salesforce::calendar;
use crate::sandbox::salesforce::error::ApiError;

/// How deep brackets and subqueries may be nested.
const DEEPEST: usize = 50;

/// The longest query.
const LONGEST: usize = 100_000;

pub(super) struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
}

type Parsed<T> = Result<T, ApiError>;

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str) -> Parsed<Self> {
        if text.chars().count() > LONGEST {
            return Err(ApiError::new(
                400,
                "MALFORMED_QUERY",
                "SOQL statements cannot be longer than 100000 characters.",
            ));
        }
        Ok(Self { text, tokens: split(text)?, next: 0, depth: 0 })
    }

    /// A whole query, with nothing behind it.
    pub(super) fn query(mut self) -> Parsed<Query> {
        let query = self.select_statement()?;
        if *self.peek() == What::End { Ok(query) } else { self.unexpected() }
    }

    fn select_statement(&mut self) -> Parsed<Query> {
        self.enter()?;
        let mut query = Query::default();
        self.expect_word("SELECT")?;
        loop {
            query.select.push(self.select()?);
            if !self.sign(",") {
                break;
            }
        }
        self.expect_word("FROM")?;
        query.from = self.name()?;
        if let What::Word(word) = self.peek() {
            let word = word.clone();
            if !is_clause(&word) {
                self.next += 1;
                query.alias = Some(word);
            }
        }
        if self.word("USING") {
            self.expect_word("SCOPE")?;
            self.name()?;
        }
        if self.word("WHERE") {
            query.filter = Some(self.condition()?);
        }
        if self.word("WITH") {
            self.name()?;
        }
        if self.word("GROUP") {
            self.expect_word("BY")?;
            loop {
                query.group.push(self.name()?);
                if !self.sign(",") {
                    break;
                }
            }
            if self.word("HAVING") {
                query.having = Some(self.condition()?);
            }
        }
        if self.word("ORDER") {
            self.expect_word("BY")?;
            loop {
                query.order.push(self.order()?);
                if !self.sign(",") {
                    break;
                }
            }
        }
        if self.word("LIMIT") {
            query.limit = Some(self.whole()?);
        }
        if self.word("OFFSET") {
            query.offset = Some(self.whole()?);
        }
        while self.word("FOR") {
            self.name()?;
        }
        if self.word("ALL") {
            self.expect_word("ROWS")?;
        }
        self.depth -= 1;
        Ok(query)
    }

    fn select(&mut self) -> Parsed<Select> {
        if self.sign("(") {
            let children = self.select_statement()?;
            self.expect_sign(")")?;
            return Ok(Select::Children(Box::new(children)));
        }
        if self.is_word("FROM") {
            return self.unexpected();
        }
        let name = self.name()?;
        if !self.sign("(") {
            return Ok(Select::Field(name, self.alias()));
        }
        let word = name.parts.join(".").to_ascii_uppercase();
        if word == "FIELDS" {
            let which = self.name()?;
            let which = match which.parts.join(".").to_ascii_uppercase().as_str() {
                "ALL" => Which::All,
                "STANDARD" => Which::Standard,
                "CUSTOM" => Which::Custom,
                _ => return self.unexpected_at(which.at),
            };
            self.expect_sign(")")?;
            return Ok(Select::Fields(which, name.at));
        }
        if let Some(function) = function(&word) {
            let of = if *self.peek() == What::Sign(")") { None } else { Some(self.name()?) };
            self.expect_sign(")")?;
            if of.is_none() && function != Function::Count {
                return self.unexpected();
            }
            return Ok(Select::Aggregate(function, of, self.alias()));
        }
        if !matches!(word.as_str(), "TOLABEL" | "FORMAT" | "CONVERTCURRENCY" | "CONVERTTIMEZONE") {
            return self.unexpected_at(name.at);
        }
        let of = self.name()?;
        self.expect_sign(")")?;
        Ok(Select::Wrapped(of, self.alias()))
    }

    fn order(&mut self) -> Parsed<Order> {
        let by = self.term()?;
        let descending = self.word("DESC");
        if !descending {
            self.word("ASC");
        }
        let mut nulls_last = None;
        if self.word("NULLS") {
            nulls_last = Some(self.word("LAST"));
            if nulls_last == Some(false) {
                self.expect_word("FIRST")?;
            }
        }
        Ok(Order { by, descending, nulls_last })
    }

    fn condition(&mut self) -> Parsed<Expr> {
        self.enter()?;
        let first = self.negation()?;
        let mut all = vec![first];
        let joined = if self.is_word("AND") {
            while self.word("AND") {
                all.push(self.negation()?);
            }
            true
        } else {
            while self.word("OR") {
                all.push(self.negation()?);
            }
            false
        };
        // AND and OR side by side need brackets.
        if self.is_word("AND") || self.is_word("OR") {
            return self.unexpected();
        }
        self.depth -= 1;
        Ok(match (all.len(), joined) {
            (1, _) => all.remove(0),
            (_, true) => Expr::And(all),
            (_, false) => Expr::Or(all),
        })
    }

    fn negation(&mut self) -> Parsed<Expr> {
        if self.word("NOT") {
            self.enter()?;
            let negated = self.negation()?;
            self.depth -= 1;
            return Ok(Expr::Not(Box::new(negated)));
        }
        if self.sign("(") {
            let inner = self.condition()?;
            self.expect_sign(")")?;
            return Ok(inner);
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Parsed<Expr> {
        let term = self.term()?;
        let negated = self.word("NOT");
        if let Term::Field(name) = &term {
            if self.word("IN") {
                return self.list(name.clone(), negated);
            }
            if !negated && (self.is_word("INCLUDES") || self.is_word("EXCLUDES")) {
                let excludes = self.word("EXCLUDES");
                self.word("INCLUDES");
                return Ok(Expr::Includes(name.clone(), excludes, self.literals()?));
            }
        }
        if negated {
            return self.unexpected();
        }
        let operator = match self.peek() {
            What::Sign("=") => Operator::Equal,
            What::Sign("!=" | "<>") => Operator::NotEqual,
            What::Sign("<") => Operator::Less,
            What::Sign("<=") => Operator::LessOrEqual,
            What::Sign(">") => Operator::Greater,
            What::Sign(">=") => Operator::GreaterOrEqual,
            What::Word(word) if word.eq_ignore_ascii_case("LIKE") => Operator::Like,
            _ => return self.unexpected(),
        };
        self.next += 1;
        let literal = self.literal(operator == Operator::Like)?;
        Ok(Expr::Compare(term, operator, literal))
    }

    fn term(&mut self) -> Parsed<Term> {
        let name = self.name()?;
        if !self.sign("(") {
            return Ok(Term::Field(name));
        }
        let word = name.parts.join(".").to_ascii_uppercase();
        if let Some(function) = function(&word) {
            let of = if *self.peek() == What::Sign(")") { None } else { Some(self.name()?) };
            self.expect_sign(")")?;
            return Ok(Term::Aggregate(function, of));
        }
        if matches!(word.as_str(), "TOLABEL" | "CONVERTTIMEZONE") {
            let of = self.name()?;
            self.expect_sign(")")?;
            return Ok(Term::Field(of));
        }
        self.unexpected_at(name.at)
    }

    fn list(&mut self, name: Name, negated: bool) -> Parsed<Expr> {
        let subquery = matches!(
            self.tokens.get(self.next + 1).map(|token| &token.what),
            Some(What::Word(word)) if word.eq_ignore_ascii_case("SELECT")
        );
        if !subquery {
            return Ok(Expr::In(name, negated, self.literals()?));
        }
        self.expect_sign("(")?;
        let query = self.select_statement()?;
        self.expect_sign(")")?;
        Ok(Expr::Semi(name, negated, Box::new(query)))
    }

    fn literals(&mut self) -> Parsed<Vec<Literal>> {
        self.expect_sign("(")?;
        let mut literals = Vec::new();
        loop {
            literals.push(self.literal(false)?);
            if !self.sign(",") {
                break;
            }
        }
        self.expect_sign(")")?;
        Ok(literals)
    }

    fn literal(&mut self, raw: bool) -> Parsed<Literal> {
        let literal = match self.peek() {
            What::Text(text) if raw => Literal::Text(text.clone()),
            What::Text(text) => Literal::Text(unescaped(text)),
            What::Literal(text) => {
                let number = text.parse().ok().filter(|number: &f64| number.is_finite()).map(Literal::Number);
                let number = number.or_else(|| calendar::read_day(text).map(Literal::Day));
                let number = number.or_else(|| calendar::read_moment(text).map(Literal::Moment));
                let clock = || calendar::read_clock(text.strip_suffix('Z')?).map(Literal::Clock);
                match number.or_else(clock) {
                    Some(literal) => literal,
                    None => return self.unexpected(),
                }
            }
            What::Word(word) => {
                let upper = word.to_ascii_uppercase();
                let range = match upper.as_str() {
                    "NULL" => Literal::Null,
                    "TRUE" => Literal::Bool(true),
                    "FALSE" => Literal::Bool(false),
                    _ if super::dates::is_range(&upper) => Literal::Range(upper, None),
                    _ => return self.unexpected(),
                };
                self.next += 1;
                if let Literal::Range(name, None) = &range
                    && self.sign(":")
                {
                    let number = self.whole()?;
                    return Ok(Literal::Range(name.clone(), i64::try_from(number).ok()));
                }
                return Ok(range);
            }
            _ => return self.unexpected(),
        };
        self.next += 1;
        Ok(literal)
    }

    fn name(&mut self) -> Parsed<Name> {
        let Some(Token { what: What::Word(word), at }) = self.tokens.get(self.next) else {
            return self.unexpected();
        };
        let name = Name { parts: word.split('.').map(str::to_owned).collect(), at: *at };
        if name.parts.iter().any(String::is_empty) {
            return self.unexpected();
        }
        self.next += 1;
        Ok(name)
    }

    fn alias(&mut self) -> Option<String> {
        let What::Word(word) = self.peek() else { return None };
        if word.eq_ignore_ascii_case("FROM") || word.contains('.') {
            return None;
        }
        let word = word.clone();
        self.next += 1;
        Some(word)
    }

    fn whole(&mut self) -> Parsed<usize> {
        if let What::Literal(text) = self.peek()
            && let Ok(number) = text.parse()
        {
            self.next += 1;
            return Ok(number);
        }
        self.unexpected()
    }

    fn enter(&mut self) -> Parsed<()> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(ApiError::new(400, "QUERY_TOO_COMPLICATED", "The query is nested too deeply."));
        }
        Ok(())
    }

    fn peek(&self) -> &What {
        self.tokens.get(self.next).map_or(&What::End, |token| &token.what)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), What::Word(found) if found.eq_ignore_ascii_case(word))
    }

    fn word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.next += usize::from(found);
        found
    }

    fn sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), What::Sign(found) if *found == sign);
        self.next += usize::from(found);
        found
    }

    fn expect_word(&mut self, word: &str) -> Parsed<()> {
        if self.word(word) { Ok(()) } else { self.unexpected() }
    }

    fn expect_sign(&mut self, sign: &str) -> Parsed<()> {
        if self.sign(sign) { Ok(()) } else { self.unexpected() }
    }

    fn unexpected<T>(&self) -> Parsed<T> {
        let at = self.tokens.get(self.next).map_or(self.text.len(), |token| token.at);
        self.unexpected_at(at)
    }

    fn unexpected_at<T>(&self, at: usize) -> Parsed<T> {
        let found = self.tokens.iter().find(|token| token.at == at).map_or(&What::End, |token| &token.what);
        let found = match found {
            What::Word(text) | What::Literal(text) | What::Text(text) => text.as_str(),
            What::Sign(sign) => sign,
            What::End => "<EOF>",
        };
        Err(pointing(self.text, at, "MALFORMED_QUERY", &format!("unexpected token: '{found}'")))
    }
}

fn is_clause(word: &str) -> bool {
    let clauses = ["USING", "WHERE", "WITH", "GROUP", "ORDER", "LIMIT", "OFFSET", "FOR", "ALL", "HAVING"];
    clauses.iter().any(|clause| clause.eq_ignore_ascii_case(word))
}

fn function(word: &str) -> Option<Function> {
    Some(match word {
        "COUNT" => Function::Count,
        "COUNT_DISTINCT" => Function::CountDistinct,
        "MIN" => Function::Min,
        "MAX" => Function::Max,
        "SUM" => Function::Sum,
        "AVG" => Function::Avg,
        _ => return None,
    })
}
