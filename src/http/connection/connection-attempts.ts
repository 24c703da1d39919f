import { Socket } from "node:net";

/** Opens a connection and passes it, or the reason of the failure, to a callback. */
type Connector<Options, Result extends readonly unknown[]> = (
  options: Options,
  callback: (...result: Result) => void,
) => void;

/** The connections that are being established. undici's `destroy` would wait up to ten seconds for each of them. */
export interface ConnectionAttempts {
  /** Wraps a connector, so that `end` can end its connections before they are established. */
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
      // undici's connectors return the socket, although its types do not declare this.
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
