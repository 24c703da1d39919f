/** Matches a row in a list of statuses: `| 403 | Forbidden | ...`, `404: Not Found`. */
const ROW =
  /^[ \t]{0,8}(?:[|*•-][ \t]{0,3})?(?:HTTP )?([1-5]\d\d)[ \t]{0,3}[|:–—-]?[ \t]{1,3}[A-Z][A-Za-z]{1,20}\b/;
/** Matches evidence of an actual call: a URL, an id or a time. */
const OF_CALL = /https?:|\/api\/|[0-9a-f]{8}-[0-9a-f]{4}|\d\d:\d\d/;
const FEWEST_ROWS = 4;
/** Matches a cell with a status, in a table whose cells were copied one per line. */
const CELL = /^[ \t]{0,8}([1-5]\d\d)[ \t]{0,8}$/gm;
/** Matches the head of a status table: `Status`, then `Error Type`, then `Description`. */
const HEAD =
  /^[ \t]{0,8}(?:HTTP )?(?:Status|Code)(?: Code)?[ \t]{0,8}\n\s{0,8}(?:Error Type|Title|Status|Meaning|Name|Message|Reason|Description)[ \t]{0,8}$/im;
const FEWEST_CELLS = 3;
/**
 * Matches a source line number and the line in which a tool repeats it: `on main.tf line 403`, then
 * `403: resource "x" {`.
 */
const SOURCE_LINE = /\bline (\d{3})\b([^\n]{0,2000}\n(?:[^\n]{0,2000}\n){0,6}?)[ \t]{0,8}\1:(?=\s)/g;

/** Matches the description of a response in an API definition: `"403":`, then `description: ...` (OpenAPI). */
const DEFINED =
  /^[ \t]{1,40}["']?[1-5]\d\d["']?:[ \t]{0,4}\{?\n[ \t]{1,60}["']?description["']?:[^\n]{0,2000}/gm;
const FEWEST_DEFINED = 2;

/** Removes the responses that an API definition describes, unless the text shows only one. */
function withoutDefinitions(text: string): string {
  if (!/^[ \t]{0,40}["']?responses["']?:/m.test(text)) return text;
  return Array.from(text.matchAll(DEFINED)).length < FEWEST_DEFINED ? text : text.replace(DEFINED, "");
}

/** Whether the text is a table that explains statuses, with one cell per line. */
export function isTableOfStatuses(text: string): boolean {
  return HEAD.test(text) && !OF_CALL.test(text) && Array.from(text.matchAll(CELL)).length >= FEWEST_CELLS;
}

/**
 * Removes numbers that only look like statuses: source line numbers, lists that explain four or more statuses in
 * ascending order, and API definitions.
 */
export function withoutLegends(text: string): string {
  const lines = withoutDefinitions(text).replace(SOURCE_LINE, "line $1$2").split("\n");
  const kept = [...lines];
  let rows: number[] = [];
  let last = 0;
  const close = (): void => {
    if (rows.length >= FEWEST_ROWS) for (const row of rows) kept[row] = "";
    rows = [];
    last = 0;
  };
  for (const [index, line] of lines.entries()) {
    const [, digits] = OF_CALL.test(line.slice(0, 500)) ? [] : (ROW.exec(line) ?? []);
    const status = Number(digits ?? 0);
    if (status > last) {
      rows.push(index);
      last = status;
    } else if (line.trim() !== "") {
      close();
    }
  }
  close();
  return kept.join("\n");
}
