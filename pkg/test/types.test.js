// index.d.ts and decide.d.ts against recorded answers: every request and answer of the corpora becomes a literal, in which the compiler
// finds unknown members as well as missing ones.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import test from "node:test";
import { fileURLToPath } from "node:url";

import { native, root, steps } from "./native.js";

const folder = new URL("target/pkg-types/", root);

test("the types say what goes in and comes out", () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  write("recorded.mts", recorded());
  write("uses.mts", USES);
  write("decides.mts", DECIDES);
  write("tsconfig.json", JSON.stringify(CONFIG));
  const { status, stdout, stderr } = compiled("tsconfig.json");
  assert.equal(status, 0, stdout + stderr);
});

test("the types stand without those of a browser", () => {
  write("node.d.ts", "declare class URL {} declare class Request {} declare class Response {}");
  write("plain.mts", 'import { init, Policy } from "takeback"; await init(new Uint8Array(0)); Policy.load(new ArrayBuffer(0)).free();');
  const compilerOptions = { ...CONFIG.compilerOptions, lib: ["esnext"] };
  write("tsconfig.plain.json", JSON.stringify({ compilerOptions, files: ["node.d.ts", "plain.mts"] }));
  const { status, stdout, stderr } = compiled("tsconfig.plain.json");
  assert.equal(status, 0, stdout + stderr);
});

function compiled(config) {
  const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));
  return spawnSync(process.execPath, [tsc, "--project", fileURLToPath(new URL(config, folder))], { encoding: "utf8" });
}

const CONFIG = {
  compilerOptions: {
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    target: "esnext",
    lib: ["esnext", "dom"],
    module: "nodenext",
    types: [],
    paths: {
      takeback: [fileURLToPath(new URL("../index.d.ts", import.meta.url))],
      "takeback/decide": [fileURLToPath(new URL("../decide.d.ts", import.meta.url))],
    },
  },
  files: ["recorded.mts", "uses.mts", "decides.mts"],
};

/** How the package is meant to be used, and how not. */
const USES = `
import { ArgumentError, type ArgumentErrorKind, BundleError, check, CurrentPolicy, EngineError, explain, init, LanguageError, Policy, PolicyError, type Request, RequestError, version } from "takeback";

await init();
const text: string = version() + (explain("T0301") ?? "");
try {
  using policy = Policy.compile({ "shop.takeback": text });
  const decision = policy.decide({ at: "2026-03-05", returns: [{ id: "r1", quantity: 1 }] });
  for (const line of decision.lines)
    for (const remedy of line.remedies)
      if (remedy.status === "gap") remedy.gap;
      else if (remedy.status === "expired") "final" in remedy ? remedy.final : remedy.overridable_by.join();
  for (const change of policy.whatWouldChange("{}")) "fact" in change ? change.to : change.approval.role;
  for (const { message, text } of policy.words("{}", { locale: "en" }).say) message?.key === "expired" ? message.day : text;
  for (const one of policy.words("{}").instead) one.kind === "remedy" ? one.pays?.[0]?.amount : one.text;
  for (const result of policy.test()) if (result.outcome === "failed") result.differences[0]?.expected;
  const done = policy.complete("{}", { forms: [{ form: "slip", fields: { phone: "555 0104477", wiped: { value: true, filled_by: "c17" } } }] });
  if (done.complete) for (const field of done.record.forms[0]?.fields ?? []) field.stored === "hash" ? field.hash : field.until;
  else for (const { code, path } of done.problems) if (code === "missing") path;
  if (done.complete) policy.audit("{}", done.record, { key: "00" }).map(({ expected }) => expected);
  using visit: Request = policy.request({ at: "2026-03-05", returns: [] });
  if (visit.isOf(policy)) policy.decide(visit).outcome === visit.decide().outcome;
  const opened = visit.complete("{}", { key: "00" });
  if (opened.complete) visit.audit(opened.record).length + visit.whatWouldChange().length + visit.trace().lines.length;
  visit.words({ locale: "sl" }).page;
  using till = new CurrentPolicy({ "shop.takeback": text });
  till.replace([{ name: "shop.takeback", text }]) === till.policy;
  till.replace(policy.toBundle(), { keys: ["00"] }).bundle?.signers.join();
  if (till.refused instanceof PolicyError) till.refused.diagnostics;
  // @ts-expect-error: only replace puts another policy there
  till.policy = policy;
  // @ts-expect-error: answers stand under their form
  policy.complete("{}", { forms: [{ phone: "555 0104477" }] });
  // @ts-expect-error: amounts are text, so that nobody adds them as floating point
  const amount: number = decision.balance.to_customer;
  // @ts-expect-error: a request says when
  policy.decide({ returns: [] });
  // @ts-expect-error: there is no such member
  policy.decide({ at: "2026-03-05", returns: [], refund: "1.00" });
  // @ts-expect-error: policies are compiled
  new Policy();
} catch (error) {
  if (error instanceof PolicyError) error.diagnostics[0]?.start.line;
  if (error instanceof RequestError) error.path + error.kind;
  if (error instanceof LanguageError) error.known.join();
  if (error instanceof BundleError && error.kind === "signature") error.message;
  if (error instanceof EngineError && error.kind === "stopped") await init();
  if (error instanceof ArgumentError) error.kind satisfies ArgumentErrorKind;
  // @ts-expect-error: there is no such kind
  if (error instanceof RequestError && error.kind === "wrong") error.path;
}
check([{ name: "shop.takeback", text }]).map(({ labels }) => labels?.[0]?.message);
`;

