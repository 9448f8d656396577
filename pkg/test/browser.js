// A static server and headless Chromium, for whatever has to run in a browser.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".json": "application/json",
  ".jsonl": "application/jsonl",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/**
 * Serves folders of this machine, to this machine only: `await serve({ "/": folder, "/takeback/": other })`. What the
 * longest fitting prefix says counts. A function in place of a folder answers itself, as in `createServer`.
 *
 * Gives the `url` it is found at, without a slash at the end, and `close`.
 */
export async function serve(folders) {
  const prefixes = Object.keys(folders).sort((a, b) => b.length - a.length);
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const prefix = prefixes.find((prefix) => path.startsWith(prefix));
    const from = folders[prefix];
    if (typeof from === "function") return from(request, response);
    const file = from && (await found(from, path.slice(prefix.length)));
    if (!file) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "cache-control": "no-store" });
    createReadStream(file).pipe(response);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}

/** The file of a path in a folder, or that of its index; nothing where there is none, and nothing outside the folder. */
async function found(folder, path) {
  const root = resolve(folder instanceof URL ? fileURLToPath(folder) : folder);
  const file = join(root, path);
  if (file !== root && !file.startsWith(root + sep)) return undefined;
  for (const name of [file, join(file, "index.html")]) {
    const isFile = await stat(name).then((found) => found.isFile(), () => false);
    if (isFile) return name;
  }
}

/** Headless Chromium: the one that `CHROMIUM` names, or that of the system. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * A new page on which nothing may go wrong unnoticed: `troubles` collects what scripts threw and did not catch, what
 * was written to the console as an error, and every address that was not found.
 */
export async function open(browser, url) {
  const page = await browser.newPage();
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
  page.on("response", (response) => response.status() >= 400 && troubles.push(`${response.status()} ${response.url()}`));
  await page.goto(url);
  return { page, troubles };
}
