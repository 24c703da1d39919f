// Bundles src/main.ts and everything it needs into dist/. Start-up then reads a few files instead of
// hundreds, and each dynamic import becomes a chunk that is read only when a command needs it.
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { rolldown } from "rolldown";
import { commandTree } from "./command-tree.mjs";
import { inlineReExports } from "./inline-re-exports.mjs";
import { startUpGroups } from "./start-up-groups.mjs";
import { noticesOf } from "./third-party-notices.mjs";
import { writeManual } from "./write-manual.mjs";

const { version } = JSON.parse(await readFile("package.json", "utf8"));
const options = {
  // src/auth/stores/keychain-process.ts and src/auth/pkce/browser.ts run these helpers as separate programs.
  // src/export/conversion/encoder-pool.ts and src/export/part/spool-read-back.ts run theirs as threads.
  input: {
    main: "src/main.ts",
    "keychain-child": "src/auth/stores/keychain-child.ts",
    "browser-child": "src/auth/pkce/browser-child.ts",
    "read-back-worker": "src/export/files/read-back-worker.ts",
    "encoder-worker": "src/export/conversion/encoder-worker.ts",
  },
  platform: "node",
  // keytar and keyring are native addons and optional dependencies. zstd reads its WebAssembly from its own directory.
  // They must stay real packages.
  external: ["keytar", "@napi-rs/keyring", "@bokuweb/zstd-wasm"],
  resolve: { alias: { undici$: resolve(".build/undici-parts.mjs") } },
  transform: { target: "node20.19", define: { __GENSCOPE_VERSION__: JSON.stringify(version) } },
};

await rm("dist", { recursive: true, force: true });
await mkdir("dist");
const { completion, pages, datasets } = await commandTree(options, "dist");
const groups = await startUpGroups(options, "dist", completion);
const bundle = await rolldown(options);
const { output } = await bundle.write({
  dir: "dist",
  format: "esm",
  chunkFileNames: "[name]-[hash].js",
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  comments: { legal: true },
  // Every file adds to start-up time, however small it is.
  codeSplitting: { groups },
});
await bundle.close();
await inlineReExports(output, "dist");
await writeFile("dist/THIRD-PARTY-NOTICES.txt", await noticesOf(output));
await cp("src/catalogue/facts/data", "dist/data", { recursive: true });
await cp("src/cli/completion/data", "dist/data", { recursive: true });
await writeFile("dist/data/completion.json", completion);
for (const entry of await readdir("src/output/schemas", { recursive: true, withFileTypes: true })) {
  if (entry.isFile()) await cp(join(entry.parentPath, entry.name), join("dist/schemas", entry.name));
}
await cp("src/cli/commands/mcp/skill", "dist/skills/genscope", { recursive: true });
await writeManual(pages, "dist", version);
await mkdir("dist/datasets");
for (const { name, text } of datasets) await writeFile(join("dist/datasets", name), text);
