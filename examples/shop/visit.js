/** A return at the desk: docs/reference/request.md tells what may stand in it. */
export const visit = {
  at: "2026-03-01",
  sales: [
    {
      id: "S1",
      sold: "2026-02-20",
      lines: [{ id: "1", sku: "KETTLE", unit_price: "20.00" }],
      tenders: [{ id: "t1", tender: "cash", amount: "20.00" }],
    },
  ],
  returns: [{ id: "r1", sale: "S1", line: "1", wants: "refund", condition: "opened" }],
};
