import { visit } from "../../shop/visit.js";
import { said } from "./said.js";

// What the server has written is there at once; when the engine is there too, the page can go on by itself.
const output = document.querySelector("output");
output.dataset.same = (await said(visit)) === output.textContent;
