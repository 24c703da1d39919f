import { expect, test } from "vitest";
import { InterruptedError } from "../../src/core/errors.ts";
import { workInterruptibly } from "../../src/main/interruptible-work.ts";

test.skipIf(process.platform === "win32")(
  "Ctrl-C while a command prepares its work keeps the work from starting",
  async () => {
    const interruption = new AbortController();
    const abort = () => interruption.abort();
    process.on("SIGINT", abort);
    let hasStarted = false;
    // The preparation begins with getting this module, so the signal arrives at that moment.
    const self = {
      getBuiltinModule: ((name: "node:vm") => {
        process.kill(process.pid, "SIGINT");
        return process.getBuiltinModule(name);
      }) as typeof process.getBuiltinModule,
      listeners: process.listeners.bind(process),
      off: process.off.bind(process),
      on: process.on.bind(process),
    };
    try {
      const work = workInterruptibly(self, interruption.signal, () => {
        hasStarted = true;
      });
      await expect(work).rejects.toThrow(InterruptedError);
      expect(hasStarted).toBe(false);
    } finally {
      process.off("SIGINT", abort);
    }
  },
);
