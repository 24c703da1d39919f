import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A path where nothing exists and that no other test knows, for runs that shall find no files of the program. */
export function absentDir(): string {
  return join(tmpdir(), `genscope-none-${randomUUID()}`);
}

/** An empty directory for one test, gone when the test is over. */
export async function tempDir(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "genscope-"));
  onTestFinished(async () => await rm(directory, { recursive: true, force: true }));
  return directory;
}
