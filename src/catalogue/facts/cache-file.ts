import { existsSync } from "node:fs";
import { join } from "node:path";
import { withoutTrailingSlashes } from "../../core/text.ts";

const DIRECTORY = "catalogues";
/** Name of the single file that genscope 0.1.0 and earlier kept for all hosts. */
const SHARED_FILE = "operations.txt";
/**
 * Maximum length of a file name. Most file systems allow 255 bytes, and a temporary file next to this one adds a
 * suffix.
 */
const LONGEST_NAME = 200;

/** Location of the cached catalogs, and the host whose catalog applies. */
export interface CachePlace {
  readonly cacheDirectory: string;
  /**
   * Base URL of the API in use; null when the settings contain none, which leaves only the packaged catalog.
   */
  readonly apiUrl: string | null;
}

/**
 * Returns the path of one host's cached definition. The URL path is written in hexadecimal, because some file
 * systems ignore case. A name that had to be truncated is verified against the source inside the file.
 */
export function cacheFileOf(cacheDirectory: string, apiUrl: string): string {
  const { protocol, hostname, port, pathname } = new URL(apiUrl);
  const path = withoutTrailingSlashes(pathname);
  const name = [
    ...(protocol === "http:" ? ["http"] : []),
    hostname.replace(/[^a-z0-9.-]/g, "-"),
    ...(port === "" ? [] : [port]),
    ...(path === "" ? [] : [Buffer.from(path).toString("hex")]),
  ].join("_");
  return join(cacheDirectory, DIRECTORY, `${name.slice(0, LONGEST_NAME)}.txt`);
}

/** Returns the source that the catalog records for every operation of a host's live definition. */
export function definitionSource(apiUrl: string): string {
  const { host, pathname } = new URL(apiUrl);
  return `live definition of ${host}${withoutTrailingSlashes(pathname)}`;
}

/** Returns whether any host has a cached catalog, in which case the choice of the host matters. */
export function hasCachedCatalogue(cacheDirectory: string): boolean {
  return existsSync(join(cacheDirectory, DIRECTORY));
}

/**
 * Returns the path of an earlier version's file, which may mix the definitions of several hosts and is no
 * longer read.
 */
export function sharedFileOf(cacheDirectory: string): string {
  return join(cacheDirectory, SHARED_FILE);
}
