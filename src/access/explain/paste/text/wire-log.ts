/** Matches what the `wire` and `headers` loggers of Apache HttpClient write before each line of a message. */
const WIRE = /^[^\n"]{0,300}\bhttp-(?:outgoing|incoming)-\d{1,9} (>>|<<) (?!\[)/;
const QUOTED_LINE = /^"(.*?)(?:\[\\r\])?(?:\[\\n\])?"$/;

/** Matches a line from the loggers of Jersey, RESTEasy and Karate, which number the messages: `1 < 403`. */
const NUMBERED = /^\s{0,8}\d{1,9} ([<>])(?: (.*))?$/;
const FIRST_OF_REQUEST = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD) \S{1,4000}$/;
const FIRST_OF_RESPONSE = /^[1-5]\d\d$/;

/** Rewrites the line-by-line messages in an HTTP client's log in the format of `curl -v`. */
export function withPlainMessages(text: string): string {
  return withPlainNumbers(withPlainWire(text));
}

function withPlainNumbers(text: string): string {
  if (!/^\s{0,8}\d{1,9} < [1-5]\d\d$/m.test(text)) return text;
  return text
    .split("\n")
    .map((line) => {
      const [, direction, content = ""] = NUMBERED.exec(line) ?? [];
      if (direction === undefined) return line;
      if (FIRST_OF_RESPONSE.test(content)) return `${direction} HTTP/1.1 ${content}`;
      return `${direction} ${content}${FIRST_OF_REQUEST.test(content) ? " HTTP/1.1" : ""}`;
    })
    .join("\n");
}

function withPlainWire(text: string): string {
  if (!/\bhttp-(?:outgoing|incoming)-\d/.test(text)) return text;
  return text
    .split("\n")
    .map((line) => {
      const [all, direction] = WIRE.exec(line) ?? [];
      if (all === undefined) return line;
      const rest = line.slice(all.length);
      const content = QUOTED_LINE.exec(rest)?.[1] ?? rest;
      // As in curl's output, the lines of a body have no mark in front.
      return /^[{<[]/.test(content) ? content : `${direction === ">>" ? ">" : "<"} ${content}`;
    })
    .join("\n");
}
