import { Socket } from "node:net";
import type { buildConnector } from "undici";

/** The connections that are being established. A destroyed dispatcher of undici waits ten seconds for each. */
export interface ConnectionAttempts {
  /** Returns a connector that opens the same connections, which `end` can end before they are established. */
  track(connect: buildConnector.connector): buildConnector.connector;
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
