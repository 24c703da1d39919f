/** Keys and indexes from the root of a JSON document to one of its values. */
export type JsonPath = readonly (string | number)[];

/**
 * Receives a string or the beginning of an object in a JSON document. The path is valid only during the call,
 * because the walk reuses it.
 */
export type VisitJson = (path: JsonPath, value: string | null, offset: number) => void;

/** Maximum nesting of a document. Real documents are far shallower, so deeper ones are not read. */
const DEEPEST = 500;

/**
 * Walks through a JSON document in order, in one pass and without building values. Skips anything between the
 * brackets that is not JSON.
 * @param visit receives each string with its value, and each object with null
 * @returns whether every bracket and string was closed
 */
export function walkJson(text: string, visit: VisitJson): boolean {
  const path: (string | number)[] = [];
  let expectsKey = false;
  for (let at = 0; at < text.length; at += 1) {
    switch (text[at]) {
      case "{":
        visit(path, null, at);
        if (path.push("") > DEEPEST) return false;
        expectsKey = true;
        break;
      case "[":
        if (path.push(0) > DEEPEST) return false;
        expectsKey = false;
        break;
      case "}":
      case "]":
        path.pop();
        expectsKey = false;
        break;
      case ",": {
        const last = path.at(-1);
        expectsKey = typeof last === "string";
        if (typeof last === "number") path[path.length - 1] = last + 1;
        break;
      }
      case '"': {
        const end = endOfJsonString(text, at);
        if (end === null) return false;
        if (expectsKey) path[path.length - 1] = readJsonString(text, at, end);
        else visit(path, readJsonString(text, at, end), at);
        expectsKey = false;
        at = end - 1;
        break;
      }
    }
  }
  return path.length === 0;
}

/** Returns the end (exclusive) of the string that opens at `start`; null when it is not closed. */
function endOfJsonString(text: string, start: number): number | null {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '"') return at + 1;
    if (text[at] === "\\") at += 1;
  }
  return null;
}

/** Maximum length of a string that is decoded; names are far shorter. */
const LONGEST = 2000;

function readJsonString(text: string, start: number, end: number): string {
  const written = text.slice(start + 1, Math.min(end - 1, start + 1 + LONGEST));
  return written.includes("\\") ? written.replace(/\\(["\\/])/g, "$1") : written;
}
