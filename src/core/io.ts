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
  /** The stream itself, for a library that animates; null where no person watches. */
  readonly terminal: AnimatedTerminal | null;
}

/** An animated line during a wait. It makes way for other output and for questions. */
export interface MovingLine {
  hide(): void;
  show(): void;
}

export interface AnimatedTerminal {
  readonly stream: NodeJS.WriteStream;
  /** The current animation; written lines and questions hide it meanwhile. */
  movingLine: MovingLine | null;
}

/** The three standard streams as a port; only `main.ts` uses the real ones. */
export interface Io {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly stdin: {
    readonly isTerminal: boolean;
    /** Reads all of standard input as text, at most `maxBytes`. */
    readText(maxBytes: number): Promise<string>;
    /** Yields lines as they are typed, until the end of the input or until aborted. */
    lines(signal: AbortSignal): AsyncIterable<string>;
  };
}
