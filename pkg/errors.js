// What is thrown. Every entry of the package has the same classes, so `instanceof` holds across them.

/** The files are no policy. */
export class PolicyError extends Error {
  name = "PolicyError";

  constructor(diagnostics) {
    super(diagnostics.filter(({ severity }) => severity === "error").map(line).join("\n"));
    this.diagnostics = diagnostics;
  }
}

/** A file that is no bundle to decide by. */
export class BundleError extends Error {
  name = "BundleError";

  constructor({ bundle, message }) {
    super(message);
    this.kind = bundle;
  }
}

/** The request cannot be read. */
export class RequestError extends Error {
  name = "RequestError";

  constructor({ kind, path, message, cause }) {
    super(`${path || "the request"}: ${message}`, cause && { cause });
    this.kind = kind;
    this.path = path;
  }
}

/** Answers, a record or a key that cannot be read. */
export class AnswersError extends Error {
  name = "AnswersError";

  constructor({ of, kind, path, message, cause }) {
    super(`${path || `the ${of}`}: ${message}`, cause && { cause });
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

/** The engine is not there, or what is asked of it is no longer there. */
export class EngineError extends Error {
  name = "EngineError";

  constructor(kind, message, options) {
    super(message, options);
    this.kind = kind;
  }
}

/** The error that the engine threw as JSON. */
export function thrown(json) {
  const trouble = JSON.parse(json);
  if (typeof trouble === "string") return new TypeError(trouble);
  // Its own members only: others may stand in Object.prototype.
  const { bundle, diagnostics, of } = Object.assign(Object.create(null), trouble);
  if (bundle) return new BundleError(trouble);
  if (diagnostics) return new PolicyError(diagnostics);
  if (of === "locale") return new LanguageError(trouble);
  return of ? new AnswersError(trouble) : new RequestError({ ...trouble, cause: undefined });
}

/** A diagnostic in one line. */
function line({ file, start, severity, code, message }) {
  return `${file}:${start.line}:${start.column}: ${severity}[${code}]: ${message}`;
}
