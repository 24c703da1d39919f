import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, lstat, mkdir, readFile, rename, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Secret } from "../../../src/core/secret.ts";
import {
  filledDirectory,
  KEY,
  OTHER,
  openEncryptedFile as open,
  USER_ID,
  withPassphrase,
} from "../../support/encrypted-file.ts";
import { tempDir } from "../../support/temp-dir.ts";

describe("refuses an unusable file of credentials and keeps it", () => {
  const operations: readonly (readonly [
    string,
    (directory: string, passphrase: string) => Promise<unknown>,
  ])[] = [
    ["get", async (directory, passphrase) => await open(directory, withPassphrase(passphrase)).get(KEY)],
    [
      "set",
      async (directory, passphrase) =>
        await open(directory, withPassphrase(passphrase)).set(OTHER, new Secret("x")),
    ],
    [
      "delete",
      async (directory, passphrase) => await open(directory, withPassphrase(passphrase)).delete(KEY),
    ],
    ["probe", async (directory, passphrase) => await open(directory, withPassphrase(passphrase)).probe()],
  ];

  async function expectRefusal(directory: string, error: object, passphrase = "correct horse") {
    const path = join(directory, "credentials.enc");
    const before = await readFile(path);
    for (const [, act] of operations) await expect(act(directory, passphrase)).rejects.toMatchObject(error);
    expect(await readFile(path)).toEqual(before);
  }

  test.each([1024 * 1024 + 1, 2 ** 40])("of %i bytes, without reading all of it", async (size) => {
    const { directory, path } = await filledDirectory();
    await truncate(path, size);
    for (const [, act] of operations) {
      await expect(act(directory, "correct horse")).rejects.toMatchObject({
        exit: "store",
        code: "store.damaged",
        message: `\`${path}\` is larger than 1,048,576 bytes`,
      });
    }
    expect((await lstat(path)).size).toBe(size);
  });

  test("when the passphrase is wrong", async () => {
    const { directory, path } = await filledDirectory();
    const error = {
      exit: "store",
      code: "store.locked",
      message: `wrong passphrase for \`${path}\`, or the file was altered`,
    };
    await expectRefusal(directory, error, "incorrect horse");
    expect((await open(directory).get(KEY))?.reveal()).toBe("first");
  });

  test("that is truncated at any byte", async () => {
    const { directory, path } = await filledDirectory();
    const whole = await readFile(path);
    for (let length = 0; length < whole.length; length += 1) {
      await writeFile(path, whole.subarray(0, length));
      await expect(open(directory).get(KEY)).rejects.toMatchObject({ code: "store.damaged", exit: "store" });
    }
    await writeFile(path, whole.subarray(0, 100));
    await expectRefusal(directory, {
      code: "store.damaged",
      message: `\`${path}\` is damaged: its checksum does not match`,
    });
  });

  test("in which any single bit is flipped", async () => {
    const { directory, path } = await filledDirectory();
    const whole = await readFile(path);
    for (let index = 0; index < whole.length; index += 1) {
      const turned = Buffer.from(whole);
      turned[index] = (turned[index] ?? 0) ^ (1 << (index % 8));
      await writeFile(path, turned);
      await expect(open(directory).get(KEY)).rejects.toMatchObject({ code: "store.damaged", exit: "store" });
    }
  });

  /** Changes the header of a file and recomputes its checksum, as an attacker could. */
  async function forge(path: string, change: (header: Record<string, unknown>) => Record<string, unknown>) {
    const [header = "", sealed = ""] = (await readFile(path, "utf8")).split("\n");
    const lines = `${JSON.stringify(change(JSON.parse(header)))}\n${sealed}\n`;
    await writeFile(path, `${lines}${createHash("sha256").update(lines).digest("hex")}\n`);
  }

  test.each([
    ["another salt", { salt: "AAAAAAAAAAAAAAAAAAAAAA" }, "store.locked"],
    ["another initialization vector", { iv: "AAAAAAAAAAAAAAAA" }, "store.locked"],
    ["an additional field", { note: 1 }, "store.locked"],
    ["a key derivation cost that would take gigabytes", { N: 2 ** 30 }, "store.damaged"],
    ["a key derivation cost that is not a power of two", { N: 1_000 }, "store.damaged"],
    ["no cost", { N: null }, "store.damaged"],
    ["a short salt", { salt: "AAAA" }, "store.damaged"],
    ["a later version", { v: 2 }, "store.damaged"],
    ["another cipher", { cipher: "none" }, "store.damaged"],
  ])("with a forged header that has %s", async (_, change, code) => {
    const { directory, path } = await filledDirectory();
    await forge(path, (header) => ({ ...header, ...change }));
    await expectRefusal(directory, { code, exit: "store" });
  });

  describe.skipIf(USER_ID === null)("on systems with owners and modes of files", () => {
    test.each(["640", "604", "620", "602", "644"])("a file of mode %s", async (mode) => {
      const { directory, path } = await filledDirectory();
      await chmod(path, mode);
      await expectRefusal(directory, {
        code: "store.too_open",
        exit: "store",
        message: `\`${path}\` is accessible to other users (mode \`${mode}\`)`,
        hint: `\`chmod 600 ${path}\``,
      });
    });

    test.each(["755", "770", "701"])("a directory of mode %s", async (mode) => {
      const { directory } = await filledDirectory();
      await chmod(directory, mode);
      await expectRefusal(directory, {
        code: "store.too_open",
        message: `\`${directory}\` is accessible to other users (mode \`${mode}\`)`,
        hint: `\`chmod 700 ${directory}\``,
      });
    });

    test("another user's file", async () => {
      const { directory, path } = await filledDirectory();
      await expect(open(directory, { userId: (USER_ID ?? 0) + 1 }).get(KEY)).rejects.toMatchObject({
        code: "store.too_open",
        message: `\`${path}\` belongs to another user`,
      });
    });

    test("a symbolic link, whatever its target", async () => {
      const { directory, path } = await filledDirectory();
      await rename(path, `${path}.elsewhere`);
      await symlink(`${path}.elsewhere`, path);
      await expectRefusal(directory, {
        code: "store.too_open",
        message: `\`${path}\` is a symbolic link or not a regular file`,
      });
      expect((await lstat(path)).isSymbolicLink()).toBe(true);
    });

    test("a directory in the file's place", async () => {
      const directory = await tempDir();
      await mkdir(join(directory, "credentials.enc"), { mode: 0o700 });
      await expect(open(directory).set(KEY, new Secret("x"))).rejects.toMatchObject({
        code: "store.too_open",
      });
    });

    test("a named pipe in the file's place, without waiting for a writer", async () => {
      const directory = await tempDir();
      execFileSync("mkfifo", ["-m", "600", join(directory, "credentials.enc")]);
      await expect(open(directory).get(KEY)).rejects.toMatchObject({ code: "store.too_open" });
    });

    test("a directory that cannot be created", async () => {
      const directory = join(await tempDir(), "file");
      await writeFile(directory, "");
      await expect(open(join(directory, "below")).set(KEY, new Secret("x"))).rejects.toMatchObject({
        code: "store.failed",
        exit: "store",
        message: `\`${join(directory, "below")}\` cannot be written: not a directory`,
      });
    });
  });
});
