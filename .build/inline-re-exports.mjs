// When rolldown moves a module into a shared chunk, and the module is an entry or the target of an `import()`, it also
// writes a file that only re-exports the module. A start-up would read up to twenty of these files, and finding and
// reading one takes as long as compiling ten kilobytes.
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const RE_EXPORT = /^export\{([^{}]+)\}from"\.\/([\w-]+\.js)";\s*$/;
const DYNAMIC_IMPORT = /import\([`"']\.\/([\w-]+\.js)[`"']\)/g;
const STATIC_IMPORT = /(?:from|import)"\.\/([\w-]+\.js)"/g;

/**
 * Removes the files of `output` that only re-export a chunk. Each `import()` of such a file imports the chunk instead,
 * and the code of the chunk that `main` re-exports moves into `main`.
 */
export async function inlineReExports(output, directory) {
  const chunks = output.filter(({ type }) => type === "chunk");
  const codeOf = new Map(chunks.map(({ fileName, code }) => [fileName, code]));
  mergeEntry("main.js", codeOf);
  const entries = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  const imported = new Set([...codeOf.values()].flatMap((code) => namesIn(code, STATIC_IMPORT)));
  const removed = new Map(
    [...codeOf].flatMap(([name, code]) => {
      const [, names, chunk] = RE_EXPORT.exec(code) ?? [];
      return names === undefined || entries.has(name) || imported.has(name) ? [] : [[name, { names, chunk }]];
    }),
  );
  for (const [name, code] of codeOf) {
    const inlined = code.replace(DYNAMIC_IMPORT, (whole, file) => {
      const found = removed.get(file);
      if (found === undefined) return whole;
      const members = exportsOf(found.names).map(([local, exported]) => `${exported}:chunk.${local}`);
      return `import("./${found.chunk}").then(chunk=>({${members}}))`;
    });
    if (!removed.has(name)) await writeFile(join(directory, name), inlined);
  }
  const gone = chunks
    .map(({ fileName }) => fileName)
    .filter((name) => removed.has(name) || !codeOf.has(name));
  for (const name of gone) await rm(join(directory, name));
}

/** Moves the code of a chunk into the entry that only re-exports it, and removes the chunk. */
function mergeEntry(entry, codeOf) {
  const [, names, chunk] = RE_EXPORT.exec(codeOf.get(entry)) ?? [];
  if (names === undefined) return;
  const code = codeOf.get(chunk);
  const [, list] = /export\{([^{}]+)\};\s*$/.exec(code);
  const localOf = new Map(exportsOf(list).map(([local, exported]) => [exported, local]));
  const added = exportsOf(names).map(([inner, exported]) => `${localOf.get(inner)} as ${exported}`);
  codeOf.set(entry, `${code}export{${added}};`);
  codeOf.delete(chunk);
  for (const [name, text] of codeOf) codeOf.set(name, text.replaceAll(`./${chunk}`, `./${entry}`));
}

/** Returns the local and the exported name of each item in an export list. */
function exportsOf(list) {
  return list.split(",").map((item) => {
    const [inner, outer = inner] = item.split(" as ");
    return [inner, outer];
  });
}

function namesIn(code, pattern) {
  return Array.from(code.matchAll(pattern), ([, name]) => name);
}
