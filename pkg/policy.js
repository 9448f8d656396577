// What users of the package hold, over an engine: the same for every entry.
import { Held } from "./engine.js";
import { AnswersError, BundleError, PolicyError, RequestError, LanguageError, EngineError } from "./errors.js";
import { json, LENGTH, text, utf8 } from "./json.js";

export { AnswersError, BundleError, EngineError, LanguageError, PolicyError, RequestError };

/** Only what is made here may make a handle. */
const HERE = Symbol("takeback");

/** The functions and classes of an entry. */
export function takeback(engine) {
  let isOfEarlierEngine;

  /** A compiled policy. */
  class Policy {
    #held;
    #about;

    constructor(here, handle) {
      if (here !== HERE) throw new TypeError("a policy is made by Policy.compile or Policy.load");
      this.#held = new Held(engine, "policy", handle);
      this.#about = JSON.parse(this.#held.ask((policy) => policy.about()));
    }

    static {
      isOfEarlierEngine = (policy) => policy.#held.isOfEarlierEngine;
    }

    static compile(files) {
      return compiled(listed(files));
    }

    static load(bundle, options) {
      return loaded(bytes(bundle), keys(options));
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

    get bundle() {
      return structuredClone(this.#about.bundle);
    }

    toBundle({ zones = [] } = {}) {
      const names = words(zones, "zones");
      return this.#held.ask((policy) => policy.bundle(names));
    }

    request(request) {
      const asked = json(request, requestError);
      return new Request(HERE, this.#held.ask((policy) => policy.request(utf8(asked))), this);
    }

    decide(request) {
      return JSON.parse(this.decideJson(request));
    }

    decideJson(request) {
      if (request instanceof Request) return this.#open(request).decideJson();
      const asked = json(request, requestError);
      return this.#held.ask((policy) => policy.decide(utf8(asked)));
    }

    complete(request, answers, options) {
      return this.#with(request, (open) => open.complete(answers, options));
    }

    completeJson(request, answers, options) {
      return this.#with(request, (open) => open.completeJson(answers, options));
    }

    audit(request, record, options) {
      return this.#with(request, (open) => open.audit(record, options));
    }

    whatWouldChange(request) {
      return this.#with(request, (open) => open.whatWouldChange());
    }

    trace(request) {
      return this.#with(request, (open) => open.trace());
    }

    words(request, options) {
      return this.#with(request, (open) => open.words(options));
    }

    get languages() {
      return JSON.parse(this.#held.ask((policy) => policy.languages()));
    }

    messages(locale) {
      const tag = text(locale, "a locale");
      return this.#held.ask((policy) => policy.messages(tag));
    }

    test() {
      return JSON.parse(this.#held.ask((policy) => policy.test()));
    }

    free() {
      this.#held.free();
    }

    /** A request that was read for one question only is freed after it. */
    #with(request, question) {
      if (request instanceof Request) return question(this.#open(request));
      const open = this.request(request);
      try {
        return question(open);
      } finally {
        open.free();
      }
    }

    #open(request) {
      if (!request.isOf(this)) throw new TypeError("this request was read by another policy");
      return request;
    }
  }

  /** A request that has been read. */
  class Request {
    #held;
    #policy;

    constructor(here, handle, policy) {
      if (here !== HERE) throw new TypeError("a request is made by policy.request");
      this.#held = new Held(engine, "request", handle);
      this.#policy = policy;
    }

    isOf(policy) {
      return this.#policy === policy;
    }

    decide() {
      return JSON.parse(this.decideJson());
    }

    decideJson() {
      return this.#held.ask((request) => request.decide());
    }

    complete(answers, options) {
      return JSON.parse(this.completeJson(answers, options));
    }

    completeJson(answers, { key } = {}) {
      const [filled, secret] = [json(answers, errorOf("answers")), keyed(key)];
      return this.#held.ask((request) => request.complete(filled, secret));
    }

    audit(record, { key } = {}) {
      const [stored, secret] = [json(record, errorOf("record")), keyed(key)];
      return JSON.parse(this.#held.ask((request) => request.audit(stored, secret)));
    }

    whatWouldChange() {
      return JSON.parse(this.#held.ask((request) => request.what_would_change()));
    }

    trace() {
      return JSON.parse(this.#held.ask((request) => request.trace()));
    }

    words({ locale = "en" } = {}) {
      const tag = text(locale, "a locale");
      return JSON.parse(this.#held.ask((request) => request.words(tag)));
    }

    free() {
      this.#held.free();
    }
  }

  /** The policy in force at a till: the last one that was good. */
  class CurrentPolicy {
    #policy;
    #make;
    #refused;

    constructor(source, options) {
      this.replace(source, options);
    }

    get policy() {
      // It is made once more from the same source, which was good.
      if (isOfEarlierEngine(this.#policy)) this.#policy = this.#make();
      return this.#policy;
    }

    get refused() {
      return this.#refused;
    }

    replace(source, options) {
      try {
        const make = maker(source, options);
        const next = make();
        this.#policy?.free();
        [this.#policy, this.#make, this.#refused] = [next, make, undefined];
        return next;
      } catch (error) {
        this.#refused = error;
        throw error;
      }
    }

    free() {
      this.#policy.free();
    }
  }

  for (const handle of [Policy, Request, CurrentPolicy]) disposable(handle);

  function compiled(files) {
    return new Policy(HERE, engine.ask((glue) => glue.Policy.compile(files)));
  }

  function loaded(bundle, keys) {
    return new Policy(HERE, engine.ask((glue) => glue.Policy.load(bundle, keys)));
  }

  /** Makes a policy from a source as it is now, as often as it is wanted. */
  function maker(source, options) {
    if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) {
      const [copy, by] = [bytes(source).slice(), keys(options)];
      return () => loaded(copy, by);
    }
    const files = listed(source);
    return () => compiled(files);
  }

  return {
    Policy,
    Request,
    CurrentPolicy,
    init: (source) => engine.init(source),
    check: (files) => {
      const list = listed(files);
      return JSON.parse(engine.ask((glue) => glue.check(list))).diagnostics;
    },
    explain: (code) => {
      const asked = text(code, "a code");
      return engine.ask((glue) => glue.explain(asked));
    },
    version: () => engine.ask((glue) => glue.version()),
  };
}

/** What a bundle is read from: any view of bytes, or a buffer of them. */
function bytes(bundle) {
  const isView = ArrayBuffer.isView(bundle);
  if (!isView && !(bundle instanceof ArrayBuffer)) throw new TypeError("a bundle is a Uint8Array or an ArrayBuffer");
  if (bundle.byteLength > LENGTH) throw new BundleError({ bundle: "not a bundle", message: `${bundle.byteLength} bytes are more than any bundle has` });
  return isView ? new Uint8Array(bundle.buffer, bundle.byteOffset, bundle.byteLength) : new Uint8Array(bundle);
}

/** The keys that a bundle has to be signed by. A slip of the pen must not load one that nobody signed. */
function keys(options = {}) {
  if (typeof options !== "object" || options === null) throw new TypeError("options are an object such as { keys: [key] }");
  const unknown = Object.keys(options).find((name) => name !== "keys");
  if (unknown !== undefined) throw new TypeError(`no option ${unknown} is known here: there is keys`);
  if (!Object.hasOwn(options, "keys")) return "";
  if (Array.isArray(options.keys) && options.keys.length === 0) throw new TypeError("keys name at least one key: leave them out where bundles need no signature");
  return words(options.keys, "keys");
}

/** A list of words as the engine takes it. */
function words(list, what) {
  if (!Array.isArray(list) || list.some((word) => typeof word !== "string" || /^$|\s/.test(word))) {
    throw new TypeError(`${what} are a list of texts`);
  }
  return list.join(" ");
}

/** Older runtimes do not have the symbol yet. */
function disposable(handle) {
  if (!Symbol.dispose) return;
  Object.defineProperty(handle.prototype, Symbol.dispose, { value: handle.prototype.free, writable: true, configurable: true });
}

function requestError(trouble) {
  return new RequestError(trouble);
}

function errorOf(of) {
  return (trouble) => new AnswersError({ of, ...trouble });
}

function keyed(key) {
  return key === undefined || key === null ? undefined : text(key, "a key");
}

/** Files as JSON text. */
function listed(files) {
  const wrong = ({ message, cause }) => new TypeError(message, { cause });
  if (typeof files !== "object") throw wrong({ message: 'files are an object such as { "shop.takeback": text }, or a list of { name, text }' });
  return json(files, wrong);
}
