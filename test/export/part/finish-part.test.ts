import { readFile, writeFile } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { Layout } from "../../../src/export/destination/destination.ts";
import { type ReadBack, readBack } from "../../../src/export/files/read-back.ts";
import { findLostFile } from "../../../src/export/part/find-lost-file.ts";
import { finishPart } from "../../../src/export/part/finish-part.ts";
import { WHOLE } from "../../../src/export/part/part.ts";
import { PartJournal } from "../../../src/export/part/part-journal.ts";
import { OWNED } from "../../support/ownership.ts";
import { tempDir } from "../../support/temp-dir.ts";

const TEXT = '{"id":"a"}\n{"id":"b"}\n';
const OTHER = TEXT.replace("a", "c");
const DAMAGED = {
  code: "export.read_back",
  message: expect.stringMatching(/does not contain the data/) as unknown,
};

/** A part that is fetched but not finished, with a spool of two records. */
async function fetchedPart({ spool = TEXT, checksum = crc32(TEXT) as number | null } = {}) {
  const destination = { kind: "directory", path: await tempDir(), isPartitioned: false } as const;
  const layout = new Layout(destination, ".ndjson", null, OWNED);
  const journal = await PartJournal.open(layout.journalPath("all"), OWNED.check);
  await journal.append({ kind: "begun", run: 1, interval: null });
  await journal.append({
    kind: "page",
    ...{ cursor: null, next: null, isSettled: true, correlationId: null },
    ...{ bytes: TEXT.length, records: 2, duplicates: 0, elsewhere: 0 },
    ...(checksum === null ? {} : { crc32: checksum }),
  });
  await journal.append({ kind: "fetched", open: [], isConfirmed: true });
  const [spoolPath, path] = [layout.spoolPath("all"), layout.finalPath(WHOLE, "queues")];
  await writeFile(spoolPath, spool);
  const options = { part: WHOLE, journal, layout, table: "queues", compression: "none" } as const;
  const conversion = { finish: async () => [] };
  const finish = async (read: () => Promise<ReadBack | null> = async () => await readBack(spoolPath)) =>
    await finishPart({ ...options, format: "ndjson", conversion, spoolReadBack: { finish: read } });
  const lost = async () => await findLostFile({ ...options, format: "ndjson" });
  return { layout, journal, spoolPath, path, options, finish, lost };
}

describe("a spool that becomes the file", () => {
  test("is read back once, and its SHA-256 is that of the file on the disk", async () => {
    const { journal, spoolPath, path, finish } = await fetchedPart();
    let reads = 0;
    await finish(async () => {
      reads += 1;
      return await readBack(spoolPath);
    });
    const found = await readBack(path);
    expect([reads, journal.state.phase, journal.state.seals]).toEqual([1, "placed", [found?.seal]]);
    expect(journal.state.files).toEqual([{ table: "queues", bytes: 22, rows: 2, sha256: found?.sha256 }]);
  });

  test.each([
    ["different", OTHER],
    ["fewer", TEXT.slice(0, 11)],
  ])("is refused when the disk holds %s bytes, and the part is fetched again", async (_what, spool) => {
    const { journal, finish, lost } = await fetchedPart({ spool });
    await expect(finish()).rejects.toMatchObject(DAMAGED);
    expect([journal.state.phase, await lost()]).toEqual(["fetched", "its spool is missing or has changed"]);
  });

  test("is accepted without a checksum, which journals of earlier versions lack", async () => {
    const { path, finish, lost } = await fetchedPart({ checksum: null });
    expect(await lost()).toBeNull();
    await finish();
    expect(await readFile(path, "utf8")).toBe(TEXT);
  });

  test("is refused when it changes after it was read back", async () => {
    const { spoolPath, finish } = await fetchedPart();
    const changed = finish(async () => {
      const found = await readBack(spoolPath);
      await writeFile(spoolPath, OTHER);
      return found;
    });
    await expect(changed).rejects.toMatchObject(DAMAGED);
  });
});

test("refuses a table whose file does not contain what the conversion wrote", async () => {
  const { layout, journal, options } = await fetchedPart();
  const finishWith = async (checksum: number) =>
    await finishPart({
      ...options,
      format: "csv",
      conversion: {
        finish: async () => {
          await writeFile(layout.workPath("all", "queues"), "id\na\n");
          return [{ table: "queues", bytes: 5, rows: 1, crc32: checksum }];
        },
      },
      spoolReadBack: { finish: async () => null },
    });
  await expect(finishWith(crc32("id\nb\n"))).rejects.toMatchObject(DAMAGED);
  expect(journal.state.phase).toBe("fetched");
  await finishWith(crc32("id\na\n"));
  expect(journal.state.phase).toBe("placed");
});
