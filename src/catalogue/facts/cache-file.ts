import { existsSync } from "node:fs";
import { join } from "node:path";

const DIRECTORY = "catalogues";
/** The one file for all hosts that genscope 0.1.0 and earlier kept. */
const SHARED_FILE = "operations.txt";
/** Most file systems take 255 bytes; a temporary neighbour adds a suffix. */
const LONGEST_NAME = 200;

/** Which catalogue applies: that of one host, as far as `catalog update` has read it. */
export interface CachePlace {
  readonly cacheDirectory: string;
  /** Base URL of the API in use; null when the settings name none, so that only the packaged catalogue applies. */
  readonly apiUrl: string | null;
}

/**
 * The file with the definition of one host. Paths are written in hexadecimal, because file names may not tell cases
 * apart; a name that had to be cut short is told apart by the source inside the file.
 */
export function cacheFileOf(cacheDirectory: string, apiUrl: string): string {
  const { protocol, hostname, port, pathname } = new URL(apiUrl);
  const path = pathname.replace(/\/+$/, "");
  const name = [
    ...(protocol === "http:" ? ["http"] : []),
    hostname.replace(/[^a-z0-9.-]/g, "-"),
    ...(port === "" ? [] : [port]),
    ...(path === "" ? [] : [Buffer.from(path).toString("hex")]),
  ].join("_");
  return join(cacheDirectory, DIRECTORY, `${name.slice(0, LONGEST_NAME)}.txt`);
}

/** The source that every operation of a host's definition carries. */
export function definitionSource(apiUrl: string): string {
  const { host, pathname } = new URL(apiUrl);
  return `live definition of ${host}${pathname.replace(/\/+$/, "")}`;
}

/** Whether any host has a catalogue of its own, so that it matters which host is in use. */
export function hasCachedCatalogue(cacheDirectory: string): boolean {
  return existsSync(join(cacheDirectory, DIRECTORY));
}

/** The file of an earlier version, which may mix the definitions of several hosts and is not read any more. */
export function sharedFileOf(cacheDirectory: string): string {
  return join(cacheDirectory, SHARED_FILE);
}
