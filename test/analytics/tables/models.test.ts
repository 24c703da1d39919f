import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import type { Dataset } from "../../../src/analytics/datasets/dataset.ts";
import { allDatasets, findDataset } from "../../../src/analytics/datasets/datasets.ts";
import { EVALUATION_TABLES } from "../../../src/analytics/datasets/quality/evaluations.ts";
import { SURVEY_TABLES } from "../../../src/analytics/datasets/quality/surveys.ts";
import type { Column } from "../../../src/analytics/table.ts";
import { ADHERENCE } from "../../../src/analytics/tables/adherence.ts";
import {
  CONVERSATION,
  EVALUATION,
  PARTICIPANT,
  RESOLUTION,
  SURVEY,
} from "../../../src/analytics/tables/conversation-model.ts";
import type { RecordModel } from "../../../src/analytics/tables/record-flattener.ts";
import {
  FLOW,
  FLOW_OUTCOME,
  MEDIA_ENDPOINT_STAT,
  METRIC,
  SEGMENT,
  SESSION,
} from "../../../src/analytics/tables/session-model.ts";
import type { Model } from "../../../src/analytics/tables/table-plan.ts";
import { DATASET_TRUTHS } from "../../support/dataset-truths/dataset-truths.ts";

const sdk = dirname(createRequire(import.meta.url).resolve("purecloud-platform-client-v2/package.json"));
const declarations = readFileSync(join(sdk, "index.d.ts"), "utf8");

/** Returns the fields of a platform model with their TypeScript types, as the official SDK declares them. */
function fieldsOf(model: string): ReadonlyMap<string, string> {
  const body =
    new RegExp(`interface ${model} \\{([^}]*(?:\\{[^}]*\\}[^}]*)*?)\\n\\t\\}`).exec(declarations)?.[1] ?? "";
  return new Map([...body.matchAll(/"(\w+)"\??: (.+);/g)].map(([, name = "", type = ""]) => [name, type]));
}

const TYPES: Readonly<Record<string, RegExp>> = {
  string: /^string$/,
  timestamp: /^string$/,
  boolean: /^boolean$/,
  int32: /^number$/,
  int64: /^number$/,
  double: /^number$/,
  strings: /^Array<string>$/,
  integers: /^Array<number>$/,
  json: /./,
};

test.each<[string, Model]>([
  ["AnalyticsConversation", CONVERSATION],
  ["AnalyticsParticipant", PARTICIPANT],
  ["AnalyticsSession", SESSION],
  ["AnalyticsConversationSegment", SEGMENT],
  ["AnalyticsSessionMetric", METRIC],
  ["AnalyticsFlow", FLOW],
  ["AnalyticsFlowOutcome", FLOW_OUTCOME],
  ["AnalyticsMediaEndpointStat", MEDIA_ENDPOINT_STAT],
  ["AnalyticsEvaluation", EVALUATION],
  ["AnalyticsSurvey", SURVEY],
  ["AnalyticsResolution", RESOLUTION],
  ["WfmHistoricalAdherenceBulkUserResult", ADHERENCE.agent],
  ["WfmHistoricalAdherenceBulkUserDayMetrics", ADHERENCE.days],
  ["HistoricalAdherenceExceptionInfo", ADHERENCE.exceptions],
  ["HistoricalAdherenceActuals", ADHERENCE.actuals],
])(
  "the table of %s has a column for every field of the official model and for no other",
  (name, { columns, lists = [], objects = [] }) => {
    const fields = fieldsOf(name);
    const places = [...columns.map((column) => column.name), ...lists, ...objects];
    expect(places.toSorted()).toEqual([...fields.keys()].toSorted());
    expect(
      columns.filter((column) => TYPES[column.type]?.test(fields.get(column.name) ?? "") !== true),
    ).toEqual([]);
  },
);

const withLists = (columns: readonly Column[], ...lists: readonly string[]): Model => ({ columns, lists });

