// A page that is there before any script runs. `vite build` makes dist/client, `vite build --ssr` makes dist/server.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

import { visit } from "../shop/visit.js";
import { said } from "./dist/server/said.js";

const TYPES = { js: "text/javascript", wasm: "application/wasm" };
const page = await readFile(new URL("dist/client/index.html", import.meta.url), "utf8");

const server = createServer(async ({ url }, response) => {
  const [, asset, type] = /^\/assets\/([\w-]+\.(js|wasm))$/.exec(url) ?? [];
  if (asset) {
    response.writeHead(200, { "content-type": TYPES[type] });
    response.end(await readFile(new URL(`dist/client/assets/${asset}`, import.meta.url)));
  } else if (url === "/") {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(page.replace("<!--said-->", escaped(await said(visit))));
  } else {
    response.writeHead(404).end();
  }
});

server.listen(Number(process.env.PORT ?? 8080), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
