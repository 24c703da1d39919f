import type { Archive } from "../../src/sandbox/conversations/archive/archive.ts";
import {
  type ArchiveOptions,
  createSyntheticArchive,
  type SyntheticArchive,
} from "../../src/sandbox/conversations/archive/synthetic-archive.ts";

/**
 * Maximum number of cached texts per archive. Most tests read a few hundred conversations in two forms each, and the
 * largest day of an export that is killed has six thousand.
 */
const MOST_TEXTS = 8_000;
/** Maximum number of archives with cached texts. Most export tests use the same archive. */
const MOST_ARCHIVES = 8;

const kept = new Map<string, Map<string, string>>();

/**
 * Creates an archive that caches the texts of its records. Archives with the same options share the cache within a
 * process. Tests read each record several times: as pages, as pages of a resumed run, and to compare with.
 */
export function keptArchive(options: ArchiveOptions): SyntheticArchive {
  const archive = createSyntheticArchive(options);
  const texts = textsOf(options);
  const render: Archive["render"] = (dayMs, index, asOfMs, withAttributes) => {
    const key = `${dayMs} ${index} ${asOfMs} ${withAttributes}`;
    const known = texts.get(key);
    if (known !== undefined) return known;
    const text = archive.render(dayMs, index, asOfMs, withAttributes);
    if (texts.size < MOST_TEXTS) texts.set(key, text);
    return text;
  };
  return { ...archive, render };
}

function textsOf({ seed, conversations, days, startedAtMs, roster }: ArchiveOptions): Map<string, string> {
  const key = JSON.stringify([seed, conversations, days, startedAtMs, roster]);
  const texts = kept.get(key) ?? new Map<string, string>();
  // The archive that was created last is the last to be dropped from the cache.
  kept.delete(key);
  kept.set(key, texts);
  const [oldest] = kept.keys();
  if (kept.size > MOST_ARCHIVES && oldest !== undefined) kept.delete(oldest);
  return texts;
}
