/** Names of the columns of logs and proxies, in lower case and without separators. The most specific come first. */
const COLUMNS: Readonly<Record<"method" | "url" | "status" | "host", readonly string[]>> = {
  method: ["method", "verb", "httpmethod", "requestmethod", "csmethod"],
  url: ["url", "uri", "requesturl", "requesturi", "urlfull", "path", "urlpath", "requestpath", "csuristem"],
  status: ["statuscode", "httpstatus", "responsecode", "resultcode", "scstatus", "status", "result"],
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
 * Rewrites the rows of a table whose method, address and status are apart as `GET https://host/path -> 403`. Rows in
 * which they follow one another are readable as they are.
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
      names.indexOf(COLUMNS[kind].find((name) => names.includes(name)) ?? "-");
    const layout = {
      separator,
      method: indexOf("method"),
      url: indexOf("url"),
      status: indexOf("status"),
      host: indexOf("host"),
    };
    if (layout.url !== -1 && layout.status !== -1 && !isReadable(layout)) return layout;
  }
  return null;
}

/** Whether the rows of a table read like a log line: the method, the whole address, the status. */
function isReadable({ method, url, status, host }: ColumnLayout): boolean {
  const isBeside = status === url + 1 || (status === url + 2 && method === url + 1);
  return host === -1 && isBeside && (method === -1 || method === url - 1 || method === url + 1);
}

/** Splits a row into its cells. A quoted cell can contain the separator. */
function cellsOf(line: string, separator: string): readonly string[] {
  const cells: string[] = [];
  let open: string | null = null;
  for (const piece of line.split(separator)) {
    const cell: string = open === null ? piece.trim() : `${open}${separator}${piece}`;
    const isOpen = cell.startsWith('"') && (cell.length === 1 || !cell.endsWith('"')) && cell.length < 4_000;
    open = isOpen ? cell : null;
    if (!isOpen) cells.push(cell.replace(/^"|"$/g, ""));
  }
  return open === null ? cells : [...cells, open];
}

function readableRow(line: string, { separator, method, url, status, host }: ColumnLayout): string | null {
  const cells = cellsOf(line, separator);
  const path = cells[url] ?? "";
  const code = cells[status] ?? "";
  if (!/^(?:https?:\/\/|\/)/.test(path) || !/^[1-5]\d\d$/.test(code)) return null;
  const address = path.startsWith("/") && host !== -1 ? `https://${cells[host]}${path}` : path;
  const others = cells.filter((_, index) => ![method, url, status, host].includes(index));
  return `${method === -1 ? "" : `${cells[method]} `}${address} -> ${code} ${others.join(" ")}`;
}
