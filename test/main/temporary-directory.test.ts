import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { processTag } from "../../src/core/files/process-tag.ts";
import { makeTemporaryDirectory } from "../../src/main/temporary-directory.ts";
import { processesOf } from "../support/login-storage.ts";
import { tempDir } from "../support/temp-dir.ts";

const userId = process.getuid?.() ?? null;
const nameOf = (pid: number, host = "here") => `genscope-${processTag(processesOf(pid, [], host))}-aB3dE6`;

test("removes exactly the temporary directories of this user's killed runs", async () => {
  const parent = await tempDir();
  const kept = [nameOf(2), nameOf(3, "there"), "genscope-aB3dE6", `${nameOf(4)}x`];
  for (const name of [nameOf(4), ...kept]) {
    await mkdir(join(parent, name));
    await writeFile(join(parent, name, "records.ndjson"), "{}\n");
  }
  await symlink(join(parent, nameOf(2)), join(parent, nameOf(5)));
  const cleanUps: (() => Promise<void>)[] = [];
  const surroundings = { cleanUps, userId, processes: processesOf(1, [2], "here") };
  const first = await makeTemporaryDirectory(surroundings, parent);
  const second = await makeTemporaryDirectory(surroundings, parent);
  const own = [first, second].map((path) => path.slice(parent.length + 1));
  expect((await readdir(parent)).toSorted()).toEqual([...kept, nameOf(5), ...own].toSorted());
  expect(await readdir(join(parent, nameOf(2)))).toEqual(["records.ndjson"]);
  for (const cleanUp of cleanUps) await cleanUp();
  expect((await readdir(parent)).toSorted()).toEqual([...kept, nameOf(5)].toSorted());
});

test.skipIf(userId === null)("keeps a temporary directory of another account", async () => {
  const parent = await tempDir();
  await mkdir(join(parent, nameOf(4)));
  const surroundings = { cleanUps: [], userId: (userId ?? 0) + 1, processes: processesOf(1, [], "here") };
  await makeTemporaryDirectory(surroundings, parent);
  expect(await readdir(parent)).toContain(nameOf(4));
});
