import { setFlagsFromString } from "node:v8";
import { beforeAll, describe, expect, test } from "vitest";
import { readPolicy } from "../../src/access/policy/parse-policy.ts";
import { buildFilters } from "../../src/analytics/filter.ts";
import { filterPlacesOf } from "../../src/analytics/vocabulary.ts";
import { loadCatalogue } from "../../src/catalogue/facts/load-catalogue.ts";
import { indexOperations } from "../../src/catalogue/scan/read/operation-index.ts";
import { createScanIndex } from "../../src/catalogue/scan/read/scan-index.ts";
import { holdsNames, scanText } from "../../src/catalogue/scan/scan-text.ts";
import { AppError } from "../../src/core/errors.ts";
import { explainText } from "../access/explain/packaged-knowledge.ts";
import { EXPLAIN_SHAPES } from "./explain-shapes.ts";
import { type GrowthOptions, measureGrowth, processorTime } from "./growth.ts";
import { FILTER_SHAPES, POLICY_SHAPES } from "./option-shapes.ts";
import { SCAN_SHAPES, type ScanShape } from "./scan-shapes.ts";
import { type Shape, textOf } from "./shape.ts";
import { TEXT_SHAPES, type TextShape } from "./text-shapes.ts";

/** `GENSCOPE_GROWTH=full` measures every shape up to 8 MiB, which takes hours. */
const IS_FULL = process.env["GENSCOPE_GROWTH"] === "full";
// A process that has compiled many regular expressions stops optimizing them, and an unbounded repetition of millions
// of letters then overflows its stack.
if (IS_FULL) setFlagsFromString("--no-regexp-optimization");
/** Between linear (1) and quadratic (2), because a busy machine can double either time of a pair. */
const STEEPEST = 1.6;
const LIMITS: GrowthOptions = {
  ...(IS_FULL
    ? { shortest: 65_536, longest: 8 * 1024 * 1024, step: 2, floor: 150, budget: 60_000 }
    : { shortest: 16_384, longest: 65_536, step: 4, floor: 40, budget: 100 }),
  suspicious: STEEPEST,
  clock: processorTime,
};

const catalogue = loadCatalogue();
const operations = indexOperations(catalogue);
const places = filterPlacesOf({ kind: "details", subject: "conversations" });

describe("the measure", () => {
  const shape: Shape = { name: "letters", unit: () => "a" };
  /** Measures work that takes `cost` milliseconds; `count` is the number of texts before this one. */
  const exponentOf = (cost: (length: number, count: number) => number): number => {
    let now = 0;
    let count = 0;
    const work = ({ length }: string) => {
      now += cost(length, count);
      count += 1;
    };
    return measureGrowth(shape, () => work, { ...LIMITS, clock: () => now }).exponent;
  };

  test("gives 1 for linear work and 2 for quadratic work", () => {
    expect(exponentOf((length) => length / 500)).toBeCloseTo(1);
    expect(exponentOf((length) => (length / 2_048) ** 2)).toBeCloseTo(2);
  });

  test("measures an outlier again", () => {
    expect(exponentOf((length, count) => (length / 500) * (count === 0 ? 10 : 1))).toBeCloseTo(1);
  });

  test("ignores times below the floor", () => {
    expect(exponentOf((length) => Math.min(35, (length / 1_024) ** 2))).toBe(0);
  });
});

describe("a scan takes time in proportion to the text", () => {
  const prepare = (file: string) => () => {
    const index = createScanIndex(operations);
    return (text: string) => [holdsNames(file, text, index), scanText(text, { file, index })];
  };
  beforeAll(() => warmUp(SCAN_SHAPES, (text, { file }) => prepare(file)()(text)));

  test.each(SCAN_SHAPES.filter(({ isOfSuite }) => IS_FULL || isOfSuite))("$name", (shape: ScanShape) => {
    expectProportion(shape, prepare(shape.file));
  });
});

describe("an explanation takes time in proportion to the paste", () => {
  beforeAll(() => warmUp(EXPLAIN_SHAPES, explainText));

  test.each(EXPLAIN_SHAPES)("$name", (shape) => expectProportion(shape, () => explainText));
});

describe("a policy takes time in proportion to its length", () => {
  const read = (text: string) =>
    outcomeOf(() => readPolicy(text, { file: "genscope.policy.yaml", catalogue }));
  beforeAll(() => warmUp(POLICY_SHAPES, read));

  test.each(POLICY_SHAPES)("$name", (shape) => expectProportion(shape, () => read));
});

describe("a filter takes time in proportion to its length", () => {
  const build = (text: string) => outcomeOf(() => buildFilters([text], places));
  beforeAll(() => warmUp(FILTER_SHAPES, build));

  test.each(FILTER_SHAPES)("$name", (shape) => expectProportion(shape, () => build));
});

describe("a function takes time in proportion to the text", () => {
  const prepare = (shape: TextShape) => () => (text: string) => outcomeOf(() => shape.read(text));
  beforeAll(() => warmUp(TEXT_SHAPES, (text, shape) => prepare(shape)()(text)));

  test.each(TEXT_SHAPES)("$name", (shape: TextShape) => expectProportion(shape, prepare(shape)));
});

function expectProportion(shape: Shape, prepare: () => (text: string) => unknown): void {
  const { exponent, measured } = measureGrowth(shape, prepare, LIMITS);
  expect(exponent, measured).toBeLessThanOrEqual(STEEPEST);
}

/** Lets the engine compile the code before it is measured. */
function warmUp<Given extends Shape>(
  shapes: readonly Given[],
  work: (text: string, shape: Given) => unknown,
): void {
  for (const shape of shapes.slice(0, 12)) work(textOf(shape, 2_048), shape);
}

/** An input that is refused has been read as well. */
function outcomeOf(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError || error instanceof SyntaxError) return error.message;
    throw error;
  }
}
