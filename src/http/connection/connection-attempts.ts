import { Socket } from "node:net";

/** Opens a connection and passes it, or the reason of the failure, to a callback. */
type Connector<Options, Result extends readonly unknown[]> = (
  options: Options,
  callback: (...result: Result) => void,
) => void;

/** The connections that are being established. A destroyed dispatcher of undici waits ten seconds for each. */
export interface ConnectionAttempts {
  /** Returns a connector that opens the same connections, which `end` can end before they are established. */
  track<Options, Result extends readonly unknown[]>(
    connect: Connector<Options, Result>,
  ): Connector<Options, Result>;
  end(): void;
}

/** Creates an empty set of connection attempts. */
export function createConnectionAttempts(): ConnectionAttempts {
  const pending = new Set<Socket>();
  return {
    track: (connect) => (options, callback) => {
      // The type of undici omits the socket, which its connectors return.
      const socket: unknown = connect(options, (...result) => {
        if (socket instanceof Socket) pending.delete(socket);
        callback(...result);
      });
      if (socket instanceof Socket) pending.add(socket);
    },
    end: () => {
      for (const socket of pending) socket.destroy();
      pending.clear();
    },
  };
}
