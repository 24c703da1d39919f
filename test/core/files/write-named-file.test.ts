import { execFile, spawn } from "node:child_process";
import { lstat, mkdir, open, readFile, readlink, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { staysInPlace, writeNamedFile } from "../../../src/core/files/write-named-file.ts";
import { systemRandom } from "../../../src/core/random.ts";
import { systemCode } from "../../../src/core/system-error.ts";
import { tempDir } from "../../support/temp-dir.ts";

const options = { random: systemRandom, userId: process.getuid?.() ?? null };
const onUnix = test.skipIf(process.platform === "win32");

test("writeNamedFile replaces a regular file and creates a missing one with its directory", async () => {
  const path = join(await tempDir(), "new", "report");
  await writeNamedFile(path, "first, longer", options);
  await writeNamedFile(path, "second", options);
  expect(await readFile(path, "utf8")).toBe("second");
});

onUnix("hands the text to the reader of a named pipe, which stays a pipe", async () => {
  const path = await namedPipe();
  const reader = spawn("cat", [path], { stdio: ["ignore", "pipe", "inherit"] });
  const received = text(reader.stdout);
  const long = "report\n".repeat(50_000);
  await writeWhenRead(path, long);
  expect(await received).toBe(long);
  expect((await lstat(path)).isFIFO()).toBe(true);
});

onUnix("fails for a named pipe without a reader, instead of waiting", async () => {
  await expect(writeNamedFile(await namedPipe(), "report", options)).rejects.toMatchObject({ code: "ENXIO" });
});

onUnix("leaves a device and the names of open files in place", async () => {
  const before = await lstat("/dev/null");
  await writeNamedFile("/dev/null", "report", options);
  expect((await lstat("/dev/null")).ino).toBe(before.ino);
  for (const path of ["/dev/null", "/dev/stdout", "/dev/fd/63", "/proc/self/fd/1"]) {
    expect(await staysInPlace(path), path).toBe(true);
  }
  const directory = await tempDir();
  for (const path of [directory, join(directory, "missing"), "/dev/shm/report"]) {
    expect(await staysInPlace(path), path).toBe(false);
  }
});

test.skipIf(process.platform !== "linux")(
  "writeNamedFile appends to an open file that is named by its descriptor",
  async () => {
    const path = join(await tempDir(), "out");
    await writeFile(path, "before\n");
    const file = await open(path, "a");
    await writeNamedFile(`/proc/self/fd/${file.fd}`, "report\n", options);
    await file.close();
    expect(await readFile(path, "utf8")).toBe("before\nreport\n");
  },
);

onUnix(
  "replaces the file behind the user's own link, but never the file behind another user's link",
  async () => {
    const directory = await tempDir();
    await mkdir(join(directory, "site"));
    const target = join(directory, "site", "report");
    const link = join(directory, "link");
    await writeFile(target, "old");
    await symlink(target, link);
    await writeNamedFile(link, "new", options);
    expect(await readFile(target, "utf8")).toBe("new");
    expect(await readlink(link)).toBe(target);
    await writeNamedFile(link, "planted", { ...options, userId: (process.getuid?.() ?? 0) + 1 });
    expect(await readFile(target, "utf8")).toBe("new");
    expect((await lstat(link)).isFile()).toBe(true);
  },
);

async function namedPipe(): Promise<string> {
  const path = join(await tempDir(), "pipe");
  await promisify(execFile)("mkfifo", [path]);
  return path;
}

/** Writes as soon as the reader has opened the pipe. */
async function writeWhenRead(path: string, content: string): Promise<void> {
  for (;;) {
    try {
      return await writeNamedFile(path, content, options);
    } catch (error) {
      if (systemCode(error) !== "ENXIO") throw error;
    }
  }
}
