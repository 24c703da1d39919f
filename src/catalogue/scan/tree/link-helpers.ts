import { likely, type MethodEvidence, methodOfArgument } from "../method/method-evidence.ts";
import { mentionsPlatform } from "../read/platform-context.ts";
import type { Language } from "../text/language.ts";
import type { Helper, HelperUse } from "./helper.ts";
import { expandHoles } from "./resolve-values.ts";
import { directoryOf, type ValueTable } from "./value-table.ts";

/** A helper whose path is known. */
export interface LinkedHelper extends Pick<Helper, "name" | "file" | "path" | "method"> {
  /** Path of the API before the parameter; null when the parameter contains the whole path. */
  readonly prefix: string | null;
  /** Whether the parameter may also contain a path without the root, because a client of the platform adds it. */
  readonly isBased: boolean;
  /** Path after the parameter, or an empty string. */
  readonly suffix: string;
  readonly evidence: MethodEvidence | null;
  /** Names of the types in its file. Other files refer to the file by them. */
  readonly types: readonly string[];
}

/** Facts about a file with helpers. */
export interface HelperFile {
  readonly file: string;
  readonly language: Language;
  readonly types: readonly string[];
  /** Whether the file contains the root of the API, or is named after the platform. */
  readonly isOfPlatform: boolean;
  readonly helpers: readonly Helper[];
}

const MOST_OF_A_NAME = 8;
/** Maximum number of functions to follow a path through. */
const MOST_LINKS = 4;
const BEFORE = /\/?(api\/v2(?:\/[\w.-]+|\/\$?\{[^{}]{0,80}\})*\/?)$/;
const HOST = /^https?:\/\/[^/\s]*\/?$/;
const HOLES = /^(?:\$\{[^{}]*\}\/?)+$/;
/** Matches functions that send a request with the HTTP method from another argument. */
const SENDS =
  /(?:request\w*|send\w*|fetch|exchange|execute|call|do|invoke|method|uri|axios|message|open|got|ky|run|run_request|public_send)$/i;

interface OwnedHelper {
  readonly helper: Helper;
  readonly file: HelperFile;
}

/** Follows calls from helper to helper until one adds the root of the API. */
export function linkHelpers(
  files: readonly HelperFile[],
  table: ValueTable,
): ReadonlyMap<string, readonly LinkedHelper[]> {
  const all = files.flatMap((file) => file.helpers.map((helper) => ({ helper, file })));
  const byName = groupByName(all, ({ helper }) => helper.name);
  const links: Links = { byName, table };
  return groupByName(
    all.flatMap((candidate) => linkOne(candidate, links, MOST_LINKS) ?? []),
    ({ name }) => name,
  );
}

interface Links {
  readonly byName: ReadonlyMap<string, readonly OwnedHelper[]>;
  readonly table: ValueTable;
}

/**
 * Groups helpers by name. Keeps only the first few of each name, because a name that many functions share identifies
 * none of them.
 */
function groupByName<Named>(
  all: readonly Named[],
  nameOf: (one: Named) => string,
): ReadonlyMap<string, readonly Named[]> {
  const groups = new Map<string, Named[]>();
  for (const one of all) {
    const known = groups.get(nameOf(one));
    if (known === undefined) groups.set(nameOf(one), [one]);
    else if (known.length < MOST_OF_A_NAME) known.push(one);
  }
  return groups;
}

function linkOne(candidate: OwnedHelper, links: Links, steps: number): LinkedHelper | null {
  const found = candidate.helper.uses.flatMap((use) => linkUse(candidate, use, links, steps) ?? []);
  const { rootBeside } = candidate.helper;
  const best =
    found.find(({ prefix }) => prefix !== null) ?? found.find(({ isBased }) => isBased) ?? found[0] ?? null;
  if (rootBeside === null || best?.prefix != null) return best;
  if (best !== null) return { ...best, prefix: rootBeside };
  const { name, path, method, uses } = candidate.helper;
  const evidence = uses.map((use) => use.evidence).find(isSender) ?? null;
  const { file, types } = candidate.file;
  if (evidence === null && method === null) return null;
  return { name, file, path, method, prefix: rootBeside, isBased: true, suffix: "", evidence, types };
}

function linkUse(
  { helper, file }: OwnedHelper,
  use: HelperUse,
  links: Links,
  steps: number,
): LinkedHelper | null {
  const { name, path, method } = helper;
  const { suffix, evidence, call } = use;
  const base = { name, file: file.file, path, method, suffix, evidence, types: file.types };
  if (call === null) {
    const before = expandHoles(links, use.before, file).replace(/(?<!:)\/\/+/g, "/");
    const prefix = BEFORE.exec(before)?.[1];
    if (prefix !== undefined) return { ...base, prefix: `/${prefix.replace(/\/$/, "")}`, isBased: true };
    if (!helper.isNamed || (!isSender(evidence) && method === null)) return null;
    if (HOST.test(before)) return { ...base, prefix: null, isBased: false };
    if (!HOLES.test(before)) return null;
    return { ...base, prefix: null, isBased: file.isOfPlatform || mentionsPlatform(before) };
  }
  const next = steps === 0 ? null : calledHelper(helper, use, links);
  const further = next === null ? null : linkOne(next, links, steps - 1);
  if (further !== null) {
    return {
      ...base,
      prefix: further.prefix,
      isBased: further.isBased,
      suffix: `${suffix}${further.suffix}`,
      evidence: evidence ?? (method === null ? byDefault(further) : null),
    };
  }
  if (!helper.isNamed) return null;
  const isSent = isSender(evidence) || (method !== null && SENDS.test(call.callee));
  return isSent ? { ...base, prefix: null, isBased: file.isOfPlatform } : null;
}

/** Returns the HTTP method that a function sends when its caller specifies none. */
function byDefault({ name, method, evidence }: LinkedHelper): MethodEvidence | null {
  if (method === null) return evidence;
  const fallback = method.fallback === null ? null : methodOfArgument(method.fallback);
  return fallback === null ? null : likely(fallback, `the default of \`${name}\``);
}

/**
 * Returns the function to which a helper passes its path. Prefers functions in the same file, then those in the same
 * directory. Null when several functions are equally near.
 */
function calledHelper(helper: Helper, { call }: HelperUse, { byName }: Links): OwnedHelper | null {
  if (call === null) return null;
  const called = (byName.get(call.callee) ?? []).filter(
    ({ helper: other }) =>
      other !== helper &&
      (call.key === null
        ? !other.path.isKey && other.path.position === call.position
        : other.path.name.toLowerCase() === call.key.toLowerCase()),
  );
  const isNear = [
    ({ file }: OwnedHelper) => file.file === helper.file,
    ({ file }: OwnedHelper) => directoryOf(file.file) === directoryOf(helper.file),
    () => true,
  ];
  for (const near of isNear) {
    const [next, ...others] = called.filter(near);
    if (next !== undefined) return others.length === 0 ? next : null;
  }
  return null;
}

function isSender(evidence: MethodEvidence | null): boolean {
  return evidence !== null && !evidence.isSupposed;
}
