// What is left of the package where policies come in bundles: nothing that needs their texts, and no sentences.

const OF_TEXTS = ["warnings", "toBundle", "audit", "whatWouldChange", "trace", "words", "languages", "messages", "test"];

/** The classes without the methods that their engine does not have. */
export function decideOnly({ CurrentPolicy, init, Policy, Request, version }) {
  delete Policy.compile;
  for (const handle of [Policy, Request]) for (const name of OF_TEXTS) delete handle.prototype[name];
  return { CurrentPolicy, init, Policy, Request, version };
}
