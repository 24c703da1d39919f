// package-managers.mjs DIRECTORY: writes the Homebrew formula and the Scoop manifest for the package in that directory.
// Both install the release's own package file, so they work even if no registry has genscope.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const [, , directory] = process.argv;
const { version, homepage, repository } = JSON.parse(await readFile("package.json", "utf8"));
const file = `genscope-${version}.tgz`;
const address = repository.url.replace(/^git\+/, "").replace(/\.git$/, "");
const values = {
  VERSION: version,
  HOMEPAGE: homepage.replace(/#.*$/, ""),
  REPOSITORY: address,
  URL: `${address}/releases/download/v${version}/${file}`,
  SHA256: createHash("sha256")
    .update(await readFile(join(directory, file)))
    .digest("hex"),
};

for (const [template, name] of [
  ["genscope.rb", "genscope.rb"],
  ["scoop.json", "genscope.json"],
]) {
  const text = await readFile(join(".build", template), "utf8");
  await writeFile(
    join(directory, name),
    text.replace(/@([A-Z0-9]+)@/g, (_, key) => values[key]),
  );
}
