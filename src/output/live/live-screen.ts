import { printableInColor } from "../guarded-writes.ts";

/** The size of a terminal in characters. */
export interface FrameSize {
  readonly columns: number;
  readonly rows: number;
}

/** Composes the lines to show on a terminal of this size. */
export type ComposeFrame = (size: FrameSize) => Promise<readonly string[]>;

/** A part of a terminal that is redrawn in place. */
export interface LiveScreen {
  /** Draws the result of `compose` over the last frame, and again when the size changes. */
  draw(compose: ComposeFrame): Promise<void>;
  /** Stops redrawing. The last frame stays on the terminal. */
  close(): void;
}

/** Number of lines for a terminal that does not report its height. */
const DEFAULT_ROWS = 24;
// Control sequences of ECMA-48 and DEC terminals.
const NO_WRAP = "\u001b[?7l";
const WRAP = "\u001b[?7h";
const ERASE_LINE_END = "\u001b[K";
const ERASE_BELOW = "\u001b[J";
const CLEAR = "\u001b[2J\u001b[H";

/**
 * Opens a screen at the cursor of a terminal. Each frame is one write that overwrites the last frame line by
 * line, so nothing flickers, and the terminal needs no restoring when the process is killed.
 */
export function openLiveScreen(stream: NodeJS.WriteStream): LiveScreen {
  let latest: ComposeFrame | null = null;
  let height = 0;
  let isResized = false;
  let isClosed = false;
  let drawing: Promise<void> = Promise.resolve();

  const drawOnce = async (compose: ComposeFrame): Promise<void> => {
    // A newer frame is already waiting.
    if (isClosed || compose !== latest) return;
    const size = { columns: stream.columns, rows: stream.rows > 0 ? stream.rows : DEFAULT_ROWS };
    const lines = await compose(size);
    if (isClosed) return;
    // After a resize, the terminal has already rewrapped the old lines itself.
    const start = isResized ? CLEAR : height === 0 ? "\r" : `\r\u001b[${height}A`;
    isResized = false;
    height = lines.length;
    const body = lines.map((line) => `${printableInColor(line)}${ERASE_LINE_END}\n`).join("");
    stream.write(`${NO_WRAP}${start}${body}${ERASE_BELOW}${WRAP}`);
  };
  const draw = async (compose: ComposeFrame): Promise<void> => {
    latest = compose;
    drawing = drawing.then(async () => await drawOnce(compose));
    await drawing;
  };
  const onResize = () => {
    isResized = true;
    // An error in `compose` is ignored here, because the next frame reports it.
    if (latest !== null) void draw(latest).catch(() => undefined);
  };
  stream.on("resize", onResize);
  return {
    draw,
    close: () => {
      isClosed = true;
      stream.off("resize", onResize);
    },
  };
}
