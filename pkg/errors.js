// What is thrown. Every entry of the package has the same classes, so `instanceof` holds across them. What others have put into
// prototypes is never read here: objects are taken by their own members, and members are defined, not assigned.

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

/** Something else than a request, answers or a record that a call cannot be made with; `kind` is which. */
export const ArgumentError = errors("ArgumentError", (kind, message, cause) => [message, { kind }, cause], TypeError);

/** The engine is not there, or what is asked of it is no longer there. */
export const EngineError = errors("EngineError", (kind, message, cause) => [message, { kind }, cause]);

/** A class of errors; `told` makes message, members and cause of what its constructor is given. */
function errors(name, told, Base = Error) {
  return class extends Base {
    static name = name;
    name = name;

    constructor(...given) {
      const [message, members, cause] = told(...given);
      super(message, cause === undefined ? undefined : { cause });
      for (const [member, value] of Object.entries(members)) define(this, member, value);
    }

    /** For logs and other threads, which would lose the message or the rest. */
    toJSON() {
      return { ...this, message: this.message };
    }
  };
}

/** Trouble at a place in JSON. */
function placed(whole, trouble, more) {
  const { kind, path, message, cause } = { __proto__: null, ...trouble };
  return [`${path || `the ${whole}`}: ${message}`, { ...more, kind, path }, cause];
}

/** Gives an object a member, whatever its prototypes say of one by that name. */
export function define(object, member, value, enumerable = true) {
  Object.defineProperty(object, member, { __proto__: null, value, writable: true, enumerable, configurable: true });
}

/** The error that the engine threw as JSON. */
export function thrown(json) {
  const trouble = { __proto__: null, ...JSON.parse(json) };
  const { argument, bundle, diagnostics, of, message } = trouble;
  if (argument) return new ArgumentError(argument, message);
  if (bundle) return new BundleError(trouble);
  if (diagnostics) return new PolicyError(diagnostics);
  if (of === "locale") return new LanguageError(trouble);
  return of ? new AnswersError(trouble) : new RequestError(trouble);
}

/** What was thrown, in words; it may be anything. */
export function told(thrown) {
  try {
    return clipped(String(thrown?.message ?? thrown), 1000);
  } catch {
    return "something was thrown";
  }
}

/** As much of a text as messages and places quote, and no half of a character. */
export function clipped(text, most = 100) {
  const shown = text.length > most ? `${text.slice(0, most)}…` : text;
  // Older runtimes do not have the method yet.
  return shown.toWellFormed ? shown.toWellFormed() : shown;
}

/** A diagnostic in one line. */
function line({ file, start, severity, code, message }) {
  return `${clipped(file)}:${start.line}:${start.column}: ${severity}[${code}]: ${clipped(message, 1000)}`;
}
