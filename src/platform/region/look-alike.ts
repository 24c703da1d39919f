import { countTypos } from "../../core/closest.ts";

/** The vendor's names as hosts contain them, and how many typos each may contain and still count as imitated. */
const VENDOR_NAMES: readonly (readonly [name: string, mistakes: number])[] = [
  ["mypurecloud", 2],
  ["purecloud", 1],
  ["genesys", 0],
  ["inindca", 0],
  ["inintca", 0],
];

/** Letters and pairs that look alike in common fonts, each mapped to one representative. */
const ALIKE: readonly (readonly [pattern: RegExp, letter: string])[] = [
  [/0/g, "o"],
  [/[1i]/g, "l"],
  [/3/g, "e"],
  [/4/g, "a"],
  [/5/g, "s"],
  [/8/g, "b"],
  [/rn/g, "m"],
  [/vv/g, "w"],
  [/cl/g, "d"],
];

/**
 * Finds the vendor's name inside a host that is not the vendor's, even in disguise: with digits for letters,
 * with hyphens or dots in between, or with a typo.
 * @param host in ASCII, as `URL.hostname` returns it
 */
export function vendorNameIn(host: string): string | null {
  const text = fold(host);
  const found = VENDOR_NAMES.find(([name, mistakes]) => containsNearly(text, fold(name), mistakes));
  return found?.[0] ?? null;
}

/**
 * Returns whether a host was written with letters outside ASCII, which can imitate any name (RFC 5890, section
 * 4.4).
 */
export function hasForeignLetters(host: string): boolean {
  return host.split(".").some((label) => label.startsWith("xn--"));
}

function fold(host: string): string {
  const letters = host.toLowerCase().replace(/[^a-z0-9]/g, "");
  return ALIKE.reduce((text, [pattern, letter]) => text.replace(pattern, letter), letters);
}

/**
 * Returns whether the text contains the name with at most this many typos. A typo in the first letter does not
 * count, because it produces a different word (`securecloud`).
 */
function containsNearly(text: string, name: string, mistakes: number): boolean {
  if (text.includes(name)) return true;
  if (mistakes === 0) return false;
  for (
    let start = text.indexOf(name[0] ?? "");
    start !== -1;
    start = text.indexOf(name[0] ?? "", start + 1)
  ) {
    for (let length = name.length - mistakes; length <= name.length + mistakes; length += 1) {
      if (countTypos(text.slice(start, start + length), name) <= mistakes) return true;
    }
  }
  return false;
}
