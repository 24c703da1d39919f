import { expect, test } from "vitest";
import { withoutEmptyColumns } from "../../../src/analytics/answer/answer-table.ts";
import { listingTable } from "../../../src/analytics/answer/listing-table.ts";

test("puts id and name first, shows objects by name and other values as JSON text, and omits selfUri", () => {
  const { columns, rows } = listingTable([
    {
      state: "active",
      name: "One",
      id: "1",
      division: { id: "d", name: "Sales" },
      selfUri: "/api/v2/things/1",
    },
    { id: "2", name: "Two", skills: ["a", "b"], flags: { hot: true }, memberCount: 3, isOn: false },
  ]);
  expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    "id string",
    "name string",
    "state string",
    "division string",
    "skills strings",
    "flags string",
    "memberCount double",
    "isOn boolean",
  ]);
  expect(rows).toEqual([
    ["1", "One", "active", "Sales", null, null, null, null],
    ["2", "Two", null, null, ["a", "b"], '{"hot":true}', 3, false],
  ]);
});

test("types a field with values of two types as string", () => {
  expect(listingTable([{ value: 1 }, { value: "one" }]).columns).toEqual([{ name: "value", type: "string" }]);
});

test("omits columns in which no row has a value", () => {
  const table = listingTable([{ id: "1", note: null, tags: [] }]);
  expect(withoutEmptyColumns(table)).toEqual({ columns: [{ name: "id", type: "string" }], rows: [["1"]] });
});
