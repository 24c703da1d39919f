import { describe, expect, test } from "vitest";
import { createBodyCollector, withoutOptimizing } from "../../src/http/body-memory.ts";

const CHUNK_BYTES = 64 * 1024;
const MIB = 1024 * 1024;

test("of many chunks that nobody needs any more, few are in memory at a time", () => {
  const collect = createBodyCollector();
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  for (let bytes = 0; bytes < 512 * MIB; bytes += CHUNK_BYTES) {
    collect(Buffer.allocUnsafeSlow(CHUNK_BYTES).byteLength);
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }
  // Left alone, the engine lets 40 MiB pile up.
  expect(most / MIB).toBeLessThan(16);
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
