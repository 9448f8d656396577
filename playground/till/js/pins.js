// Who may approve: a PIN against its hash, and no more tries after five wrong ones. This is a demonstration: a PIN has so few digits that its hash must
// not lie on a till. A real one asks a server, which counts the tries.

export const TRIES = 5;
export const LOCKED_FOR = 5 * 60 * 1000;

const KEY = "till.tries";

/** Tests the PIN of a member of staff: `{ ok: true }`, `{ ok: false, left }`, or `{ ok: false, until }` when locked (milliseconds since 1970). */
export async function testPin(person, pin, { now = Date.now(), storage = localStorage } = {}) {
  const all = JSON.parse(storage.getItem(KEY) ?? "{}");
  const tries = all[person.id] ?? { wrong: 0 };
  if (tries.until > now) return { ok: false, until: tries.until };
  const keep = (value) => storage.setItem(KEY, JSON.stringify({ ...all, [person.id]: value }));

  if (await matches(person.pin, pin)) {
    keep(undefined);
    return { ok: true };
  }
  const wrong = (tries.until ? 0 : tries.wrong) + 1;
  if (wrong >= TRIES) {
    keep({ wrong, until: now + LOCKED_FOR });
    return { ok: false, until: now + LOCKED_FOR };
  }
  keep({ wrong });
  return { ok: false, left: TRIES - wrong };
}

async function matches({ salt, iterations, hash }, pin) {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations }, key, 256);
  const [left, right] = [new Uint8Array(bits), bytes(hash)];
  let differ = left.length ^ right.length;
  left.forEach((byte, at) => (differ |= byte ^ right[at]));
  return differ === 0;
}

function bytes(base64) {
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}
