// What a clerk stumbles over: who may approve, amounts typed, what is chosen already, and what the slip tells.
import assert from "node:assert/strict";
import { test } from "node:test";

import { problemsOf } from "../js/problems.js";
import { requestOf } from "../js/request.js";
import { texts } from "../js/texts.js";
import { addSale, newVisit, takeLine } from "../js/visit.js";
import { open } from "./open.js";
import { clerk, compiled, samplesOf } from "./till.js";
import { signed, watch } from "./visits.js";

const there = open();
const { atTheTill } = there;

/** A lamp of Target without a receipt, opened: Alex Moreno gets store credit, once the manager has approved. */
async function lamp(one) {
  await one.press("Return without a receipt");
  await one.scan(one.gtin("LAMP-20"));
  await one.choose("The customer wants", "Store credit");
  await one.choose("Condition", "Opened");
  await one.pick("Reason", "Unwanted gift");
  await one.page.getByLabel("Customer", { exact: true }).selectOption("C-3002");
}

atTheTill("an approval of somebody who may not give it is none", { shop: "target" }, async (one) => {
  const { at, page, press } = one;
  await lamp(one);
  await press("Call the manager");
  assert.equal(await page.getByLabel("Who", { exact: true }).inputValue(), "m3", "the manager is needed, so the manager is called");
  assert.equal(await one.focus(), "pin");
  await page.getByLabel("Who", { exact: true }).selectOption("s1");
  await page.getByLabel("PIN", { exact: true }).fill("2580");
  await press("Approve");
  await at("#pin-trouble").getByText("Chris Boyd cannot settle this. It needs: Manager.").waitFor();
  await page.getByLabel("Who", { exact: true }).selectOption("m3");
  await page.getByLabel("PIN", { exact: true }).fill("4711");
  await press("Approve");
  await page.waitForSelector("#call-manager", { state: "detached" });
  const kept = await page.evaluate(() => JSON.parse(sessionStorage.getItem(sessionStorage.key(0))).visit.approvals.map(({ by }) => by));
  assert.deepEqual([...new Set(kept)], ["m3"]);
});

atTheTill("an article scanned into the PIN is no try", { shop: "target" }, async (one) => {
  const { at, page, press, scan } = one;
  await lamp(one);
  await press("Call the manager");
  await page.getByLabel("PIN", { exact: true }).focus();
  await scan(one.gtin("LAMP-20"));
  await page.waitForTimeout(300);
  assert.equal(await at("#pin-trouble").textContent(), "");
  assert.equal(await page.getByLabel("PIN", { exact: true }).inputValue(), "");
  assert.equal(await at("#manager").evaluate((dialog) => dialog.open), true);
});

atTheTill("an amount that is asked for may have a comma, and is asked again where it is none", {}, async (one) => {
  const { at, page, press } = one;
  await press("Return without a receipt");
  await one.scan(one.gtin("STOVE-1"));
  await one.choose("The customer wants", "Store credit");
  await one.choose("Condition", "Sealed");
  await one.pick("Reason", "Changed mind");
  const amount = page.getByLabel(/lowest price/i);
  for (const wrong of ["abc", "$60.00"]) {
    await amount.fill(wrong);
    await press("Tell");
    await page.getByText(`“${wrong}” is no amount.`).waitFor();
    assert.equal(await amount.inputValue(), wrong, "what was typed stands there to be mended");
  }
  await amount.fill("-5");
  await press("Tell");
  await one.told("“-5” is no answer to this question.");
  await amount.fill("60,00");
  await press("Tell");
  await one.shows(/^Accepted: 6\d\.\d\d USD/);
  assert.equal(await at(".notice, #answer-body .wrong").count(), 0);
});

