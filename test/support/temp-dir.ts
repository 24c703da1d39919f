import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** Returns a path where nothing exists, for runs that must find no files of the program. */
export function absentDir(): string {
  return join(tmpdir(), `genscope-none-${randomUUID()}`);
}

/** Creates an empty directory for one test and removes it afterwards. */
export async function tempDir(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "genscope-"));
  // A browser that was stopped can still write for a moment.
  onTestFinished(async () => await rm(directory, { recursive: true, force: true, maxRetries: 10 }));
  return directory;
}
