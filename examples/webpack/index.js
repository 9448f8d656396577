import { init, Policy } from "takeback";
import shop from "../shop/shop.takeback";
import { visit } from "../shop/visit.js";

await init();
const policy = Policy.compile({ "shop.takeback": shop });
document.querySelector("output").textContent = policy.words(visit).say.map(({ text }) => text).join("\n");
