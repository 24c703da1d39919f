const METHODS = "GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT";
const REQUEST_LINE = new RegExp(`^(?:> )?(${METHODS}) (\\S{1,4000}) HTTP\\/[\\d.]{1,4}\\s*$`);
/** Matches a request line of an IDE's HTTP client. Unlike raw HTTP, it does not need an HTTP version. */
const BARE_REQUEST_LINE = new RegExp(`^(${METHODS}) (https?:\\/\\/\\S{1,4000}|\\/\\S{1,4000})\\s*$`);
/** Quickly rules out lines that cannot be a request line. */
const MAYBE_REQUEST = /^(?:> )?[CDGHOP][A-Z]{2,6} /;
const STATUS_LINE = /^(?:< )?HTTP\/[\d.]{1,4} (\d{3})\b/;
const TUNNEL = /^(?:< )?HTTP\/[\d.]{1,4} 200 Connection established/i;
/** Maximum number of lines between a bare request line and its status line. They contain headers and a body. */
const MOST_LINES = 200;

/** Parses a request line: method and target; null for any other line. */
export function readRequestLine(line: string): { readonly method: string; readonly target: string } | null {
  if (!MAYBE_REQUEST.test(line)) return null;
  const [, method, target] = REQUEST_LINE.exec(line) ?? BARE_REQUEST_LINE.exec(line) ?? [];
  return method === undefined || target === undefined ? null : { method, target };
}

/**
 * Parses the status of a status line; null for any other line. Treats the response of a proxy that opened a tunnel as
 * interim, because the server's response follows.
 */
export function readStatusLine(line: string): number | null {
  const [, status] = STATUS_LINE.exec(line) ?? [];
  if (status === undefined) return null;
  return TUNNEL.test(line) ? 100 : Number(status);
}

/** Whether a response with this status is followed by another one. */
export function isInterim(status: number | null): boolean {
  return status !== null && status < 200;
}

export function isRequestLine(line: string): boolean {
  return readRequestLine(line) !== null;
}

export function isStatusLine(line: string): boolean {
  return STATUS_LINE.test(line);
}

/**
 * Determines which lines begin an HTTP exchange. A request line without an HTTP version counts only if a status
 * line follows before the next request, because logs also put a method and URL on a line without starting an
 * exchange.
 */
export function startsExchange(lines: readonly string[]): (index: number) => boolean {
  const starts = new Set<number>();
  let statusAt = Number.POSITIVE_INFINITY;
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = lines[index] ?? "";
    if (isStatusLine(line)) {
      starts.add(index);
      statusAt = index;
    } else if (isRequestLine(line)) {
      if (REQUEST_LINE.test(line) || statusAt - index <= MOST_LINES) starts.add(index);
      statusAt = Number.POSITIVE_INFINITY;
    }
  }
  return (index) => starts.has(index);
}
