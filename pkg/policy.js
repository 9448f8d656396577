// What users of the package hold, over an engine: the same for every entry.
import { Held } from "./engine.js";
import { AnswersError, ArgumentError, BundleError, clipped, define, PolicyError, RequestError, LanguageError, EngineError, told } from "./errors.js";
import { isPlain, json, LENGTH, utf8 } from "./json.js";

export { AnswersError, ArgumentError, BundleError, EngineError, LanguageError, PolicyError, RequestError };

/** Only what is made here may make a handle. */
const HERE = Symbol("takeback");

/** What a value is, "policy" or "request", when some entry of the package made it; none of them takes what another has made. */
let madeAs;

class Handle {
  #what;

  constructor(what) {
    this.#what = what;
  }

  static {
    madeAs = (value) => (typeof value === "object" && value !== null && #what in value ? value.#what : undefined);
  }
}

/** The functions and classes of an entry. */
export function takeback(engine) {
  let isGone;
  let giveWay;
  let readBy;

  /** A compiled policy. */
  class Policy extends Handle {
    #held;
    #about;

    constructor(here, number) {
      if (here !== HERE) throw new TypeError("a policy is made by Policy.compile or Policy.load");
      super("policy");
      this.#held = new Held(engine, "policy", number, (glue, number) => glue.policy_free(number));
      this.#about = JSON.parse(this.#held.ask((glue, number) => glue.policy_about(number)));
    }

    static {
      isGone = (policy) => policy.#held.isGone;
      giveWay = (policy) => policy.#held.free("; another took its place: ask `CurrentPolicy` for it");
    }

    static compile(files, options) {
      known(options);
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

    toBundle(options) {
      const { zones = [] } = known(options, "zones");
      const names = words(zones, "zones");
      return this.#held.ask((glue, policy) => glue.policy_bundle(policy, names));
    }

    request(request) {
      const asked = asJson(request);
      return new Request(HERE, this.#held.ask((glue, policy) => glue.policy_request(policy, asked)), this);
    }

    decide(request) {
      return JSON.parse(this.decideJson(request));
    }

    decideJson(request) {
      const open = this.#open(request);
      if (open) return open.decideJson();
      const asked = asJson(request);
      return this.#held.ask((glue, policy) => glue.policy_decide(policy, asked));
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
      return JSON.parse(this.#held.ask((glue, policy) => glue.policy_languages(policy)));
    }

    messages(locale) {
      const tag = text(locale, "locale");
      return this.#held.ask((glue, policy) => glue.policy_messages(policy, tag));
    }

    test() {
      return JSON.parse(this.#held.ask((glue, policy) => glue.policy_test(policy)));
    }

    free() {
      this.#held.free();
    }

    /** A request that was read for one question only is freed after it. */
    #with(request, question) {
      const open = this.#open(request);
      if (open) return question(open);
      const read = this.request(request);
      try {
        return question(read);
      } finally {
        read.free();
      }
    }

    /** A request that this policy has read; undefined: it is still to be read. */
    #open(request) {
      this.#held.check();
      const what = madeAs(request);
      if (what === undefined) return undefined;
      if (what !== "request") throw new ArgumentError("request", `this is a ${what}, not a request`);
      const by = readBy(request);
      if (by === this) return request;
      const other = by ? "another policy" : "another entry of the package, such as takeback/decide";
      throw new ArgumentError("request", `this request was read by ${other}: read it again with this policy`);
    }
  }

  /** A request that has been read. */
  class Request extends Handle {
    #held;
    #policy;

    constructor(here, number, policy) {
      if (here !== HERE) throw new TypeError("a request is made by policy.request");
      super("request");
      this.#held = new Held(engine, "request", number, (glue, number) => glue.request_free(number));
      this.#policy = policy;
    }

    static {
      readBy = (request) => (#policy in request ? request.#policy : undefined);
    }

    isOf(policy) {
      return this.#policy === policy;
    }

    decide() {
      return JSON.parse(this.decideJson());
    }

    decideJson() {
      return this.#held.ask((glue, request) => glue.request_decide(request));
    }

    complete(answers, options) {
      return JSON.parse(this.completeJson(answers, options));
    }

    completeJson(answers, options) {
      const [filled, key] = [json(answers, errorOf("answers")), keyed(options)];
      return this.#held.ask((glue, request) => glue.request_complete(request, filled, key));
    }

    audit(record, options) {
      const [stored, key] = [json(record, errorOf("record")), keyed(options)];
      return JSON.parse(this.#held.ask((glue, request) => glue.request_audit(request, stored, key)));
    }

    whatWouldChange() {
      return JSON.parse(this.#held.ask((glue, request) => glue.request_what_would_change(request)));
    }

    trace() {
      return JSON.parse(this.#held.ask((glue, request) => glue.request_trace(request)));
    }

    words(options) {
      const { locale = "en" } = known(options, "locale");
      const tag = text(locale, "locale");
      return JSON.parse(this.#held.ask((glue, request) => glue.request_words(request, tag)));
    }

    free() {
      this.#held.free();
    }
  }

  /** The policy in force at a till: the last one that was good. */
  class CurrentPolicy {
    #policy;
    #make;
    #keys = "";
    #refused;

    constructor(source, options) {
      this.replace(source, options);
    }

    get policy() {
      // It is made once more from the same source, which was good; whoever asked before may have freed it.
      if (this.#make && isGone(this.#policy)) this.#policy = this.#make();
      return this.#policy;
    }

    get refused() {
      return this.#refused;
    }

    replace(source, options) {
      try {
        // Bundles that had to be signed have to be signed for good.
        const by = keys(options) || this.#keys;
        const make = maker(source, by);
        const next = make();
        if (this.#policy) giveWay(this.#policy);
        [this.#policy, this.#make, this.#keys, this.#refused] = [next, make, by, undefined];
        return next;
      } catch (error) {
        this.#refused = error;
        throw error;
      }
    }

    free() {
      this.#make = undefined;
      this.#policy.free();
    }
  }

  for (const handle of [Policy, Request, CurrentPolicy]) disposable(handle);

  function compiled(files) {
    return new Policy(HERE, engine.ask((glue) => glue.policy_compile(files)));
  }

  function loaded(bundle, keys) {
    return new Policy(HERE, engine.ask((glue) => glue.policy_load(bundle, keys)));
  }

  /** Makes a policy from a source as it is now, as often as it is wanted. */
  function maker(source, by) {
    if (isBytes(source)) {
      const copy = new Uint8Array(bytes(source));
      return () => loaded(copy, by);
    }
    if (by !== "") throw new ArgumentError("keys", "bundles are signed, files are not: leave the keys out");
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
      const asked = text(code, "code");
      return engine.ask((glue) => glue.explain(asked));
    },
    version: () => engine.ask((glue) => glue.version()),
  };
}

/** What a bundle is read from: any view of bytes, or a buffer of them. */
function bytes(bundle) {
  if (!isBytes(bundle)) throw new ArgumentError("bundle", "a bundle is a Uint8Array or an ArrayBuffer");
  let found;
  try {
    found = ArrayBuffer.isView(bundle) ? new Uint8Array(bundle.buffer, bundle.byteOffset, bundle.byteLength) : new Uint8Array(bundle);
  } catch (cause) {
    // They went elsewhere, with a message to a worker perhaps.
    throw new ArgumentError("bundle", `the bytes of this bundle cannot be read: ${told(cause)}`, cause);
  }
  if (found.length > LENGTH) throw new BundleError({ bundle: "not a bundle", message: `${found.length} bytes are more than any bundle has` });
  return found;
}

const lengthOfBuffer = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, "byteLength").get;

/** Whether there are bytes in it. A buffer of another realm is one too, though it is no instance of this one's class. */
function isBytes(value) {
  if (ArrayBuffer.isView(value)) return true;
  try {
    Reflect.apply(lengthOfBuffer, value, []);
    return true;
  } catch {
    return false;
  }
}

/** The options of a call, which are its own and known by name: a slip of the pen must not be passed over, and what stands in prototypes is none. Without a name there are none. */
function known(options, name) {
  if (options === undefined) return NONE;
  try {
    if (typeof options !== "object" || options === null || !isPlain(options)) throw wrong("options", name ? `options are an object such as { ${name} }` : "there are no options here");
    const other = Reflect.ownKeys(options).find((key) => key !== name);
    if (other !== undefined) throw wrong("options", `no option ${clipped(String(other))} is known here${name ? `: there is ${name}` : ""}`);
    return Object.hasOwn(options, name) ? { __proto__: null, [name]: options[name] } : NONE;
  } catch (cause) {
    throw cause instanceof ArgumentError ? cause : new ArgumentError("options", `the options cannot be read: ${told(cause)}`, cause);
  }
}

const NONE = Object.freeze({ __proto__: null });

/** The keys that a bundle has to be signed by. A slip of the pen must not load one that nobody signed. */
function keys(options) {
  const found = known(options, "keys");
  if (found === NONE) return "";
  const by = words(found.keys, "keys");
  if (by === "") throw wrong("keys", "keys name at least one key: leave them out where bundles need no signature");
  return by;
}

/** A list of words as the engine takes it. */
function words(list, kind) {
  let joined = "";
  try {
    const { length } = Array.isArray(list) ? list : NONE;
    if (length === undefined) throw wrong(kind, `${kind} are a list of texts`);
    if (length > MOST_WORDS) throw wrong(kind, `${length} ${kind} are more than the ${MOST_WORDS} that are read`);
    for (let at = 0; at < length; at += 1) {
      // A file that holds one word ends with a line feed.
      const word = text(list[at], kind, `${kind} are a list of texts`).trim();
      if (/^$|\s/.test(word)) throw wrong(kind, `${kind}[${at}] ${word === "" ? "is empty" : "has space in it"}`);
      joined += at === 0 ? word : ` ${word}`;
    }
  } catch (cause) {
    throw cause instanceof ArgumentError ? cause : new ArgumentError(kind, `${kind} cannot be read: ${told(cause)}`, cause);
  }
  return joined;
}

/** A text that is an argument of its own. */
function text(value, kind, message = `the ${kind} is text`) {
  if (typeof value !== "string") throw wrong(kind, message);
  if (value.length > LONGEST) throw wrong(kind, `${value.length} characters are more than the ${LONGEST} that are read of it`);
  return value;
}

/** Older runtimes do not have the symbol yet. */
function disposable(handle) {
  if (Symbol.dispose) define(handle.prototype, Symbol.dispose, handle.prototype.free, false);
}

function asJson(request) {
  const what = madeAs(request);
  if (what !== undefined) throw new ArgumentError("request", `this is a ${what} already, not the JSON of one`);
  return utf8(json(request, requestError));
}

function requestError(trouble) {
  return new RequestError(trouble);
}

function errorOf(of) {
  return (trouble) => new AnswersError({ of, ...trouble });
}

/** The key for answers that are kept as a hash; undefined: there is none. */
function keyed(options) {
  const { key } = known(options, "key");
  return key === undefined || key === null ? undefined : text(key, "key");
}

function wrong(kind, message) {
  return new ArgumentError(kind, message);
}

/** Files as JSON text. */
function listed(files) {
  const wrongAt = ({ path, message, cause }) => new ArgumentError("files", `${path || "the files"}: ${message}`, cause);
  if (typeof files !== "object" || files === null) throw wrong("files", FILES);
  const text = json(files, wrongAt);
  const read = JSON.parse(text);
  const isList = Array.isArray(read);
  const places = Object.keys(isList ? read : files);
  if (places.length > MOST_FILES) throw wrong("files", `${places.length} files are more than the ${MOST_FILES} that are read`);
  const names = new Set();
  for (const place of places) {
    const { name, text, ...more } = { __proto__: null, ...(isList ? read[place] : { name: place, text: read[place] }) };
    if (typeof name !== "string" || typeof text !== "string" || Object.keys(more).length > 0) throw wrong("files", `${clipped(place)}: ${FILES}`);
    if (names.has(name)) throw wrong("files", `the file ${clipped(name)} stands twice`);
    names.add(name);
  }
  return text;
}

/** Nobody has as many, and the engine looks through all of them for each. */
const MOST_FILES = 10_000;
const MOST_WORDS = 1000;
const LONGEST = 10_000;

const FILES = 'files are an object such as { "shop.takeback": text }, or a list of { name, text }, and nothing else';
