//! Who may approve how much: the ladder of roles that a policy declares, and whether everybody who may decide is on it.

use rust_decimal::Decimal;

use crate::diagnostic::{Code, Diagnostic};
use crate::facts::Schema;
use crate::program::{Ladder, Reach, Rung, Without};
use crate::source::Spanned;
use crate::syntax::{ast, spelled};

use super::conditions::money;
use super::guesses::{Header, Said};
use super::say;
use super::vocabulary::role_named;

/// Reads the ladder, once all choices are read: amounts rise from role to role, the last may approve any amount.
pub(super) fn read(
    header: &mut Header,
    made: &[(Said, &Spanned<ast::Choice>)],
    schema: &mut Schema,
    out: &mut Vec<Diagnostic>,
) {
    let said = made.iter().find_map(|(_, choice)| match &choice.node {
        ast::Choice::Authority(rungs) => Some((rungs, choice.span)),
        _ => None,
    });
    let Some((rungs, span)) = said else { return };
    let found = out.len();
    let mut read: Vec<(Rung, &ast::Rung)> = Vec::new();
    for rung in rungs {
        let Some(role) = role_named(&rung.role, schema, out) else { continue };
        if let Some((_, first)) = read.iter().find(|(known, _)| known.role == role) {
            let message = format!("it is said twice how much `{}` may approve", rung.role.node);
            out.push(
                Diagnostic::new(Code::DefinedTwice, rung.role.span, message)
                    .label(first.role.span, "the first time")
                    .help("keep the one you mean"),
            );
            continue;
        }
        let reach = match &rung.reach {
            ast::Reach::UpTo(amount) => match &amount.node {
                ast::Value::Money { amount: limit, .. } => {
                    if !money(amount, header.head.currency.as_ref().map(|currency| currency.node), out) {
                        continue;
                    }
                    Reach::UpTo(*limit)
                }
                ast::Value::Date(_) | ast::Value::Number(_) | ast::Value::Name(_) => continue,
            },
            ast::Reach::AnyAmount => Reach::AnyAmount,
            ast::Reach::OwnMatters => Reach::OwnMatters,
        };
        read.push((Rung { role, reach }, rung));
    }
    rises(header, &read, schema, out);
    let rising: Vec<_> = read.iter().filter(|(rung, _)| rung.reach != Reach::OwnMatters).collect();
    if out.len() == found && rising.last().is_none_or(|(rung, _)| rung.reach != Reach::AnyAmount) {
        let (place, above) = match rising.last() {
            Some((Rung { reach: Reach::UpTo(limit), .. }, last)) => {
                (last.role.span, header.head.currency.as_ref().map(|currency| say::money(*limit, currency.node)))
            }
            _ => (span, None),
        };
        let message = match above {
            Some(limit) => format!("nobody may approve more than {limit}"),
            None => "only specialists may approve anything".to_owned(),
        };
        out.push(
            Diagnostic::new(Code::AuthorityEnds, place, message)
                .help("end it with a role that may, such as `, director up to any amount`"),
        );
    }
    if out.len() > found {
        return;
    }
    for pair in rising.windows(2) {
        if let [(lower, _), (upper, _)] = pair
            && let Some(role) = schema.roles.get_mut(usize::from(upper.role))
            && !role.over.contains(&lower.role)
        {
            role.over.push(lower.role);
        }
    }
    header.choices.authority = Some(Ladder { rungs: read.into_iter().map(|(rung, _)| rung).collect() });
    header.authority = Some(span);
    of_the_header(header, made, schema, out);
}

/// That each role may approve more than the one before it, and stands nowhere below it.
fn rises(header: &Header, read: &[(Rung, &ast::Rung)], schema: &Schema, out: &mut Vec<Diagnostic>) {
    let rising: Vec<_> = read.iter().filter(|(rung, _)| rung.reach != Reach::OwnMatters).collect();
    let shown = |amount: Decimal| match &header.head.currency {
        Some(currency) => say::money(amount, currency.node),
        None => amount.to_string(),
    };
    for (at, (rung, written)) in rising.iter().enumerate() {
        let Some((below, before)) = at.checked_sub(1).and_then(|before| rising.get(before)) else { continue };
        let (name, other) = (&written.role.node, &before.role.node);
        let message = match (below.reach, rung.reach) {
            (Reach::UpTo(less), Reach::UpTo(more)) if more <= less => {
                format!("`{name}` may approve {}, which is no more than `{other}` before it", shown(more))
            }
            (Reach::AnyAmount, _) => format!("`{name}` may approve no more than `{other}` before it"),
            _ => {
                let beneath = rising.iter().take(at).find(|(lower, _)| schema.may_act_as(lower.role, rung.role));
                if let Some((_, lower)) = beneath {
                    let message =
                        format!("the role `{}` stands above `{name}`, so it cannot come before", lower.role.node);
                    out.push(
                        Diagnostic::new(Code::AuthorityNotRising, written.role.span, message)
                            .label(lower.role.span, "this one stands higher")
                            .help("write the roles from the lowest to the highest"),
                    );
                }
                continue;
            }
        };
        out.push(
            Diagnostic::new(Code::AuthorityNotRising, written.role.span, message)
                .label(before.role.span, "the one before")
                .help("write the roles from the one that may approve least to the one that may approve most"),
        );
    }
}

/// The roles that choices name.
fn of_the_header(header: &Header, made: &[(Said, &Spanned<ast::Choice>)], schema: &Schema, out: &mut Vec<Diagnostic>) {
    for (_, choice) in made {
        let named = match &choice.node {
            ast::Choice::Late(ast::Finality::Overridable(name)) => header.choices.late.map(|role| (name, role)),
            ast::Choice::Without { clock, then: ast::Without::Refer(name) } => {
                header.choices.without.iter().find_map(|(of, then)| match then {
                    Without::Refer(role) if of == clock => Some((name, *role)),
                    Without::Refer(_) | Without::Use(_) | Without::Ask => None,
                })
            }
            _ => None,
        };
        if let Some((name, role)) = named {
            on_ladder(header, name, role, schema, out);
        }
    }
}

/// That a role which may decide is on the ladder, if there is one.
pub(super) fn on_ladder(
    header: &Header,
    name: &Spanned<String>,
    role: u16,
    schema: &Schema,
    out: &mut Vec<Diagnostic>,
) {
    let (Some(ladder), Some(place)) = (&header.choices.authority, header.authority) else { return };
    if ladder.has(role) {
        return;
    }
    let known: Vec<&str> = ladder.rungs.iter().map(|rung| schema.role(rung.role)).collect();
    let message = format!("it is not said how much `{}` may approve", name.node);
    let (role, currency) = (spelled(&name.node), header.head.currency.as_ref().map_or("USD", |c| c.node.code()));
    let help = format!(
        "name {}, or add `{role} up to 500.00 {currency}`, or `{role} in its own matters` for a specialist",
        say::or(known)
    );
    out.push(
        Diagnostic::new(Code::AuthorityUnknown, name.span, message)
            .label(place, "here it is said of others")
            .help(help),
    );
}
