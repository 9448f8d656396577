// What comes of a scan wherever the focus is, and what is kept of a visit: once, and only what came back.
import assert from "node:assert/strict";
import { test } from "node:test";

import { accessible, open } from "./open.js";

const there = open();
const { atTheTill } = there;

/** Worn boots, which come back for 159.00 + 8.75, and a rope that was used, which does not. */
async function ropeAndBoots(one) {
  await one.scan(one.receipt("N-0988"));
  for (const [sku, reason] of [["ROPE-60", "Changed mind"], ["BOOT-42", "Wrong size"]]) {
    await one.scan(one.gtin(sku));
    await one.page.waitForFunction((count) => document.querySelectorAll(".about").length === count, sku === "ROPE-60" ? 1 : 2);
    for (const [group, value] of [["The customer wants", "Refund"], ["Condition", "Used"]]) await one.page.getByRole("group", { name: group, exact: true }).last().getByLabel(value, { exact: true }).click();
    await one.page.getByLabel("Reason", { exact: true }).last().selectOption({ label: reason });
  }
  await one.shows("Decided line by line; the visit as a whole is declined.");
}

atTheTill("a visit that is declined for one of its goods pays nothing and records nothing as returned", {}, async (one) => {
  const { at, press, page } = one;
  await ropeAndBoots(one);
  assert.doesNotMatch(await at("#answer-body").innerText(), /Credit card|You get|is accepted: /);
  await accessible(one, "declined for one of two");
  await press("Close without a return");
  await page.waitForSelector("#slip");
  assert.match(await at("#slip").innerText(), /No return[^]*Climbing rope/i);
  assert.doesNotMatch(await at("#slip").innerText(), /167\.75|You get|Signature/);
  const record = await one.download("#download-record");
  assert.equal(record.decision.balance.to_customer, "0.00");
  await press("Next customer");
  await one.scan(one.receipt("N-0988"));
  await page.waitForSelector("#goods-title");
  assert.doesNotMatch(await at("#screen").innerText(), /Has come back before/);
});

atTheTill("what is not accepted is taken out with one press, and the rest comes back", {}, async (one) => {
  const { at, press } = one;
  await ropeAndBoots(one);
  await press("Take out what is not accepted");
  await one.shows("Accepted: 167.75 USD to the customer.");
  assert.equal(await at("input[type=checkbox]:checked").count(), 1);
  assert.equal(await one.focus(), "onward-go");
});

atTheTill("a scan changes no list that has the focus, and what a person types there is chosen", {}, async (one) => {
  const { at, scan, page } = one;
  const lists = () => page.evaluate(() => Object.fromEntries([...document.querySelectorAll("#screen select")].map(({ id, value }) => [id, value])));
  await scan(one.receipt("N-1101"));
  await scan(one.gtin("SOCK-M"));
  await one.choose("The customer wants", "Refund");
  await one.choose("Condition", "Sealed");
  await one.pick("Reason", "Changed mind");
  await one.pick("Quantity", "2");
  await one.shows("Accepted: 25.32 USD to the customer.");
  const before = await lists();
  for (const label of ["Quantity", "Reason", "How is the sale proved?", "Customer"]) {
    await page.getByLabel(label, { exact: true }).focus();
    await scan("123456789");
    await one.told("123456789");
    assert.deepEqual(await lists(), before, label);
    await page.waitForTimeout(400);
    assert.deepEqual(await lists(), before, `${label}, later`);
    assert.equal(await one.headline(), "Accepted: 25.32 USD to the customer.");
  }
  await page.getByLabel("Reason", { exact: true }).focus();
  await scan("C-2001");
  await page.waitForFunction(() => document.querySelector("#customer").value === "C-2001");
  assert.deepEqual(await lists(), { ...before, customer: "C-2001" });
  // A person: told once it is no scan, or at once when the list is left.
  await page.getByLabel("Quantity", { exact: true }).focus();
  await page.keyboard.press("3");
  await one.shows("Accepted: 37.98 USD to the customer.");
  await page.keyboard.press("1");
  await page.keyboard.press("Tab");
  await one.shows("Accepted: 12.66 USD to the customer.");
  assert.equal(await at("#screen input[type=checkbox]:checked").count(), 1);
});

