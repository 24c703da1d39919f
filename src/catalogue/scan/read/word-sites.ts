import type { SourceText } from "../text/source-text.ts";
import type { PathSite } from "./path-site.ts";
import { API_ANCHOR, readPath } from "./path-text.ts";

const BASE = /(?:\$?\{\{?[^{}\n]*\}\}?|<[^<>\n]*>|[^\s"'`(=|,<>{}])*$/;
/** Matches a quote within a word of a shell: `"$BASE"/users/"$ID"`. */
const INNER_QUOTE = /(?<=[\w/}])["']{1,3}(?=[/$\w{])/g;
const NAMED_ROOT =
  /^[ \t]*(?:export[ \t]+|set[ \t]+|readonly[ \t]+|local[ \t]+|@|\$|- )?([A-Za-z_][\w-]*)[ \t]*[=:][ \t]*["']?(\S{0,300}api\/v2[^\s"']{0,300})["']?[ \t]*;?$/gm;
/** Matches a name in any notation, followed by a path. */
const NAME_IN_USE = /(?:\$\{?|\{\{\s*)([A-Za-z_][\w-]*)(?:\s*\}\}|\})?["']?(?=\/)/g;

/** Finds the paths of plain text between two offsets: shell, YAML, HTTP files, prose, comments. */
export function findWordSites(
  source: SourceText,
  from: number,
  to: number,
  isComment: boolean,
): readonly PathSite[] {
  const text = source.text.slice(from, to);
  let wordEnd = 0;
  const direct = Array.from(text.matchAll(API_ANCHOR)).flatMap(({ index }): PathSite[] => {
    // A root within a path belongs to that path.
    if (from + index < wordEnd) return [];
    const site = siteAt(source, from + index, "", isComment);
    wordEnd = site.pathEnd;
    return [site];
  });
  const named = isComment ? [] : sitesOfNames(source, text, from);
  return [...direct, ...named].filter((site) => site.path !== "/api/v2" && site.path !== "");
}

/**
 * Finds `$API/users`, `${API}/users`, `{{api}}/users` where the text assigns the root of the API to the name.
 */
function sitesOfNames(source: SourceText, text: string, from: number): readonly PathSite[] {
  const definitions = Array.from(text.matchAll(NAMED_ROOT));
  // Before its definition, a name stands for its first root, because files define names below their uses.
  const roots = new Map(definitions.toReversed().map((definition) => namedRoot(definition)));
  let next = 0;
  return Array.from(text.matchAll(NAME_IN_USE)).flatMap((use) => {
    for (let given = definitions[next]; given !== undefined && given.index < use.index; ) {
      roots.set(...namedRoot(given));
      next += 1;
      given = definitions[next];
    }
    const root = roots.get(use[1] ?? "");
    return root === undefined ? [] : [siteAt(source, from + use.index + use[0].length, root, false)];
  });
}

function namedRoot([, name = "", value = ""]: RegExpMatchArray): [name: string, root: string] {
  return [name, value.replace(/\/$/, "")];
}

/** Returns the site whose path begins at `offset`, with `root` placed before it. */
function siteAt(source: SourceText, offset: number, root: string, isComment: boolean): PathSite {
  const { text } = source;
  const around = source.lineAround(offset);
  const line = text.slice(around.start, offset);
  const written = text.slice(offset, around.end);
  const rest = written.replace(INNER_QUOTE, "");
  const before = `${line}${root.slice(0, Math.max(0, root.search(/\/?api\/v2/)))}`;
  const path = root === "" ? "" : root.slice(Math.max(0, root.search(/\/?api\/v2/)));
  const read = readPath(`${path}${rest}`, 0);
  const base = BASE.exec(before)?.[0] ?? "";
  let length = Math.max(0, read.end - path.length);
  for (const { index, 0: quotes } of written.matchAll(INNER_QUOTE)) {
    if (index < length) length += quotes.length;
  }
  return {
    offset,
    pathEnd: offset + length,
    start: offset - base.length,
    end: offset + length,
    path: read.path,
    before,
    after: `${path}${rest}`.slice(read.end, read.end + 3),
    whole: `${before}${path}${rest}`,
    base,
    isComment,
    isOpenEnded: read.hasTail || read.endsInSlash,
  };
}
