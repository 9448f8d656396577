// What comes between a clerk and the end of a return: a reload, Back, a scan beside the forms, a manager, a policy that does not come.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { Policy } from "../../../pkg/node.js";
import { accessible, open } from "./open.js";
import { clerk, files, ROOT } from "./till.js";
import { refund, signed, watch } from "./visits.js";

const there = open();
const { atTheTill } = there;

/** The tent of N-1077, which is too dear for a clerk. */
async function tent(one) {
  await refund(one, { receipt: "N-1077", goods: "Tent" });
  await one.shows("To be decided by somebody else.");
}

const filled = async ({ page }) => [await page.getByLabel("Name of who signs").inputValue(), await page.getByLabel(/^Phone/).inputValue()];

atTheTill("a reload leaves everything as it was: the answer, what is filled in, the slip and its record", {}, async (one) => {
  const { at, press, page } = one;
  await watch(one);
  await one.reload();
  await one.shows("Accepted: 237.80 USD to the customer.");
  await press("To the paperwork");
  await signed(one);
  // What is typed and not left yet stays too.
  assert.match(await one.focus(), /phone$/);
  await one.reload();
  await page.waitForSelector("#paper-form");
  assert.deepEqual(await filled(one), ["Jo Doe", "+1 207 555 0100"]);
  await press("Finish the return");
  await page.waitForSelector("#slip");
  const [slip, record] = [await at("#slip").innerText(), await one.download("#download-record")];
  await one.reload();
  await page.waitForSelector("#slip");
  assert.equal(await at("#slip").innerText(), slip);
  assert.deepEqual(await one.download("#download-record"), record);
  await press("Next customer");
  await page.waitForSelector("#sale-title");
  await one.reload();
  assert.equal(await at("#slip").count(), 0, "the slip is that of the customer before");
  assert.equal(await at("#sale-title").count(), 1);
});

atTheTill("a signature that was drawn is there again after a reload", {}, async (one) => {
  const { at, press, page } = one;
  await watch(one);
  await press("To the paperwork");
  await page.waitForSelector("canvas.pad");
  const dark = () => page.evaluate(() => {
    const { width, height } = document.querySelector("canvas.pad");
    return document.querySelector("canvas.pad").getContext("2d").getImageData(0, 0, width, height).data.filter((value, at) => at % 4 === 3 && value > 128).length;
  });
  assert.equal(await dark(), 0);
  const { x, y } = await at("canvas.pad").boundingBox();
  await page.mouse.move(x + 30, y + 60);
  await page.mouse.down();
  await page.mouse.move(x + 200, y + 80, { steps: 5 });
  await page.mouse.up();
  const drawn = await dark();
  assert.ok(drawn > 100, `${drawn} points`);
  await page.getByText("Signed on the screen.").waitFor();
  await page.waitForFunction(() => JSON.stringify(sessionStorage).includes("picture-"));
  await one.reload();
  await page.waitForSelector("canvas.pad");
  for (const end = Date.now() + 3000; Date.now() < end && (await dark()) !== drawn; await page.waitForTimeout(30));
  assert.equal(await dark(), drawn);
  assert.equal(await page.getByText("Signed on the screen.").count(), 1);
});

atTheTill("what a form promises not to keep as it is written is not kept over a reload, and the till says what", { shop: "target" }, async (one) => {
  const { scan, press, choose, page } = one;
  await press("Return without a receipt");
  await scan(one.gtin("LAMP-20"));
  await choose("The customer wants", "Store credit");
  await choose("Condition", "Sealed");
  await page.getByLabel("Customer", { exact: true }).selectOption("C-3002");
  await press("To the paperwork");
  await page.getByLabel(/^Name \*/).fill("Alex Moreno");
  await choose(/Government ID/, "Passport");
  await page.getByLabel(/^Its number/).fill("X1234567");
  await page.getByLabel(/^Issued by/).fill("US");
  await one.reload();
  await one.told("Not kept over the reload, please fill in again: Its number.");
  assert.equal(await page.getByLabel(/^Name \*/).inputValue(), "Alex Moreno");
  assert.equal(await page.getByLabel(/^Its number/).inputValue(), "");
  assert.ok(!(await page.evaluate(() => JSON.stringify([...Object.values(sessionStorage), ...Object.values(localStorage)]))).includes("X1234567"));
});

atTheTill("another shop in the settings is still that shop after a reload", {}, async (one) => {
  const { at, page } = one;
  await at("#open-settings").click();
  await page.getByLabel("Shop").selectOption("target");
  await page.waitForFunction(() => document.querySelector("#top strong").textContent === "Target" && document.querySelector("#main").dataset.step === "sale");
  await one.reload();
  assert.equal(await at("#top strong").textContent(), "Target");
});