atTheTill("as long as nothing is known, everything can be chosen, and the answer says only that it asks", { shop: "mediamarkt-de" }, async (one) => {
  const { at, page } = one;
  await page.locator("#without-receipt").click();
  await one.scan(one.gtin("KETTLE-17"));
  await one.scan(one.gtin("FILM-BD"));
  await page.waitForSelector("#loose-title ~ .lines > li:nth-child(2)");
  assert.equal(await page.getByRole("group", { name: "Der Kunde möchte" }).first().getByRole("radio").count(), 5);
  assert.equal(await at("#answer-body .because").innerText(), "");
});

/** The paperwork of the watch, and the slip. */
async function finished(one) {
  await one.press("To the paperwork");
  await signed(one);
  await one.press("Finish the return");
  await one.page.waitForSelector("#slip");
}

atTheTill("a sale that no goods come from can be taken out, and is not on the slip", {}, async (one) => {
  const { at, press, scan } = one;
  await watch(one);
  assert.equal(await at("#drop-sale--N-1042").count(), 0, "goods of it come back");
  await scan(one.receipt("N-1077"));
  await press("Remove – Receipt N-1077");
  await at("#sale--N-1077--title").waitFor({ state: "detached" });
  assert.equal(await one.focus(), "goods-title");
  await one.shows("Accepted: 237.80 USD to the customer.");
  await scan(one.receipt("N-1090"));
  await at("#sale--N-1090--title").waitFor();
  await finished(one);
  assert.doesNotMatch(await at("#slip").innerText(), /N-1090/);
});

atTheTill("a receipt that is scanned after the sale was looked up is its proof", {}, async (one) => {
  const { at, press, scan } = one;
  await at("#sale-N-1042").click();
  await one.take("Ridgeline");
  assert.equal(await at("#proof--N-1042").inputValue(), "look-up");
  await scan(one.receipt("N-1042"));
  await at("#proof--N-1042 option[value=receipt]:checked").waitFor({ state: "attached" });
  await press("Add another sale");
  await at("#sale-N-1042").click();
  await at("#goods-title").waitFor();
  assert.equal(await at("#proof--N-1042").inputValue(), "receipt", "and stays it, when it is looked up once more");
});

atTheTill("the slip says first what is handed out", { shop: "ikea-be" }, async (one) => {
  const { at, page, scan } = one;
  await scan(one.receipt("B-2204"));
  for (const [at, sku] of ["LAMPE-A", "CHAISE-4"].entries()) {
    await scan(one.gtin(sku));
    await page.locator(`#chips--wants_20r${at + 1}--refund`).click();
    await page.locator(`#chips--condition_20r${at + 1}--opened`).click();
    await page.locator(`#reason--r${at + 1}`).selectOption("changed mind");
  }
  await at("#onward-go.main").click();
  await at("#finish").waitFor();
  for (const ticket of await at("#paper-form input").all()) await ticket.fill("B-2204");
  await at("#finish").click();
  await at("#slip").waitFor();
  // 24.99 + 17.99 = 42.98 in cash, which is 43.00 in coins.
  assert.match(await at("#slip .outcome").innerText(), /43,00/);
});

atTheTill("the delivery that is given back stands beside the goods, in the answer and on the slip", { shop: "ikea-be" }, async (one) => {
  const { at } = one;
  await at("#sale-B-WEB-7").click();
  const { lines } = one.samples.sales.find(({ sale }) => sale.id === "B-WEB-7").sale;
  for (const [nth, { id }] of lines.entries()) {
    await at(`#take--B-WEB-7--${id}`).check();
    await at(`#chips--wants_20r${nth + 1}--refund`).click();
    await at(`#chips--condition_20r${nth + 1}--sealed`).click();
    await at(`#reason--r${nth + 1}`).selectOption("changed mind");
  }
  await at("#quantity--r1").selectOption("4");
  // 65.94 with the 6.99 of the delivery.
  await one.shows(/65,94/);
  assert.match(await at("#answer-body").innerText(), /Livraison\s+6,99/);
  await at("#onward-go.main").click();
  await at("#finish").waitFor();
  for (const text of await at("#paper-form input[type=text]").all()) await text.fill("B-WEB-7");
  for (const yes of await at("#paper-form input[value=yes]").all()) await yes.check();
  await at("#finish").click();
  assert.match(await at("#slip").innerText(), /Livraison\s+6,99/);
});

