/** One of the output streams of the process. */
export interface OutputStream {
  /**
   * Writes text for people. On a terminal, control characters are replaced, except those of genscope's own
   * colors. In a GitHub workflow, workflow commands in the text are neutralized. Resolves once the stream can
   * take more.
   */
  write(text: string): Promise<void>;
  /**
   * Writes data for another program or a file without changing it. Control characters are replaced only on a terminal.
   */
  writeExact(data: string | Uint8Array): Promise<void>;
  readonly isTerminal: boolean;
  /** Width in characters; null when the stream is not a terminal. */
  readonly columns: number | null;
  /** Color support: 0 = none, 1 = 16 colors, 2 = 256 colors, 3 = true color. */
  readonly colourLevel: 0 | 1 | 2 | 3;
  /** Whether the locale supports characters beyond ASCII, such as blocks. */
  readonly isUnicode: boolean;
  /** The underlying stream, for a library that draws animations; null when the output is not interactive. */
  readonly terminal: NodeJS.WriteStream | null;
}

/** An animated line. It is hidden while other lines or questions are written. */
export interface MovingLine {
  hide(): void;
  show(): void;
}

/** Text of a progress line, or a function that returns the text and is called on every redraw. */
export type ProgressText = string | (() => string);

/** Runs slow work and shows a message while it runs. */
export type ShowWork = <Result>(text: ProgressText, work: () => Promise<Result>) => Promise<Result>;

/** The progress line of the current work, on a terminal or in a log. */
export interface Activity extends MovingLine {
  /** Starts a step of the work. Its text replaces the enclosing step's text until the step ends. */
  begin(text: ProgressText): { say(text: ProgressText): void; end(): void };
  /** Shows a wait in the line until the wait is over. */
  wait(delayMs: number, reason: string): void;
}

/** Port for the three standard streams. Only `main.ts` uses the real ones. */
export interface Io {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** The work in progress, to which any code can add a step or a wait; null when none exists. */
  readonly activity: { current: Activity | null };
  readonly stdin: {
    readonly isTerminal: boolean;
    /** Reads all of standard input as text, up to `maxBytes`. */
    readText(maxBytes: number): Promise<string>;
    /** Yields lines as they are typed, until the input ends or the signal is aborted. */
    lines(signal: AbortSignal): AsyncIterable<string>;
  };
  /** Present only when a command-line word looks like a secret, which the streams then hide. */
  readonly typedSecrets?: TypedSecrets;
}

/** Functions for a run whose streams hide command-line words. */
export interface TypedSecrets {
  /** Hides those words in text that is written elsewhere, such as a report. */
  hide(text: string): string;
  /** Standard output for records from the platform, in which nothing is hidden. */
  readonly records: OutputStream;
}
