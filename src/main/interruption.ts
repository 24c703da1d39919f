const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Time that an interrupted process has after its run to close connections and files, in milliseconds. */
const CLOSING_MS = 500;

/**
 * Calls `abort` at the first Ctrl-C or SIGTERM; the second one ends the process immediately. The listener stays after
 * the first, because signal-exit, which restores the terminal, resends a signal for which it finds no other listener.
 * @returns a function that stops listening. If a signal arrived before, and the process still runs half a second after
 * that call, the same signal ends the process.
 */
export function onInterruption(
  self: Pick<NodeJS.Process, "on" | "off" | "kill" | "pid">,
  abort: () => void,
  closingMs = CLOSING_MS,
): () => void {
  let received: NodeJS.Signals | null = null;
  const listen = (signal: NodeJS.Signals) => {
    if (received !== null) {
      stop();
      self.kill(self.pid, signal);
      return;
    }
    received = signal;
    abort();
  };
  const stop = () => {
    for (const signal of SIGNALS) self.off(signal, listen);
  };
  for (const signal of SIGNALS) self.on(signal, listen);
  return () => {
    stop();
    const signal = received;
    if (signal === null) return;
    // The system's lookup of a host name cannot be canceled, and even `process.exit` waits for it.
    setTimeout(() => self.kill(self.pid, signal), closingMs).unref();
  };
}
