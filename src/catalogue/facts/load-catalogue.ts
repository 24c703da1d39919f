import { existsSync, readFileSync } from "node:fs";
import { isMissingFile, reasonOf } from "../../core/system-error.ts";
import { type CachePlace, cacheFileOf, definitionSource, sharedFileOf } from "./cache-file.ts";
import { type Catalogue, type CatalogueData, createCatalogue } from "./catalogue.ts";
import { readCaveatFile } from "./caveat-file.ts";
import { readCommandVerbs } from "./command-verb.ts";
import { readInventedPaths } from "./invented-path.ts";
import { type OperationFile, readOperationFile } from "./operation-file.ts";
import { readData, readPackaged } from "./packaged-file.ts";
import { readRefusals } from "./refusal.ts";
import { readScopes } from "./scope.ts";
import { readTerraformTypes } from "./terraform-type.ts";
import { readTopics } from "./topic.ts";

/**
 * Loads the catalog of the API in use: the newer of the packaged one and the one that `catalog update` read from that
 * host. An unusable cached file is ignored and reported in `warning`, because an old requirement with a warning is
 * better than none. Reads synchronously, because the command can do nothing else before the catalog is loaded.
 * @throws StoreError `catalogue.damaged` when the packaged data can't be read
 */
export function loadCatalogue(place?: CachePlace): Catalogue {
  const packaged = readPackaged();
  const cached =
    place === undefined || place.apiUrl === null ? null : readCached(place.cacheDirectory, place.apiUrl);
  if (cached !== null && typeof cached !== "string" && cached.date >= packaged.date) {
    return createCatalogue(cached, dataBeside(cached), { origin: "cached", warning: null });
  }
  const warning = typeof cached === "string" ? cached : place === undefined ? null : warnOfSharedFile(place);
  return createCatalogue(packaged, PACKAGED_DATA, { origin: "packaged", warning });
}

/**
 * Returns the cached operation file of one host, null if absent, or a sentence that explains why it
 * can't be used.
 */
export function readCached(cacheDirectory: string, apiUrl: string): OperationFile | string | null {
  const path = cacheFileOf(cacheDirectory, apiUrl);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (isMissingFile(error)) return null;
    return `The updated catalog \`${path}\` is not used: it cannot be read (${reasonOf(error)}). The packaged catalog is used instead. Replace the updated one: genscope catalog update`;
  }
  const file = readOperationFile(text);
  const fault = typeof file === "string" ? file : faultOfSource(file, apiUrl);
  if (fault === null) return file;
  return `The updated catalog \`${path}\` is not used: ${fault}. The packaged catalog is used instead. Replace the updated one: genscope catalog update`;
}

/**
 * Returns a description of the fault if the file contains the definition of another host, as a copied or renamed file
 * may. Otherwise returns null.
 */
function faultOfSource({ parts }: OperationFile, apiUrl: string): string | null {
  const [part] = parts;
  return part?.source === definitionSource(apiUrl) ? null : "it was read from another host";
}

function warnOfSharedFile({ cacheDirectory }: CachePlace): string | null {
  const path = sharedFileOf(cacheDirectory);
  return existsSync(path)
    ? `The updated catalog \`${path}\` is not used, because an earlier version of genscope shared it between all hosts. Replace it: genscope catalog update`
    : null;
}

const PACKAGED_DATA: CatalogueData = {
  readScopes: () => readScopes(readData("scopes.txt")),
  readRefusals: () => readRefusals(readData("refusals.txt")),
  readTopics: () => readTopics(readData("topics.txt")),
  readTerraformTypes: () => readTerraformTypes(readData("terraform.txt")),
  readCommandVerbs: () => readCommandVerbs(readData("command-verbs.txt")),
  readInventedPaths: () => readInventedPaths(readData("invented-paths.txt")),
  readCaveats: () => readCaveatFile(readData("caveats.txt")),
};

/**
 * Returns the catalog's other data for a cached operation file. Uses the packaged refusals when the file contains none.
 */
function dataBeside({ refusals }: OperationFile): CatalogueData {
  if (refusals === null) return PACKAGED_DATA;
  return {
    ...PACKAGED_DATA,
    readRefusals: () => {
      const declared = readRefusals(refusals);
      return declared.length > 0 ? declared : PACKAGED_DATA.readRefusals();
    },
  };
}
