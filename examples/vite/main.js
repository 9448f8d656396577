import { init, Policy } from "takeback";
import shop from "../shop/shop.takeback?raw";
import { visit } from "../shop/visit.js";

await init();
const policy = Policy.compile({ "shop.takeback": shop });
show("output", policy.words(visit));

const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
worker.onmessage = ({ data }) => show("#worker", data);
worker.postMessage(visit);

function show(where, { say }) {
  document.querySelector(where).textContent = say.map(({ text }) => text).join("\n");
}
