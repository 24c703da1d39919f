// rolldown writes one more file for each module that it moves into a shared chunk and that something imports by
// `import()` or as an entry. The file consists of a re-export. A start-up would read up to twenty of them, and
// finding and reading a file takes as long as compiling ten kilobytes.
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const RE_EXPORT = /^export\{([^{}]+)\}from"\.\/([\w-]+\.js)";\s*$/;
const DYNAMIC_IMPORT = /import\([`"']\.\/([\w-]+\.js)[`"']\)/g;
const STATIC_IMPORT = /(?:from|import)"\.\/([\w-]+\.js)"/g;

/**
 * Removes the files of `output` that consist of a re-export: each `import()` of one imports the chunk itself, and the
 * entry `main` becomes the chunk that it exports from.
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

/** Lets an entry that consists of a re-export take the place of the chunk that it exports from. */
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

/** Returns the inner and the outer name of each entry of an export list. */
function exportsOf(list) {
  return list.split(",").map((item) => {
    const [inner, outer = inner] = item.split(" as ");
    return [inner, outer];
  });
}

function namesIn(code, pattern) {
  return Array.from(code.matchAll(pattern), ([, name]) => name);
}
