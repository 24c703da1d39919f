import type { PathSite } from "../read/path-site.ts";
import { readPath } from "../read/path-text.ts";
import type { SourceText } from "../text/source-text.ts";

/** Matches a path as a list of its segments, which Postman collections contain: `"path": ["api", "v2", "users"]`. */
const SEGMENT_LIST = /"path"\s*:\s*\[(\s*"api"\s*,\s*"v2"(?:\s*,\s*"[^"\\\n]{1,200}"){1,24}\s*)\]/g;
const RAW = /"raw"\s*:/;

/** Finds the paths that a JSON document contains only as lists of segments. */
export function findSegmentLists(source: SourceText): readonly PathSite[] {
  if (source.language.lineComments.length > 0) return [];
  return Array.from(source.text.matchAll(SEGMENT_LIST)).flatMap((match) => {
    const { index, 0: text, 1: list = "" } = match;
    if (hasRawAddress(source, index)) return [];
    const segments = JSON.parse(`[${list}]`) as readonly string[];
    const whole = `/${segments.join("/")}`;
    const start = index + text.indexOf("[");
    const end = index + text.length;
    const { path } = readPath(whole, 0);
    return [
      {
        ...{ offset: start, pathEnd: end, start, end, path, whole },
        ...{ before: "{base}", after: "", base: "", isComment: false, isOpenEnded: false },
      },
    ];
  });
}

/** Whether the address that contains the list also contains its text, which is then read instead. */
function hasRawAddress(source: SourceText, index: number): boolean {
  const address = source.enclosureOf(index);
  return address !== null && RAW.test(source.text.slice(address.start, address.end));
}
