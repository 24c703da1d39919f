import { execFileSync } from "node:child_process";
import { createDecipheriv, createHash, scryptSync } from "node:crypto";
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Processes } from "../../../src/auth/lock-file.ts";
import type { CredentialKey } from "../../../src/auth/stores/credential-store.ts";
import {
  type EncryptedFileOptions,
  encryptedFileStore,
} from "../../../src/auth/stores/encrypted-file-store.ts";
import { systemClock } from "../../../src/core/clock.ts";
import { systemRandom } from "../../../src/core/random.ts";
import { Secret } from "../../../src/core/secret.ts";
import { describeCredentialStore } from "../../contract/credential-store.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { tempDir } from "../../support/temp-dir.ts";

const KEY: CredentialKey = { profile: "main", host: "login.mypurecloud.de", kind: "client-secret" };
const OTHER: CredentialKey = { ...KEY, profile: "other" };
const USER_ID = process.getuid?.() ?? null;
const processes: Processes = { pid: process.pid, startedAtMs: 0, host: "here", isRunning: () => true };

function open(directory: string, more: Partial<EncryptedFileOptions> = {}) {
  return encryptedFileStore({
    directory,
    userId: USER_ID,
    passphrase: { given: new Secret("correct horse"), ask: null },
    clock: systemClock,
    random: systemRandom,
    processes,
    // The smallest that a file may have: the cost is not what these tests are about.
    cost: 2 ** 10,
    ...more,
  });
}

const withPassphrase = (text: string): Partial<EncryptedFileOptions> => ({
  passphrase: { given: new Secret(text), ask: null },
});

/** A directory as the store makes it, holding `first` under KEY. */
async function filledDirectory() {
  const directory = join(await tempDir(), "genscope");
  await open(directory).set(KEY, new Secret("first"));
  return { directory, path: join(directory, "credentials.enc") };
}

describe("on one directory", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "genscope-contract-"));
  });
  afterAll(async () => await rm(directory, { recursive: true, force: true }));
  describeCredentialStore("the encrypted file", () => open(directory));
});

describe("the file", () => {
  test("says what its key was made of, and nothing else in the open", async () => {
    const { path } = await filledDirectory();
    const text = await readFile(path, "utf8");
    const [header = "", sealed = "", checksum = "", ...rest] = text.split("\n");
    expect(JSON.parse(header)).toEqual({
      v: 1,
      kdf: "scrypt",
      N: 1024,
      r: 8,
      p: 1,
      salt: expect.stringMatching(/^[\w-]{22}$/),
      cipher: "aes-256-gcm",
      iv: expect.stringMatching(/^[\w-]{16}$/),
    });
    expect(Buffer.from(sealed, "base64url").toString("latin1")).not.toMatch(/first|main|mypurecloud/);
    expect(checksum).toBe(createHash("sha256").update(`${header}\n${sealed}\n`).digest("hex"));
    expect(rest).toEqual([""]);
  });

  test("can be opened with nothing but what its header says", async () => {
    const { path } = await filledDirectory();
    const [header = "", line = ""] = (await readFile(path, "utf8")).split("\n");
    const { N, r, p, salt, iv } = JSON.parse(header);
    const key = scryptSync("correct horse", Buffer.from(salt, "base64url"), 32, { N, r, p });
    const sealed = Buffer.from(line, "base64url");
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(iv, "base64url"));
    decipher.setAAD(Buffer.from(header)).setAuthTag(sealed.subarray(-16));
    const plain = decipher.update(sealed.subarray(0, -16), undefined, "utf8") + decipher.final("utf8");
    expect(JSON.parse(plain)).toEqual({ "main@login.mypurecloud.de#cs": "first" });
  });

  test("costs whoever guesses the passphrase 128 MiB for each guess", async () => {
    const directory = await tempDir();
    const store = encryptedFileStore({
      directory,
      userId: USER_ID,
      passphrase: { given: new Secret("correct horse"), ask: null },
      clock: systemClock,
      random: systemRandom,
      processes,
    });
    await store.set(KEY, new Secret("dear"));
    const [header = ""] = (await readFile(join(directory, "credentials.enc"), "utf8")).split("\n");
    expect(JSON.parse(header)).toMatchObject({ N: 131_072, r: 8, p: 1 });
    expect((await store.get(KEY))?.reveal()).toBe("dear");
  });

  test("never uses an initialisation vector twice, and keeps its salt", async () => {
    const { directory, path } = await filledDirectory();
    const seen: { salt: string; iv: string }[] = [];
    for (let time = 0; time < 5; time += 1) {
      await open(directory).set(KEY, new Secret("the same"));
      seen.push(JSON.parse((await readFile(path, "utf8")).split("\n")[0] ?? ""));
    }
    expect(new Set(seen.map(({ iv }) => iv)).size).toBe(5);
    expect(new Set(seen.map(({ salt }) => salt)).size).toBe(1);
  });

  test.skipIf(USER_ID === null)("belongs to the user alone (where files have owners)", async () => {
    const { directory, path } = await filledDirectory();
    expect(((await stat(directory)).mode & 0o777).toString(8)).toBe("700");
    expect(((await stat(path)).mode & 0o777).toString(8)).toBe("600");
    expect(await readdir(directory)).toEqual(["credentials.enc"]);
  });

  test("says where it is", async () => {
    expect(open("/home/someone/data").describe()).toBe("encrypted file /home/someone/data/credentials.enc");
  });
});

