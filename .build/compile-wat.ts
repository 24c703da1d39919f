// Makes src/export/page/record-ends-code.ts from the WebAssembly text beside it. Usage: npx tsx .build/compile-wat.ts
import { readFile, writeFile } from "node:fs/promises";
import wabt from "wabt";

const SOURCE = new URL("../src/export/page/record-ends.wat", import.meta.url);
const CODE = new URL("../src/export/page/record-ends-code.ts", import.meta.url);

const { parseWat } = await wabt();
const parsed = parseWat("record-ends.wat", await readFile(SOURCE), { simd: true });
const base64 = Buffer.from(parsed.toBinary({}).buffer).toString("base64");
await writeFile(
  CODE,
  `/** record-ends.wat as WebAssembly, in base64; made by .build/compile-wat.ts. */\nexport const RECORD_ENDS_CODE =\n  "${base64}";\n`,
);
