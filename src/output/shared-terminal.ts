type StreamName = "stdout" | "stderr";

/** What the two output streams know of each other while both write to one terminal. */
export interface SharedTerminal {
  /** Notes that a stream writes. Returns whether the other stream wrote last, so that an empty line keeps them apart. */
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
