// What the screens say and how they hold it: each thing once, in words for people, nothing covered or cut off without a sign.
import assert from "node:assert/strict";

import { open } from "./open.js";
import { refund } from "./visits.js";

const { atTheTill } = open();

atTheTill("what has a place beside the goods is asked there alone, and one press away", {}, async (one) => {
  const { at, page } = one;
  await one.scan(one.receipt("N-1042"));
  await one.take("Ridgeline");
  await one.shows("Not decided yet: something has to be asked.");
  assert.equal(await at("#answer-body input, #answer-body select").count(), 0);
  assert.doesNotMatch(await at("#answer-body").innerText(), /Not known|wants\./);
  assert.match(await at(".open").innerText(), /Still to choose\s+The customer wants\s+Condition\s+Reason/);
  assert.equal(await at(".awaited").count(), 3);
  await at(".open").getByRole("button", { name: "Reason" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.labels[0].innerText), "Reason");
  await at(".open").getByRole("button", { name: "Condition" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.value), "sealed");
  await page.keyboard.press("Space");
  await page.waitForFunction(() => !document.querySelector(".awaited[id*=condition]"));
  assert.doesNotMatch(await at(".open").innerText(), /Condition/);
});

atTheTill("what only the customer knows is asked with the answer, and then the focus goes on", {}, async (one) => {
  const { at, page } = one;
  await refund(one, { receipt: "N-0871", goods: "Headlamp", condition: "Sealed" });
  await one.shows("Not decided yet: something has to be asked.");
  assert.equal(await at("#answer-body .ask fieldset").count(), 1);
  assert.equal(await at(".open").count(), 0);
  assert.doesNotMatch(await at("#answer-body").innerText(), /customer\.member/);
  await at(".ask input[value=yes]").focus();
  await page.keyboard.press("Space");
  await one.shows("Accepted: 47.48 USD to the customer.");
  assert.equal(await one.focus(), "onward-go");
});

atTheTill("the focus stays where the work is when what had it goes away", {}, async (one) => {
  const { at, page } = one;
  const onBody = () => page.evaluate(() => document.activeElement === document.body);
  await at("#open-settings").click();
  await page.getByLabel("Language").selectOption("de");
  await page.getByText("Einstellungen", { exact: true }).waitFor();
  await page.keyboard.press("Escape");
  await page.waitForSelector("#open-settings:focus"); // the dialog tells a moment later that it is closed
  await one.scan("4006381333931");
  await at(".notice button").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => !document.querySelector(".notice"));
  assert.equal(await onBody(), false);
  await at("#without-receipt").click();
  await one.scan(one.gtin("SOCK-M"));
  await at("[id^=drop]").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => !document.querySelector("[id^=drop]"));
  assert.equal(await onBody(), false);
});

atTheTill("sums and days are written in one way, and rows have names", {}, async (one) => {
  const { at, page, press } = one;
  const others = /[$€£¥]\s?\d|\b(January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}|\d\s?(AM|PM)\b/;
  await refund(one, { receipt: "N-1042", goods: "Ridgeline" });
  await one.shows("Accepted: 237.80 USD to the customer.");
  await at("#why summary").click();
  const answer = await page.evaluate(() => document.querySelector("#answer-body").textContent);
  assert.doesNotMatch(answer, others);
  assert.match(await at("#why pre").textContent(), /Last day: 31 March 2026/);
  assert.match(await at("#answer-body").innerText(), /Goods\s+249\.00 USD\s+Restocking fee\s+-24\.90 USD\s+Tax \(ME\)\s+13\.70 USD/);
  await press("To the paperwork");
  await page.waitForSelector("#paper-form");
  assert.doesNotMatch(await at("#screen").innerText(), others);
  await page.getByLabel("Name of who signs").fill("Jo Doe");
  await page.getByLabel(/^Phone/).fill("207 555 0100");
  await press("Finish the return");
  await page.waitForSelector("#slip");
  const slip = await at("#slip").innerText();
  assert.doesNotMatch(slip, others);
  assert.match(slip, /21 March 2026, 11:20/);
  assert.match(slip, /You get 237\.80 USD\./);
  assert.match(slip, /Restocking fee/);
  assert.doesNotMatch(slip, /the customer/i);
});

atTheTill("the slip has the words of the form, not its codes", { shop: "target" }, async (one) => {
  const { at, page, press, choose } = one;
  await press("Return without a receipt");
  await one.scan(one.gtin("LAMP-20"));
  await choose("The customer wants", "Store credit");
  await choose("Condition", "Sealed");
  await page.getByLabel("Customer", { exact: true }).selectOption("C-3002");
  await press("To the paperwork");
  await choose(/Looked up by card/, "Yes");
  await page.getByLabel(/^Name \*/).fill("Alex Moreno");
  await choose(/Government ID/, "Passport");
  await page.getByLabel(/^Issued by/).fill("US");
  await page.getByLabel(/^Its number/).fill("X1234567");
  await page.getByLabel(/^Lowest price/).fill("32,00");
  await page.getByLabel(/^Number of the merchandise/).fill("7001442211");
  await page.getByLabel("Name of who signs").fill("Alex Moreno");
  await press("Finish the return");
  await page.waitForSelector("#slip");
  const slip = await at("#slip").innerText();
  assert.match(slip, /Passport/);
  assert.doesNotMatch(slip, /passport/);
  assert.match(slip, /Lowest price[^\n]*\n32\.00 USD/);
});

