import { describe, expect, test } from "vitest";
import { createBodyCollector, withoutOptimizing } from "../../../src/http/transport/body-memory.ts";

const CHUNK_BYTES = 64 * 1024;
/** A gigabyte of them. */
const CHUNKS = 16_384;

/** How much there is on average, outside of the heap, while chunks come and nobody keeps them. */
function piledUpOnAverage(told: (bytes: number) => void): number {
  const before = process.memoryUsage().arrayBuffers;
  let sum = 0;
  for (let number = 0; number < CHUNKS; number += 1) {
    told(Buffer.allocUnsafeSlow(CHUNK_BYTES).byteLength);
    sum += process.memoryUsage().arrayBuffers - before;
  }
  return sum / CHUNKS;
}

test("of many chunks that nobody needs any more, far fewer are in memory than if the engine is left alone", () => {
  const collected = piledUpOnAverage(createBodyCollector());
  const leftAlone = piledUpOnAverage(() => undefined);
  // About a third. When the engine tidies up is its own affair, so nothing but a comparison holds on any machine.
  expect(collected).toBeLessThan(0.7 * leftAlone);
});

describe("what compiles without being optimized", () => {
  test("gives what it gives", async () => {
    await expect(withoutOptimizing(async () => 7)).resolves.toBe(7);
  });

  test("fails as it fails", async () => {
    const failure = new Error("no answer");
    await expect(withoutOptimizing(() => Promise.reject(failure))).rejects.toBe(failure);
  });
});
