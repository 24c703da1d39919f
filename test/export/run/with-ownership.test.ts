import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { systemClock } from "../../../src/core/clock.ts";
import { UsageError } from "../../../src/core/errors.ts";
import { systemRandom } from "../../../src/core/random.ts";
import type { Destination } from "../../../src/export/destination/destination.ts";
import { withOwnership } from "../../../src/export/run/with-ownership.ts";
import { processesOf } from "../../support/login-storage.ts";
import { tempDir } from "../../support/temp-dir.ts";

const ROUNDS = 40;
const RUNS = 4;

test(`${RUNS} runs that end before their first part never fail because another run removed the empty directory`, async () => {
  const directory = await tempDir();
  const codes = new Set<unknown>();
  const destination: Destination = { kind: "file", path: join(directory, "all.ndjson") };
  const run = async (number: number) => {
    const pids = Array.from({ length: RUNS }, (_, index) => index + 1);
    const options = {
      ...{ clock: systemClock, random: systemRandom, processes: processesOf(number, pids) },
      ...{ destination, shard: null, format: "ndjson", compression: "none", mode: "fresh" },
      signal: new AbortController().signal,
      listener: { watching: () => {} },
    } as unknown as Parameters<typeof withOwnership>[0];
    const refuse = async () => {
      throw new UsageError("usage.destination", "ends before it begins a part");
    };
    await withOwnership(options, refuse).catch((error: unknown) => {
      codes.add(error instanceof UsageError ? error.code : error);
    });
  };
  const repeat = async (number: number) => {
    for (let round = 0; round < ROUNDS; round += 1) await run(number);
  };
  await Promise.all(Array.from({ length: RUNS }, async (_, index) => await repeat(index + 1)));
  expect([...codes].toSorted()).toEqual(["usage.busy", "usage.destination"]);
  expect(await readdir(directory)).toEqual([]);
});
