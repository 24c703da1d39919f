import { expect, test } from "vitest";
import { adherenceFlattener } from "../../../src/analytics/tables/adherence.ts";
import { rowsOf } from "./rows.ts";

const KEY = { managementUnitId: "u-1", userId: "a-1", startDate: "2026-10-02T00:00:00.000Z" };

test("replaces the offsets and keys of exceptions and activities with instants and ids", () => {
  const exceptionInfo = [
    { startOffsetSeconds: 3_600, endOffsetSeconds: 3_900, secondaryPresenceLookupId: "0" },
    { startOffsetSeconds: 90_000, endOffsetSeconds: null, secondaryPresenceLookupId: "toString" },
  ];
  const actuals = [{ startOffsetSeconds: 0, endOffsetSeconds: 60, actualSecondaryPresenceLookupId: "0" }];
  const lookupIdToSecondaryPresenceId = { "0": "p-1" };
  const record = { ...KEY, exceptionInfo, actuals, lookupIdToSecondaryPresenceId, dayMetrics: [] };
  const tables = rowsOf(adherenceFlattener(), record);
  expect(tables["adherence_exceptions"]).toEqual([
    {
      ...KEY,
      ...exceptionInfo[0],
      exceptionIdx: 0,
      startTime: "2026-10-02T01:00:00.000Z",
      endTime: "2026-10-02T01:05:00.000Z",
      secondaryPresenceId: "p-1",
    },
    {
      ...KEY,
      exceptionIdx: 1,
      startOffsetSeconds: 90_000,
      startTime: "2026-10-03T01:00:00.000Z",
      secondaryPresenceLookupId: "toString",
    },
  ]);
  expect(tables["adherence_actuals"]).toEqual([
    {
      ...KEY,
      ...actuals[0],
      actualIdx: 0,
      startTime: "2026-10-02T00:00:00.000Z",
      endTime: "2026-10-02T00:01:00.000Z",
      secondaryPresenceId: "p-1",
    },
  ]);
});

test("keeps a list of an unexpected shape, an unknown field and an impossible offset", () => {
  const record = {
    ...KEY,
    exceptionInfo: "none",
    actuals: ["idle"],
    dayMetrics: [{ dayStartOffsetSeconds: 1e15, shiftCount: 2 }],
  };
  const tables = rowsOf(adherenceFlattener(), record);
  expect(tables["adherence"]).toEqual([{ ...KEY, extra: '{"exceptionInfo":"none"}' }]);
  expect(tables["adherence_actuals"]).toEqual([{ ...KEY, actualIdx: 0, extra: '"idle"' }]);
  expect(tables["adherence_days"]).toEqual([
    { ...KEY, dayIdx: 0, dayStartOffsetSeconds: 1e15, extra: '{"shiftCount":2}' },
  ]);
});
