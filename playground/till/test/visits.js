// What several tests begin with.

/** A refund of something of a sale, as far as the goods screen asks for it. */
export async function refund(one, { receipt, goods, condition = "Opened" }) {
  await one.scan(one.receipt(receipt));
  await one.take(goods);
  await one.choose("The customer wants", "Refund");
  await one.choose("Condition", condition);
  await one.pick("Reason", "Changed mind");
}

/** The watch of N-1042, opened: 237.80 dollars. */
export async function watch(one) {
  await refund(one, { receipt: "N-1042", goods: "Ridgeline" });
  await one.shows("Accepted: 237.80 USD to the customer.");
}

/** What the return slip asks for. */
export async function signed(one) {
  await one.page.getByLabel("Name of who signs").fill("Jo Doe");
  await one.page.getByLabel(/^Phone/).fill("+1 207 555 0100");
}
