import { InterruptedError } from "../core/errors.ts";

type Listener = NodeJS.SignalsListener;

/**
 * Runs long synchronous work. Ctrl-C interrupts it immediately, and SIGTERM has its default effect, because a
 * listener would run only after the work. Use it only for work that can stop at any point.
 * @throws InterruptedError `interrupted` after Ctrl-C
 */
export async function workInterruptibly<Result>(
  self: Pick<NodeJS.Process, "getBuiltinModule" | "listeners" | "off" | "on">,
  signal: AbortSignal,
  work: () => Result,
): Promise<Result> {
  // Creating a context takes milliseconds, and a signal that arrived during that time would wait until the
  // work ends.
  const { createContext, Script } = self.getBuiltinModule("node:vm");
  const script = new Script("work()");
  const context = createContext({ work });
  // Gives a signal that has just arrived time to be handled before the work begins. The event loop looks for signals
  // between two immediates, but not always before the first.
  for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  if (signal.aborted) throw new InterruptedError("interrupted", "interrupted");
  const listeners = self.listeners("SIGTERM") as Listener[];
  for (const listener of listeners) self.off("SIGTERM", listener);
  try {
    return script.runInContext(context, { breakOnSigint: true }) as Result;
  } catch (cause) {
    if (!isInterruption(cause)) throw cause;
    // The signal interrupted the work instead of reaching a listener, and the rest of the program must end as
    // well.
    for (const listener of self.listeners("SIGINT") as Listener[]) listener("SIGINT");
    throw new InterruptedError("interrupted", "interrupted", { cause });
  } finally {
    for (const listener of listeners) self.on("SIGTERM", listener);
  }
}

/**
 * Returns whether an error is an interruption. It may come from another realm, so `instanceof Error` would be false.
 */
function isInterruption(thrown: unknown): boolean {
  return (
    typeof thrown === "object" &&
    thrown !== null &&
    "code" in thrown &&
    thrown.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED"
  );
}
