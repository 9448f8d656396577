// The life of an engine. It is started once; should it ever fall over in the middle of a question, nothing in its memory can
// be relied upon any more: a new one takes its place, and the handles of the old one say so.
import { EngineError, thrown, told } from "./errors.js";

/** Where each engine stands. Entries over the same glue, as `takeback` and `takeback/web` are in Node, have one memory and so one life. */
const ENGINES = new WeakMap();

function stateOf(glue) {
  if (!ENGINES.has(glue)) {
    ENGINES.set(glue, {
      /** "none" | "running" | "stopped" */
      state: "none",
      loading: undefined,
      /** Which engine it is: the first, the second, … */
      life: 1,
      /** What made it stop, and whether there is a new one yet. */
      fault: undefined,
      replaced: true,
    });
  }
  return ENGINES.get(glue);
}

export class Engine {
  #glue;
  #bytes;
  #address;
  #now;

  /** `glue` as wasm-bindgen writes it. `bytes` gives the engine at once, where that can be done; else `address` tells where it is. */
  constructor(glue, bytes, address) {
    this.#glue = glue;
    this.#now = stateOf(glue);
    this.#bytes = bytes;
    this.#address = address;
  }

  get life() {
    return this.#now.life;
  }

  /** Loads the engine where there is none, and puts a new one in place of one that has stopped. */
  async init(source) {
    if (this.#now.state === "running") return;
    this.#now.loading ??= this.#load(source).finally(() => (this.#now.loading = undefined));
    await this.#now.loading;
  }

  async #load(source) {
    try {
      if (this.#now.state === "stopped") this.#replace();
      else if ((source === undefined || source === null) && this.#bytes) this.#loadAtOnce();
      else await this.#glue.default({ module_or_path: this.#own(await module(source ?? this.#address())) });
    } catch (cause) {
      throw notLoaded(cause);
    }
    this.#now.state = "running";
  }

  #loadAtOnce() {
    this.#glue.initSync({ module: this.#own(new WebAssembly.Module(this.#bytes())) });
  }

  /** A module that has what the glue calls. Another one would be kept by the glue, and every later start would be of that one. */
  #own(module) {
    const there = WebAssembly.Module.exports(module).map(({ name }) => name);
    const missing = Object.keys(this.#glue).find((name) => !OF_GLUE.includes(name) && !there.includes(name));
    if (missing !== undefined) throw new Error(`this module is not the engine of this package: it has no ${missing}`);
    return module;
  }

  /**
   * Asks the engine. What asks through a handle tells which engine the handle is of. The engine throws its errors as text;
   * anything else that is thrown, by the machine or because the stack is exhausted, ends it.
   */
  ask(question, life = this.#now.life) {
    if (this.#now.state !== "running") this.#begin();
    if (life !== this.#now.life) throw new EngineError("earlier engine", "it was in the memory of an engine that has stopped: make it again");
    try {
      return question(this.#glue);
    } catch (error) {
      throw typeof error === "string" ? thrown(error) : this.#stop(error);
    }
  }

  #begin() {
    if (this.#now.state === "stopped") throw stopped(this.#now.fault);
    if (this.#now.loading || !this.#bytes) {
      throw new EngineError("not loaded", "the engine is not loaded yet: `await init()` first");
    }
    try {
      this.#loadAtOnce();
    } catch (cause) {
      throw notLoaded(cause);
    }
    this.#now.state = "running";
  }

  /** Gives the memory of something back. Of an engine that has stopped there is none. */
  free(question, life) {
    if (this.#now.state === "running" && life === this.#now.life) this.ask(question);
  }

  #stop(fault) {
    this.#now.state = "stopped";
    this.#now.fault = fault;
    this.#now.life += 1;
    this.#now.replaced = false;
    try {
      // Now, not in `init`: the memory of the old one is given back, and nothing is asked of it any more.
      this.#replace();
    } catch {
      // `init` tries again.
    }
    return stopped(fault);
  }

  #replace() {
    if (!this.#now.replaced) this.#glue.__wbg_reset_state();
    this.#now.replaced = true;
  }
}

/** What the glue has of its own, beside the functions of the engine. */
const OF_GLUE = ["default", "initSync", "__wbg_reset_state"];

/** Something in the memory of an engine, by its number there: a policy or a request. */
export class Held {
  #engine;
  #life;
  #what;
  #number;
  #give;
  #why = "";

  /** `free` asks the engine to free what has a number. */
  constructor(engine, what, number, free) {
    const { life } = engine;
    this.#engine = engine;
    this.#life = life;
    this.#what = what;
    this.#number = number;
    this.#give = () => engine.free((glue) => free(glue, number), life);
    COLLECTED?.register(this, this.#give, this);
  }

  /** Whether nothing can be asked of it any more. */
  get isGone() {
    return this.#number === undefined || this.#life !== this.#engine.life;
  }

  /** Throws when it has been freed. */
  check() {
    if (this.#number === undefined) throw new EngineError("freed", `this ${this.#what} has been freed${this.#why}`);
  }

  /** `question` is given the glue and the number. */
  ask(question) {
    this.check();
    return this.#engine.ask((glue) => question(glue, this.#number), this.#life);
  }

  /** `why` is told to who asks it afterwards. */
  free(why = "") {
    if (this.#number === undefined) return;
    this.#why = why;
    this.#number = undefined;
    COLLECTED?.unregister(this);
    this.#give();
  }
}

/** Frees what nobody freed and nobody can ask any more. */
const COLLECTED = typeof FinalizationRegistry === "function" ? new FinalizationRegistry((give) => give()) : undefined;

function stopped(cause) {
  return new EngineError("stopped", `the engine has stopped: ${told(cause)}; \`await init()\` starts another`, cause);
}

function notLoaded(cause) {
  return new EngineError("load", `the engine cannot be loaded: ${told(cause)}`, cause);
}

/** The compiled module of an address, a response, bytes or a module, or of a promise of one of them. */
async function module(source) {
  const given = await source;
  if (Object.prototype.toString.call(given) === "[object WebAssembly.Module]") return given;
  const isAddress = typeof given === "string" || given instanceof URL || (typeof Request === "function" && given instanceof Request);
  const found = isAddress ? await fetch(given) : given;
  if (typeof found?.arrayBuffer !== "function") return WebAssembly.compile(found);
  if (!found.ok) throw new Error(`${found.status} ${found.statusText} at ${found.url}`);
  // Browsers compile while they fetch, but only what the server calls by its right name.
  const isNamed = found.headers.get("content-type") === "application/wasm";
  return isNamed && WebAssembly.compileStreaming ? WebAssembly.compileStreaming(found) : WebAssembly.compile(await found.arrayBuffer());
}
