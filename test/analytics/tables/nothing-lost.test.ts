import fc from "fast-check";
import { expect, test } from "vitest";
import { conversationsFlattener } from "../../../src/analytics/tables/conversations.ts";
import { parseRecord } from "../../../src/analytics/tables/record-text.ts";
import { SEGMENT, SESSION } from "../../../src/analytics/tables/session-model.ts";
import type { JsonRecord } from "../../../src/core/json.ts";
import { rowsOf } from "./rows.ts";

const names = fc.constantFrom(
  ...[...SEGMENT.columns, ...SESSION.columns].map(({ name }) => name),
  ...["segments", "metrics", "flow", "outcomes", "future", "__proto__", "toString"],
);
const values = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom("2026-10-01T08:15:30.250Z", "text", true, 7, 1.5, 2 ** 40, -(2 ** 31)),
  fc.array(fc.string()),
  fc.array(fc.integer()),
);
const objects = fc.uniqueArray(fc.tuple(names, values), { selector: ([name]) => name });
const textOf = (fields: readonly (readonly [string, unknown])[]) =>
  `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(",")}}`;

test("keeps each field of a segment in its column or in `extra`, whatever its value", () => {
  fc.assert(
    fc.property(objects, (fields) => {
      const record = parseRecord(`{"participants":[{"sessions":[{"segments":[${textOf(fields)}]}]}]}`);
      const [row = {}] = rowsOf(conversationsFlattener(), record)["segments"] ?? [];
      const { extra, participantIdx: _p, sessionIdx: _s, segmentIdx: _i, ...cells } = row;
      const extraFields: JsonRecord = extra === undefined ? {} : JSON.parse(String(extra));
      const json = new Set(SEGMENT.columns.filter(({ type }) => type === "json").map(({ name }) => name));
      const found = [
        ...Object.entries(cells).map(([name, cell]) => [
          name,
          json.has(name) ? JSON.parse(String(cell)) : cell,
        ]),
        ...Object.entries(extraFields),
      ];
      const known = new Set(SEGMENT.columns.map(({ name }) => name));
      const sent = fields.filter(([name, value]) => value !== null || !known.has(name));
      const byName = (list: readonly (readonly unknown[])[]) =>
        list.map((entry) => JSON.stringify(entry)).toSorted();
      expect(byName(found)).toEqual(byName(sent));
    }),
    { numRuns: 500 },
  );
});

test("accepts a conversation record of any shape", () => {
  const key = fc.constantFrom(
    ...[
      "participants",
      "sessions",
      "segments",
      "metrics",
      "flow",
      "outcomes",
      "attributes",
      "conversationId",
    ],
  );
  const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  fc.assert(
    fc.property(fc.object({ key, maxDepth: 6, maxKeys: 4, values: [value] }), (record) => {
      const rows = rowsOf(conversationsFlattener(), parseRecord(JSON.stringify(record)));
      expect(rows["conversations"]).toHaveLength(1);
    }),
  );
});
