const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Calls `abort` at the first Ctrl-C or SIGTERM; the second one ends the process at once, for whoever does not want to
 * wait. The listener stays on after the first: what restores the terminal at an exit (signal-exit) takes a
 * signal that nobody but itself listens to for the end, and sends it again.
 * @returns stops listening
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
