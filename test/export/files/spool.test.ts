import { randomBytes } from "node:crypto";
import { readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Spool, SpoolLost } from "../../../src/export/files/spool.ts";
import { unguarded } from "../../support/ownership.ts";
import { tempDir } from "../../support/temp-dir.ts";

const spoolIn = async () => join(await tempDir(), "spool.ndjson");
const open = async (path: string, committedBytes = 0): Promise<{ spool: Spool; recalled: string[] }> => {
  const recalled: string[] = [];
  const written = await readFile(path).catch(() => Buffer.alloc(0));
  const records = written.subarray(0, committedBytes).filter((byte) => byte === 0x0a).length;
  const committed = { bytes: committedBytes, records, crc32: null };
  const spool = await Spool.open(path, committed, unguarded, (bytes, start, end) =>
    recalled.push(Buffer.from(bytes.subarray(start, end)).toString("utf8")),
  );
  return { spool, recalled };
};
const append = (spool: Spool, ...records: readonly string[]) => {
  for (const record of records) {
    const bytes = Buffer.from(`<${record}>`);
    spool.append(bytes, 1, bytes.length - 1);
  }
};

test("a spool writes records as lines and returns the checksum of the file", async () => {
  const path = await spoolIn();
  const { spool } = await open(path);
  append(spool, '{"a":1}', '{"é":"😀"}');
  const committed = await spool.commit();
  await spool.close();
  expect(committed).toEqual({ bytes: 22, crc32: crc32(await readFile(path)) });
  expect(await readFile(path, "utf8")).toBe('{"a":1}\n{"é":"😀"}\n');
});

test("a spool keeps no record of an uncommitted page", async () => {
  const path = await spoolIn();
  const { spool } = await open(path);
  append(spool, "one");
  await spool.commit();
  append(spool, "two", "x".repeat(3_000_000));
  await spool.close();
  expect(await readFile(path, "utf8")).toBe("one\n");
});

test("a spool rolls back a page even after its blocks were written, and continues after the last commit", async () => {
  const path = await spoolIn();
  const { spool } = await open(path);
  append(spool, "one");
  await spool.commit();
  append(spool, "x".repeat(3_000_000), "short");
  await spool.ready();
  await spool.rollBack();
  append(spool, "two");
  expect(await spool.commit()).toEqual({ bytes: 8, crc32: crc32("one\ntwo\n") });
  await spool.close();
  expect(await readFile(path, "utf8")).toBe("one\ntwo\n");
});

test("a spool counts records appended during a commit toward the next commit", async () => {
  const path = await spoolIn();
  const { spool } = await open(path);
  append(spool, "one");
  const committing = spool.commit();
  append(spool, "two");
  expect((await committing).bytes).toBe(4);
  await spool.close();
  expect(await readFile(path, "utf8")).toBe("one\n");
});

test("a spool keeps records complete that are larger than a block or end with a block", async () => {
  const path = await spoolIn();
  const { spool } = await open(path);
  const block = 1024 * 1024;
  const records = [block - 1, block, 1, 2 * block - 2, 5 * block + 7, 0, block + 1].map((size, index) =>
    randomBytes(Math.ceil(size / 2))
      .toString("hex")
      .slice(0, size)
      .replace(/^./, String(index)),
  );
  for (const record of records) {
    append(spool, record);
    await spool.ready();
  }
  const committed = await spool.commit();
  await spool.close();
  const bytes = await readFile(path);
  expect(bytes.toString("utf8") === records.map((record) => `${record}\n`).join("")).toBe(true);
  expect(committed).toEqual({ bytes: bytes.length, crc32: crc32(bytes) });
});

describe("a reopened spool", () => {
  test("keeps committed lines, discards the rest and continues the checksum", async () => {
    const path = await spoolIn();
    await writeFile(path, "one\ntwo\nhalf of thr");
    const { spool, recalled } = await open(path, 8);
    expect(recalled).toEqual(["one", "two"]);
    append(spool, "three");
    expect(await spool.commit()).toEqual({ bytes: 14, crc32: crc32("one\ntwo\nthree\n") });
    await spool.close();
    expect(await readFile(path, "utf8")).toBe("one\ntwo\nthree\n");
  });

  test("keeps lines that span blocks", async () => {
    const path = await spoolIn();
    const lines = Array.from({ length: 40 }, (_, index) => `${index}:${"é".repeat(50_000 + index)}`);
    const text = lines.map((line) => `${line}\n`).join("");
    await writeFile(path, text);
    const { spool, recalled } = await open(path, Buffer.byteLength(text));
    expect(recalled.length).toBe(40);
    expect(recalled.every((line, index) => line === lines[index])).toBe(true);
    expect((await spool.commit()).crc32).toBe(crc32(text));
    await spool.close();
  });

  test("is empty when nothing was committed", async () => {
    const path = await spoolIn();
    await writeFile(path, "of an earlier attempt\n");
    const { spool, recalled } = await open(path, 0);
    expect([recalled, await spool.commit()]).toEqual([[], { bytes: 0, crc32: 0 }]);
    await spool.close();
    expect(await readFile(path, "utf8")).toBe("");
  });

  test("is refused when it is shorter than its checkpoint, instead of being padded", async () => {
    const path = await spoolIn();
    await writeFile(path, "one\ntwo\n");
    await truncate(path, 5);
    await expect(open(path, 8)).rejects.toThrow("its spool is shorter than its checkpoint");
    expect(await readFile(path, "utf8")).toBe("one\nt");
  });

  test("is refused when its file is missing", async () => {
    await expect(open(await spoolIn(), 8)).rejects.toThrow(new SpoolLost("its spool is missing"));
  });
});

test("a spool reports that its directory is missing", async () => {
  await expect(open(join(await spoolIn(), "spool.ndjson"))).rejects.toMatchObject({
    code: "output.write",
    exit: "error",
  });
});

test("a spool reports a page that cannot be rolled back", async () => {
  const { spool } = await open(await spoolIn());
  await spool.close();
  await expect(spool.rollBack()).rejects.toMatchObject({ code: "output.write", exit: "error" });
});

test("a spool contains exactly the committed records after any sequence of appends, commits, rollbacks and reopenings", async () => {
  const step = fc.oneof(
    fc.record({ append: fc.array(fc.string({ unit: "grapheme" }), { maxLength: 5 }) }),
    fc.record({ large: fc.integer({ min: 1, max: 2_500_000 }) }),
    fc.constantFrom("commit" as const, "rollBack" as const, "reopen" as const),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const path = await spoolIn();
      let { spool } = await open(path);
      let committed = "";
      let pending = "";
      for (const each of steps) {
        if (typeof each === "object") {
          const records =
            "append" in each ? each.append.map((text) => JSON.stringify(text)) : ["x".repeat(each.large)];
          append(spool, ...records);
          pending += records.map((record) => `${record}\n`).join("");
        } else if (each === "commit") {
          committed += pending;
          pending = "";
          expect(await spool.commit()).toEqual({
            bytes: Buffer.byteLength(committed),
            crc32: crc32(committed),
          });
        } else if (each === "rollBack") {
          await spool.rollBack();
          pending = "";
        } else {
          await spool.close();
          const again = await open(path, Buffer.byteLength(committed));
          spool = again.spool;
          expect(again.recalled.map((line) => `${line}\n`).join("") === committed).toBe(true);
          pending = "";
        }
      }
      await spool.close();
      expect((await readFile(path, "utf8")) === committed).toBe(true);
    }),
    { numRuns: 60 },
  );
});
