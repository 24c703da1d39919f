import { createDecipheriv, createHash, scryptSync } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encryptedFileStore } from "../../../src/auth/stores/encrypted-file-store.ts";
import { systemClock } from "../../../src/core/clock.ts";
import { systemRandom } from "../../../src/core/random.ts";
import { Secret } from "../../../src/core/secret.ts";
import { describeCredentialStore } from "../../contract/credential-store.ts";
import {
  filledDirectory,
  KEY,
  OTHER,
  openEncryptedFile as open,
  processes,
  USER_ID,
  withPassphrase,
} from "../../support/encrypted-file.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { tempDir } from "../../support/temp-dir.ts";

describe("in one directory", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "genscope-contract-"));
  });
  afterAll(async () => await rm(directory, { recursive: true, force: true }));
  describeCredentialStore("the encrypted file", () => open(directory));
});

describe("the encrypted file", () => {
  test("is reported as being unlocked each time its key is derived", async () => {
    const shown: unknown[] = [];
    const { directory } = await filledDirectory();
    const store = open(directory, {
      showWork: async (text, work) => {
        shown.push(text);
        return await work();
      },
    });
    await store.get(KEY);
    await store.set(OTHER, new Secret("second"));
    expect(shown).toEqual(["unlocking the encrypted file", "unlocking the encrypted file"]);
  });

  test("contains only its key's parameters in clear text", async () => {
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

  test("can be decrypted with the parameters in its header", async () => {
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

  test("costs an attacker 128 MiB of memory per guess of the passphrase", async () => {
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

  test("never reuses an initialization vector, and keeps its salt", async () => {
    const { directory, path } = await filledDirectory();
    const seen: { salt: string; iv: string }[] = [];
    for (let time = 0; time < 5; time += 1) {
      await open(directory).set(KEY, new Secret("the same"));
      seen.push(JSON.parse((await readFile(path, "utf8")).split("\n")[0] ?? ""));
    }
    expect(new Set(seen.map(({ iv }) => iv)).size).toBe(5);
    expect(new Set(seen.map(({ salt }) => salt)).size).toBe(1);
  });

  test.skipIf(USER_ID === null)("is accessible only to the user (where files have owners)", async () => {
    const { directory, path } = await filledDirectory();
    expect(((await stat(directory)).mode & 0o777).toString(8)).toBe("700");
    expect(((await stat(path)).mode & 0o777).toString(8)).toBe("600");
    expect(await readdir(directory)).toEqual(["credentials.enc"]);
  });

  test("is described by its path", async () => {
    expect(open("/home/someone/data").describe()).toBe("encrypted file /home/someone/data/credentials.enc");
  });
});

describe("the passphrase of the encrypted file", () => {
  test("is not needed when nothing is stored", async () => {
    const directory = join(await tempDir(), "genscope");
    const store = open(directory, { passphrase: { given: null, ask: null } });
    expect(await store.get(KEY)).toBeNull();
    expect(await store.delete(KEY)).toBe(false);
    await expect(stat(directory)).rejects.toMatchObject({ code: "ENOENT" });
  });

  test.each([
    ["none", null],
    ["an empty one", new Secret("")],
  ])("has no default: %s is refused when no terminal can ask for another", async (_, given) => {
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

  test("is requested once per run, as a new one only when the file does not exist yet", async () => {
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
    expect(asked).toEqual([{ isNew: true, isRepeated: false, path }]);
    const second = open(directory, { passphrase });
    await Promise.all([second.get(KEY), second.get(KEY)]);
    expect(asked.slice(1)).toEqual([{ isNew: false, isRepeated: false, path }]);
  });

  test("is requested again after a mistake, once for all concurrent calls", async () => {
    const { directory, path } = await filledDirectory();
    const { passphrase, asked } = typing("incorrect horse", "correct horse");
    const store = open(directory, { passphrase });
    const secrets = await Promise.all([store.get(KEY), store.get(KEY)]);
    expect(secrets.map((secret) => secret?.reveal())).toEqual(["first", "first"]);
    expect(asked).toEqual([
      { isNew: false, isRepeated: false, path },
      { isNew: false, isRepeated: true, path },
    ]);
  });

  test("is rejected after three mistakes, and the file is unchanged", async () => {
    const { directory, path } = await filledDirectory();
    const before = await readFile(path, "utf8");
    const { passphrase, asked } = typing("a", "b", "c", "correct horse");
    await expect(open(directory, { passphrase }).set(KEY, new Secret("x"))).rejects.toMatchObject({
      code: "store.locked",
      message: `wrong passphrase for \`${path}\`, or the file was altered`,
    });
    expect([asked.length, await readFile(path, "utf8")]).toEqual([3, before]);
  });

  test("from the environment is tried once", async () => {
    const { directory } = await filledDirectory();
    const { passphrase, asked } = typing("correct horse");
    const store = open(directory, { passphrase: { ...passphrase, given: new Secret("wrong") } });
    await expect(store.get(KEY)).rejects.toMatchObject({ code: "store.locked" });
    expect(asked).toEqual([]);
  });

  test("is the same no matter how the keyboard composes its letters", async () => {
    const directory = await tempDir();
    await open(directory, withPassphrase("caf\u00e9")).set(KEY, new Secret("x"));
    expect((await open(directory, withPassphrase("cafe\u0301")).get(KEY))?.reveal()).toBe("x");
  });
});

describe("several processes with the same encrypted file", () => {
  test("that create it at the same moment agree on one file, and no entry is lost", async () => {
    const directory = join(await tempDir(), "genscope");
    const keys = Array.from({ length: 20 }, (_, index) => ({ ...KEY, profile: `p${index}` }));
    await Promise.all(keys.map(async (key) => open(directory).set(key, new Secret(key.profile))));
    const found = await Promise.all(keys.map(async (key) => (await open(directory).get(key))?.reveal()));
    expect(found).toEqual(keys.map(({ profile }) => profile));
    expect(await readdir(directory)).toEqual(["credentials.enc"]);
  });

  test("report the path of a lock that stays held", async () => {
    const { directory, path } = await filledDirectory();
    const clock = new FakeClock();
    const holder = { pid: 1, host: "there", nonce: "n" };
    const beat = async () =>
      await writeFile(`${path}.lock.1`, JSON.stringify({ ...holder, beat: clock.now() }));
    await beat();
    const stuck = {
      now: () => clock.now(),
      monotonicMs: () => clock.monotonicMs(),
      sleep: async (ms: number) => {
        await clock.sleep(ms);
        await beat();
      },
    };
    await expect(open(directory, { clock: stuck }).set(OTHER, new Secret("x"))).rejects.toMatchObject({
      exit: "store",
      message: `\`${path}.lock\` is still locked by process 1 on \`there\``,
    });
    expect((await open(directory).get(KEY))?.reveal()).toBe("first");
  });
});

/** Returns a prompt in which a person types these passphrases, and the list of its questions. */
function typing(...words: readonly string[]) {
  const asked: object[] = [];
  const ask = async (request: object) => new Secret(words[asked.push(request) - 1] ?? "");
  return { asked, passphrase: { given: null, ask } };
}