/** The small engine, beside the whole one. */
const DECIDES = `
import * as whole from "takeback";
import { ArgumentError, type Asked, BundleError, CurrentPolicy, EngineError, init, Policy, type Request, RequestError, type ReturnRequest, version } from "takeback/decide";

await init();
const visit: ReturnRequest = { at: "2026-03-05", returns: [{ id: "r1", quantity: 1 }] };
try {
  using policy = Policy.load(new Uint8Array(0), { keys: ["00"] });
  const names: string = policy.name + policy.versions.join() + policy.bundle.hash + version();
  using opened: Request = policy.request(visit);
  for (const asked of [visit, names, opened] satisfies Asked[]) policy.decide(asked).outcome === "accept";
  if (opened.isOf(policy)) JSON.parse(opened.decideJson()), JSON.parse(policy.decideJson(visit));
  const done = opened.complete({ forms: [] }, { key: "00" });
  if (done.complete) done.record.forms.length;
  JSON.parse(policy.completeJson(visit, "{}") + opened.completeJson("{}"));
  using till = new CurrentPolicy(new ArrayBuffer(0), { keys: ["00"] });
  till.replace(new Uint8Array(0)) === till.policy;
  // @ts-expect-error: it has no words
  policy.words(visit);
  // @ts-expect-error: nor does it compile
  Policy.compile({});
  // @ts-expect-error: a till of this engine takes bundles
  till.replace({ "shop.takeback": "" });
  // @ts-expect-error: the requests of this engine are not those of the whole one
  whole.Policy.compile({}).decide(opened);
  // @ts-expect-error: nor are its policies
  const other: whole.Policy = policy;
  // @ts-expect-error: a policy comes in a bundle
  new Policy();
} catch (error) {
  if (error instanceof RequestError) error.path + error.kind;
  if (error instanceof BundleError && error.kind === "newer") error.message;
  if (error instanceof ArgumentError && error.kind === "bundle") error.message;
  if (error instanceof EngineError && error.kind === "stopped") await init();
}
`;

/** What the small engine takes and gives. */
const OF_BOTH = ["Answers", "Completion", "Decision", "ReturnRequest"];

function recorded() {
  const literals = { ReturnRequest: [], Decision: [], Change: [], Trace: [], Script: [], Diagnostic: [], ScenarioResult: [], Answers: [], Completion: [], Difference: [] };
  for (const [name, answers] of Object.entries(native.cases)) {
    literals.ReturnRequest.push(...steps(name).map(({ request }) => JSON.stringify(request)));
    for (const { decision, changes, trace, words } of answers.steps) {
      literals.Decision.push(decision);
      literals.Change.push(...JSON.parse(changes).map((change) => JSON.stringify(change)));
      literals.Trace.push(trace);
      literals.Script.push(words);
    }
  }
  for (const { request, decision, steps } of Object.values(native.complete)) {
    literals.ReturnRequest.push(request);
    literals.Decision.push(decision);
    for (const { answers, completion, changed } of steps) {
      literals.Completion.push(completion);
      if (JSON.parse(completion).complete) literals.Answers.push(answers);
      literals.Difference.push(...JSON.parse(changed ?? "[]").map((difference) => JSON.stringify(difference)));
    }
  }
  for (const { scenarios } of Object.values(native.stores)) {
    literals.ScenarioResult.push(...JSON.parse(scenarios).map((result) => JSON.stringify(result)));
  }
  for (const { report } of Object.values(native.diagnostics)) {
    literals.Diagnostic.push(...JSON.parse(report).diagnostics.map((diagnostic) => JSON.stringify(diagnostic)));
  }
  const constants = Object.entries(literals).flatMap(([type, all]) => {
    assert.ok(all.length > 0, `no ${type} was recorded`);
    // One constant each, and each text once: in a list the compiler would first join all their types.
    return [...new Set(all)].map((literal, at) => `export const a${type}${at}: ${type} = ${literal};`);
  });
  const whole = Object.keys(literals).filter((type) => !OF_BOTH.includes(type));
  const imports = [`import type { ${whole.join(", ")} } from "takeback";`, `import type { ${OF_BOTH.join(", ")} } from "takeback/decide";`];
  return [...imports, ...constants].join("\n");
}

function write(name, text) {
  writeFileSync(new URL(name, folder), text);
}