atTheTill("Back goes one step back in the till, and what was filled in is there again", {}, async (one) => {
  const { at, press, page } = one;
  await watch(one);
  await press("To the paperwork");
  await signed(one);
  await page.goBack();
  await page.waitForSelector("#goods-title");
  await one.shows("Accepted: 237.80 USD to the customer.");
  assert.equal(await one.focus(), "goods-title");
  await page.goBack();
  await page.waitForSelector("#sale-title");
  await page.goForward();
  await page.waitForSelector("#goods-title");
  await page.goForward();
  await page.waitForSelector("#paper-form");
  assert.deepEqual(await filled(one), ["Jo Doe", "+1 207 555 0100"]);
  await press("Finish the return");
  await page.waitForSelector("#slip");
  const slip = await at("#slip").innerText();
  // A return that is finished stays so.
  await page.goBack();
  await page.waitForTimeout(100);
  assert.equal(await at("#slip").innerText(), slip);
  await press("Next customer");
  await page.waitForSelector("#sale-title");
  await page.goBack();
  await page.waitForTimeout(100);
  assert.equal(await at("#sale-title").count(), 1, "nor does the next customer come back to it");
});

atTheTill("Back closes a dialog, and nothing else", {}, async (one) => {
  const { at, press, page } = one;
  await tent(one);
  await press("Call the manager");
  await page.goBack();
  await page.waitForFunction(() => !document.querySelector("dialog[open]"));
  assert.equal(await at("#goods-title").count(), 1);
  await one.shows("To be decided by somebody else.");
});

test("leaving warns as long as a return is not finished, and only then", async () => {
  const one = await clerk(there.browser, there.server.till);
  const leaving = async () => {
    const asked = Promise.race([new Promise((resolve) => one.page.once("dialog", (dialog) => dialog.dismiss().then(() => resolve(dialog.type())))), one.page.waitForEvent("close").then(() => "left")]);
    await one.page.close({ runBeforeUnload: true });
    return asked;
  };
  try {
    await watch(one);
    assert.equal(await leaving(), "beforeunload");
    await one.press("To the paperwork");
    assert.equal(await leaving(), "beforeunload");
    await signed(one);
    await one.press("Finish the return");
    await one.page.waitForSelector("#slip");
    assert.equal(await leaving(), "left");
  } finally {
    await one.close();
  }
});

atTheTill("starting over asks first, and so does another shop", {}, async (one) => {
  const { at, press, page } = one;
  await watch(one);
  const answer = (how) => new Promise((resolve) => page.once("dialog", (dialog) => dialog[how]().then(() => resolve(dialog.message()))));
  let asked = answer("dismiss");
  await press("Start over");
  assert.equal(await asked, "This return is not finished. Give it up?");
  await one.shows("Accepted: 237.80 USD to the customer.");
  asked = answer("accept");
  await press("Start over");
  await asked;
  await page.waitForSelector("#sale-title");
  assert.equal(await at("#step-goods").isDisabled(), true, "nothing is left of it");
});

atTheTill("goods scanned beside the forms: told, and nothing that is filled in is lost", {}, async (one) => {
  const { at, scan, choose, pick, press, page } = one;
  // Three pairs, two of them paid: 36.00 and 1.98 tax. What one of them brings is 12.00 and 0.66.
  await scan(one.receipt("N-1101"));
  await scan(one.gtin("SOCK-M"));
  await choose("The customer wants", "Refund");
  await choose("Condition", "Sealed");
  await pick("Reason", "Changed mind");
  await one.shows("Accepted: 12.66 USD to the customer.");
  await press("To the paperwork");
  await page.getByLabel("Name of who signs").fill("Jo Doe");
  await at("#paper-title").click();
  await scan(one.gtin("SOCK-M"));
  await one.told("The case has changed. Wool socks, M. Accepted: 25.32 USD to the customer. What was filled in stays.");
  assert.equal(await at("#notices").getAttribute("role"), "alert");
  assert.equal(await page.getByLabel("Name of who signs").inputValue(), "Jo Doe");
  await accessible(one, "a change beside the forms");

  // With the stove there is a question again, and with it no form to finish.
  await scan(one.gtin("STOVE-1"));
  await page.waitForSelector("#goods-title");
  await one.told("The case has changed. Camp stove. Decided line by line; the visit as a whole is not decided yet. No longer asked: Return slip. What was filled in stays.");
  for (const [group, value] of [["The customer wants", "Refund"], ["Condition", "Sealed"]]) await page.getByRole("group", { name: group, exact: true }).getByLabel(value, { exact: true }).last().click();
  await page.getByLabel("Reason", { exact: true }).last().selectOption({ label: "Changed mind" });
  await page.waitForSelector("#onward-go.main");
  await press("To the paperwork");
  await page.waitForSelector("#paper-form");
  assert.equal(await at("#notices").innerText(), "", "the notice ends with the step");
  assert.equal(await page.getByLabel("Name of who signs").inputValue(), "Jo Doe");
});