atTheTill("a scan adds no goods to the list without a receipt, and changes nothing in the settings, which say so", {}, async (one) => {
  const { at, scan, press, page } = one;
  await press("Return without a receipt");
  await page.getByLabel("Add goods").focus();
  await scan("C-2002");
  await page.waitForFunction(() => document.querySelector("#customer").value === "C-2002");
  await page.waitForTimeout(400);
  assert.equal(await at(".line").count(), 0);
  await at("#open-settings").click();
  for (const label of ["Shop", "Language", "Day of the return"]) {
    await page.getByLabel(label).focus();
    await scan("T-6812");
    await at("#settings").getByText("T-6812 was not taken. Close this first.").waitFor();
    await scan(one.receipt("N-1042"));
    await at("#settings").getByText(`${one.receipt("N-1042")} was not taken.`).waitFor();
  }
  await accessible(one, "a scan in the settings");
  await page.waitForTimeout(400);
  assert.equal(await page.getByLabel("Day of the return").inputValue(), "2026-03-21");
  assert.equal(await at("#top strong").textContent(), "Northwind Outfitters");
  assert.equal(await at("#set-locale").inputValue(), "en");
});

atTheTill("a scan into a form goes on to its next field, and finishes nothing", { shop: "target" }, async (one) => {
  const { at, scan, choose, press, page } = one;
  await press("Return without a receipt");
  await scan(one.gtin("LAMP-20"));
  await choose("The customer wants", "Store credit");
  await choose("Condition", "Sealed");
  await page.getByLabel("Customer", { exact: true }).selectOption("C-3002");
  await press("To the paperwork");
  const card = page.getByLabel(/^Number of the merchandise/);
  await card.focus();
  await scan("7001442211");
  await page.waitForFunction(() => document.activeElement.id.endsWith("signature-name"));
  assert.equal(await card.inputValue(), "7001442211");
  await page.waitForTimeout(100);
  assert.equal(await at("#problems").count(), 0);
});

/** Another tab with the same visit, as far as it is. */
async function copied({ context, page }) {
  const visit = await page.evaluate(() => sessionStorage.getItem("till.visit"));
  const other = await context.newPage();
  await other.addInitScript((kept) => sessionStorage.setItem("till.visit", kept), visit);
  await other.goto(page.url());
  await other.waitForSelector("html[data-ready]");
  return other;
}

const finish = (page) => page.getByRole("button", { name: "Finish the return" }).click();

/** Socks of N-1101, of three for two, with what has to be signed. */
async function socks(one) {
  await one.scan(one.receipt("N-1101"));
  await one.scan(one.gtin("SOCK-M"));
  await one.choose("The customer wants", "Refund");
  await one.choose("Condition", "Sealed");
  await one.pick("Reason", "Changed mind");
  await one.shows("Accepted: 12.66 USD to the customer.");
}

async function toSign(one, name) {
  await one.press("To the paperwork");
  await one.page.getByLabel("Name of who signs").fill(name);
  await one.page.locator("#paper-title").click();
  await one.page.waitForFunction((signed) => sessionStorage.getItem("till.visit").includes(signed), name);
}

atTheTill("goods that came back at another tab meanwhile come back only once, and the till says so", {}, async (one) => {
  const { at, page } = one;
  await one.scan(one.receipt("N-0988"));
  await one.scan(one.gtin("BOOT-42"));
  await one.choose("The customer wants", "Refund");
  await one.choose("Condition", "Used");
  await one.pick("Reason", "Wrong size");
  await one.shows("Accepted: 167.75 USD to the customer.");
  await toSign(one, "Jo Doe");
  const other = await copied(one);
  await finish(other);
  await other.waitForSelector("#slip");
  await finish(page);
  await one.told("The case has changed. Something has come back at another till meanwhile.");
  await page.getByText("Has come back before: 1").waitFor();
  assert.equal(await at("#slip").count(), 0);
  assert.notEqual(await one.headline(), "Accepted: 167.75 USD to the customer.");
});

