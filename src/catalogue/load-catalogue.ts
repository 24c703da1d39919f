import { readFileSync } from "node:fs";
import { join } from "node:path";
import { StoreError } from "../core/errors.ts";
import { isMissingFile } from "../core/missing-file.ts";
import { type Catalogue, type CatalogueData, createCatalogue } from "./catalogue.ts";
import { readCommandVerbs } from "./command-verb.ts";
import { type OperationFile, readOperationFile } from "./operation-file.ts";
import { readRefusals } from "./refusal.ts";
import { readScopes } from "./scope.ts";

/** The name of the catalogue that `catalog update` puts into the user's cache directory. */
export const CACHED_FILE = "operations.txt";

export interface LoadOptions {
  /** Where `catalog update` keeps its catalogue; without it only the packaged one is looked at. */
  readonly cacheDirectory?: string | undefined;
}

/**
 * The newer of the packaged catalogue and the cached one. A cached file that can't be used is passed over,
 * and the catalogue's `warning` says so: an old requirement with a warning helps more than none.
 * Reads at once rather than in the background: one file, before anything else can be done.
 * @throws StoreError `catalogue.damaged` when the packaged data can't be read.
 */
export function loadCatalogue({ cacheDirectory }: LoadOptions = {}): Catalogue {
  const packaged = readPackaged();
  const cached = cacheDirectory === undefined ? null : readCached(cacheDirectory);
  if (cached === null) return createCatalogue(packaged, PACKAGED_DATA, { origin: "packaged", warning: null });
  if (typeof cached === "string") {
    return createCatalogue(packaged, PACKAGED_DATA, { origin: "packaged", warning: cached });
  }
  return cached.date < packaged.date
    ? createCatalogue(packaged, PACKAGED_DATA, { origin: "packaged", warning: null })
    : createCatalogue(cached, PACKAGED_DATA, { origin: "cached", warning: null });
}

/** The cached operation file, null when there is none, or a sentence on why it can't be used. */
export function readCached(cacheDirectory: string): OperationFile | string | null {
  const path = join(cacheDirectory, CACHED_FILE);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (isMissingFile(error)) return null;
    return `The updated catalogue \`${path}\` can't be read, the packaged one is used: genscope catalog update`;
  }
  const file = readOperationFile(text);
  if (typeof file !== "string") return file;
  return `The updated catalogue \`${path}\` is not used: ${file}. The packaged one is used: genscope catalog update`;
}

/**
 * The operation file of the package.
 * @throws StoreError `catalogue.damaged`
 */
export function readPackaged(): OperationFile {
  const file = readOperationFile(readData("operations.txt"));
  if (typeof file !== "string") return file;
  throw new StoreError("catalogue.damaged", `The packaged catalogue can't be used: ${file}`, {
    hint: "install genscope again: npm install --global genscope",
  });
}

const PACKAGED_DATA: CatalogueData = {
  readScopes: () => readScopes(readData("scopes.txt")),
  readRefusals: () => readRefusals(readData("refusals.txt")),
  readCommandVerbs: () => readCommandVerbs(readData("command-verbs.txt")),
};

/** From source the data lies beside this file; the bundle is flat and has it in the same relative place. */
function readData(name: string): string {
  return readFileSync(new URL(`./data/${name}`, import.meta.url), "utf8");
}