test.each<[string, Model, readonly string[]]>([
  ["EvaluationResponse", EVALUATION_TABLES.record, ["answers"]],
  ["EvaluationScoringSet", withLists(EVALUATION_TABLES.answers, "questionGroupScores"), []],
  ["EvaluationQuestionGroupScore", withLists(EVALUATION_TABLES.groups, "questionScores"), []],
  ["EvaluationQuestionScore", withLists(EVALUATION_TABLES.questions), []],
  ["Survey", SURVEY_TABLES.record, ["answers"]],
  ["SurveyScoringSet", withLists(SURVEY_TABLES.answers, "questionGroupScores"), []],
  ["SurveyQuestionGroupScore", withLists(SURVEY_TABLES.groups, "questionScores"), []],
  ["SurveyQuestionScore", withLists(SURVEY_TABLES.questions), []],
])(
  "the table of %s has a column or related table for every field of the official model",
  (name, model, others) => {
    const { columns, lists = [], references = {} } = model as Model & Partial<RecordModel>;
    const fields = fieldsOf(name);
    const places = [...columns.map((column) => column.name), ...lists, ...Object.keys(references), ...others];
    expect(places.toSorted()).toEqual([...fields.keys()].toSorted());
    expect(
      columns.filter((column) => TYPES[column.type]?.test(fields.get(column.name) ?? "") !== true),
    ).toEqual([]);
  },
);

/** Official model of the records, for each dataset with one row per record. */
const OFFICIAL: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(DATASET_TRUTHS).flatMap(([name, { model }]) => (model === null ? [] : [[name, model]])),
);

// Datasets without one official model: two models together describe presence definitions, and genscope itself creates
// the list of transcripts.
const WITHOUT = ["presence definitions", "transcripts"];

test("every dataset with one row per record names its official model, with two exceptions", () => {
  const names = allDatasets().flatMap(({ name, tables }) => (tables.kind === "one-row" ? [name] : []));
  expect(Object.keys(OFFICIAL).toSorted()).toEqual(
    names.filter((name) => !WITHOUT.includes(name)).toSorted(),
  );
});

/** Returns the columns of a dataset, except those that repeat the parent object of a record. */
function columnsOf({ access, tables }: Dataset): readonly Column[] {
  if (tables.kind !== "one-row") throw new Error("there is no model");
  const repeated = access.kind === "children" ? Object.keys(access.parents.repeated) : [];
  return tables.model.columns.filter(({ name }) => !repeated.includes(name));
}

test.each(Object.entries(OFFICIAL))("the columns of %s are fields of the official %s", (dataset, name) => {
  const found = findDataset([dataset]);
  const columns = columnsOf(found);
  const { references } = found.tables.kind === "one-row" ? found.tables.model : { references: {} };
  const fields = fieldsOf(name);
  expect(Object.keys(references).filter((field) => !fields.has(field))).toEqual([]);
  expect(
    columns.filter((column) => TYPES[column.type]?.test(fields.get(column.name) ?? "") !== true),
  ).toEqual([]);
});

/**
 * Datasets that have no column of their own for some fields of the official model. These fields are in the column
 * `extra`.
 */
const PARTIAL = [
  "users",
  "queues",
  "wrap-up codes",
  "skills",
  "divisions",
  "flows",
  "audits",
  "group members",
];

/** Fields that belong to other models of the same objects. No file may contain them. */
const FOREIGN = ["mediaUris", "mediaUri", "resultUrl"];

test.each(Object.entries(OFFICIAL).filter(([name]) => !PARTIAL.includes(name)))(
  "the dataset %s has a column for every field of the official %s",
  (dataset, name) => {
    const found = findDataset([dataset]);
    const columns = columnsOf(found);
    const { references } = found.tables.kind === "one-row" ? found.tables.model : { references: {} };
    const { withheld } = found;
    const places = [...columns.map((column) => column.name), ...Object.keys(references), ...withheld].filter(
      (place) => !FOREIGN.includes(place),
    );
    expect(places.toSorted()).toEqual([...fieldsOf(name).keys()].toSorted());
  },
);
