import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import wabt from "wabt";
import { RECORD_ENDS_CODE } from "../../../src/export/page/record-ends-code.ts";

test("the WebAssembly code matches its WAT source", async () => {
  const source = await readFile(new URL("../../../src/export/page/record-ends.wat", import.meta.url));
  const { parseWat } = await wabt();
  const { buffer } = parseWat("record-ends.wat", source, { simd: true }).toBinary({});
  expect(RECORD_ENDS_CODE, "run `npx tsx .build/compile-wat.ts`").toBe(
    Buffer.from(buffer).toString("base64"),
  );
});
