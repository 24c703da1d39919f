const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Calls `abort` at the first Ctrl-C or SIGTERM; the second one ends the process immediately. The listener stays after
 * the first, because signal-exit, which restores the terminal, resends a signal for which it finds no other listener.
 * @returns a function that stops listening
 */
export function onInterruption(
  self: Pick<NodeJS.Process, "on" | "off" | "kill" | "pid">,
  abort: () => void,
): () => void {
  let isInterrupted = false;
  const listen = (signal: NodeJS.Signals) => {
    if (isInterrupted) {
      stop();
      self.kill(self.pid, signal);
      return;
    }
    isInterrupted = true;
    abort();
  };
  const stop = () => {
    for (const signal of SIGNALS) self.off(signal, listen);
  };
  for (const signal of SIGNALS) self.on(signal, listen);
  return stop;
}
