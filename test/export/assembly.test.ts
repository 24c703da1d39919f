import { appendFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { assembleFile, assembleStream } from "../../src/export/assembly.ts";
import { Layout } from "../../src/export/destination.ts";
import { tempDir } from "../support/temp-dir.ts";

interface Place {
  readonly layout: Layout;
  readonly out: string;
  partOf(text: string): Promise<string>;
  open(isCurrent?: (key: string) => boolean): ReturnType<typeof assembleFile>;
}

async function placeFor(): Promise<Place> {
  const directory = await tempDir();
  const out = join(directory, "out.ndjson");
  const layout = new Layout({ kind: "file", path: out }, ".ndjson", null);
  const parts: string[] = [];
  return {
    layout,
    out,
    partOf: async (text) => {
      const path = join(directory, `part-${parts.push(text)}`);
      await writeFile(path, text);
      return path;
    },
    open: async (isCurrent = () => true) => await assembleFile(layout, out, isCurrent),
  };
}

describe("one file", () => {
  test("holds the parts in the order they were added, and takes its name in the end", async () => {
    const { layout, out, partOf, open } = await placeFor();
    const assembly = await open();
    await assembly.add("a", await partOf("one\n"));
    await assembly.add("b", await partOf(""));
    await assembly.add("c", await partOf("two\n"));
    await expect(readFile(out)).rejects.toMatchObject({ code: "ENOENT" });
    expect(await assembly.close(true)).toBe(8);
    expect(await readFile(out, "utf8")).toBe("one\ntwo\n");
    expect(await readdir(layout.workDirectory)).toEqual(["assembly.ndjson"]);
  });

  test("a part's own file is gone once it is in", async () => {
    const { partOf, open } = await placeFor();
    const assembly = await open();
    const path = await partOf("one\n");
    await assembly.add("a", path);
    await expect(readFile(path)).rejects.toMatchObject({ code: "ENOENT" });
    await assembly.close(false);
  });

  test("a part of several pieces is whole", async () => {
    const { out, partOf, open } = await placeFor();
    const assembly = await open();
    const text = "é".repeat(1_700_000);
    await assembly.add("a", await partOf(text));
    await assembly.close(true);
    expect((await readFile(out, "utf8")) === text).toBe(true);
  });

  test("goes on where it was stopped: what is in is passed over, what a crash left is cut off", async () => {
    const { layout, out, partOf, open } = await placeFor();
    const first = await open();
    await first.add("a", await partOf("one\n"));
    await first.close(false);
    await appendFile(layout.assembledPath, "half of tw");
    const second = await open();
    await second.add("a", await partOf("one\n"));
    await second.add("b", await partOf("two\n"));
    expect(await second.close(true)).toBe(8);
    expect(await readFile(out, "utf8")).toBe("one\ntwo\n");
  });

  test("has its name between two runs, and gives it back while more is added", async () => {
    const { out, partOf, open } = await placeFor();
    const first = await open();
    await first.add("a", await partOf("one\n"));
    await first.close(true);
    const second = await open();
    await second.add("b", await partOf("two\n"));
    await expect(readFile(out)).rejects.toMatchObject({ code: "ENOENT" });
    await second.close(true);
    expect(await readFile(out, "utf8")).toBe("one\ntwo\n");
  });

  test("stays as it is when nothing is added to it", async () => {
    const { out, partOf, open } = await placeFor();
    const first = await open();
    await first.add("a", await partOf("one\n"));
    await first.close(true);
    expect(await (await open()).close(true)).toBe(4);
    expect(await readFile(out, "utf8")).toBe("one\n");
  });

  test("without parts it is empty, or not there at all when it is not whole", async () => {
    const { out, open } = await placeFor();
    await (await open()).close(false);
    await expect(readFile(out)).rejects.toMatchObject({ code: "ENOENT" });
    expect(await (await open()).close(true)).toBe(0);
    expect(await readFile(out, "utf8")).toBe("");
  });
});

describe("a part that is fetched again", () => {
  const exceptLast = (key: string) => key !== "last";

  test.each([
    ["with more in it", "last of run 2\n"],
    ["with less in it", "l\n"],
    ["with nothing in it", ""],
  ])("replaces what it had brought: %s", async (_what, text) => {
    const { out, partOf, open } = await placeFor();
    const first = await open();
    await first.add("a", await partOf("one\n"));
    await first.add("last", await partOf("last of run 1\n"));
    await first.close(true);
    const second = await open(exceptLast);
    await second.add("a", await partOf("one\n"));
    await second.add("last", await partOf(text));
    expect(await second.close(true)).toBe(4 + text.length);
    expect(await readFile(out, "utf8")).toBe(`one\n${text}`);
  });

  test("replaces also what was empty", async () => {
    const { out, partOf, open } = await placeFor();
    const first = await open();
    await first.add("a", await partOf("one\n"));
    await first.add("last", await partOf(""));
    await first.close(true);
    const second = await open(exceptLast);
    await second.add("last", await partOf("now there\n"));
    await second.close(true);
    expect(await readFile(out, "utf8")).toBe("one\nnow there\n");
  });

  test("is out of the file when it can't be had this time", async () => {
    const { out, partOf, open } = await placeFor();
    const first = await open();
    await first.add("a", await partOf("one\n"));
    await first.add("last", await partOf("last of run 1\n"));
    await first.close(true);
    expect(await (await open(exceptLast)).close(true)).toBe(4);
    expect(await readFile(out, "utf8")).toBe("one\n");
  });

  test("is passed over by the process after the one that has replaced it", async () => {
    const { out, partOf, open } = await placeFor();
    const first = await open();
    await first.add("a", await partOf("one\n"));
    await first.add("last", await partOf("last of run 1\n"));
    await first.close(true);
    const second = await open(exceptLast);
    await second.add("b", await partOf("two\n"));
    await second.add("last", await partOf("last of run 2\n"));
    await second.close(false);
    const third = await open();
    await third.add("b", await partOf("two\n"));
    await third.add("last", await partOf("last of run 2\n"));
    await third.close(true);
    expect(await readFile(out, "utf8")).toBe("one\ntwo\nlast of run 2\n");
  });
});

test("a stream gets the parts in their order", async () => {
  const { partOf } = await placeFor();
  const written: string[] = [];
  const assembly = assembleStream(async (bytes) => void written.push(Buffer.from(bytes).toString("utf8")));
  await assembly.add("a", await partOf("one\n"));
  await assembly.add("b", await partOf("two\n"));
  expect([await assembly.close(true), written]).toEqual([8, ["one\n", "two\n"]]);
});
