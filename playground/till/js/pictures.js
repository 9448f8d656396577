// Pictures stay with the till: a record holds where one is, and the SHA-256 of its bytes.

import * as shelf from "./shelf.js";

/** The bytes of a picture that was kept, or undefined. */
export function pictureOf(ref) {
  return shelf.get(ref);
}

/** Keeps a picture, unless it is only to be looked at, and gives what an answer says of it. */
export async function sha256(blob, { keep = true } = {}) {
  const bytes = await blob.arrayBuffer();
  const digest = [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const ref = `picture-${digest.slice(0, 16)}`;
  if (keep) await shelf.put(ref, bytes);
  return { ref, media_type: blob.type, sha256: digest };
}
