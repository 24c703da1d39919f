import { expect, test } from "vitest";
import { drawBars } from "../../../src/output/chart/draw-bars.ts";
import { plainStyle } from "../../../src/output/style.ts";
import { widthOf } from "../../../src/output/table/table-cells.ts";

const bars = [
  { label: "Sales 東京", share: 1, value: "1,200" },
  { label: "Support", share: 0.26, value: "312" },
  { label: "Billing", share: 0.0001, value: "1" },
  { label: "Night", share: 0, value: "0" },
  { label: "Closed", share: null, value: "no data" },
];

test("a chart has bars in eighths of a block, no bar for zero, a bar for any small value, and a word for a missing value", () => {
  expect(drawBars({ kind: "bars", title: "nOffered (count)", bars, isPlain: false }, 36, plainStyle)).toBe(
    [
      "nOffered (count)",
      "Sales 東京  ███████████████ 1,200",
      "Support     ███▉ 312",
      "Billing     ▏ 1",
      "Night       0",
      "Closed      no data",
    ].join("\n"),
  );
});

test("a chart has number signs where block characters are not possible", () => {
  const text = drawBars({ kind: "bars", title: "nOffered (count)", bars, isPlain: true }, 36, plainStyle);
  expect(text.split("\n").slice(1)).toEqual([
    "Sales 東京  ############### 1,200",
    "Support     #### 312",
    "Billing     # 1",
    "Night       0",
    "Closed      no data",
  ]);
});

test.each([30, 60, 80, 200, null])("a chart fits a width of %s and cuts long names", (columns) => {
  const names = ["東京".repeat(60), "a".repeat(300), `${"👩‍👩‍👧".repeat(60)}`];
  const long = names.map((label) => ({ label, share: 1, value: "3d 4h" }));
  const text = drawBars({ kind: "bars", title: "t", bars: long, isPlain: false }, columns, plainStyle);
  for (const line of text.split("\n")) expect(widthOf(line)).toBeLessThanOrEqual(columns ?? 80);
  expect(text.match(/…/g)).toHaveLength(3);
});
