// Collects the licenses of the bundled packages, because an installation has no folders for these packages.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Returns the name, version and license of each package whose modules are in the bundle, as one string. */
export async function noticesOf(chunks) {
  const modules = chunks.flatMap(({ modules = {} }) => Object.keys(modules));
  const directories = new Set(modules.map(packageDirectory).filter((directory) => directory !== null));
  const notices = await Promise.all([...directories].map(noticeOf));
  return `${notices.toSorted().join("\n\n")}\n`;
}

/** The directory of the package that a module belongs to; null for a module of genscope. */
function packageDirectory(module) {
  return /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(module)?.[1] ?? null;
}

async function noticeOf(directory) {
  const { name, version, license } = JSON.parse(await readFile(join(directory, "package.json"), "utf8"));
  const file = (await readdir(directory)).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
  const text = file === undefined ? "" : `\n\n${(await readFile(join(directory, file), "utf8")).trim()}`;
  return `${name} ${version} (${license})${text}`;
}
