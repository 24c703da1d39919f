import type { Archive } from "../../src/sandbox/conversations/archive/archive.ts";
import {
  type ArchiveOptions,
  createSyntheticArchive,
  type SyntheticArchive,
} from "../../src/sandbox/conversations/archive/synthetic-archive.ts";

/** Texts of one archive: as many as the tests of a few hundred conversations read in both forms. */
const MOST_TEXTS = 2_000;
/** Archives whose texts are kept. Most tests of exports use the same one. */
const MOST_ARCHIVES = 8;

const kept = new Map<string, Map<string, string>>();

/**
 * Creates an archive that keeps the texts of its records for all archives with the same options in this process. Tests
 * read each record several times: as pages, as pages of a resumed run, and as the truth to compare with.
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
  // The archive that was created last is the last to be dropped.
  kept.delete(key);
  kept.set(key, texts);
  const [oldest] = kept.keys();
  if (kept.size > MOST_ARCHIVES && oldest !== undefined) kept.delete(oldest);
  return texts;
}
