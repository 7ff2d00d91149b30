import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// In development the API comes from a running centre.
const server = process.env.ENTENTE_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  build: { target: "es2022", chunkSizeWarningLimit: 1200, assetsInlineLimit: 0 },
  worker: { format: "es" },
  server: { proxy: { "/api": { target: server, changeOrigin: true } } },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
