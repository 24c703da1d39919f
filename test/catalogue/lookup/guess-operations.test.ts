import { expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { guessOperations } from "../../../src/catalogue/lookup/guess-operations.ts";
import { nameOf } from "../../../src/catalogue/lookup/operation-lookup.ts";

const catalogue = loadCatalogue();

test.each([
  ["schedule groups", "GET /api/v2/architect/schedulegroups"],
  ["emergency groups", "GET /api/v2/architect/emergencygroups"],
  ["contact lists", "GET /api/v2/outbound/contactlists"],
  ["DNC lists", "GET /api/v2/outbound/dnclists"],
  ["queue members", "GET /api/v2/routing/queues/{queueId}/members"],
  ["wrap-up codes", "GET /api/v2/routing/wrapupcodes"],
])("guesses the operation that the words %s describe", (object, expected) => {
  const [best] = guessOperations(catalogue, "GET", object);
  expect(best === undefined ? null : nameOf(best)).toBe(expected);
});

test.each(["job", "the list", "all results", "weather in Berlin"])(
  "guesses no operation for the words %s",
  (object) => {
    expect(guessOperations(catalogue, "GET", object)).toEqual([]);
  },
);
