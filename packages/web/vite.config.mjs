// How the console is built, and served while one works on it. `npm run dev -w packages/web` asks a broker at BROKER (default
// http://127.0.0.1:8400) for everything that is not the console's own.
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const broker = process.env["BROKER"] ?? "http://127.0.0.1:8400";
const own = { target: broker, changeOrigin: true, headers: { origin: broker } };

/** Words for problems in fifty languages come with zod; ours are our own. */
const noLocales = {
  name: "no-locales",
  load: {
    filter: { id: /[/\\]zod[/\\]v4[/\\]locales[/\\]index\.js$/ },
    handler: () => 'export { default as en } from "./en.js";',
  },
};

/** zod tries whether it may write functions at runtime; the policy of the pages says no, and browsers report each try. */
const noCodeAtRuntime = {
  name: "no-code-at-runtime",
  transform: {
    filter: { id: /[/\\]zod[/\\]v4[/\\]core[/\\]core\.js$/ },
    handler(/** @type {string} */ code) {
      const told = code.replace("__zod_globalConfig = {}", "__zod_globalConfig = { jitless: true }");
      if (told === code) throw new Error("zod keeps its settings elsewhere by now: look where, and say so here");
      return { code: told, map: null };
    },
  },
};

export default defineConfig({
  resolve: {
    alias: {
      "node:crypto": fileURLToPath(new URL("src/demo/node-crypto.ts", import.meta.url)),
      // What its authors build of it for pages.
      "csv-parse/sync": "csv-parse/browser/esm/sync",
    },
  },
  plugins: [noLocales, noCodeAtRuntime, react(), tailwindcss()],
  server: { proxy: { "/v1": own, "/login": own, "/logout": own } },
  build: {
    target: "es2023",
    // The policy of the pages allows no data in place of a file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: "manifest.json",
    reportCompressedSize: false,
  },
});
