//! Turns the rules of the grammar into the table that `src/syntax/parse/grammar.rs` walks.

#[cfg(feature = "compile")]
mod grammar {
    use std::collections::HashMap;
    use std::error::Error;
    use std::fmt::Write as _;
    use std::{env, fs};

    use pest_meta::ast::RuleType;
    use pest_meta::optimizer::{OptimizedExpr, OptimizedRule, optimize};
    use pest_meta::{parser, validator};

    const GRAMMAR: &str = "grammar/takeback.pest";

    type Result<T> = std::result::Result<T, Box<dyn Error>>;

    /// Writes `grammar.rs` into the folder of what is generated.
    pub(super) fn write() -> Result<()> {
        let text = fs::read_to_string(GRAMMAR)?;
        let pairs = parser::parse(parser::Rule::grammar_rules, &text)?;
        validator::validate_pairs(pairs.clone()).map_err(first)?;
        let rules = optimize(parser::consume_rules(pairs).map_err(first)?);
        let path = format!("{}/grammar.rs", env::var("OUT_DIR")?);
        Ok(fs::write(path, Table::of(&rules)?)?)
    }

    fn first<E: ToString>(errors: Vec<E>) -> String {
        errors.first().map(ToString::to_string).unwrap_or_default()
    }

    /// An expression: what it does, and with which part of which table.
    #[derive(Clone, PartialEq, Eq, Hash)]
    struct Expr {
        does: &'static str,
        start: usize,
        length: usize,
    }

    struct Table {
        numbers: HashMap<String, usize>,
        /// All texts, one after another.
        texts: String,
        /// All parts of expressions, one list after another.
        parts: Vec<Expr>,
        /// Where the lists are, so that none is written twice.
        known: HashMap<Vec<Expr>, usize>,
        /// What stands between the parts of a rule that is not atomic.
        skip: Option<Expr>,
    }

    impl Table {
        fn of(rules: &[OptimizedRule]) -> Result<String> {
            // The end of the text is a rule of pest's own, and the first.
            let names: Vec<&str> = std::iter::once("EOI").chain(rules.iter().map(|rule| rule.name.as_str())).collect();
            let numbers = names.iter().enumerate().map(|(at, name)| ((*name).to_owned(), at)).collect();
            let mut table =
                Self { numbers, texts: String::new(), parts: Vec::new(), known: HashMap::new(), skip: None };
            table.collect_texts(rules);
            table.skip = Some(table.blanks()?);

            let mut entries = "    Entry { rule: Rule::EOI, kind: Kind::Normal, expr: Expr { does: Does::End, start: 0, length: 0 } },\n".to_owned();
            for rule in rules {
                let (kind, tight) = match (rule.name.as_str(), rule.ty) {
                    ("WHITESPACE" | "COMMENT", RuleType::Silent) => ("Blank", true),
                    (_, RuleType::Normal) => ("Normal", false),
                    (_, RuleType::Silent) => ("Silent", false),
                    (_, RuleType::Atomic) => ("Atomic", true),
                    (_, RuleType::CompoundAtomic) => ("CompoundAtomic", true),
                    (name, RuleType::NonAtomic) => return Err(unknown(name, "`!{`")),
                };
                let expr = table.expr(&rule.expr, tight)?;
                let expr = written(&expr);
                writeln!(entries, "    Entry {{ rule: Rule::r#{}, kind: Kind::{kind}, expr: {expr} }},", rule.name)?;
            }
            let variants: Vec<String> = names.iter().map(|name| format!("r#{name}")).collect();
            let own: Vec<String> = variants.iter().skip(1).map(|name| format!("Self::{name}")).collect();
            let parts: Vec<String> = table.parts.iter().map(written).collect();
            Ok(format!(
                "#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]\n\
                 #[allow(dead_code, non_camel_case_types, clippy::upper_case_acronyms, reason = \"the names of the grammar\")]\n\
                 pub(super) enum Rule {{ {} }}\n\n\
                 #[cfg(test)]\n\
                 impl Rule {{\n    pub(super) fn all() -> &'static [Self] {{\n        &[{}]\n    }}\n}}\n\n\
                 static RULES: &[Entry] = &[\n{entries}];\n\n\
                 static PARTS: &[Expr] = &[\n    {},\n];\n\n\
                 static TEXTS: &str = {:?};\n",
                variants.join(", "),
                own.join(", "),
                parts.join(",\n    "),
                table.texts,
            ))
        }

        /// Longer texts first, so that shorter ones are found in them.
        fn collect_texts(&mut self, rules: &[OptimizedRule]) {
            let exprs = rules.iter().flat_map(|rule| rule.expr.iter_top_down());
            let mut texts: Vec<String> = exprs
                .filter_map(|expr| match expr {
                    OptimizedExpr::Str(text) => Some(text),
                    _ => None,
                })
                .collect();
            texts.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            for text in texts {
                if !self.texts.contains(&text) {
                    self.texts.push_str(&text);
                }
            }
        }

