type StreamName = "stdout" | "stderr";

/** The shared state of the two output streams while both write to one terminal. */
export interface SharedTerminal {
  /**
   * Records that a stream writes. Returns whether the other stream wrote last, so that an empty line can
   * separate them.
   */
  readonly startWriting: (stream: StreamName) => boolean;
}

/** Returns the state of a terminal that nothing has written to. */
export function shareTerminal(): SharedTerminal {
  let last: StreamName | null = null;
  return {
    startWriting: (stream) => {
      const isApart = last !== null && last !== stream;
      last = stream;
      return isApart;
    },
  };
}
