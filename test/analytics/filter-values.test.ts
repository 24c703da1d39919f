import { describe, expect, test } from "vitest";
import { chooseNamedQuery } from "../../src/analytics/choose-query.ts";
import { buildFilters } from "../../src/analytics/filter.ts";
import { filterPlacesOf } from "../../src/analytics/vocabulary.ts";

const build = (query: string, filter: string) =>
  buildFilters([filter], filterPlacesOf(chooseNamedQuery([query], true).query), query);

function failureOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe("refuses a value outside an enumeration, with the nearest one", () => {
  test.each<[string, string, string]>([
    ["conversations details", "mediaType=Voice", "`mediaType` has no value `Voice`"],
    ["conversations details", "mediaType in voice,emial", "`mediaType` has no value `emial`"],
    ["conversations details", "purpose=agents", "`purpose` has no value `agents`"],
    ["conversations details", "segmentType=wrap-up", "`segmentType` has no value `wrap-up`"],
    ["conversations details", "originatingDirection=in", "`originatingDirection` has no value `in`"],
    ["conversations details", "recording=yes", "`recording` has no value `yes`"],
    ["conversations details", "evaluationStatus=finished", "`evaluationStatus` has no value `finished`"],
    ["conversations aggregates", "usedRouting=standard", "`usedRouting` has no value `standard`"],
    ["users details", "routingStatus=on queue", "`routingStatus` has no value `on queue`"],
    ["users details", "systemPresence=On Queue", "`systemPresence` has no value `On Queue`"],
    ["queues observations", "mediaType=calls", "`mediaType` has no value `calls`"],
    ["conversations activity", "direction=Inbound", "`direction` has no value `Inbound`"],
  ])("of %s: %s", (query, filter, message) => {
    expect(failureOf(() => build(query, filter))).toMatchObject({ code: "usage.filter", message });
  });

  test.each<[string, string, string]>([
    ["conversations details", "mediaType=Voice", "--filter 'mediaType=voice'"],
    ["conversations details", "segmentType=wrap-up", "--filter 'segmentType=wrapup'"],
    ["users details", "systemPresence=On Queue", "--filter 'systemPresence=ON_QUEUE'"],
    ["conversations details", "recording=True", "--filter 'recording=true'"],
    ["conversations details", "mediaType=telegraphy", "its values are callback chat cobrowse"],
  ])("of %s: the hint for %s contains %s", (query, filter, hint) => {
    expect(failureOf(() => build(query, filter))).toMatchObject({ hint: expect.stringContaining(hint) });
  });
});

test.each<[string, string]>([
  ["conversations details", "mediaType in voice,chat"],
  ["conversations details", "messageType=whatsapp"],
  ["conversations details", "subject=Voice"],
  ["conversations details", "recording=true"],
  ["users details", "systemPresence=ON_QUEUE"],
  ["transcripts aggregates", "mediaType=CALL"],
])("the query %s accepts the filter %s", (query, filter) => {
  expect(Object.keys(build(query, filter))).toHaveLength(1);
});

test("refuses a word as a conversation's id, because conversations have no names", () => {
  expect(failureOf(() => build("conversations details", "conversationId=latest"))).toMatchObject({
    code: "usage.filter",
    message: "`latest` is not an id (`conversationId`)",
  });
});
