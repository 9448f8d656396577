import { init, Policy } from "takeback";
import { visit } from "/shop/visit.js";

const [shop] = await Promise.all([fetch("/shop/shop.takeback").then((found) => found.text()), init()]);
const policy = Policy.compile({ "shop.takeback": shop });
document.querySelector("output").textContent = policy.words(visit).say.map(({ text }) => text).join("\n");
