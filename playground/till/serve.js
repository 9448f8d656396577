// Serves the till to the browsers of this machine, with a bundle of each shop's policy: node playground/till/serve.js
import { serveTill } from "./test/till.js";

const { till } = await serveTill();
console.log(till);
