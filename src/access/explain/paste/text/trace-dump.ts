const TIME = "(?:\\d\\d:\\d\\d:\\d\\d\\.\\d{1,9} )?";
/**
 * Matches the title that curl writes before each block of a dump, optionally after the time that `--trace-time` adds.
 */
const TITLE = new RegExp(`^${TIME}(?:=>|<=) (?:Send|Recv) (?:SSL )?(?:header|data)\\b`);
const FIRST_TITLE = new RegExp(TITLE.source, "m");
const INFO = new RegExp(`^${TIME}== Info: `);
/** Matches a line of a block: the offset of its first byte, and the bytes. */
const DUMPED = /^([0-9a-f]{4,8}): ?(.*)$/;
/** Matches the bytes in a line of `--trace` output, which shows up to 16 of them before their text. */
const BYTES = /^((?:[0-9a-f]{2} ){1,16})(?= {0,48}[^\n]{0,17}$)/;
/** Matches the dot that the dump writes for a line break between the parts of a JSON body. */
const BROKEN_JSON = /(?<=[{[,])\.(?=\s*["{[\]}])|(?<=["\d\]}esl])\.(?=\s*[}\]])/g;

/** One line of a block, with the position of its bytes in the message. */
interface DumpedLine {
  readonly offset: number;
  readonly text: string;
}

/**
 * Restores the messages in the output of `curl --trace-ascii` and `curl --trace`, which print each message in lines
 * of fixed width after an offset. Returns any other text unchanged.
 */
export function withWholeMessages(text: string): string {
  if (!FIRST_TITLE.test(text)) return text;
  const lines: string[] = [];
  let block: DumpedLine[] = [];
  let hasBytes = false;
  const close = (): void => {
    if (block.length > 0) lines.push(hasBytes ? messageOfBytes(block) : messageOf(block));
    block = [];
  };
  for (const line of text.split("\n")) {
    const [, offset, rest = ""] = DUMPED.exec(line) ?? [];
    if (offset !== undefined) {
      hasBytes = BYTES.test(rest) && (block.length === 0 || hasBytes);
      block.push({ offset: Number.parseInt(offset, 16), text: rest });
      continue;
    }
    close();
    if (!TITLE.test(line)) lines.push(line.replace(INFO, "* "));
  }
  close();
  return lines.join("\n");
}

/** Joins the lines of a message. The dump leaves out CR LF, which shows as a gap of two bytes between offsets. */
function messageOf(block: readonly DumpedLine[]): string {
  const pieces = block.map(({ offset, text }, index) => {
    const next = block[index + 1];
    if (next === undefined) return text;
    const gap = next.offset - offset - text.length;
    // A pasted line may have lost a trailing space.
    return `${text}${gap === 0 ? "" : gap === 1 ? " " : "\n"}`;
  });
  return pieces.join("").replace(BROKEN_JSON, "\n");
}

function messageOfBytes(block: readonly DumpedLine[]): string {
  const bytes = block.flatMap(({ text }) => (BYTES.exec(text)?.[1] ?? "").trim().split(" "));
  return Buffer.from(bytes.join(""), "hex").toString("utf8").replaceAll("\r\n", "\n").replace(/\n$/, "");
}