/** A phone of T-7003, of which so many were sold with these serial numbers, and what a form of it lacks. */
function phone(serials, locale) {
  const till = samplesOf("target");
  Object.assign(till.sales.find(({ sale }) => sale.id === "T-7003").sale.lines[0], { serials, quantity: serials.length });
  const visit = newVisit();
  addSale(visit, "T-7003", "receipt");
  takeLine(visit, "T-7003", "1", { wants: "refund", condition: "sealed", reason: "changed mind", proof: "receipt" });
  const request = requestOf(visit, { till, at: till.shop.at, clerk: till.staff[0] });
  const asked = compiled("target").request(JSON.stringify(request));
  const done = asked.complete({ forms: [{ form: "device-check", line: "r1", fields: { imei: { value: serials[0], filled_by: "c17" } } }] }, { key: till.key });
  return { request, problems: problemsOf(done, { decision: asked.decide(), script: asked.words({ locale }) }, texts(locale)).filter(({ field }) => field === "imei") };
}

test("the only serial number is that of the goods; of several one has to be chosen, and the form says where", () => {
  const [one, other] = ["359988771234560", "490154203237518"];
  assert.deepEqual(phone([one], "en").request.returns[0].serials, [one]);
  assert.deepEqual(phone([one], "en").problems, []);
  assert.equal(phone([one, other], "en").request.returns[0].serials, undefined);
  assert.match(phone([one, other], "en").problems[0].text, /Choose the serial number beside the goods/);
  assert.match(phone([one, other], "de").problems[0].text, /bei der Ware/);
});

atTheTill("a serial number that is the only one is chosen", { shop: "target" }, async (one) => {
  await one.scan(one.receipt("T-7003"));
  await one.take("carrier");
  assert.equal(await one.page.getByLabel("Serial number", { exact: true }).inputValue(), "359988771234560");
  assert.equal(await one.at(".awaited select[id^=serial]").count(), 0);
});

atTheTill("a signature that was drawn without a name: what is missing is the name, and it has a star", {}, async (one) => {
  const { at, page, press } = one;
  await watch(one);
  await press("To the paperwork");
  assert.match(await at("label[for$=-name]").innerText(), /^Name of who signs \*/);
  const pad = await at("canvas.pad").boundingBox();
  await page.mouse.move(pad.x + 20, pad.y + 20);
  await page.mouse.down();
  await page.mouse.move(pad.x + 90, pad.y + 50);
  await page.mouse.up();
  await page.getByText("Signed on the screen.").waitFor();
  await page.getByLabel(/^Phone/).fill("+1 207 555 0100");
  await press("Finish the return");
  assert.match(await at("#problems").innerText(), /Signature: The name of who signs is missing\./);
});

atTheTill("where the system chooses the colours, paper stays white and ink black", { forcedColors: "active", colorScheme: "dark" }, async (one) => {
  const { at, page, press } = one;
  const colours = (selector) => at(selector).first().evaluate((paper) => [getComputedStyle(paper).backgroundColor, getComputedStyle(paper).color]);
  await watch(one);
  await press("To the paperwork");
  assert.equal(await page.evaluate(() => matchMedia("(forced-colors: active)").matches), true);
  assert.equal((await colours("canvas.pad"))[0], "rgb(255, 255, 255)");
  await page.getByLabel("Name of who signs").fill("Jo Doe");
  await page.getByLabel(/^Phone/).fill("+1 207 555 0100");
  await press("Finish the return");
  assert.deepEqual(await colours("#slip"), ["rgb(255, 255, 255)", "rgb(17, 17, 17)"]);
});

