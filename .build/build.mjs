// Bundles src/main.ts and everything it needs into dist/: start-up reads a few files instead of hundreds,
// and each dynamic import becomes a chunk that is read only when a command asks for it.
import { cp, readFile, rm } from "node:fs/promises";
import { rolldown } from "rolldown";

const { version } = JSON.parse(await readFile("package.json", "utf8"));

await rm("dist", { recursive: true, force: true });
const bundle = await rolldown({
  // The keychain's helper is a program of its own: src/auth/stores/keychain-process.ts runs it.
  input: { main: "src/main.ts", "keychain-child": "src/auth/stores/keychain-child.ts" },
  platform: "node",
  // keytar is a native addon, optional at install; zstd reads its WebAssembly from beside itself: both must stay
  // real packages.
  external: ["keytar", "@bokuweb/zstd-wasm"],
  transform: { target: "node20.19", define: { __GENSCOPE_VERSION__: JSON.stringify(version) } },
});
await bundle.write({
  dir: "dist",
  format: "esm",
  chunkFileNames: "[name]-[hash].js",
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  comments: { legal: true },
  // Every file costs its share of a start-up, however small it is: what one command always reads is one file.
  codeSplitting: {
    groups: [
      { name: "start", test: /src[\\/](core|main|output[\\/](node-streams|terminal-prompter))/, priority: 3 },
      {
        name: "program",
        test: /node_modules[\\/](@commander-js|commander)|src[\\/](output[\\/](present|blocks|style|progress)|cli[\\/](run|root|program|outcome|operation-arguments|report-option))\.ts/,
        priority: 2,
      },
      {
        name: "requirements",
        test: /src[\\/](catalogue[\\/](?!scan|update|definition|fetch)|access[\\/](decide[\\/]requirement-evidence|verdict[\\/](wording|layer-result|exit-of-verdicts))\.ts|cli[\\/](comparison-view|commands[\\/]check-scopes(-run|-view|-result|-subject)?)\.ts)/,
        priority: 1,
      },
    ],
  },
});
await bundle.close();
await cp("src/catalogue/data", "dist/data", { recursive: true });
await cp("src/output/schemas", "dist/schemas", { recursive: true });
