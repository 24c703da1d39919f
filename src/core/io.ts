/** One of the process's output streams. */
export interface OutputStream {
  /**
   * Writes text for a person. On a terminal control characters are replaced, except our own colors; in a GitHub
   * workflow the text contains no workflow commands. Resolves once the stream can take more.
   */
  write(text: string): Promise<void>;
  /**
   * Writes data exactly as it is, for another program or a file. Only on a terminal control characters are replaced.
   */
  writeExact(data: string | Uint8Array): Promise<void>;
  readonly isTerminal: boolean;
  /** Width in characters; null when not a terminal. */
  readonly columns: number | null;
  /** Number of color bits: 0 none, 1 16 colors, 2 256 colors, 3 true color. */
  readonly colourLevel: 0 | 1 | 2 | 3;
  /** Whether the locale allows characters beyond ASCII, such as blocks. */
  readonly isUnicode: boolean;
  /** The underlying stream, for a library that animates; null when the output is not interactive. */
  readonly terminal: NodeJS.WriteStream | null;
}

/** An animated line. Written lines and questions hide it while they are shown. */
export interface MovingLine {
  hide(): void;
  show(): void;
}

/** Text of a progress line, or a function that returns it and is called on every redraw. */
export type ProgressText = string | (() => string);

/** Runs slow work and shows a message meanwhile. */
export type ShowWork = <Result>(text: ProgressText, work: () => Promise<Result>) => Promise<Result>;

/** The line about the work in progress, on a terminal or in a log. */
export interface Activity extends MovingLine {
  /** Starts a step within the work; its text replaces the text of the enclosing step until it ends. */
  begin(text: ProgressText): { say(text: ProgressText): void; end(): void };
  /** Adds a wait to the line until the wait is over. */
  wait(delayMs: number, reason: string): void;
}

/** The three standard streams as a port; only `main.ts` uses the real ones. */
export interface Io {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** The work in progress, to which every layer below can add a step or a wait; null when idle. */
  readonly activity: { current: Activity | null };
  readonly stdin: {
    readonly isTerminal: boolean;
    /** Reads all of standard input as text, at most `maxBytes`. */
    readText(maxBytes: number): Promise<string>;
    /** Yields lines as they are typed, until the end of the input or until aborted. */
    lines(signal: AbortSignal): AsyncIterable<string>;
  };
  /**
   * How to treat typed words that look like secrets, which the streams hide; absent when no word looks like
   * one.
   */
  readonly typedSecrets?: TypedSecrets;
}

/** Additional methods of streams that hide typed words. */
export interface TypedSecrets {
  /** Hides the words in text that is written elsewhere, such as a report. */
  hide(text: string): string;
  /** Stdout for records of the service, which stay as they are. */
  readonly records: OutputStream;
}
