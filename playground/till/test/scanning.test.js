// What comes of a scan wherever the focus is, and what is kept of a visit: once, and only what came back.
import assert from "node:assert/strict";
import { test } from "node:test";

import { accessible, open } from "./open.js";
import { clerk } from "./till.js";

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
