import { StringFields } from "../../page/record-fields.ts";
import { idOf, type VisitRow } from "./content-reader.ts";
import { readDecompressed } from "./decompressed.ts";

const LINE_FEED = 0x0a;
/** Maximum length of a line, more than the largest record that an export accepts. */
const LONGEST_LINE = 128 * 1024 * 1024;

/** Reads a file with one JSON object per line. @throws Error for a line that is not an object */
export async function read(path: string, columns: readonly string[], visit: VisitRow): Promise<void> {
  const fields = new StringFields(columns);
  let rest: Buffer = Buffer.alloc(0);
  const visitLine = (line: Buffer) => {
    if (line[0] !== 0x7b || line.at(-1) !== 0x7d) throw new Error("a line is not a JSON object");
    fields.find(line, 0, line.length);
    const textOf = (index: number) => line.toString("utf8", fields.from(index), fields.to(index));
    visit(idOf(columns.map((_, index) => (fields.has(index) ? textOf(index) : null))));
  };
  for await (const chunk of readDecompressed(path) as AsyncIterable<Buffer>) {
    let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED)) {
      visitLine(bytes.subarray(0, end));
      bytes = bytes.subarray(end + 1);
    }
    if (bytes.length > LONGEST_LINE) throw new Error("a line is too long");
    rest = Buffer.from(bytes);
  }
  if (rest.length > 0) throw new Error("the last line is cut short");
}
