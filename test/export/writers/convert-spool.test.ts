import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32, gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Flattener } from "../../../src/analytics/table.ts";
import { conversationsFlattener } from "../../../src/analytics/tables/conversations.ts";
import { InterruptedError } from "../../../src/core/errors.ts";
import { asRecord } from "../../../src/core/json.ts";
import { extensionOf, FORMATS, formatNames } from "../../../src/export/writers/formats.ts";
import { canRead } from "../../../src/export/writers/reading/decompressed.ts";
import { tempDir } from "../../support/temp-dir.ts";
import { askDuckDb, readerOf } from "./duckdb.ts";
import { conversationLines, convertInto, writeSpool } from "./spools.ts";

/** Flattens each record to a row with one text of any length. For tests about bytes and not about conversations. */
const textFlattener: Flattener = {
  tables: [{ name: "texts", columns: [{ name: "text", type: "string" }] }],
  flatten: (record, emit) => emit(0, [String(record["text"])]),
};
const DAY = conversationLines(200);
const WAYS = formatNames().flatMap((format) =>
  (["none", "gzip", "zstd"] as const).map((compression) => ({ format, compression })),
);

test.each(WAYS)(
  "$format, $compression: writes the same bytes every time, with the reported size and checksum",
  async (way) => {
    const directory = await tempDir();
    const spoolPath = await writeSpool(directory, DAY);
    const convert = async (name: string) =>
      await convertInto(join(directory, name), spoolPath, conversationsFlattener(), way);
    const [first, second] = [await convert("first"), await convert("second")];
    for (const [index, file] of first.entries()) {
      const content = await readFile(file.path);
      expect(file).toMatchObject({ bytes: content.length, crc32: crc32(content) });
      expect(content.equals(await readFile(second[index]?.path ?? ""))).toBe(true);
    }
  },
);

describe("unchanged records", () => {
  test("equal the spool byte for byte", async () => {
    const directory = await tempDir();
    const spoolPath = await writeSpool(directory, ['{"n": 9007199254740993, "f": 1.0}', '{"s":"\\u00e9"}']);
    const [file] = await convertInto(join(directory, "out"), spoolPath, null, { format: "ndjson" });
    expect(file).toMatchObject({ table: "conversations", rows: 2 });
    expect(await readFile(file?.path ?? "", "utf8")).toBe(
      '{"n": 9007199254740993, "f": 1.0}\n{"s":"\\u00e9"}\n',
    );
  });

  test("equal the spool after decompression, whatever the number of blocks", async () => {
    const directory = await tempDir();
    const spoolPath = await writeSpool(directory, Array(12).fill(`{"text":"${"ab".repeat(130_000)}"}`));
    const spool = await readFile(spoolPath);
    expect(spool.length).toBeGreaterThan(3_000_000);
    const convert = async (compression: "gzip" | "zstd") =>
      (await convertInto(directory, spoolPath, null, { format: "ndjson", compression }))[0]?.path ?? "";
    expect(gunzipSync(await readFile(await convert("gzip"))).equals(spool)).toBe(true);
    expect(
      await askDuckDb(
        `select count(*) as rows, sum(len(text)) as length from read_json('${await convert("zstd")}')`,
      ),
    ).toEqual([{ rows: "12", length: "3120000" }]);
  });
});

test("a converted spool keeps lines longer than a block, and characters that span blocks, whole", async () => {
  const directory = await tempDir();
  const texts = ["é👩‍🚒".repeat(200_000), "short", "x".repeat(3_000_000), "日本".repeat(300_001)];
  const spoolPath = await writeSpool(
    directory,
    texts.map((text) => JSON.stringify({ text })),
  );
  const [file] = await convertInto(directory, spoolPath, textFlattener, { format: "csv", csvHeader: false });
  expect(file?.rows).toBe(4);
  expect((await readFile(file?.path ?? "", "utf8")) === texts.map((text) => `${text}\r\n`).join("")).toBe(
    true,
  );
});

test("a converted spool contains a last line without a line feed", async () => {
  const directory = await tempDir();
  const spoolPath = join(directory, "spool.ndjson");
  await writeFile(spoolPath, '{"text":"a"}\n{"text":"b"}');
  const [file] = await convertInto(directory, spoolPath, textFlattener, { format: "csv" });
  expect(await readFile(file?.path ?? "", "utf8")).toBe("text\r\na\r\nb\r\n");
});

test.each(WAYS)("an empty spool is converted to readable files: $format, $compression", async (way) => {
  const directory = await tempDir();
  const spoolPath = await writeSpool(directory, []);
  const files = await convertInto(directory, spoolPath, textFlattener, way);
  expect(files.map(({ rows }) => rows)).toEqual([0]);
  const [found] = await askDuckDb(
    `select count(*) as count from ${readerOf(way.format, files[0]?.path ?? "")}`,
  );
  expect(found).toEqual({ count: "0" });
});

