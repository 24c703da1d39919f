import type { Operation } from "../facts/operation.ts";
import { isPlaceholder } from "../facts/path-tree.ts";
import { SUBSCRIBE } from "../facts/topic.ts";
import { likeness, stemOf } from "../lookup/field-words.ts";
import { isAbout, methodsOf } from "./search-words.ts";

/** How well an operation matches the searched words. */
export interface Fit {
  /** Score of each word, from 0 (nothing in common) to 1 (a whole segment of the path). */
  readonly words: readonly number[];
  /** Deduction for parts of the operation that match no word, such as additional path segments. */
  readonly surplus: number;
}

const WHOLE_SEGMENT = 1;
const SYNONYM = 0.8;
const START_OF_SEGMENT = 0.7;
const PART_OF_PATH = 0.6;
const TYPING_ERROR = 0.5;
const METHOD = 0.5;
const ABOUT = 0.45;
const OTHER_NAME = 0.25;
const LAST_SEGMENT = 0.15;
const AREA = 0.15;

const EXTRA_SEGMENT = 0.12;
const EXTRA_ID = 0.06;
const NOT_RECOMMENDED = 0.3;
const FOR_GUESTS = 1;

/** Minimum result of `likeness` for synonyms, and for words that are only related. */
const SAME_THING = 0.9;
const RELATED = 0.6;
const SHORTEST_ROOT = 6;

interface SearchedWord {
  readonly text: string;
  readonly stem: string;
  /** Compound words as paths write them, without hyphens and spaces: `wrapupcodes` for `wrap-up` and for `wrap up`. */
  readonly joined: readonly string[];
  readonly methods: readonly string[];
}

/**
 * Returns a function that compares operations with the words of a search.
 * @param withVerbs whether a verb such as `create` matches the operations whose HTTP method has that meaning
 * @param tolerant whether words with typos and parts of compound words match
 */
export function createFit(
  words: readonly string[],
  { tolerant, withVerbs }: { readonly tolerant: boolean; readonly withVerbs: boolean },
): (operation: Operation) => Fit {
  const wanted = words.map((text, index) => {
    const word = searchedWord(text, words[index - 1], words[index + 1]);
    return withVerbs ? word : { ...word, methods: [] };
  });
  const least = tolerant ? RELATED : SAME_THING;
  const known = new Map<string, readonly number[]>();
  const ofSegment = (segment: string): readonly number[] => {
    const earlier = known.get(segment);
    if (earlier !== undefined) return earlier;
    const fits = wanted.map((word) => fitOfSegment(word, segment, least));
    known.set(segment, fits);
    return fits;
  };
  return (operation) => {
    const segments = literalsOf(operation.path);
    const fits = segments.map(ofSegment);
    return {
      words: wanted.map((word, index) =>
        Math.max(
          fitOfNames(word, operation),
          ...fits.map((fit, place) => {
            const value = fit[index] ?? 0;
            const inArea = place === 0 && wanted.length > 1 ? areaBonus(value) : 0;
            return inArea + (place < fits.length - 1 ? value : inLastSegment(value, wanted.length === 1));
          }),
        ),
      ),
      surplus:
        fits.filter((fit) => fit.every((value) => value === 0)).length * EXTRA_SEGMENT +
        operation.path.split("{").length * EXTRA_ID +
        (operation.isDeprecated || operation.isPreview ? NOT_RECOMMENDED : 0) +
        (isForGuests(operation) ? FOR_GUESTS : 0),
    };
  };
}

/**
 * Scores a match in the last segment. A word carries more weight there, because that segment names the subject of the
 * operation. If the search has only one word, it is often just the beginning of a name: `wrapup`.
 */
function inLastSegment(fit: number, isAlone: boolean): number {
  if (fit === 0) return 0;
  return (isAlone && fit === START_OF_SEGMENT ? WHOLE_SEGMENT : fit) + LAST_SEGMENT;
}

/**
 * Returns the extra score of a word that equals the first segment, which names the area. It applies to searches of
 * several words, because a single word usually names an object.
 */
function areaBonus(fit: number): number {
  return fit === WHOLE_SEGMENT ? AREA : 0;
}

function searchedWord(text: string, before: string | undefined, after: string | undefined): SearchedWord {
  const stem = stemOf(text);
  return {
    text,
    stem,
    joined: [
      ...(text.includes("-") ? [stem.replaceAll("-", "")] : []),
      ...(before === undefined ? [] : [`${before}${stem}`]),
      ...(after === undefined ? [] : [`${text}${stemOf(after)}`]),
    ],
    methods: methodsOf(stem),
  };
}

/** Returns the words of a path between its slashes, or of a topic between its dots, without ids and the version. */
function literalsOf(path: string): readonly string[] {
  const isPath = path.startsWith("/");
  const segments = path.toLowerCase().split(isPath ? "/" : ".");
  return segments.slice(isPath ? 3 : 1).filter((segment) => !isPlaceholder(segment));
}

function fitOfSegment({ stem, text, joined }: SearchedWord, segment: string, least: number): number {
  const known = stemOf(segment);
  if (known === stem || segment === text || joined.includes(known)) return WHOLE_SEGMENT;
  if (known.startsWith(stem) || joined.some((pair) => known.includes(pair))) return START_OF_SEGMENT;
  const alike = likeness(stem, known);
  if (alike >= SAME_THING) return SYNONYM;
  if (known.includes(stem)) return PART_OF_PATH;
  if (isAbout(stem, known)) return ABOUT;
  return alike >= least || (least < SAME_THING && hasSameRoot(stem, known)) ? TYPING_ERROR : 0;
}

/** Returns whether two words begin with the same letters, as `predictive` and `predictors` do. */
function hasSameRoot(stem: string, known: string): boolean {
  return (
    known.length >= SHORTEST_ROOT &&
    stem.startsWith(known.slice(0, Math.max(SHORTEST_ROOT, known.length - 4)))
  );
}

function fitOfNames({ text, stem, methods }: SearchedWord, operation: Operation): number {
  const { method, path, operationId } = operation;
  if (method.toLowerCase() === text) return WHOLE_SEGMENT;
  if (methods.includes(method)) return METHOD;
  if (path.toLowerCase().includes(text)) return PART_OF_PATH;
  const others = [
    operationId,
    operation.tag,
    ...(method === SUBSCRIBE ? ["notification topics"] : []),
    ...operation.permissions,
    ...operation.conditionalPermissions,
    ...(operation.scopes ?? []),
  ];
  return others.some((name) => name.toLowerCase().includes(stem)) ? OTHER_NAME : 0;
}

/**
 * Returns whether an operation is for visitors of a website, who have their own kind of token: it accepts no scope and
 * needs no permission.
 */
function isForGuests({ scopes, permissions }: Operation): boolean {
  return scopes?.length === 0 && permissions.length === 0;
}