atTheTill("what is scanned beside the slip is told, and taken with the next customer", {}, async (one) => {
  const { at, scan, press, page } = one;
  await watch(one);
  await press("To the paperwork");
  await signed(one);
  await press("Finish the return");
  await page.waitForSelector("#slip");
  await scan(one.receipt("N-1077"));
  await one.told(`${one.receipt("N-1077")} was not taken: this return is finished.`);
  await at("#notices").getByRole("button", { name: "Next customer" }).click();
  await page.getByRole("heading", { name: "Receipt N-1077" }).waitFor();
  assert.equal(await at("#notices").innerText(), "");
});

atTheTill("the manager types the PIN at once, and then the work goes on", {}, async (one) => {
  const { at, press, page } = one;
  await tent(one);
  await press("Call the manager");
  assert.equal(await one.focus(), "pin");
  await press("Cancel");
  assert.equal(await one.focus(), "call-manager");
  await page.keyboard.press("Enter");
  await page.keyboard.type("4711");
  // Sent twice it is one approval all the same.
  await page.evaluate(() => [1, 2].forEach(() => document.querySelector("#manager form").requestSubmit()));
  await one.shows("Accepted: 579.20 USD to the customer.");
  assert.equal(await one.focus(), "onward-go");
  assert.equal(await at("#onward-go").innerText(), "To the paperwork");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#paper-form");
  await signed(one);
  await press("Finish the return");
  await page.waitForSelector("#slip");
  assert.equal((await one.download("#download-request")).approvals.length, 1);
});

atTheTill("where there are several who may approve, who is needed is chosen already", { shop: "target" }, async (one) => {
  const { at, scan, press, choose, page } = one;
  await press("Return without a receipt");
  await scan(one.gtin("LAMP-20"));
  await choose("The customer wants", "Store credit");
  await choose("Condition", "Sealed");
  await page.getByLabel("Customer", { exact: true }).selectOption("C-3003");
  await press("Call the manager");
  assert.equal(await one.focus(), "pin");
  assert.equal(await at("#who").inputValue(), "m3");
  assert.ok((await at("#who option").count()) > 1);
});

test("who verifies says what was found: Enter that it is in order, a button that it is not", async () => {
  const texts = files(join(ROOT, "policies/stores/corner-shop"));
  texts["northwind.takeback"] = texts["northwind.takeback"].replace("  collect return-slip\n", '  collect return-slip\n  verify by manager within 48 hours "Its number is read", otherwise stop "Not what we sold", final\n');
  there.server.sent["corner-shop"] = Buffer.from(Policy.compile(texts).toBundle());
  const one = await clerk(there.browser, there.server.till);
  const { at, press, page } = one;
  try {
    await one.scan(one.receipt("N-1042"));
    await one.take("Ridgeline");
    await one.choose("The customer wants", "Refund");
    await one.choose("Condition", "Sealed");
    await page.waitForSelector("#call-verifier");
    assert.match(await at(".call").innerText(), /Manager: Its number is read/);
    await press("Tell what was found");
    assert.equal(await one.focus(), "pin");
    await accessible(one, "the dialog of who verifies");
    await page.keyboard.type("4711");
    await page.keyboard.press("Enter");
    await one.shows("Accepted: 262.70 USD to the customer.");
    await one.choose("Condition", "Opened");
    await one.pick("Reason", "Changed mind");
    await press("Tell what was found");
    await page.keyboard.type("4711");
    await press("It is not in order");
    await one.shows("Declined.");
    assert.deepEqual(one.troubles, []);
  } finally {
    delete there.server.sent["corner-shop"];
    await one.close();
  }
});

const TROUBLES = {
  404: "The server has no policy for this shop (404).",
  503: "The server of the policies is out of order (503).",
  nothing: "The server of the policies does not answer.",
};

for (const [what, told] of Object.entries(TROUBLES)) {
  test(`a policy that does not come is told as what it is: ${what}`, async () => {
    const one = await clerk(there.browser, there.server.till);
    try {
      there.server.sent["corner-shop"] = Number(what) || what;
      await one.reload();
      await one.told(`${told} Decided by the policy that came on`);
      await watch(one);
    } finally {
      delete there.server.sent["corner-shop"];
      await one.close();
    }
  });
}

test("no policy and none kept: nothing is decided, until it comes", async () => {
  there.server.sent.target = 500;
  const one = await clerk(there.browser, there.server.till, { shop: "target" });
  try {
    await one.told("The server of the policies is out of order (500). No policy of this shop is kept here, so nothing can be decided.");
    await accessible(one, "no policy");
    delete there.server.sent.target;
    await one.press("Try again");
    await one.page.waitForSelector("#sale-title");
    assert.equal(await one.at(".notice").count(), 0);
  } finally {
    delete there.server.sent.target;
    await one.close();
  }
});

atTheTill("a shop that there is not is said to be none, and one can be chosen", { shop: "nope" }, async (one) => {
  const { at, press, page } = one;
  assert.equal(await at("h1").textContent(), "There is no shop “nope” here");
  await accessible(one, "no such shop");
  await press("Northwind Outfitters");
  await page.waitForSelector("#sale-title");
  assert.equal(new URL(page.url()).search, "?shop=corner-shop");
});