atTheTill("two tabs that finish at once keep both returns, with a number each", {}, async (one) => {
  const { page, press } = one;
  await socks(one);
  await toSign(one, "Jo Doe");
  const other = await copied(one);
  page.on("dialog", (dialog) => dialog.accept());
  await page.goto(`${page.url().split("?")[0]}?shop=target`);
  await page.waitForSelector("html[data-ready]");
  await page.goto(`${page.url().split("?")[0]}?shop=corner-shop`);
  await page.waitForSelector("#find");
  await one.scan(one.receipt("N-0988"));
  await one.scan(one.gtin("BOOT-42"));
  await one.choose("The customer wants", "Refund");
  await one.choose("Condition", "Used");
  await one.pick("Reason", "Wrong size");
  await toSign(one, "Robin Reyes");
  await Promise.all([page, other].map((tab) => tab.evaluate(() => document.querySelector("#finish").click())));
  const slips = await Promise.all([page, other].map((tab) => tab.locator("#slip").innerText()));
  assert.deepEqual(slips.map((text) => /R0001-20260321-\d+/.exec(text)[0]).sort(), ["R0001-20260321-0001", "R0001-20260321-0002"]);
  await press("Next customer");
  for (const id of ["N-0988", "N-1101"]) {
    await one.scan(one.receipt(id));
    await page.getByRole("heading", { name: `Receipt ${id}` }).waitFor();
  }
  assert.equal(await page.getByText("Has come back before: 1").count(), 2);
});

atTheTill("the same goods on two receipts: a scan takes those that are still there", {}, async (one) => {
  const { at, scan, press, page } = one;
  await scan(one.receipt("N-1042"));
  await page.getByRole("heading", { name: "Receipt N-1042" }).waitFor();
  await press("Add another sale");
  await scan(one.receipt("N-1101"));
  await page.getByRole("heading", { name: "Receipt N-1101" }).waitFor();
  for (let scanned = 1; scanned <= 4; scanned += 1) {
    await scan(one.gtin("SOCK-M"));
    await page.waitForFunction((count) => document.querySelectorAll(".line.taken").length === Math.min(count, 2), scanned);
  }
  await page.waitForFunction(() => document.querySelector("select[id^=quantity]").value === "3");
  assert.equal(await at("#notices").innerText(), "");
  await scan(one.gtin("SOCK-M"));
  await one.told("Wool socks, M: all 4 of this receipt are chosen.");
});

atTheTill("new goods of an exchange are scanned, also the same ones, and scanned again to correct them", {}, async (one) => {
  const { at, scan, choose, page } = one;
  const given = () => page.getByLabel("In exchange for").inputValue();
  await scan(one.receipt("N-1101"));
  await scan(one.gtin("SOCK-M"));
  await choose("The customer wants", "Exchange");
  await page.getByLabel("In exchange for").waitFor();
  for (const sku of ["SOCK-M", "SOCK-L", "BOOT-43"]) {
    await scan(one.gtin(sku));
    await page.waitForFunction((chosen) => document.querySelector("#goods-title") && [...document.querySelectorAll("select")].some(({ value }) => value === chosen), sku);
    assert.equal(await given(), sku);
  }
  assert.equal(await page.getByLabel("Quantity").inputValue(), "1");
  assert.equal(await at("#notices").innerText(), "");
  // Other goods of the receipt come back.
  await scan(one.gtin("STOVE-1"));
  await page.waitForFunction(() => document.querySelectorAll(".line.taken").length === 2);
  assert.equal(await given(), "BOOT-43");
});

atTheTill("the field to search in has the focus from the first on, keeps it over a scan, and says what was scanned", {}, async (one) => {
  const { at, scan, page } = one;
  await page.waitForFunction(() => document.activeElement.id === "find");
  await one.type("GPS");
  await page.waitForFunction(() => document.querySelectorAll(".sales li").length === 2);
  await scan(one.gtin("SOCK-M"));
  await page.waitForFunction(() => /N-1101/.test(document.querySelector("#sales").innerText));
  assert.equal(await at("#find").inputValue(), "SOCK-M");
  assert.equal(await one.focus(), "find");
  await scan("4006381333931");
  await one.told("No goods have the number 4006381333931.");
  assert.equal(await one.focus(), "find");
  assert.equal(await at("#find").inputValue(), "SOCK-M");
});

atTheTill("the slip of a visit that was closed without the manager tells of no money", {}, async (one) => {
  const { at, scan, press, page } = one;
  await scan(one.receipt("N-1077"));
  await one.take("Tent");
  await one.choose("The customer wants", "Refund");
  await one.choose("Condition", "Opened");
  await one.pick("Reason", "Changed mind");
  await one.shows("To be decided by somebody else.");
  await press("Close without a return");
  await page.getByLabel("Name of who signs").fill("Robin Reyes");
  await page.getByLabel(/^Phone/).fill("207 555 0111");
  await press("Close without a return");
  await page.waitForSelector("#slip");
  assert.match(await at("#slip").innerText(), /No return[^]*Closed without a decision[^]*Tent for three/i);
  assert.doesNotMatch(await at("#slip").innerText(), /579|USD|You get/);
});
