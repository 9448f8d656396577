// The till without a network. Online everything is fetched anew and kept, so that what is kept is what was used last; offline it is taken from there.
// Policies are not kept here: js/policies.js keeps the last one that was good.

const KEPT = "till-1";
const SLOW = 4000; // milliseconds after which a bad network counts as none

/** Everything that the page is made of. A test holds the list against the folder. */
const FILES = [
  "./",
  "icon.svg",
  "index.html",
  "till.css",
  "till.webmanifest",
  "js/answer-texts.js",
  "js/answer-view.js",
  "js/answers.js",
  "js/barcode.js",
  "js/closed-view.js",
  "js/controls.js",
  "js/decide.js",
  "js/decimals.js",
  "js/decision-view.js",
  "js/dom.js",
  "js/earlier.js",
  "js/engine.js",
  "js/fields.js",
  "js/focus.js",
  "js/form-view.js",
  "js/goods-view.js",
  "js/gs1.js",
  "js/header-view.js",
  "js/kept.js",
  "js/labels.js",
  "js/main.js",
  "js/manager.js",
  "js/matters.js",
  "js/notices.js",
  "js/paper-change.js",
  "js/paper.js",
  "js/pictures.js",
  "js/pins.js",
  "js/policies.js",
  "js/problems.js",
  "js/questions-view.js",
  "js/request.js",
  "js/sale-view.js",
  "js/scanner.js",
  "js/scans.js",
  "js/search.js",
  "js/shelf.js",
  "js/shops.js",
  "js/signature.js",
  "js/slip-view.js",
  "js/steps.js",
  "js/store.js",
  "js/texts.js",
  "js/texts/de.js",
  "js/texts/en.js",
  "js/texts/fi.js",
  "js/texts/fr.js",
  "js/texts/hr.js",
  "js/texts/nb.js",
  "js/texts/ro.js",
  "js/texts/sl.js",
  "js/trail.js",
  "js/troubles.js",
  "js/visit.js",
  "js/words.js",
  "samples/corner-shop.json",
  "samples/ikea-be.json",
  "samples/mediamarkt-de.json",
  "samples/target.json",
  "../../pkg/engine.js",
  "../../pkg/errors.js",
  "../../pkg/json.js",
  "../../pkg/policy.js",
  "../../pkg/takeback.js",
  "../../pkg/takeback_bg.wasm",
  "../../pkg/web.js",
];

addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })))));
  skipWaiting();
});

addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
      await clients.claim();
    })(),
  );
});

const ours = new Set(FILES.map((file) => new URL(file, location.href).pathname));

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin || !ours.has(url.pathname)) return;
  event.respondWith(newest(event.request, url.origin + url.pathname));
});

/** From the network, and kept; from what is kept where there is none. */
async function newest(request, name) {
  const cache = await caches.open(KEPT);
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(SLOW) });
    if (!response.ok) throw new Error(String(response.status));
    await cache.put(name, response.clone());
    return response;
  } catch (trouble) {
    const kept = await cache.match(name);
    if (kept) return kept;
    throw trouble;
  }
}
