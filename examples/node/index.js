import { readFile } from "node:fs/promises";

import { init, Policy } from "takeback";
import { visit } from "../shop/visit.js";

await init();
const shop = await readFile(new URL("../shop/shop.takeback", import.meta.url), "utf8");
const policy = Policy.compile({ "shop.takeback": shop });
for (const { text } of policy.words(visit).say) console.log(text);
