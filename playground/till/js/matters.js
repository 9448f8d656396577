// What somebody above the clerk has to settle, read from the answer.

/**
 * What there is to approve: `[{ roles, clauses, line, text, refusal, owed }]`. What is referred, with its `text`, and what may be lifted of a refusal, with the `refusal`.
 * `owed`: by law it must be granted.
 */
export function toApprove({ decision, script }) {
  const referred = decision.referrals.map(({ role, by, line, text, must_be_granted: owed }) => ({ roles: [role], clauses: by, line, text, owed }));
  const lifted = script.instead
    .filter(({ kind }) => kind === "approval")
    .map(({ roles, by, line }) => ({ roles, clauses: by, line, refusal: refusalOf(script, line), owed: false }));
  return [...referred, ...lifted].filter(({ clauses }) => clauses.length > 0);
}

/** What there is to look at: `[{ roles, clauses, line, text, within, due }]`. */
export function toVerify({ decision }) {
  return decision.verifications.map(({ role, by, line, text, within, due }) => ({ roles: [role], clauses: by, line, text, within, due }));
}

/** Why the line is refused, for the clerk. */
function refusalOf(script, line) {
  return script.reasons
    .filter((reason) => reason.line === line)
    .map(({ clerk }) => clerk)
    .join(" ");
}

/** The approvals of somebody, for a request: one for every clause. */
export function approvalsBy(person, matters) {
  const clauses = new Set(matters.flatMap((matter) => matter.clauses));
  return [...clauses].map((clause) => ({ clause, role: person.role, by: person.id }));
}

/** What somebody found who looked. */
export function verificationsBy(person, matters, passed) {
  return approvalsBy(person, matters).map((one) => ({ ...one, passed }));
}

/**
 * Those of some approvals or verifications that count: each alone changes what there is to settle. `again(request)`: the answer to a request.
 */
export function counting(given, kind, answer, again) {
  const member = kind === "approve" ? "approvals" : "verifications";
  const matters = (one) => JSON.stringify((kind === "approve" ? toApprove(one) : toVerify(one)).map(({ roles, clauses, line }) => [roles, clauses, line]));
  const before = matters(answer);
  return given.filter((one) => matters(again({ ...answer.request, [member]: [...(answer.request[member] ?? []), one] })) !== before);
}
