/** Placeholder for a part of a paste that genscope does not recognize and therefore does not repeat. */
const WITHHELD = "[withheld]";
/** A shorter run of unknown characters is not a usable part of a secret. */
const LONGEST_UNKNOWN = 11;
/**
 * Digits among letters rule out a word of prose: `v2` and `sha256` are known exceptions, `Zk3v9Qw` is not.
 */
const LONGEST_UNKNOWN_MIXED = 6;
/** A known word of this length interrupts a run of unknown characters. */
const SHORTEST_WORD = 4;
/** A complete name as the definition writes it: `getScimV2User`. */
const SHORTEST_NAME = 8;
/** Words in `camelCase` are longer on average than the pieces of a random string. */
const FEWEST_LETTERS_PER_WORD = 3;

/** Ids, times and addresses are always shown; words and host labels only when known or short. */
const ATOM =
  /(?<id>\bAADSTS\d{4,7}\b|\b[a-z]{2,4}(?:-de)?-(?:central|(?:north|south)?(?:east|west)|north|south)-\d\b|(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])|(?<!\d)\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?(?![\d.])|(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:]))|(?<host>(?<![\w.-])(?:[a-z0-9-]{1,32}\.){1,6}(?:app|at|au|be|biz|br|ca|ch|cloud|co|com|corp|de|dev|edu|es|eu|example|fr|gov|ie|in|info|internal|invalid|io|it|jp|kr|lan|local|localhost|net|nl|org|sg|test|uk|us)(?::\d{1,5})?(?![\w-]))|(?<run>[\p{L}\p{N}]+)|(?<joint>[-._~+/=%@\\!?*#$^&]+)|(?<wall>[^\p{L}\p{N}._~+/=%@\\!?*#$^&-]+)/gu;
const WORDS = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+|\p{N}+|./gu;

/** A run of characters that contains nothing known. */
interface KnownTextRow {
  start: number;
  end: number;
  isMixed: boolean;
}

/**
 * The text reduced to its known parts: words of the definition and of genscope, ids, times, addresses, hosts,
 * and parts too short to be usable as a secret. Everything else becomes `[withheld]`.
 */
export function keepKnown(text: string, isKnownWord: (word: string) => boolean): string {
  const pieces: string[] = [];
  let done = 0;
  let row: KnownTextRow | null = null;
  const close = (): void => {
    if (row !== null && (row.isMixed || row.end - row.start > LONGEST_UNKNOWN)) {
      pieces.push(text.slice(done, row.start), WITHHELD);
      done = row.end;
    }
    row = null;
  };
  for (const { index, 0: atom, groups } of text.matchAll(ATOM)) {
    if (groups?.["joint"] !== undefined) continue;
    if (groups?.["host"] !== undefined) {
      close();
      pieces.push(text.slice(done, index), keepKnownLabels(atom, isKnownWord));
      done = index + atom.length;
    } else if (groups?.["run"] === undefined || isKnownRun(atom, isKnownWord)) {
      close();
    } else {
      row = {
        start: (row as KnownTextRow | null)?.start ?? index,
        end: index + atom.length,
        isMixed: (row as KnownTextRow | null)?.isMixed === true || isMixedRun(atom),
      };
    }
  }
  close();
  pieces.push(text.slice(done));
  return pieces.join("");
}

/** A host whose labels are all known or short. An organization's name in it could be a misplaced secret. */
function keepKnownLabels(host: string, isKnownWord: (word: string) => boolean): string {
  return host
    .split(".")
    .map((label) =>
      label.length <= LONGEST_UNKNOWN || label.split(/[-:]/).every((part) => isKnownRun(part, isKnownWord))
        ? label
        : WITHHELD,
    )
    .join(".");
}

/** Whether an unbroken run of letters and digits consists entirely of known words. */
function isKnownRun(run: string, isKnownWord: (word: string) => boolean): boolean {
  if (run.length >= SHORTEST_NAME && isKnownWord(run)) return true;
  const words = run.match(WORDS) ?? [];
  return (
    run.length >= SHORTEST_WORD &&
    run.length >= words.length * FEWEST_LETTERS_PER_WORD &&
    words.some((word) => word.length >= SHORTEST_WORD) &&
    words.every((word) => word.length < SHORTEST_WORD || (!/\p{N}/u.test(word) && isKnownWord(word)))
  );
}

function isMixedRun(run: string): boolean {
  return run.length > LONGEST_UNKNOWN_MIXED && /\p{N}/u.test(run) && /\p{L}/u.test(run);
}
