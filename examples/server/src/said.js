// The same on the server and in the browser.
import { init, Policy } from "takeback";
import shop from "../../shop/shop.takeback?raw";

/** What the customer is told about a return. */
export async function said(visit) {
  await init();
  const policy = Policy.compile({ "shop.takeback": shop });
  const { say } = policy.words(visit);
  policy.free();
  return say.map(({ text }) => text).join("\n");
}
