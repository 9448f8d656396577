import { visit } from "/shop/visit.js";

const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
worker.onmessage = ({ data }) => (document.querySelector("output").textContent = data.say.map(({ text }) => text).join("\n"));
worker.postMessage(visit);
