import { methodOfCommand } from "../method/command-method.ts";
import { certain, isMethod, type MethodEvidence } from "../method/method-evidence.ts";
import type { Parameter } from "../text/definition.ts";
import type { SourceText } from "../text/source-text.ts";
import type { Helper, HelperUse } from "./helper.ts";
import type { NamedValue } from "./named-value.ts";

/** Matches the head of a shell function. */
const FUNCTION =
  /^[ \t]*(?:function[ \t]+)?([A-Za-z_][\w-]*)[ \t]*\(\)[ \t\n]*\{|^[ \t]*function[ \t]+([A-Za-z_][\w-]*)[ \t\n]*\{/gm;
const LONGEST_BODY = 2000;
const MOST_PARAMETERS = 4;
const MOST_USES = 4;
/** Matches an argument in a body, or a name that receives it: `$1`, `local path="$2"`. */
const GIVEN = /(?:^|[\s;])([A-Za-z_]\w*)=["']?\$\{?([1-9])/g;
const METHOD = /(?:-X\s*|--request[=\s]+)["']?\$\{?(\w+)/;
/** Matches a line that assigns the root of the API, or an address with it, to a name. */
const ASSIGNMENT =
  /^[ \t]*(?:export[ \t]+|readonly[ \t]+|local[ \t]+)?([A-Za-z_]\w*)=["']?([^\s"']{0,200}api\/v2[^\s"']{0,200})["']?[ \t]*$/gm;

/** Finds the functions of a shell script that request a path that they receive as an argument. */
export function findShellHelpers(source: SourceText): readonly Helper[] {
  if (source.language.mode !== "lines") return [];
  const { text } = source;
  return Array.from(text.matchAll(FUNCTION)).flatMap((head): readonly Helper[] => {
    const start = head.index + head[0].length;
    const near = text.slice(start, start + LONGEST_BODY);
    const body = near.slice(0, /^\}|\}[ \t]*$/m.exec(near)?.index ?? near.length);
    const names = namesOfArguments(body);
    const given = METHOD.exec(body)?.[1];
    const method = given === undefined ? null : (positionOf(given, names) ?? null);
    const uses = Array.from({ length: MOST_PARAMETERS }, (_, position) => position).filter(
      (position) => position !== method,
    );
    return uses.flatMap((position) => {
      const found = usesOf(body, position, names, method !== null);
      if (found.length === 0) return [];
      return [
        {
          name: head[1] ?? head[2] ?? "",
          file: source.file,
          path: parameter(position),
          isNamed: false,
          method: method === null ? null : parameter(method),
          uses: found,
          rootBeside: null,
        },
      ];
    });
  });
}

/** Finds the names to which a script assigns the root of the API. */
export function findShellValues(source: SourceText): readonly NamedValue[] {
  if (source.language.mode !== "lines") return [];
  return Array.from(source.text.matchAll(ASSIGNMENT), ({ index, 1: name = "", 2: value = "" }) => ({
    name,
    file: source.file,
    language: source.language,
    owner: "",
    value: normal(value),
    parameters: null,
    wraps: [],
    offset: index,
    isMember: false,
    isWide: true,
    from: 0,
    to: source.text.length,
  }));
}

function parameter(position: number): Parameter {
  return { name: `${position + 1}`, position, isKey: false, fallback: null };
}

/** Returns, for each variable of a function, the position of the argument that is assigned to it. */
function namesOfArguments(body: string): ReadonlyMap<string, number> {
  return new Map(Array.from(body.matchAll(GIVEN), ([, name = "", digit]) => [name, Number(digit) - 1]));
}

function positionOf(name: string, names: ReadonlyMap<string, number>): number | undefined {
  return /^[1-9]$/.test(name) ? Number(name) - 1 : names.get(name);
}

function usesOf(
  body: string,
  position: number,
  names: ReadonlyMap<string, number>,
  hasMethod: boolean,
): readonly HelperUse[] {
  const found: HelperUse[] = [];
  for (const { index, 0: whole, 1: name = "" } of body.matchAll(/\$\{?(\w+|[@*])\}?/g)) {
    const isAll = name === "@" || name === "*";
    if ((!isAll && positionOf(name, names) !== position) || found.length >= MOST_USES) continue;
    const from = body.lastIndexOf("\n", index) + 1;
    const feed = body.indexOf("\n", index);
    const line = body.slice(from, feed === -1 ? body.length : feed);
    const at = index - from;
    if (isAll) {
      const call = isShifted(body, index) ? null : commandOf(line, at);
      // `"$@"` passes every argument on, each at its own position.
      if (call?.around != null) {
        const around = { ...call.around, position: call.around.position + position };
        found.push({ before: "", suffix: "", call: around, evidence: call.evidence });
      }
      continue;
    }
    const before = /[^\s"'`=]*["']?$/.exec(line.slice(0, at))?.[0].replace(/["']/g, "") ?? "";
    const suffix = /^(?:\/[\w-]+)+/.exec(line.slice(at + whole.length))?.[0] ?? "";
    if (before !== "") {
      const evidence = hasMethod ? null : methodOfCommand(line, at);
      found.push({ before: normal(before), suffix, call: null, evidence });
      continue;
    }
    const call = commandOf(line, at);
    if (call !== null) found.push({ before, suffix, call: call.around, evidence: call.evidence });
  }
  return found;
}

/**
 * Returns whether a command before an offset removes the first arguments, so that the positions of the others change.
 */
function isShifted(body: string, offset: number): boolean {
  return /(?:^|[\s;])shift\b/.test(body.slice(0, offset));
}

/** Returns the command on a line that receives the argument at `at`, and the HTTP method among its other arguments. */
function commandOf(
  line: string,
  at: number,
): { readonly around: HelperUse["call"]; readonly evidence: MethodEvidence | null } | null {
  const before = line.slice(0, at);
  const start = Math.max(
    0,
    ...["$(", "|", ";", "&", "{"].map(
      (sign) => before.lastIndexOf(sign) + sign.length * Number(before.includes(sign)),
    ),
  );
  const words = before.slice(start).replace(/["']$/, "").trim().split(/\s+/);
  const [callee = "", ...given] = words;
  if (!/^[A-Za-z_][\w-]*$/.test(callee)) return null;
  const plain = given.filter(
    (word, place) => !word.startsWith("-") && !(given[place - 1] ?? "").startsWith("-"),
  );
  const method = plain.find((word) => isMethod(word));
  return {
    around: { callee, position: plain.length, key: null },
    evidence: method === undefined ? null : certain([method], `argument of \`${callee}\``),
  };
}

/** Returns the text with every variable as `${name}`. */
function normal(text: string): string {
  return text.replace(/\$\{?(\w+)(?::[^{}]*)?\}?/g, "$${$1}");
}
