// Bundles src/main.ts and everything it needs into dist/: start-up reads a few files instead of hundreds,
// and each dynamic import becomes a chunk that is read only when a command asks for it.
import { cp, readFile, rm } from "node:fs/promises";
import { build } from "esbuild";

const { version } = JSON.parse(await readFile("package.json", "utf8"));

await rm("dist", { recursive: true, force: true });
await build({
  // The keychain's helper is a program of its own: src/auth/stores/keychain-process.ts runs it.
  entryPoints: { main: "src/main.ts", "keychain-child": "src/auth/stores/keychain-child.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  chunkNames: "[name]-[hash]",
  // keytar is a native addon, optional at install: it must stay a real package.
  external: ["keytar"],
  define: { __GENSCOPE_VERSION__: JSON.stringify(version) },
  // CommonJS dependencies call require() of Node's own modules; an ES module has none until it is made.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  legalComments: "linked",
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: "warning",
});
await cp("src/catalogue/data", "dist/data", { recursive: true });
await cp("src/output/schemas", "dist/schemas", { recursive: true });
