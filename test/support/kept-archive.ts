import type { Archive } from "../../src/sandbox/conversations/archive/archive.ts";
import {
  type ArchiveOptions,
  createSyntheticArchive,
  type SyntheticArchive,
} from "../../src/sandbox/conversations/archive/synthetic-archive.ts";
import type { Conversation } from "../../src/sandbox/conversations/record/conversation.ts";

/**
 * Maximum number of cached texts per archive. Most tests read a few hundred conversations in two forms each, and the
 * largest day of an export that is killed has six thousand.
 */
const MOST_TEXTS = 8_000;
/** Maximum number of cached records per archive. They take more memory than their texts. */
const MOST_RECORDS = 1_000;
/** Maximum number of archives with cached texts. Most export tests use the same archive. */
const MOST_ARCHIVES = 8;

interface Kept {
  readonly archive: SyntheticArchive;
  readonly texts: Map<string, string>;
  readonly records: Map<string, Conversation>;
}

const kept = new Map<string, Kept>();

/**
 * Creates an archive that caches its records and their texts. Archives with the same options share the cache within a
 * process. Tests read each record several times: as pages, as pages of a resumed run, to aggregate it, and to compare
 * with.
 */
export function keptArchive(options: ArchiveOptions): SyntheticArchive {
  const { archive, texts, records } = keptOf(options);
  const render: Archive["render"] = (dayMs, index, asOfMs, withAttributes) => {
    const key = `${dayMs} ${index} ${asOfMs} ${withAttributes}`;
    const known = texts.get(key);
    if (known !== undefined) return known;
    const text = archive.render(dayMs, index, asOfMs, withAttributes);
    if (texts.size < MOST_TEXTS) texts.set(key, text);
    return text;
  };
  const read: Archive["read"] = (dayMs, index, asOfMs) => {
    const key = `${dayMs} ${index} ${asOfMs}`;
    const known = records.get(key);
    if (known !== undefined) return known;
    const record = archive.read(dayMs, index, asOfMs);
    if (records.size < MOST_RECORDS) records.set(key, record);
    return record;
  };
  return { ...archive, render, read };
}

function keptOf(options: ArchiveOptions): Kept {
  const { seed, conversations, days, startedAtMs, roster } = options;
  const key = JSON.stringify([seed, conversations, days, startedAtMs, roster]);
  const found = kept.get(key) ?? {
    archive: createSyntheticArchive(options),
    texts: new Map(),
    records: new Map(),
  };
  // The archive that was created last is the last to be dropped from the cache.
  kept.delete(key);
  kept.set(key, found);
  const [oldest] = kept.keys();
  if (kept.size > MOST_ARCHIVES && oldest !== undefined) kept.delete(oldest);
  return found;
}
