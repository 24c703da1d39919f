import type { SourceText } from "../text/source-text.ts";
import type { PathSite } from "./path-site.ts";
import { API_ANCHOR, readPath } from "./path-text.ts";

const BASE = /(?:\$?\{\{?[^{}\n]*\}\}?|<[^<>\n]*>|[^\s"'`(=|,<>{}])*$/;
/** A quote within a word of a shell: `"$BASE"/users/"$ID"`. */
const INNER_QUOTE = /(?<=[\w/}])["']{1,3}(?=[/$\w{])/g;
const NAMED_ROOT =
  /^[ \t]*(?:export[ \t]+|set[ \t]+|readonly[ \t]+|local[ \t]+|@|\$|- )?([A-Za-z_][\w-]*)[ \t]*[=:][ \t]*["']?(\S*api\/v2[^\s"']*)["']?[ \t]*;?$/gm;

/** The paths of plain text between two offsets: shell, YAML, HTTP files, prose, comments. */
export function findWordSites(
  source: SourceText,
  from: number,
  to: number,
  isComment: boolean,
): readonly PathSite[] {
  const text = source.text.slice(from, to);
  const direct = Array.from(text.matchAll(API_ANCHOR), ({ index }) =>
    siteAt(source, from + index, "", isComment),
  );
  const named = isComment ? [] : sitesOfNames(source, text, from);
  return [...direct, ...named].filter((site) => site.path !== "/api/v2" && site.path !== "");
}

/** `$API/users`, `${API}/users`, `{{api}}/users` where the text gives the name the root of the API. */
function sitesOfNames(source: SourceText, text: string, from: number): readonly PathSite[] {
  return Array.from(text.matchAll(NAMED_ROOT)).flatMap(([, name = "", value = ""]) => {
    const use = new RegExp(`(?:\\$\\{?|\\{\\{\\s*)${name}(?:\\s*\\}\\}|\\})?["']?(?=/)`, "g");
    return Array.from(text.matchAll(use), (match) =>
      siteAt(source, from + match.index + match[0].length, value.replace(/\/$/, ""), false),
    );
  });
}

/** The site whose path begins at `offset`, with `root` to be put before it. */
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
  const length = Math.max(0, read.end - path.length) + (written.length - rest.length);
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