atTheTill("what is missing names the goods, where several come back", { shop: "ikea-be" }, async (one) => {
  const { at } = one;
  await one.scan(one.receipt("B-2204"));
  for (const [nth, sku] of ["LAMPE-A", "CHAISE-4"].entries()) {
    await one.scan(one.gtin(sku));
    await at(`#chips--wants_20r${nth + 1}--refund`).click();
    await at(`#chips--condition_20r${nth + 1}--opened`).click();
    await at(`#reason--r${nth + 1}`).selectOption("changed mind");
  }
  await at("#onward-go.main").click();
  await at("#finish").click();
  await at("#problems").waitFor();
  const links = await at("#problems a").allInnerTexts();
  assert.equal(links.length, 2);
  assert.match(links[0], / – Lampe de bureau: /);
  assert.match(links[1], / – Chaise pliante: /);
});

test("a closed till speaks the language of its shop, and opens when the network is back", async () => {
  there.server.sent["ikea-be"] = 404;
  const one = await clerk(there.browser, there.server.till, { shop: "ikea-be" });
  const { at, page } = one;
  try {
    await page.waitForSelector("#again");
    assert.equal(await at("html").getAttribute("lang"), "fr");
    assert.equal(await at("#again").innerText(), "Réessayer");
    assert.match(await at("#notices").innerText(), /Le serveur n’a pas de règles pour ce magasin \(404\)/);
    delete there.server.sent["ikea-be"];
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await page.waitForSelector("#sale-title");
    assert.equal(await at(".notice").count(), 0);
  } finally {
    delete there.server.sent["ikea-be"];
    await one.close();
  }
});

atTheTill("what was told stands there in the policy's own words", { shop: "mediamarkt-de" }, async (one) => {
  const { at, page } = one;
  await at("#without-receipt").click();
  await one.scan(one.gtin("KETTLE-17"));
  await one.scan(one.gtin("FILM-BD"));
  await page.getByRole("group", { name: /Ist die Originalverpackung dabei/ }).first().getByLabel("Ja").click();
  await at("#told").waitFor();
  assert.match(await at("#told").innerText(), /Originalverpackung: Ja/);
});

atTheTill("the panel says why an approval is needed, and the till when it is gone", {}, async (one) => {
  const { at, page, press } = one;
  await one.scan(one.receipt("N-0871"));
  await one.take("Headlamp");
  await one.choose("The customer wants", "Refund");
  await one.choose("Condition", "Sealed");
  await one.pick("Reason", "Changed mind");
  await one.choose("Member?", "No");
  await one.shows("Declined.");
  assert.match(await at(".call li").first().innerText(), /^Manager: \S+/);
  await press("Call the manager");
  await page.getByLabel("PIN", { exact: true }).fill("4711");
  await press("Approve");
  await one.shows(/^Accepted/);
  assert.equal(await at(".notice").count(), 0);
  await one.pick("Reason", "Wrong item");
  await one.told("The case has changed, so the approval is gone.");
  await press("Call the manager");
  await page.getByLabel("PIN", { exact: true }).fill("4711");
  await press("Approve");
  await one.shows(/^Accepted/);
  await at(".notice").waitFor({ state: "detached" });
});

atTheTill("who does not look hears what was scanned and then the answer, and names without ornaments", {}, async (one) => {
  const { at, page, press } = one;
  await watch(one);
  const named = async (role, name) => assert.equal(await page.getByRole(role, { name, exact: true }).count(), 1, name);
  await named("radio", "Refund");
  await one.scan(one.gtin("SOCK-M"));
  await page.waitForFunction(() => /socks.*decided/i.test(document.querySelector("#said").textContent));
  await at("#take--N-1042--2").uncheck();
  await press("To the paperwork");
  await press("Finish the return");
  await page.waitForSelector("#problems");
  assert.equal(await one.focus(), "problems");
  assert.equal(await at("#problems[role=alert]").count(), 0, "it has the focus, and would be said twice");
});
