// Where an engine answers otherwise than the native one did. It runs in Node and in browsers alike.

/** Everything that the corpora of the repository ask (tests/answers.rs), byte for byte where the bytes are promised. */
export function corpora({ check, Policy, PolicyError }, { cases, complete, stores, diagnostics }) {
  const found = new Found();
  for (const [name, { files, steps }] of Object.entries(cases)) {
    const policy = Policy.compile(files);
    for (const [at, step] of steps.entries()) {
      const visit = policy.request(step.request);
      const place = `case ${name} step ${at}`;
      found.same(`${place}: decision`, step.decision, visit.decideJson());
      found.same(`${place}: decision about an object`, step.decision, policy.decideJson(JSON.parse(step.request)));
      found.same(`${place}: changes`, again(step.changes), JSON.stringify(visit.whatWouldChange()));
      found.same(`${place}: trace`, again(step.trace), JSON.stringify(visit.trace()));
      found.same(`${place}: words`, again(step.words), JSON.stringify(visit.words()));
      found.same(`${place}: words in ${step.told.locale}`, again(step.told.words), JSON.stringify(visit.words({ locale: step.told.locale })));
      visit.free();
    }
    policy.free();
  }
  for (const [name, { files, request, steps }] of Object.entries(complete)) {
    const policy = Policy.compile(files);
    const visit = policy.request(request);
    for (const [at, { answers, key, completion, audit }] of steps.entries()) {
      const options = { key: key ?? undefined };
      found.same(`answers ${name} step ${at}`, completion, visit.completeJson(answers, options));
      const { record } = JSON.parse(completion);
      if (record) found.same(`answers ${name} step ${at}: audit`, again(audit), JSON.stringify(visit.audit(record, options)));
    }
    visit.free();
    policy.free();
  }
  for (const [name, { files, report, scenarios }] of Object.entries(stores)) {
    const policy = Policy.compile(files);
    found.same(`store ${name}: findings`, findings(report), JSON.stringify(check(files)));
    found.same(`store ${name}: scenarios`, again(scenarios), JSON.stringify(policy.test()));
    policy.free();
  }
  for (const [name, { files, report }] of Object.entries(diagnostics)) {
    found.same(`mistake ${name}`, findings(report), JSON.stringify(check(files)));
    const isWrong = JSON.parse(report).diagnostics.some(({ severity }) => severity === "error");
    found.same(`mistake ${name}: thrown`, isWrong, refused(() => Policy.compile(files).free()) instanceof PolicyError);
  }
  return found;
}

/** The lines of target/native-lines.jsonl: a policy, the requests to it, the next policy. */
export function lines({ Policy, RequestError }, text) {
  const found = new Found();
  let policy;
  let refusals = 0;
  for (const line of text.split("\n").filter(Boolean)) {
    const { files, request, decision, refused: why } = JSON.parse(line);
    if (files) {
      policy?.free();
      policy = Policy.compile(files);
    } else if (decision) {
      found.same(request, decision, policy.decideJson(request));
    } else {
      const error = refused(() => policy.decide(request));
      const told = error instanceof RequestError && { kind: error.kind, path: error.path, message: error.message.slice(error.message.indexOf(why.message)) };
      found.same(request, JSON.stringify(why), JSON.stringify(told));
      refusals += 1;
    }
  }
  policy?.free();
  return { ...found, refusals };
}

/** How much was compared, and the first differences. */
class Found {
  compared = 0;
  differences = [];

  same(place, expected, actual) {
    this.compared += 1;
    if (expected !== actual && this.differences.length < 3) this.differences.push({ place, expected, actual });
  }
}

/** JSON text as this side writes it. */
function again(text) {
  return JSON.stringify(JSON.parse(text));
}

function findings(report) {
  return JSON.stringify(JSON.parse(report).diagnostics);
}

function refused(act) {
  try {
    act();
  } catch (error) {
    return error;
  }
}
