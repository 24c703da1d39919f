import { expect, test } from "vitest";
import { withPrefix } from "../../../src/export/page/record-prefix.ts";

test("each record of a page begins with the added fields, and one byte separates it from the next record", () => {
  const bytes = Buffer.from('xx{"a":1},{},{"b":"é{"}yy');
  const ends = Int32Array.of(9, 12, 23);
  const [joined, start, joinedEnds, count] = withPrefix('"q":"{1}",', bytes, 2, ends, 2);
  const texts = [0, 1].map((index) =>
    Buffer.from(joined)
      .subarray(index === 0 ? start : (joinedEnds[index - 1] as number) + 1, joinedEnds[index])
      .toString(),
  );
  expect([texts, count]).toEqual([['{"q":"{1}","a":1}', '{"q":"{1}"}'], 2]);
});
