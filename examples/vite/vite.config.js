import { defineConfig } from "vite";

export default defineConfig({
  // For `vite dev`: what Vite prepares beforehand is moved away from the .wasm file.
  optimizeDeps: { exclude: ["takeback"] },
  worker: { format: "es" },
});
