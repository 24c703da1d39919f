/** Column names in logs and proxies, in lower case and without separators. */
const COLUMNS: Readonly<Record<"method" | "url" | "status" | "host", readonly string[]>> = {
  method: ["method", "verb", "httpmethod", "requestmethod", "csmethod"],
  url: ["url", "uri", "requesturl", "requesturi", "urlfull", "path", "urlpath", "requestpath", "csuristem"],
  status: ["status", "statuscode", "httpstatus", "responsecode", "resultcode", "result", "scstatus"],
  host: ["host", "hostname", "domain", "authority", "cshost"],
};
const SEPARATORS = ["\t", ";", ","] as const;
const MOST_COLUMNS = 60;
const LONGEST_HEADER = 2_000;

/** The positions of the columns in a row; -1 without one. */
interface ColumnLayout {
  readonly separator: string;
  readonly method: number;
  readonly url: number;
  readonly status: number;
  readonly host: number;
}

/**
 * Rewrites the rows of a table that has its addresses in two columns, or the status before the address, as
 * `GET https://host/path -> 403`. Rows in other orders are already readable.
 */
export function withReadableRows(text: string): string {
  let layout: ColumnLayout | null = null;
  return text
    .split("\n")
    .map((line) => {
      const header = layoutOf(line);
      if (header !== null) {
        layout = header;
        return line;
      }
      if (line.trim() === "") layout = null;
      return layout === null ? line : (readableRow(line, layout) ?? line);
    })
    .join("\n");
}

function layoutOf(line: string): ColumnLayout | null {
  if (line.length > LONGEST_HEADER || /\d{3}/.test(line)) return null;
  for (const separator of SEPARATORS) {
    const names = line.split(separator).map((cell) => cell.toLowerCase().replace(/[^a-z]/g, ""));
    if (names.length < 3 || names.length > MOST_COLUMNS) continue;
    const indexOf = (kind: keyof typeof COLUMNS): number =>
      names.findIndex((name) => COLUMNS[kind].includes(name));
    const layout = {
      separator,
      method: indexOf("method"),
      url: indexOf("url"),
      status: indexOf("status"),
      host: indexOf("host"),
    };
    const isApart = layout.host !== -1 || layout.status < layout.url;
    if (layout.url !== -1 && layout.status !== -1 && isApart) return layout;
  }
  return null;
}

function readableRow(line: string, { separator, method, url, status, host }: ColumnLayout): string | null {
  const cells = line.split(separator).map((cell) => cell.trim().replace(/^"|"$/g, ""));
  const path = cells[url] ?? "";
  const code = cells[status] ?? "";
  if (!/^(?:https?:\/\/|\/)/.test(path) || !/^[1-5]\d\d$/.test(code)) return null;
  const address = path.startsWith("/") && host !== -1 ? `https://${cells[host]}${path}` : path;
  const others = cells.filter((_, index) => ![method, url, status, host].includes(index));
  return `${method === -1 ? "" : `${cells[method]} `}${address} -> ${code} ${others.join(" ")}`;
}
