import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { cacheFileOf, definitionSource } from "../../src/catalogue/facts/cache-file.ts";
import { loadCatalogue } from "../../src/catalogue/facts/load-catalogue.ts";
import { type Clock, systemClock } from "../../src/core/clock.ts";

const DATA = join(import.meta.dirname, "../../src/catalogue/facts/data/operations.txt");
const DAY_MS = 86_400_000;

/**
 * Removes the warning about the age of the packaged catalog. Whether it appears depends on the day of the test run.
 */
export function withoutAgeWarning(stderr: string): string {
  return stderr.replace(/^The packaged catalog of \S+ is \d+ days old [^\n]+\n/m, "");
}

/** Returns a running clock that makes the packaged catalog this many days old. */
export function clockAtAge(days: number): Clock {
  const offsetMs = Date.parse(loadCatalogue().date) + days * DAY_MS - systemClock.now();
  return { ...systemClock, now: () => systemClock.now() + offsetMs };
}

/** Stores the packaged catalog for a host, as if `catalog update` had read it from there today. */
export async function storeFreshCatalogue(configDirectory: string, apiUrl: string): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  const text = readFileSync(DATA, "utf8")
    .replace(/^date\t.*$/m, `date\t${today}`)
    .replace(/^(part\t[^\t]+\t).*$/m, `$1${definitionSource(apiUrl)}\t${today}`);
  const file = cacheFileOf(join(configDirectory, "cache"), apiUrl);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
