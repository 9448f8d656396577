// The class Policy, the functions beside it, and the errors they throw; the same in Node and on the web.
//
// Everything crosses to the engine and back as JSON text, which it reads and writes anyway: one copy each way, instead
// of a call for every member of every object.
import * as engine from "./takeback.js";

/** The files are no policy. */
export class PolicyError extends Error {
  name = "PolicyError";

  constructor(diagnostics) {
    super(diagnostics.filter(({ severity }) => severity === "error").map(line).join("\n"));
    this.diagnostics = diagnostics;
  }
}

/** The request cannot be read. */
export class RequestError extends Error {
  name = "RequestError";

  constructor({ kind, path, message }) {
    super(`${path || "the request"}: ${message}`);
    this.kind = kind;
    this.path = path;
  }
}

/** Answers, a record or a key that cannot be read. */
export class AnswersError extends Error {
  name = "AnswersError";

  constructor({ of, kind, path, message }) {
    super(`${path || `the ${of}`}: ${message}`);
    this.of = of;
    this.kind = kind;
    this.path = path;
  }
}

/** A language that there are no messages in. */
export class LanguageError extends Error {
  name = "LanguageError";

  constructor({ message, known }) {
    super(message);
    this.known = known;
  }
}

/** A compiled policy. */
export class Policy {
  #engine;
  #about;

  constructor(files) {
    this.#engine = answer(() => engine.Policy.compile(listed(files)));
    this.#about = JSON.parse(this.#engine.about());
  }

  static compile(files) {
    return new Policy(files);
  }

  get name() {
    return this.#about.name;
  }

  get versions() {
    return [...this.#about.versions];
  }

  get warnings() {
    return structuredClone(this.#about.warnings.diagnostics);
  }

  decide(request) {
    return JSON.parse(this.decideJson(json(request)));
  }

  decideJson(request) {
    return answer(() => this.#live().decide(request));
  }

  complete(request, answers, { key } = {}) {
    return JSON.parse(this.completeJson(json(request), json(answers), { key }));
  }

  completeJson(request, answers, { key } = {}) {
    return answer(() => this.#live().complete(request, answers, key));
  }

  audit(request, record, { key } = {}) {
    return JSON.parse(answer(() => this.#live().audit(json(request), json(record), key)));
  }

  whatWouldChange(request) {
    return JSON.parse(answer(() => this.#live().what_would_change(json(request))));
  }

  trace(request) {
    return JSON.parse(answer(() => this.#live().trace(json(request))));
  }

  words(request, { locale = "en" } = {}) {
    return JSON.parse(answer(() => this.#live().words(json(request), locale)));
  }

  get languages() {
    return JSON.parse(this.#live().languages());
  }

  messages(locale) {
    return this.#live().messages(locale);
  }

  test() {
    return JSON.parse(answer(() => this.#live().test()));
  }

  free() {
    this.#engine?.free();
    this.#engine = undefined;
  }

  #live() {
    if (this.#engine === undefined) throw new Error("this policy has been freed");
    return this.#engine;
  }
}

// Older runtimes do not have the symbol yet.
if (Symbol.dispose) {
  Object.defineProperty(Policy.prototype, Symbol.dispose, { value: Policy.prototype.free, writable: true, configurable: true });
}

export function check(files) {
  return JSON.parse(answer(() => engine.check(listed(files)))).diagnostics;
}

export function explain(code) {
  return engine.explain(code);
}

export function version() {
  return engine.version();
}

/** The answer of the engine, which throws its errors as JSON. */
function answer(ask) {
  try {
    return ask();
  } catch (thrown) {
    if (typeof thrown !== "string") throw thrown;
    const trouble = JSON.parse(thrown);
    if (typeof trouble === "string") throw new TypeError(trouble);
    if (trouble.diagnostics) throw new PolicyError(trouble.diagnostics);
    if (trouble.of === "locale") throw new LanguageError(trouble);
    throw trouble.of ? new AnswersError(trouble) : new RequestError(trouble);
  }
}

/** Files as JSON text. */
function listed(files) {
  if (typeof files !== "object") throw new TypeError('files are an object such as { "shop.takeback": text }, or a list of { name, text }');
  return JSON.stringify(files);
}

/** A value as JSON text; a string is that already. */
function json(value) {
  if (typeof value === "string") return value;
  return JSON.stringify(value, (key, inner) => (inner !== inner || inner === Infinity || inner === -Infinity ? noNumber(value) : inner)) ?? "null";
}

/** JSON would write `null` for NaN and the infinities, and `null` means not known: a wrong figure must not become none. */
function noNumber(value) {
  const find = (inner, path) => {
    if (typeof inner === "number" && !Number.isFinite(inner)) return { path, message: `${inner} is not a number that can be written` };
    if (typeof inner !== "object" || inner === null) return undefined;
    for (const [key, member] of Object.entries(inner)) {
      const found = find(member, `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
      if (found) return found;
    }
  };
  throw new RequestError({ kind: "type", path: "", message: "a number that is not finite", ...find(value, "") });
}

/** A diagnostic in one line. */
function line({ file, start, severity, code, message }) {
  return `${file}:${start.line}:${start.column}: ${severity}[${code}]: ${message}`;
}
