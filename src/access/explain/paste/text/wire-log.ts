/** Matches a line of the `wire` and `headers` loggers of Apache HttpClient, up to the line of the message. */
const WIRE = /^[^\n"]{0,300}\bhttp-(?:outgoing|incoming)-\d{1,9} (>>|<<) (?!\[)/;
const QUOTED_LINE = /^"(.*?)(?:\[\\r\])?(?:\[\\n\])?"$/;

/** Rewrites the messages that an HTTP client logs line by line as `curl -v` prints them. */
export function withPlainMessages(text: string): string {
  if (!/\bhttp-(?:outgoing|incoming)-\d/.test(text)) return text;
  return text
    .split("\n")
    .map((line) => {
      const [all, direction] = WIRE.exec(line) ?? [];
      if (all === undefined) return line;
      const rest = line.slice(all.length);
      const content = QUOTED_LINE.exec(rest)?.[1] ?? rest;
      // A body has no mark in front, as in the output of curl.
      return /^[{<[]/.test(content) ? content : `${direction === ">>" ? ">" : "<"} ${content}`;
    })
    .join("\n");
}
