/** Matches what the `wire` and `headers` loggers of Apache HttpClient write before each line of a message. */
const WIRE = /^[^\n"]{0,300}\bhttp-(?:outgoing|incoming)-\d{1,9} (>>|<<) (?!\[)/;
const QUOTED_LINE = /^"(.*?)(?:\[\\r\])?(?:\[\\n\])?"$/;

/** Matches a line from the loggers of Jersey, RESTEasy and Karate, which number the messages: `1 < 403`. */
const NUMBERED = /^\s{0,8}\d{1,9} ([<>])(?: (.*))?$/;
const FIRST_OF_REQUEST = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD) \S{1,4000}$/;
const FIRST_OF_RESPONSE = /^[1-5]\d\d$/;

/** Rewrites the line-by-line messages in an HTTP client's log in the format of `curl -v`. */
export function withPlainMessages(text: string): string {
  return withPlainCallLog(withPlainArrows(withPlainNumbers(withPlainWire(withWholeAddresses(text)))));
}

/** Matches the body and the call log of a failed request of Playwright. */
const CALL_LOG =
  /^Response text:\n((?:[^\n]*\n){1,100}?)Call log:\n((?:[ \t]{1,12}- [^\n]*(?:\n|$)){1,200})/gm;

/** Rewrites the call log of Playwright, which shows the body first, then the request and the headers. */
function withPlainCallLog(text: string): string {
  if (!text.includes("\nCall log:\n")) return text;
  return text.replace(CALL_LOG, (_all, body: string, log: string) => {
    const lines = log.split("\n").map((line) => line.replace(/^[ \t]{1,12}- /, ""));
    const at = lines.findIndex((line) => line.startsWith("← "));
    const sent = lines
      .slice(0, at)
      .map((line) => (line.startsWith("→ ") ? `> ${line.slice(2)} HTTP/1.1` : `> ${line}`));
    const received = lines
      .slice(at)
      .map((line) => (line.startsWith("← ") ? `HTTP/1.1 ${line.slice(2)}` : line));
    return `${[...sent, ...received.filter((line) => line !== "")].join("\n")}\n\n${body}`;
  });
}

/**
 * Matches an address as Python's urllib3 logs it: `https://api.mypurecloud.de:443 "GET /api/v2/users HTTP/1.1" 403`.
 */
const SPLIT_ADDRESS = /(https?:\/\/[\w.-]{1,253}):\d{1,5} "([A-Z]{3,7}) (\/\S{0,4000}) (HTTP\/[\d.]{1,4})"/g;

function withWholeAddresses(text: string): string {
  return text.includes(' HTTP/1.1" ') ? text.replace(SPLIT_ADDRESS, '"$2 $1$3 $4"') : text;
}

/** Matches the first line of a request in the log of OkHttp, with what Android writes before every line. */
const SENT =
  /^(.{0,120}?)--> (GET|POST|PUT|PATCH|DELETE|HEAD) (https?:\/\/\S{1,4000})(?: \S{2,10})?(?: \(\d{1,9}-byte body\))?$/;
const RECEIVED = /^.{0,120}?<-- ([1-5]\d\d)\b[^\n]{0,200}? https?:\/\/\S{1,4000} \(/;
const ENDED = /^.{0,120}?(?:--> END |<-- END HTTP)/;

/** Rewrites the log of OkHttp, which marks only the first and last line of a message, as Retrofit prints it too. */
function withPlainArrows(text: string): string {
  if (!text.includes("<-- END HTTP") || !text.includes("--> ")) return text;
  let before = "";
  return text
    .split("\n")
    .flatMap((line) => {
      const [, prefix = "", method, url] = SENT.exec(line) ?? [];
      if (method !== undefined) {
        before = prefix;
        return [`> ${method} ${url} HTTP/1.1`];
      }
      const [, status] = RECEIVED.exec(line) ?? [];
      if (status !== undefined) return [`< HTTP/1.1 ${status}`];
      if (ENDED.test(line)) return [];
      return [before !== "" && line.startsWith(before) ? line.slice(before.length) : line];
    })
    .join("\n");
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
