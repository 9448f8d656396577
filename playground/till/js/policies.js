// The policy of a shop, as a bundle (docs/reference/bundles.md): fetched anew whenever there is a network, and the last good one where there is none, or where what came is refused.

import { CurrentPolicy } from "./engine.js";
import * as shelf from "./shelf.js";

const SLOW = 8000; // milliseconds after which a server counts as one that does not answer

/**
 * The policy of a shop, and how it was had:
 * `{ current, from: "network" | "kept", since, trouble }`. `current.policy` is the policy. `since`: when its bytes came. `trouble`: why the newest was not taken:
 * a `NotFetched`, or the `BundleError` of what came.
 * `keys`: the public keys of who may have signed it; without any it need not be signed. Throws the trouble where no good one was ever kept.
 */
export async function openPolicy(shop, keys = []) {
  const loaded = { shop, signed: keys.length > 0 ? { keys } : {} };
  await refresh(loaded);
  if (loaded.current) return loaded;
  const kept = await shelf.get(`policy ${shop}`);
  if (!kept) throw loaded.trouble;
  return Object.assign(loaded, { current: new CurrentPolicy(kept.bytes, loaded.signed), since: kept.since });
}

/** Fetches the policy again; a good one takes the place of the one before, and is kept. Best done between customers. */
export async function refresh(loaded) {
  loaded.from = "kept";
  loaded.trouble = undefined;
  try {
    const bytes = await fetched(loaded.shop);
    const { current, signed } = loaded;
    if (current) current.replace(bytes, signed);
    else loaded.current = new CurrentPolicy(bytes, signed);
    Object.assign(loaded, { from: "network", since: new Date().toISOString() });
    await shelf.put(`policy ${loaded.shop}`, { bytes, since: loaded.since });
  } catch (trouble) {
    loaded.trouble = trouble;
  }
}

/** No policy came. `why`: "network" (there is none), "slow" (no answer in time), "missing" (the server has none), "server" (it has a fault); `status`: of its answer. */
export class NotFetched extends Error {
  name = "NotFetched";
  constructor(why, status) {
    super(why);
    Object.assign(this, { why, status });
  }
}

async function fetched(shop) {
  let response;
  try {
    response = await fetch(new URL(`../policies/${shop}.bundle`, import.meta.url), { cache: "no-store", signal: AbortSignal.timeout(SLOW) });
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
  } catch (trouble) {
    throw new NotFetched(trouble.name === "TimeoutError" ? "slow" : "network");
  }
  throw new NotFetched([404, 410].includes(response.status) ? "missing" : "server", response.status);
}
