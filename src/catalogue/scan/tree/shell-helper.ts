import { methodOfCommand } from "../method/command-method.ts";
import type { SourceText } from "../text/source-text.ts";
import type { Helper } from "./helper.ts";

/** Matches the head of a shell function. */
const FUNCTION =
  /^[ \t]*(?:function[ \t]+)?([A-Za-z_][\w-]*)[ \t]*\(\)[ \t\n]*\{|^[ \t]*function[ \t]+([A-Za-z_][\w-]*)[ \t\n]*\{/gm;
const LONGEST_BODY = 2000;
/** Matches the root of the API or the beginning of a path, followed by a value. */
const APPENDED = /\/?(api\/v2(?:\/[\w.-]+)*)\/?["']?(\$\{?(\w+)\}?)/;
const METHOD = /(?:-X\s*|--request[=\s]+)["']?\$\{?(\w+)/;

/** Finds the functions of a shell script that request a path that they receive as an argument. */
export function findShellHelpers(source: SourceText): readonly Helper[] {
  if (source.language.mode !== "lines") return [];
  const { text } = source;
  return Array.from(text.matchAll(FUNCTION)).flatMap((head): readonly Helper[] => {
    const start = head.index + head[0].length;
    const near = text.slice(start, start + LONGEST_BODY);
    const end = /^\}|\}[ \t]*$/m.exec(near)?.index ?? near.length;
    const body = near.slice(0, end);
    const appended = APPENDED.exec(body);
    const position = appended === null ? null : positionOf(body, appended[3] ?? "");
    if (appended === null || position === null) return [];
    const given = METHOD.exec(body)?.[1];
    const method = given === undefined ? null : positionOf(body, given);
    const line = body.slice(body.lastIndexOf("\n", appended.index) + 1, lineEnd(body, appended.index));
    return [
      {
        name: head[1] ?? head[2] ?? "",
        file: source.file,
        path: { name: appended[3] ?? "", position, isKey: false, fallback: null },
        method:
          method === null ? null : { name: given ?? "", position: method, isKey: false, fallback: null },
        target: { kind: "root", prefix: `/${appended[1]}` },
        suffix: "",
        evidence: method === null ? methodOfCommand(line, line.indexOf(appended[2] ?? "")) : null,
      },
    ];
  });
}

/** Returns the position of an argument: `$2`, or a name that receives it, `local path="$2"`. */
function positionOf(body: string, name: string): number | null {
  const own = /^[1-9]$/.exec(name)?.[0];
  const given = own ?? new RegExp(`(?:^|[\\s;])${name}=["']?\\$\\{?([1-9])`).exec(body)?.[1];
  return given === undefined ? null : Number(given) - 1;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end === -1 ? text.length : end;
}