atTheTill("the slip stays in the language in which it was said", {}, async (one) => {
  const { at, page, press } = one;
  await refund(one, { receipt: "N-0988", goods: "Climbing rope", condition: "Used" });
  await press("Close without a return");
  await page.waitForSelector("#slip");
  const slip = await at("#slip").innerText();
  await at("#open-settings").click();
  await page.getByLabel("Language").selectOption("sl");
  await press("Zapri");
  await page.getByText("Natisni potrdilo").waitFor();
  assert.equal(await at("#slip").innerText(), slip);
});

atTheTill("a referral says who decides, not that it is accepted, and its next step is the manager", {}, async (one) => {
  const { at } = one;
  await refund(one, { receipt: "N-1077", goods: "Tent" });
  await one.shows("To be decided by somebody else.");
  assert.doesNotMatch(await at("#banner").innerText(), /Accepted/);
  assert.match(await at("#banner").innerText(), /Over 500 dollars/);
  assert.equal(await at("#step-paper").isDisabled(), true);
  assert.deepEqual(await at("#answer button.main").allInnerTexts(), ["Call the manager"]);
});

atTheTill("a card that has the name of its tender is told once", { shop: "mediamarkt-de" }, async ({ at }) => {
  assert.match(await at("#sales").innerText(), /PayPal/);
  assert.doesNotMatch(await at("#sales").innerText(), /PayPal\sPayPal/);
});

atTheTill("where the answer goes on below there is a sign, and it goes there", { viewport: { width: 1024, height: 768 } }, async (one) => {
  const { at, page } = one;
  await one.scan(one.receipt("N-1042"));
  await one.take("Ridgeline");
  await one.shows("Not decided yet: something has to be asked.");
  assert.equal(await at("#more").isVisible(), false, "all of it is seen");
  await one.choose("The customer wants", "Refund");
  await one.choose("Condition", "Opened");
  await one.pick("Reason", "Changed mind");
  await at("#more").waitFor();
  for (let press = 0; press < 9 && (await at("#more").isVisible()); press += 1) {
    await at("#more").click();
    await page.waitForTimeout(100);
  }
  assert.equal(await at("#more").isVisible(), false, "at the end there is no more");
  assert.equal(await at("#changes summary").isVisible(), true);
});

for (const [name, viewport] of Object.entries({ "a desk": { width: 1280, height: 800 }, "a tablet upright": { width: 768, height: 1024 }, "a telephone": { width: 390, height: 844 }, "large text": { width: 512, height: 384 } })) {
  atTheTill(`on ${name} the outcome is in sight, and nothing covers it`, { viewport }, async (one) => {
    const { page } = one;
    await refund(one, { receipt: "N-1042", goods: "Ridgeline" });
    await one.shows("Accepted: 237.80 USD to the customer.");
    for (const part of [0, 0.25, 0.5, 0.75, 1]) {
      const seen = await page.evaluate((share) => {
        scrollTo(0, (document.documentElement.scrollHeight - innerHeight) * share);
        const lines = [...document.querySelectorAll("#answer-body .headline, #onward .short")].filter((one) => one.checkVisibility() && one.clientWidth > 1);
        return lines.map((line) => {
          const { left, top, bottom, width } = line.getBoundingClientRect();
          const inSight = bottom > 0 && top < innerHeight;
          const clear = [top + 3, bottom - 3].every((y) => line.contains(document.elementFromPoint(left + width / 3, y)));
          return { text: line.textContent, inSight, clear };
        });
      }, part);
      assert.ok(seen.some(({ inSight, clear, text }) => inSight && clear && text.startsWith("Accepted")), `${part}: ${JSON.stringify(seen)}`);
      assert.deepEqual(seen.filter(({ inSight, clear }) => inSight && !clear), [], `at ${part} of the page`);
    }
  });
}

for (const viewport of [{ width: 1024, height: 768 }, { width: 768, height: 1024 }, { width: 390, height: 844 }]) {
  atTheTill(`German fits into ${viewport.width} pixels`, { shop: "mediamarkt-de", viewport }, async (one) => {
    const { at, page, choose, pick, press } = one;
    const fits = async (screen) => {
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll("body *")]
          .filter((one) => one.checkVisibility() && !one.closest(".visually-hidden, pre, svg, select") && !one.matches(".visually-hidden, .banner .headline"))
          .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 || (one.matches("button, .chip, label, legend, h1, h2, h3, th, td, p, summary") && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline"))
          .map((one) => one.outerHTML.slice(0, 120)),
      );
      assert.deepEqual(cut, [], screen);
    };
    await fits("sales");
    await one.scan(one.receipt("M-39550"));
    await one.scan(one.gtin("HEAD-900"));
    await fits("goods");
    await choose("Der Kunde möchte", "Erstattung");
    await choose("Zustand", "Geöffnet");
    await pick("Grund", "Gefällt nicht");
    await fits("questions");
    for (const fact of ["original_package", "member"]) await at(`.ask input[value=yes][id*=${fact}]`).click();
    await one.shows(/^Angenommen/);
    await fits("answer");
    await press("Zu den Formularen");
    await press("Rückgabe abschließen");
    await page.waitForSelector("#problems");
    await fits("problems");
    await at("#open-settings").click();
    await fits("settings");
  });
}
