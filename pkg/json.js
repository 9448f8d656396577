// Everything crosses to the engine as JSON text, which it reads anyway: one copy, instead of a call for every member of
// every object. Only plain data becomes JSON as it is: what JSON would leave out, or write as something else, is refused here with its place.
import { clipped, told } from "./errors.js";

/** As many characters as the engine reads bytes: more is refused before it is copied into the engine's memory. */
export const LENGTH = 64 * 1024 * 1024;

/** As deep as the engine reads. */
const DEPTH = 64;

/** A value as JSON text; a string is that already. Throws what `error` makes of a trouble. */
export function json(value, error) {
  const text = typeof value === "string" ? value : written(value, error);
  if (text.length > LENGTH) {
    throw error({ kind: "limit", path: "", message: `${text.length} characters are more than the ${LENGTH} that are read` });
  }
  // What is written here has none; without the check they would become another character.
  if (text === value && !isWellFormed(text)) throw error({ kind: "json", path: "", message: HALF });
  return text;
}

const HALF = "half of a character, which no text has";
const TOO_LONG = { kind: "limit", path: "", message: `it has more than the ${LENGTH} characters that are read` };

const encoder = new TextEncoder();
const room = new Uint8Array(2 ** 16);

/** A text in UTF-8, to be used before the next one. Where there is room already this is far quicker than making some. */
export function utf8(text) {
  if (text.length * 3 > room.length) return encoder.encode(text);
  return room.subarray(0, encoder.encodeInto(text, room).written);
}

function written(value, error) {
  const trouble = new Look().into(value);
  if (trouble) throw error(trouble);
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw error({ kind: "json", path: "", message: `it cannot be written as JSON: ${told(cause)}`, cause });
  }
}

/** One look through a value, for the first thing in it that is not plain data. */
class Look {
  /** The names and places that lead to where it looks, so many of them, and what stands there. */
  #path = LEVELS.slice();
  #depth = 0;
  #around = LEVELS.slice();
  /** How much more there may be, in characters of JSON at the least. */
  #left = LENGTH;

  /** `{ kind, path, message }`, or undefined where it is plain data. */
  into(value) {
    let found;
    try {
      found = this.#at(value);
    } catch (cause) {
      found = { kind: "json", message: `it cannot be read: ${told(cause)}`, cause };
    }
    return found && { path: this.#path.slice(0, this.#depth).map((name) => `/${segment(name)}`).join(""), ...found };
  }

  #at(value) {
    this.#left -= 2;
    if (this.#left < 0) return TOO_LONG;
    switch (typeof value) {
      case "string":
        return this.#text(value);
      case "boolean":
        return undefined;
      case "number":
        return Number.isSafeInteger(value) ? undefined : number(value);
      case "object":
        return value === null ? undefined : this.#inside(value, this.#depth);
      default:
        return { kind: "type", message: nothing(value) };
    }
  }

  #text(text) {
    this.#left -= text.length;
    if (this.#left < 0) return TOO_LONG;
    return isWellFormed(text) ? undefined : { kind: "json", message: HALF };
  }

  #inside(value, depth) {
    const isList = Array.isArray(value);
    if (!isList && !isPlain(value)) return { kind: "type", message: `${named(value)} is no plain object, and JSON would write something else` };
    if (typeof value.toJSON === "function") return { kind: "type", message: "its `toJSON` would write something else: give what it writes" };
    if (depth === DEPTH) return this.#deep(value);
    this.#around[depth] = value;
    return isList ? this.#list(value, depth) : this.#object(value, depth);
  }

  #list(list, depth) {
    for (let at = 0; at < list.length; at += 1) {
      this.#path[depth] = at;
      this.#depth = depth + 1;
      const found = this.#at(list[at]);
      if (found) return found;
    }
    return undefined;
  }

  #object(object, depth) {
    const names = Object.keys(object);
    for (let at = 0; at < names.length; at += 1) {
      this.#path[depth] = names[at];
      this.#depth = depth + 1;
      const member = object[names[at]];
      // A member that is undefined is left out, as JSON does it.
      if (member === undefined) continue;
      const found = this.#text(names[at]) ?? this.#at(member);
      if (found) return found;
    }
    return undefined;
  }

  /** Too deep, or without an end. */
  #deep(value) {
    this.#around[DEPTH] = value;
    const again = this.#around.findIndex((one, at, all) => all.indexOf(one) < at);
    if (again < 0) return { kind: "limit", path: "", message: `lists and objects stand more than ${DEPTH} deep inside each other` };
    this.#depth = again;
    return { kind: "json", message: "it stands inside itself" };
  }
}

/** Something at every level, so that nothing is ever put where a prototype could say what comes of it. */
const LEVELS = Array.from({ length: DEPTH + 1 }, () => undefined);

/** Whether all that an object has are members of its own: it was written as `{ … }`, here or in another realm. */
export function isPlain(object) {
  const prototype = Object.getPrototypeOf(object);
  if (prototype === Object.prototype || prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "isPrototypeOf");
}

/** What is wrong with a number that is not whole, or too large; what has a point is for the engine to refuse. */
function number(value) {
  if (!Number.isFinite(value)) return { kind: "type", message: `${value} is not a number that can be written` };
  if (Number.isInteger(value)) return { kind: "type", message: `${value} has more digits than numbers keep: write it as text` };
  return undefined;
}

/** What JSON has no form for. */
function nothing(value) {
  if (typeof value === "bigint") return `${clipped(`${value}`)}n has no form in JSON: numbers are text, "12"`;
  return `${value === undefined ? "undefined" : `a ${typeof value}`} has no form in JSON`;
}

/** What an object is, in words. */
function named(object) {
  const tag = Object.prototype.toString.call(object).slice("[object ".length, -1);
  if (tag === "Promise") return "a promise (`await` it first)";
  if (ArrayBuffer.isView(object)) return `an ${tag} (a file is read as text, "utf8")`;
  if (tag === "Date") return 'a Date, which may be a day or a moment (write "2026-03-01", or what its `toISOString` gives),';
  const name = tag === "Object" ? Object.getPrototypeOf(object).constructor?.name : tag;
  return typeof name === "string" && name && name !== "Object" ? `an object of the class ${clipped(name)}` : "an object with a prototype of its own";
}

/** A name as a segment of a JSON pointer; of long ones as much as messages quote. */
function segment(name) {
  return clipped(`${name}`).replaceAll("~", "~0").replaceAll("/", "~1");
}

function isWellFormed(text) {
  // Older runtimes do not have the method yet.
  return text.isWellFormed ? text.isWellFormed() : !/\p{Surrogate}/u.test(text);
}
