import { appendFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readBack } from "../../../src/export/files/read-back.ts";
import { SpoolReadBack } from "../../../src/export/part/spool-read-back.ts";
import { tempDir } from "../../support/temp-dir.ts";
import { buildWorkerProgram } from "../../support/worker-program.ts";

let worker: Awaited<ReturnType<typeof buildWorkerProgram>>;
beforeAll(async () => {
  worker = await buildWorkerProgram("src/export/files/read-back-worker.ts");
});
afterAll(async () => await worker.remove());

const MEBIBYTE = 1024 * 1024;
const LINES = Buffer.from(`${"a".repeat(999_999)}\n`.repeat(20));

async function stage(program = worker.url) {
  const directory = await tempDir();
  const [spoolPath, path] = [join(directory, "spool"), join(directory, "finished")];
  await writeFile(spoolPath, LINES);
  return { spoolPath, path, reading: new SpoolReadBack({ spoolPath, program }) };
}

test("reads a growing spool back in a thread", async () => {
  const { spoolPath, reading } = await stage();
  reading.advance(LINES.length);
  await appendFile(spoolPath, LINES);
  reading.advance(LINES.length * 2);
  await appendFile(spoolPath, "b\n");
  const found = await reading.finish();
  expect(found).toEqual(await readBack(spoolPath));
  expect(found).toMatchObject({ bytes: LINES.length * 2 + 2, lines: 41 });
});

test("uses the result of the thread without reading the finished spool again", async () => {
  const program = join(await tempDir(), "answers.mjs");
  await writeFile(
    program,
    `import { lstatSync } from "node:fs";
     import { parentPort, workerData } from "node:worker_threads";
     parentPort.on("message", (offset) => {
       if (offset !== null) return;
       const { ino, size, mtimeNs, ctimeNs } = lstatSync(workerData, { bigint: true });
       parentPort.postMessage({ bytes: 1, lines: 2, sha256: "3", seal: [ino, size, mtimeNs, ctimeNs].join("-") });
     });`,
  );
  const { reading } = await stage(pathToFileURL(program));
  reading.advance(LINES.length);
  expect(await reading.finish()).toMatchObject({ bytes: 1, lines: 2, sha256: "3" });
});

test("reads a spool back from its start again when the spool starts over", async () => {
  const { spoolPath, reading } = await stage();
  reading.advance(LINES.length);
  reading.restart();
  await rm(spoolPath);
  await writeFile(spoolPath, Buffer.alloc(17 * MEBIBYTE, "c\n"));
  reading.advance(17 * MEBIBYTE);
  expect(await reading.finish()).toMatchObject({ lines: (17 * MEBIBYTE) / 2 });
});

describe("reads a finished spool again", () => {
  test("when it is small", async () => {
    const { spoolPath, reading } = await stage(new URL("file:///none"));
    await writeFile(spoolPath, "a\nb\n");
    reading.advance(4);
    expect(await reading.finish()).toMatchObject({ bytes: 4, lines: 2 });
  });

  test("when another file has replaced it", async () => {
    const { spoolPath, path, reading } = await stage();
    reading.advance(LINES.length);
    await writeFile(path, "other\n");
    await rename(path, spoolPath);
    expect(await reading.finish()).toMatchObject({ bytes: 6, lines: 1 });
  });

  test("when the thread that reads it fails", async () => {
    const broken = join(await tempDir(), "broken.mjs");
    await writeFile(broken, 'throw new Error("broken thread");');
    const { reading } = await stage(pathToFileURL(broken));
    reading.advance(LINES.length);
    expect(await reading.finish()).toMatchObject({ lines: 20 });
    reading.advance(LINES.length);
    expect(await reading.finish()).toMatchObject({ lines: 20 });
  });
});

test("returns no read-back result when the spool is missing", async () => {
  const { spoolPath, reading } = await stage();
  reading.advance(LINES.length);
  await rm(spoolPath);
  expect(await reading.finish()).toBeNull();
});
