// Writes the man pages and the reference of the package.
import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { renderMan } from "./man-page.mjs";
import { renderReference } from "./reference.mjs";

/**
 * Writes `man/NAME.SECTION` for each page and `reference.md` to `directory`, and lists the man pages in package.json.
 * npm links only pages that are listed there.
 */
export async function writeManual(pages, directory, version) {
  const date = await dateOfSource();
  await mkdir(join(directory, "man"));
  const files = pages.map((page) => [
    `${directory}/man/${page.name}.${page.section}`,
    renderMan(page, { version, date }),
  ]);
  await Promise.all(files.map(([file, text]) => writeFile(file, text)));
  await writeFile(join(directory, "reference.md"), renderReference(pages, version));
  await listPages(files.map(([file]) => file).toSorted());
}

async function listPages(man) {
  const text = await readFile("package.json", "utf8");
  const listed = `${JSON.stringify({ ...JSON.parse(text), man }, null, 2)}\n`;
  if (listed !== text) await writeFile("package.json", listed);
}

/**
 * Returns the date of the last commit, so that two builds of one commit are equal; today's date without a repository.
 */
async function dateOfSource() {
  try {
    const { stdout } = await promisify(execFile)("git", ["log", "-1", "--format=%cs"]);
    return stdout.trim();
  } catch {
    return new Date().toISOString().slice(0, 10);
  }
}
