import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { namedQueries } from "../../src/analytics/query-list.ts";
import { BOOLEAN_DIMENSIONS, DIMENSION_VALUES } from "../../src/analytics/vocabulary/dimension-values.ts";
import { filterPlacesOf } from "../../src/analytics/vocabulary.ts";
import { asArray, asRecord } from "../../src/core/json.ts";
import { call, sandboxFor } from "../sandbox/client.ts";

const sdk = dirname(createRequire(import.meta.url).resolve("purecloud-platform-client-v2/package.json"));
const declarations = readFileSync(join(sdk, "index.d.ts"), "utf8");
const MODELS = [
  "AnalyticsConversation",
  "AnalyticsParticipant",
  "AnalyticsSession",
  "AnalyticsConversationSegment",
  "AnalyticsFlow",
  "AnalyticsEvaluation",
  "AnalyticsSurvey",
  "AnalyticsUserPresenceRecord",
  "AnalyticsRoutingStatusRecord",
];

/** The types of each field in the official models of the records. */
const types = new Map<string, Set<string>>();
for (const model of MODELS) {
  const body = new RegExp(`interface ${model} \\{([^}]*)`).exec(declarations)?.[1] ?? "";
  for (const [, name = "", type = ""] of body.matchAll(/"(\w+)"\??: (\w+)/g)) {
    types.set(name, (types.get(name) ?? new Set()).add(type));
  }
}
const dimensions = new Set(
  namedQueries().flatMap((query) => filterPlacesOf(query).flatMap((place) => place.dimensions)),
);

test.each(Object.keys(DIMENSION_VALUES))(
  "%s is a dimension that the official model types as a string",
  (name) => {
    expect(dimensions).toContain(name);
    expect([...(types.get(name) ?? [])]).toEqual(["string"]);
  },
);

test("the boolean dimensions are exactly those of the official models", () => {
  const booleans = [...types].filter(([name, found]) => found.has("boolean") && dimensions.has(name));
  expect(BOOLEAN_DIMENSIONS.trim().split(/\s+/).toSorted()).toEqual(
    booleans.map(([name]) => name).toSorted(),
  );
});

test("every value in the sandbox's records belongs to its enumeration", async () => {
  const sandbox = await sandboxFor({ scenario: "healthy", conversations: 2_000, days: 3 });
  const { raw } = await call(sandbox, "GET /sandbox/truth/conversations");
  const strange = new Set<string>();
  let checked = 0;
  const visit = (value: unknown) => {
    for (const item of asArray(value)) visit(item);
    for (const [name, inner] of Object.entries(Array.isArray(value) ? {} : asRecord(value))) {
      const values = Object.hasOwn(DIMENSION_VALUES, name) ? DIMENSION_VALUES[name] : undefined;
      if (values !== undefined && typeof inner === "string") {
        checked += 1;
        if (!values.trim().split(/\s+/).includes(inner)) strange.add(`${name}=${inner}`);
      }
      if (typeof inner === "object") visit(inner);
    }
  };
  for (const line of raw.split("\n").filter((text) => text !== "")) visit(JSON.parse(line));
  expect([[...strange], checked > 10_000]).toEqual([[], true]);
});