describe.each(WAYS.filter((way) => canRead(extensionOf(way.format, way.compression))))(
  "the reader that verifies files ($format, $compression)",
  (way) => {
    async function writeDay() {
      const directory = await tempDir();
      const files = await convertInto(
        directory,
        await writeSpool(directory, DAY),
        conversationsFlattener(),
        way,
      );
      return files.find(({ table }) => table === "conversations")?.path ?? "";
    }

    async function idsIn(path: string, columns: readonly string[]) {
      const ids: (string | null)[] = [];
      const { read } = await FORMATS[way.format].openContent();
      await read(path, columns, (id) => ids.push(id));
      return ids;
    }

    test("visits each row with its id", async () => {
      const path = await writeDay();
      const expected = DAY.map((line) => String(asRecord(JSON.parse(line))["conversationId"]));
      expect(await idsIn(path, ["conversationId"])).toEqual(expected);
      const without = expected.map(() => null);
      expect(await idsIn(path, [])).toEqual(without);
      expect(await idsIn(path, ["conversationId", "absent"])).toEqual(without);
    });

    test("rejects a file that is cut in half, or visits fewer rows", async () => {
      const path = await writeDay();
      const whole = await readFile(path);
      await writeFile(path, whole.subarray(0, whole.length / 2));
      const ids = await idsIn(path, ["conversationId"]).catch(() => []);
      expect(ids.length).toBeLessThan(DAY.length);
    });
  },
);

test("a spool is converted to CSV without a header, or with a guard against formulas, on request", async () => {
  const directory = await tempDir();
  const spoolPath = await writeSpool(directory, ['{"text":"=1+1"}']);
  const wishes = { format: "csv", csvHeader: false, guardFormulas: true } as const;
  const [file] = await convertInto(directory, spoolPath, textFlattener, wishes);
  expect(await readFile(file?.path ?? "", "utf8")).toBe("'=1+1\r\n");
});

describe("the conversion of a spool reports", () => {
  test("a line that is not JSON", async () => {
    const directory = await tempDir();
    const spoolPath = await writeSpool(directory, ['{"text":"a"}', '{"text":']);
    await expect(convertInto(directory, spoolPath, textFlattener, { format: "csv" })).rejects.toMatchObject({
      code: "export.record",
      message: `the record on line 2 of \`${spoolPath}\` is not valid JSON, so it cannot become a table row`,
      hint: "export it with `--format ndjson`, which keeps records as they are",
    });
  });

  test.each(["ndjson", "csv"] as const)(
    "a missing spool and an output file that cannot be written, with format %s",
    async (format) => {
      const directory = await tempDir();
      const missing = join(directory, "missing.ndjson");
      await expect(convertInto(directory, missing, textFlattener, { format })).rejects.toMatchObject({
        code: "output.read",
      });
      const spoolPath = await writeSpool(directory, ['{"text":"a"}']);
      const fileFor = () => join(directory, "taken");
      await mkdir(fileFor());
      await expect(
        convertInto(directory, spoolPath, textFlattener, { format, fileFor }),
      ).rejects.toMatchObject({
        code: "output.write",
        exit: "error",
      });
    },
  );

  test.runIf(existsSync("/dev/full")).each(WAYS)("a full disk: $format, $compression", async (way) => {
    const directory = await tempDir();
    const spoolPath = await writeSpool(directory, ['{"text":"a"}']);
    const converting = convertInto(directory, spoolPath, textFlattener, {
      ...way,
      fileFor: () => "/dev/full",
    });
    await expect(converting).rejects.toMatchObject({ code: "output.disk_full" });
  });

  test("an abort between two blocks", async () => {
    const directory = await tempDir();
    const spoolPath = await writeSpool(directory, Array(8).fill(`{"text":"${"a".repeat(400_000)}"}`));
    const stopping = new AbortController();
    let rows = 0;
    const flattener: Flattener = {
      ...textFlattener,
      flatten(record, emit) {
        rows += 1;
        textFlattener.flatten(record, emit);
        stopping.abort();
      },
    };
    const converting = convertInto(directory, spoolPath, flattener, {
      format: "csv",
      signal: stopping.signal,
    });
    await expect(converting).rejects.toThrow(InterruptedError);
    expect(rows).toBe(2);
    const untouched = convertInto(directory, spoolPath, null, { format: "ndjson", signal: stopping.signal });
    await expect(untouched).rejects.toThrow(InterruptedError);
  });
});

test.each([
  ["ndjson", "none", ".ndjson"],
  ["csv", "gzip", ".csv.gz"],
  ["ndjson", "zstd", ".ndjson.zst"],
  ["parquet", "zstd", ".parquet"],
] as const)("gives a %s file with %s compression the extension %s", (format, compression, extension) => {
  expect(extensionOf(format, compression)).toBe(extension);
});
