// What the calls of the package cost, in nanoseconds for one; in Node and in browsers alike.

const PIECE = 250;
const ROUNDS = 5;

/** Of the small engine, which only loads, the `bundle` is given. */
export function measure({ Policy }, { files, requests, decisions }, bundle) {
  const compile = () => Policy.compile(Object.fromEntries(files));
  const policy = bundle ? Policy.load(bundle) : compile();
  const loaded = bundle ?? policy.toBundle();
  const objects = requests.map((text) => JSON.parse(text));
  const visits = requests.map((text) => policy.request(text));
  // What a bundle decides names it.
  const told = (decision) => (bundle ? decision.replace(/,"bundle":"[^"]*"/, "") : decision);
  for (const [at, decision] of decisions.entries()) {
    if (told(policy.decideJson(requests[at])) !== decision || told(visits[at].decideJson()) !== decision) throw new Error(`another decision: ${requests[at]}`);
  }
  const results = {
    "object to object": fastest(objects, (object) => policy.decide(object)),
    "object to text": fastest(objects, (object) => policy.decideJson(object)),
    "text to text": fastest(requests, (text) => policy.decideJson(text)),
    "read request to text": fastest(visits, (visit) => visit.decideJson()),
    reading: fastest(requests, (text) => policy.request(text).free()),
    "JSON.stringify": fastest(objects, (object) => JSON.stringify(object)),
    "JSON.parse": fastest(decisions, (text) => JSON.parse(text)),
    ...(bundle ? {} : { compiling: median(21, () => compile().free()) }),
    loading: median(21, () => Policy.load(loaded).free()),
  };
  for (const visit of visits) visit.free();
  return results;
}

/** In pieces so short that little else happens on the machine meanwhile; of each piece the fastest round counts. */
function fastest(all, act) {
  let sum = 0;
  for (let first = 0; first < all.length; first += PIECE) {
    const piece = all.slice(first, first + PIECE);
    let best = Infinity;
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now();
      for (const one of piece) act(one);
      best = Math.min(best, performance.now() - start);
    }
    sum += best;
  }
  return (sum * 1e6) / all.length;
}

function median(times, act) {
  const taken = Array.from({ length: times }, () => {
    const start = performance.now();
    act();
    return performance.now() - start;
  });
  return taken.sort((a, b) => a - b)[Math.floor(times / 2)] * 1e6;
}
