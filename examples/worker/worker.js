// Import maps do not count in workers, so without a bundler the package is named by its address.
import { init, Policy } from "/node_modules/takeback/web.js";

// What comes before the policy is there waits for it.
const ready = Promise.all([fetch("/shop/shop.takeback").then((found) => found.text()), init()]).then(([shop]) => Policy.compile({ "shop.takeback": shop }));

self.onmessage = async ({ data: visit }) => self.postMessage((await ready).words(visit));
