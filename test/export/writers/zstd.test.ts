import { describe, expect, test } from "vitest";
import { openUnzstd, openZstd } from "../../../src/export/writers/zstd.ts";

const BLOCKS = ["", "x", "genscope ".repeat(40_000), Array.from({ length: 9_000 }, (_, n) => n * n).join()];
const blocks = BLOCKS.map((text) => Buffer.from(text));
const native = process.versions["zstd"];

describe("a Node with its own zstd", () => {
  const marked = {
    zstdCompressSync: () => Buffer.from("native"),
    constants: { ZSTD_c_compressionLevel: 100 },
  };

  test("is used for zstd only when its version produces the same bytes as the package", async () => {
    const same = await openZstd(3, marked, "1.5.7");
    expect(Buffer.from(same(Buffer.from("x"))).toString()).toBe("native");
    const other = await openZstd(3, marked, "1.5.8");
    const restore = await openUnzstd({ constants: {} });
    expect(Buffer.from(restore(other(Buffer.from("block")))).toString()).toBe("block");
  });

  test.skipIf(native === undefined)(
    "compresses to the same bytes as the package (needs Node 22.15)",
    async () => {
      for (const level of [1, 3]) {
        const [byNode, byPackage] = [await openZstd(level), await openZstd(level, marked, "0")];
        for (const block of blocks) expect(Buffer.from(byNode(block))).toEqual(Buffer.from(byPackage(block)));
      }
    },
  );
});

test.each([1, 3])("zstd restores every block that was compressed at level %i", async (level) => {
  const [compress, restore] = [await openZstd(level), await openUnzstd()];
  for (const block of blocks) expect(Buffer.from(restore(compress(block)))).toEqual(block);
});
