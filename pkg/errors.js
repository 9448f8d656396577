// What is thrown. Every entry of the package has the same classes, so `instanceof` holds across them.

/** The files are no policy. */
export const PolicyError = errors("PolicyError", (diagnostics) => {
  const message = diagnostics.filter(({ severity }) => severity === "error").map(line).join("\n");
  return [message, { diagnostics }];
});

/** A file that is no bundle to decide by. */
export const BundleError = errors("BundleError", ({ bundle, message }) => [message, { kind: bundle }]);

/** The request cannot be read. */
export const RequestError = errors("RequestError", (trouble) => placed("request", trouble));

/** Answers, a record or a key that cannot be read. */
export const AnswersError = errors("AnswersError", ({ of, ...trouble }) => placed(of, trouble, { of }));

/** A language that there are no messages in. */
export const LanguageError = errors("LanguageError", ({ message, known }) => [message, { known }]);

/** The engine is not there, or what is asked of it is no longer there. */
export const EngineError = errors("EngineError", (kind, message, cause) => [message, { kind }, cause]);

/** A class of errors; `told` makes message, members and cause of what its constructor is given. */
function errors(name, told) {
  return class extends Error {
    static name = name;
    name = name;

    constructor(...given) {
      const [message, members, cause] = told(...given);
      super(message, cause === undefined ? undefined : { cause });
      Object.assign(this, members);
    }
  };
}

/** Trouble at a place in JSON. */
function placed(whole, { kind, path, message, cause }, more) {
  return [`${path || `the ${whole}`}: ${message}`, { ...more, kind, path }, cause];
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
  const placed = { ...trouble, cause: undefined };
  return of ? new AnswersError(placed) : new RequestError(placed);
}

/** A diagnostic in one line. */
function line({ file, start, severity, code, message }) {
  return `${file}:${start.line}:${start.column}: ${severity}[${code}]: ${message}`;
}