describe("what is not as it should be is refused, and left as it is", () => {
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

  test("a wrong passphrase", async () => {
    const { directory, path } = await filledDirectory();
    const error = {
      exit: "store",
      code: "store.locked",
      message: `wrong passphrase for \`${path}\`, or the file was altered`,
    };
    await expectRefusal(directory, error, "incorrect horse");
    expect((await open(directory).get(KEY))?.reveal()).toBe("first");
  });

  test("a file cut off anywhere", async () => {
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

  test("a file with any one bit turned", async () => {
    const { directory, path } = await filledDirectory();
    const whole = await readFile(path);
    for (let index = 0; index < whole.length; index += 1) {
      const turned = Buffer.from(whole);
      turned[index] = (turned[index] ?? 0) ^ (1 << (index % 8));
      await writeFile(path, turned);
      await expect(open(directory).get(KEY)).rejects.toMatchObject({ code: "store.damaged", exit: "store" });
    }
  });

  /** Changes the header as somebody would who knows how the checksum is made. */
  async function forge(path: string, change: (header: Record<string, unknown>) => Record<string, unknown>) {
    const [header = "", sealed = ""] = (await readFile(path, "utf8")).split("\n");
    const lines = `${JSON.stringify(change(JSON.parse(header)))}\n${sealed}\n`;
    await writeFile(path, `${lines}${createHash("sha256").update(lines).digest("hex")}\n`);
  }

  test.each([
    ["another salt", { salt: "AAAAAAAAAAAAAAAAAAAAAA" }, "store.locked"],
    ["another initialisation vector", { iv: "AAAAAAAAAAAAAAAA" }, "store.locked"],
    ["a further field: every byte of the header is authenticated", { note: 1 }, "store.locked"],
    ["a cost that would take gigabytes", { N: 2 ** 30 }, "store.damaged"],
    ["a cost that is no power of two", { N: 1_000 }, "store.damaged"],
    ["no cost", { N: null }, "store.damaged"],
    ["a short salt", { salt: "AAAA" }, "store.damaged"],
    ["a later version", { v: 2 }, "store.damaged"],
    ["another cipher", { cipher: "none" }, "store.damaged"],
  ])("a forged header with %s", async (_, change, code) => {
    const { directory, path } = await filledDirectory();
    await forge(path, (header) => ({ ...header, ...change }));
    await expectRefusal(directory, { code, exit: "store" });
  });

  describe.skipIf(USER_ID === null)("where files have owners and modes:", () => {
    test.each(["640", "604", "620", "602", "644"])("a file of mode %s", async (mode) => {
      const { directory, path } = await filledDirectory();
      await chmod(path, mode);
      await expectRefusal(directory, {
        code: "store.too_open",
        exit: "store",
        message: `\`${path}\` is open to other users (mode \`${mode}\`)`,
        hint: `\`chmod 600 ${path}\``,
      });
    });

    test.each(["755", "770", "701"])("a directory of mode %s", async (mode) => {
      const { directory } = await filledDirectory();
      await chmod(directory, mode);
      await expectRefusal(directory, {
        code: "store.too_open",
        message: `\`${directory}\` is open to other users (mode \`${mode}\`)`,
        hint: `\`chmod 700 ${directory}\``,
      });
    });

    test("a file of another user", async () => {
      const { directory, path } = await filledDirectory();
      await expect(open(directory, { userId: (USER_ID ?? 0) + 1 }).get(KEY)).rejects.toMatchObject({
        code: "store.too_open",
        message: `\`${path}\` belongs to another user`,
      });
    });

    test("a link, wherever it leads", async () => {
      const { directory, path } = await filledDirectory();
      await rename(path, `${path}.elsewhere`);
      await symlink(`${path}.elsewhere`, path);
      await expectRefusal(directory, {
        code: "store.too_open",
        message: `\`${path}\` is a link or no plain file`,
      });
      expect((await lstat(path)).isSymbolicLink()).toBe(true);
    });

    test("a directory in its place", async () => {
      const directory = await tempDir();
      await mkdir(join(directory, "credentials.enc"), { mode: 0o700 });
      await expect(open(directory).set(KEY, new Secret("x"))).rejects.toMatchObject({
        code: "store.too_open",
      });
    });

    test("a named pipe in its place, without waiting for a writer", async () => {
      const directory = await tempDir();
      execFileSync("mkfifo", ["-m", "600", join(directory, "credentials.enc")]);
      await expect(open(directory).get(KEY)).rejects.toMatchObject({ code: "store.too_open" });
    });

    test("a directory that can't be made", async () => {
      const directory = join(await tempDir(), "file");
      await writeFile(directory, "");
      await expect(open(join(directory, "below")).set(KEY, new Secret("x"))).rejects.toMatchObject({
        code: "store.failed",
        exit: "store",
        message: `\`${join(directory, "below")}\` can't be made (\`ENOTDIR\`)`,
      });
    });
  });
});

describe("the passphrase", () => {
  test("is not needed where nothing is remembered", async () => {
    const directory = join(await tempDir(), "genscope");
    const store = open(directory, { passphrase: { given: null, ask: null } });
    expect(await store.get(KEY)).toBeNull();
    expect(await store.delete(KEY)).toBe(false);
    await expect(stat(directory)).rejects.toMatchObject({ code: "ENOENT" });
  });

  test.each([
    ["none", null],
    ["an empty one", new Secret("")],
  ])("has no substitute: %s is refused when nobody can be asked", async (_, given) => {
    const { directory, path } = await filledDirectory();
    for (const place of [directory, join(directory, "new")]) {
      await expect(
        open(place, { passphrase: { given, ask: null } }).set(KEY, new Secret("x")),
      ).rejects.toMatchObject({
        code: "store.locked",
        message: `the encrypted file \`${join(place, "credentials.enc")}\` needs a passphrase`,
        hint: expect.stringContaining("export GENSCOPE_STORE_PASSPHRASE=…"),
      });
    }
    expect((await stat(path)).isFile()).toBe(true);
    await expect(stat(join(directory, "new", "credentials.enc"))).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("is asked for once a run, as a new one only when the file is new", async () => {
    const directory = await tempDir();
    const path = join(directory, "credentials.enc");
    const asked: object[] = [];
    const passphrase = {
      given: null,
      ask: async (request: object) => {
        asked.push(request);
        return new Secret("typed");
      },
    };
    const first = open(directory, { passphrase });
    await first.probe();
    await first.set(KEY, new Secret("a"));
    await Promise.all([first.get(KEY), first.get(OTHER)]);
    expect(asked).toEqual([{ isNew: true, path }]);
    const second = open(directory, { passphrase });
    await Promise.all([second.get(KEY), second.get(KEY)]);
    expect(asked.slice(1)).toEqual([{ isNew: false, path }]);
  });

  test("may be typed again after a mistake", async () => {
    const { directory } = await filledDirectory();
    const typed = ["incorrect horse", "correct horse"];
    const store = open(directory, {
      passphrase: { given: null, ask: async () => new Secret(typed.shift() ?? "") },
    });
    await expect(store.get(KEY)).rejects.toMatchObject({ code: "store.locked" });
    expect((await store.get(KEY))?.reveal()).toBe("first");
  });

  test("is the same however the keyboard composes its letters", async () => {
    const directory = await tempDir();
    await open(directory, withPassphrase("caf\u00e9")).set(KEY, new Secret("x"));
    expect((await open(directory, withPassphrase("cafe\u0301")).get(KEY))?.reveal()).toBe("x");
  });
});

describe("several at once", () => {
  test("stores that make the file at the same moment agree on one, and no entry is lost", async () => {
    const directory = join(await tempDir(), "genscope");
    const keys = Array.from({ length: 20 }, (_, index) => ({ ...KEY, profile: `p${index}` }));
    await Promise.all(keys.map(async (key) => open(directory).set(key, new Secret(key.profile))));
    const found = await Promise.all(keys.map(async (key) => (await open(directory).get(key))?.reveal()));
    expect(found).toEqual(keys.map(({ profile }) => profile));
    expect(await readdir(directory)).toEqual(["credentials.enc"]);
  });

  test("a lock that stays taken is an error that names it", async () => {
    const { directory, path } = await filledDirectory();
    const clock = new FakeClock();
    const holder = { pid: 1, startedAtMs: 0, host: "here", nonce: "n", takenAtMs: clock.now() };
    await writeFile(`${path}.lock`, JSON.stringify(holder));
    const stuck = {
      ...clock,
      now: () => clock.now(),
      sleep: async (ms: number) => {
        await clock.sleep(ms);
        await writeFile(`${path}.lock`, JSON.stringify({ ...holder, takenAtMs: clock.now() }));
      },
    };
    await expect(open(directory, { clock: stuck }).set(OTHER, new Secret("x"))).rejects.toMatchObject({
      exit: "store",
      message: `\`${path}.lock\` stays locked`,
    });
    expect((await open(directory).get(KEY))?.reveal()).toBe("first");
  });
});
