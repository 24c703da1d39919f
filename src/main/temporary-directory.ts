import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Surroundings } from "./surroundings.ts";

/** Creates a directory that only this user may enter, removed at the end of the run. */
export async function makeTemporaryDirectory({ cleanUps }: Surroundings): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "genscope-"));
  cleanUps.push(async () => await rm(path, { recursive: true, force: true }));
  return path;
}
