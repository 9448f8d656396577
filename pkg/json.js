// Everything crosses to the engine as JSON text, which it reads anyway: one copy, instead of a call for every member of
// every object. What JSON cannot write is refused here, with its place, and so is what JSON would write as something else.

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
  if (text === value && !isWellFormed(text)) throw error({ kind: "json", path: "", message: "half of a character, which no text has" });
  return text;
}

const encoder = new TextEncoder();
const room = new Uint8Array(2 ** 16);

/** A text in UTF-8, to be used before the next one. Where there is room already this is far quicker than making some. */
export function utf8(text) {
  if (text.length * 3 > room.length) return encoder.encode(text);
  return room.subarray(0, encoder.encodeInto(text, room).written);
}

function written(value, error) {
  let text;
  try {
    text = JSON.stringify(value) ?? "null";
  } catch (cause) {
    throw error({ kind: "json", path: "", message: `it cannot be written as JSON: ${told(cause)}`, ...trouble(value), cause });
  }
  // JSON writes `null` for NaN, the infinities and days that are none, and `null` means not known: a wrong figure must not
  // become none.
  const found = text.includes("null") && trouble(value);
  if (found) throw error(found);
  return text;
}

/** The first thing in a value that JSON cannot write, or writes as `null` though it is something. */
function trouble(value, path = "", name = "", around = []) {
  const found = (kind, message) => ({ kind, path, message });
  try {
    const was = value;
    if (typeof value?.toJSON === "function") value = value.toJSON(name);
    if (value instanceof Number || value instanceof BigInt) value = value.valueOf();
    if (value === null && was !== null) return found("type", "something that JSON has no form for");
    if (typeof value === "bigint") return found("type", `${value}n has no form in JSON: numbers are text, "${value}"`);
    if (typeof value === "number" && !Number.isFinite(value)) return found("type", `${value} is not a number that can be written`);
    if (typeof value !== "object" || value === null) return undefined;
    if (around.includes(value)) return found("json", "it stands inside itself");
    if (around.length >= DEPTH) return { kind: "limit", path: "", message: `lists and objects stand more than ${DEPTH} deep inside each other` };
    const inside = [...around, value];
    for (const key of Object.keys(value)) {
      const place = `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      let member;
      try {
        member = value[key];
      } catch (thrown) {
        return { kind: "json", path: place, message: `it cannot be read: ${told(thrown)}` };
      }
      const within = trouble(member, place, key, inside);
      if (within) return within;
    }
    return undefined;
  } catch (thrown) {
    return found("json", `it cannot be read: ${told(thrown)}`);
  }
}

/** What was thrown, in words; it may be anything. */
function told(thrown) {
  try {
    return String(thrown?.message ?? thrown);
  } catch {
    return "something was thrown";
  }
}

/** A text that is an argument of its own. */
export function text(value, what) {
  if (typeof value !== "string") throw new TypeError(`${what} is text`);
  return value;
}

function isWellFormed(text) {
  // Older runtimes do not have the method yet.
  return text.isWellFormed ? text.isWellFormed() : !/\p{Surrogate}/u.test(text);
}