        /// Blanks, and comments with blanks after them.
        fn blanks(&mut self) -> Result<Expr> {
            let blank = self.rule("WHITESPACE")?;
            let blanks = self.list("Repeat", vec![blank]);
            let comment = vec![self.rule("COMMENT")?, blanks.clone()];
            let comment = self.list("Sequence", comment);
            let comments = self.list("Repeat", vec![comment]);
            let both = self.list("Sequence", vec![blanks, comments]);
            Ok(self.list("Skip", vec![both]))
        }

        /// As pest generates its parsers: what is `tight` has no blanks between its parts.
        fn expr(&mut self, expr: &OptimizedExpr, tight: bool) -> Result<Expr> {
            let between = if tight { None } else { self.skip.clone() };
            Ok(match expr {
                OptimizedExpr::Str(text) => {
                    let start = self.texts.find(text).ok_or("a text that was not collected")?;
                    Expr { does: "Text", start, length: text.len() }
                }
                OptimizedExpr::Ident(name) => self.rule(name)?,
                OptimizedExpr::PosPred(inner) => {
                    let inner = self.expr(inner, tight)?;
                    self.list("Ahead", vec![inner])
                }
                OptimizedExpr::NegPred(inner) => {
                    let inner = self.expr(inner, tight)?;
                    self.list("NotAhead", vec![inner])
                }
                OptimizedExpr::Opt(inner) => {
                    let inner = self.expr(inner, tight)?;
                    self.list("Optional", vec![inner])
                }
                OptimizedExpr::Seq(left, right) => {
                    let mut parts = vec![self.expr(left, tight)?];
                    let mut rest = right;
                    loop {
                        parts.extend(between.clone());
                        let OptimizedExpr::Seq(left, right) = &**rest else { break };
                        parts.push(self.expr(left, tight)?);
                        rest = right;
                    }
                    parts.push(self.expr(rest, tight)?);
                    self.list("Sequence", parts)
                }
                OptimizedExpr::Choice(left, right) => {
                    let mut parts = vec![self.expr(left, tight)?];
                    let mut rest = right;
                    while let OptimizedExpr::Choice(left, right) = &**rest {
                        parts.push(self.expr(left, tight)?);
                        rest = right;
                    }
                    parts.push(self.expr(rest, tight)?);
                    self.list("Choice", parts)
                }
                OptimizedExpr::Rep(inner) => {
                    let inner = self.expr(inner, tight)?;
                    match between {
                        None => self.list("Repeat", vec![inner]),
                        Some(between) => {
                            let more = self.more(Some(between), inner.clone());
                            let all = self.list("Optional", vec![inner, more]);
                            self.list("Sequence", vec![all])
                        }
                    }
                }
                OptimizedExpr::RepOnce(inner) => {
                    let inner = self.expr(inner, tight)?;
                    let more = self.more(between, inner.clone());
                    self.list("Sequence", vec![inner, more])
                }
                other => return Err(unknown("a rule", &format!("{other:?}"))),
            })
        }

        /// An expression again and again.
        fn more(&mut self, between: Option<Expr>, inner: Expr) -> Expr {
            let parts = between.into_iter().chain([inner]).collect();
            let again = self.list("Sequence", parts);
            self.list("Repeat", vec![again])
        }

        /// A rule of the grammar, or one that pest knows.
        fn rule(&self, name: &str) -> Result<Expr> {
            if let Some(number) = self.numbers.get(name) {
                return Ok(Expr { does: "Rule", start: *number, length: 0 });
            }
            let does = match name {
                "ANY" => "Any",
                "ASCII_ALPHA_UPPER" => "Capital",
                "ASCII_DIGIT" => "Digit",
                "LETTER" => "Letter",
                "MARK" => "Mark",
                "NEWLINE" => "Newline",
                "SOI" => "Start",
                _ => return Err(unknown("a rule", name)),
            };
            Ok(Expr { does, start: 0, length: 0 })
        }

        fn list(&mut self, does: &'static str, parts: Vec<Expr>) -> Expr {
            let length = parts.len();
            let start = match self.known.get(&parts) {
                Some(start) => *start,
                None => {
                    let start = self.parts.len();
                    self.parts.extend(parts.clone());
                    self.known.insert(parts, start);
                    start
                }
            };
            Expr { does, start, length }
        }
    }

    fn written(expr: &Expr) -> String {
        format!("Expr {{ does: Does::{}, start: {}, length: {} }}", expr.does, expr.start, expr.length)
    }

    fn unknown(place: &str, what: &str) -> Box<dyn Error> {
        format!("{GRAMMAR}: {place} has {what}, which build.rs and src/syntax/parse/grammar.rs do not know yet").into()
    }
}

#[cfg(feature = "compile")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=grammar/takeback.pest");
    grammar::write()
}

#[cfg(not(feature = "compile"))]
fn main() {}
