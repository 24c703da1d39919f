/**
 * Column names in the logs of programs and proxies, in lower case and without separators. The most specific come first.
 */
const COLUMNS: Readonly<
  Record<"method" | "url" | "status" | "host" | "id" | "code" | "message", readonly string[]>
> = {
  method: ["method", "verb", "httpmethod", "requestmethod", "csmethod", "methode", "metodo"],
  url: ["url", "uri", "requesturl", "requesturi", "urlfull", "path", "urlpath", "requestpath", "csuristem"],
  status: ["statuscode", "httpstatus", "responsecode", "resultcode", "scstatus", "status", "result"],
  host: ["host", "hostname", "domain", "authority", "cshost"],
  id: ["inincorrelationid", "genesyscorrelationid", "correlationid", "contextid"],
  code: ["errorcode", "code"],
  message: ["errormessage", "message"],
};
const SEPARATORS = ["\t", ";", ","] as const;
const MOST_COLUMNS = 60;
/** Length of the shortest header: `url`, `status`, another column without a name and two separators. */
const SHORTEST_HEADER = 11;
const LONGEST_HEADER = 2_000;
const LONGEST_CELL = 8_000;
const PLATFORM_CODE = /^[a-z][\w-]{0,40}(?:\.[\w-]{1,40}){1,8}$/;

/** The positions of the columns in a row; -1 for a missing column. */
interface ColumnLayout {
  readonly separator: string;
  readonly method: number;
  readonly url: number;
  readonly status: number;
  readonly host: number;
  readonly id: number;
  readonly code: number;
  readonly message: number;
}

/**
 * Rewrites the rows of a table, as `GET https://host/path -> 403`, when other columns come between the method, address
 * and status. Rows where these three are adjacent are already readable.
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
  if (line.length < SHORTEST_HEADER || line.length > LONGEST_HEADER || /\d{3}/.test(line)) return null;
  for (const separator of SEPARATORS) {
    const cells = line.split(separator);
    if (cells.length < 3 || cells.length > MOST_COLUMNS) continue;
    const names = cells.map((cell) => cell.toLowerCase().replace(/[^a-z]/g, ""));
    const indexOf = (kind: keyof typeof COLUMNS): number =>
      names.indexOf(COLUMNS[kind].find((name) => names.includes(name)) ?? "-");
    const layout = {
      separator,
      method: indexOf("method"),
      url: indexOf("url"),
      status: indexOf("status"),
      host: indexOf("host"),
      id: indexOf("id"),
      code: indexOf("code"),
      message: indexOf("message"),
    };
    if (layout.url !== -1 && layout.status !== -1 && !isReadable(layout)) return layout;
  }
  return null;
}

/** Whether the rows of a table read like a log line: the method, the whole address, the status. */
function isReadable({ method, url, status, host, id }: ColumnLayout): boolean {
  const isBeside = status === url + 1 || (status === url + 2 && method === url + 1);
  return host === -1 && id === -1 && isBeside && (method === -1 || method === url - 1 || method === url + 1);
}

/** Splits a row into its cells. A quoted cell and a cell of JSON can contain the separator. */
function cellsOf(line: string, separator: string): readonly string[] {
  const cells: string[] = [];
  let open: string | null = null;
  for (const piece of line.split(separator)) {
    const cell: string = open === null ? piece.trim() : `${open}${separator}${piece}`;
    const isOpen = cell.length < LONGEST_CELL && (isOpenQuote(cell) || isOpenObject(cell));
    open = isOpen ? cell : null;
    if (!isOpen) cells.push(cell.replace(/^"|"$/g, ""));
  }
  return open === null ? cells : [...cells, open];
}

function isOpenQuote(cell: string): boolean {
  return cell.startsWith('"') && (cell.length === 1 || !cell.endsWith('"'));
}

function isOpenObject(cell: string): boolean {
  return cell.includes("{") && cell.split("{").length > cell.split("}").length;
}

function readableRow(line: string, layout: ColumnLayout): string | null {
  const { separator, method, url, status, host, id } = layout;
  const cells = cellsOf(line, separator);
  const path = cells[url] ?? "";
  const code = cells[status] ?? "";
  if (!/^(?:https?:\/\/|\/)/.test(path) || !/^[1-5]\d\d$/.test(code)) return null;
  const address = path.startsWith("/") && host !== -1 ? `https://${cells[host]}${path}` : path;
  const body = id === -1 || Number(code) < 400 ? null : bodyOf(cells, layout);
  const used = [method, url, status, host, ...(body === null ? [] : [id, layout.code, layout.message])];
  const others = cells.filter((_, index) => !used.includes(index));
  return `${method === -1 ? "" : `${cells[method]} `}${address} -> ${code} ${others.join(" ")}${body === null ? "" : ` ${body}`}`;
}

/** Returns the cells of a refusal as an error body, so that each cell keeps the meaning of its column. */
function bodyOf(cells: readonly string[], { status, id, code, message }: ColumnLayout): string | null {
  const contextId = cells[id]?.trim() ?? "";
  if (!/^[\w-]{8,64}$/.test(contextId)) return null;
  return JSON.stringify({
    status: Number(cells[status]),
    ...(PLATFORM_CODE.test(cells[code] ?? "") ? { code: cells[code] } : {}),
    ...((cells[message] ?? "") === "" ? {} : { message: cells[message] }),
    contextId,
  });
}
