// The words of the language that every till offers; those that a shop adds stand in its samples. A test holds them against the schema of requests.
export const WORDS = {
  remedy: ["refund", "store credit", "exchange", "repair", "replacement"],
  condition: ["sealed", "opened", "used", "damaged"],
  reason: ["changed mind", "defective", "damaged", "wrong item", "wrong size", "missing parts", "late delivery", "unwanted gift", "other"],
  proof: ["receipt", "e-receipt", "look-up", "gift receipt", "packing slip", "none"],
};
