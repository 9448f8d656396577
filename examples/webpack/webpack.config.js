export default {
  mode: "production",
  context: import.meta.dirname,
  entry: "./index.js",
  output: { path: `${import.meta.dirname}/dist`, clean: true },
  module: { rules: [{ test: /\.takeback$/, type: "asset/source" }] },
  // The engine is larger than what webpack likes to see in a page.
  performance: { hints: false },
};
