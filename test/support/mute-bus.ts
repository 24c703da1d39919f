import { createServer } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { tempDir } from "./temp-dir.ts";

/** A session bus that accepts connections and never answers. */
export interface MuteBus {
  readonly env: Readonly<Record<string, string>>;
  /** Returns the number of connections so far. */
  countConnections(): number;
  /** Returns the number of open connections. */
  countOpen(): number;
}

/** Starts a bus for one test. */
export async function startMuteBus(): Promise<MuteBus> {
  const path = join(await tempDir(), "bus");
  let connections = 0;
  const open = new Set<object>();
  const server = createServer((socket) => {
    connections += 1;
    open.add(socket);
    socket.on("error", () => {}).on("close", () => open.delete(socket));
    socket.resume();
    onTestFinished(() => {
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => {
    server.close();
  });
  return {
    env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` },
    countConnections: () => connections,
    countOpen: () => open.size,
  };
}
