import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { onInterruption } from "../../src/main/interruption.ts";

/**
 * Starts the handler on a process that records each signal that it sends, and the number of listeners at that moment.
 */
function start() {
  const emitter = new EventEmitter();
  const killed: string[] = [];
  const process = Object.assign(emitter, {
    pid: 42,
    kill: (pid: number, signal: string | number = "SIGTERM") => {
      killed.push(`${pid} ${signal}, ${emitter.listenerCount(String(signal))} listening`);
      return true as const;
    },
  });
  let aborted = 0;
  const stop = onInterruption(
    process as unknown as NodeJS.Process,
    () => {
      aborted += 1;
    },
    10,
  );
  return { emitter, killed, stop, aborted: () => aborted };
}

test("the first signal aborts the command, and the second ends the process", () => {
  const { emitter, killed, aborted } = start();
  emitter.emit("SIGINT", "SIGINT");
  expect({ aborted: aborted(), killed, listening: emitter.listenerCount("SIGINT") }).toEqual({
    aborted: 1,
    killed: [],
    listening: 1,
  });
  emitter.emit("SIGTERM", "SIGTERM");
  expect({ aborted: aborted(), killed }).toEqual({ aborted: 1, killed: ["42 SIGTERM, 0 listening"] });
});

test("the handling of signals removes its listeners when it is stopped", () => {
  const { emitter, stop } = start();
  stop();
  expect(["SIGINT", "SIGTERM"].map((signal) => emitter.listenerCount(signal))).toEqual([0, 0]);
});

test("an interrupted process that still runs after its listeners are removed is ended", async () => {
  const { emitter, killed, stop } = start();
  emitter.emit("SIGTERM", "SIGTERM");
  stop();
  await expect.poll(() => killed).toEqual(["42 SIGTERM, 0 listening"]);
});

test("a process that was not interrupted is not ended", async () => {
  const { killed, stop } = start();
  stop();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(killed).toEqual([]);
});
