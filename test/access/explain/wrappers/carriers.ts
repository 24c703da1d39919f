/** A program between the failed call and the paste, which changes every line of the output. */
export interface Carrier {
  readonly name: string;
  readonly carry: (text: string) => string;
}

const everyLine = (text: string, change: (line: string) => string): string =>
  text.split("\n").map(change).join("\n");

function quotedPrintable(text: string): string {
  return text
    .replaceAll("=", "=3D")
    .split("\n")
    .flatMap((line) => line.match(/.{1,73}(?<!=|=3)(?=.|$)|.{1,75}/g) ?? [""])
    .join("=\n");
}

/** Breaks every line at a width, within words, as a terminal does. */
function brokenAt(text: string, width: number): string {
  return everyLine(text, (line) => line.match(new RegExp(`.{1,${width}}`, "g"))?.join("\n") ?? "");
}

/** Terminals, log collectors, mail programs, trackers and word processors. */
export const CARRIERS: readonly Carrier[] = [
  { name: "line breaks of Windows", carry: (text) => text.replaceAll("\n", "\r\n") },
  {
    name: "a quotation in an email",
    carry: (text) => `On Friday, Ada wrote:\n${everyLine(text, (line) => `> ${line}`)}`,
  },
  { name: "a quotation of a quotation", carry: (text) => `Hi,\n${everyLine(text, (line) => `> > ${line}`)}` },
  { name: "the source of an email", carry: quotedPrintable },
  { name: "a terminal of 76 columns", carry: (text) => brokenAt(text, 76) },
  { name: "a terminal of 100 columns", carry: (text) => brokenAt(text, 100) },
  { name: "doubled line breaks", carry: (text) => text.replaceAll("\n", "\n\n") },
  { name: "an indented block", carry: (text) => everyLine(text, (line) => `    ${line}`) },
  {
    name: "GitHub Actions",
    carry: (text) => everyLine(text, (line) => `2026-11-20T10:15:02.1234567Z ${line}`),
  },
  {
    name: "Azure Pipelines",
    carry: (text) => everyLine(text, (line) => `2026-11-20T10:15:02.1234567Z ##[error]${line}`),
  },
  {
    name: "a container runtime",
    carry: (text) => everyLine(text, (line) => `2026-11-20T10:15:02.1234567Z stderr F ${line}`),
  },
  {
    name: "a journal",
    carry: (text) => everyLine(text, (line) => `Nov 20 10:15:02 worker-3 sync[812]: ${line}`),
  },
  { name: "a prefix of stern", carry: (text) => everyLine(text, (line) => `sync-7d9f6c-x2v4q sync ${line}`) },
  {
    name: "a logger for every line",
    carry: (text) => everyLine(text, (line) => `2026-11-20 10:15:02,120 ERROR sync: ${line}`),
  },
  { name: "a JSON string", carry: (text) => JSON.stringify(text) },
  { name: "a field of a log", carry: (text) => JSON.stringify({ level: "error", msg: text }) },
  {
    name: "curled quotation marks",
    carry: (text) => {
      let count = 0;
      return text.replace(/"/g, () => (++count % 2 === 1 ? "“" : "”")).replaceAll("'", "’");
    },
  },
  { name: "spaces without a width", carry: (text) => text.replaceAll("\n", "\n\u200b") },
  {
    name: "a German question",
    carry: (text) => `Hallo, wir bekommen folgenden Fehler:\n\n${text}\n\nWas fehlt hier?`,
  },
];
