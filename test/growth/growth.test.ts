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

/**
 * How long the measured texts are. The suite measures each shape up to 64 KiB, or up to the first length that takes
 * longer than the budget, and each pattern of the scan in one language. `GENSCOPE_GROWTH=full` measures each shape up
 * to 8 MiB, the length of the longest source that a scan reads. It measures each pattern of the scan up to that length
 * in one language, chosen in turn, and up to 256 KiB in all others. This takes an hour of processor time.
 * `GENSCOPE_GROWTH=every` measures every pattern in every language up to 8 MiB, which takes many hours.
 */
const EXTENT = process.env["GENSCOPE_GROWTH"] ?? "suite";
const IS_FULL = EXTENT === "full" || EXTENT === "every";
// A process that has compiled many regular expressions stops optimizing them, and an unbounded repetition of millions
// of letters then overflows its stack.
if (IS_FULL) setFlagsFromString("--no-regexp-optimization");
/**
 * Largest allowed exponent. It is between linear (1) and quadratic (2), because a busy machine can double either time
 * of a pair.
 */
const STEEPEST = IS_FULL ? 1.4 : 1.6;
const MEASURE = { suspicious: STEEPEST, clock: processorTime };
const KIB = 1024;
const SUITE: GrowthOptions = {
  ...MEASURE,
  ...{ shortest: 4 * KIB, longest: 64 * KIB, step: 4, floor: 40, budget: 100 },
};
const WIDE: GrowthOptions = { ...SUITE, shortest: 32 * KIB, longest: 256 * KIB, step: 8, floor: 300 };
// A time below the floor depends mostly on garbage collection, and is harmless even for the longest text.
const LONG: GrowthOptions = {
  ...WIDE,
  ...{ shortest: 128 * KIB, longest: 8 * 1024 * KIB, floor: 800, budget: 120_000 },
};

const catalogue = loadCatalogue();
const operations = indexOperations(catalogue);
const places = filterPlacesOf({ kind: "details", subject: "conversations" });

describe("the measurement of growth", () => {
  const shape: Shape = { name: "letters", unit: () => "a" };
  /** Measures work that takes `cost` milliseconds. `count` is the number of texts measured before this one. */
  const exponentOf = (cost: (length: number, count: number) => number): number => {
    let now = 0;
    let count = 0;
    const work = ({ length }: string) => {
      now += cost(length, count);
      count += 1;
    };
    return measureGrowth(shape, () => work, { ...SUITE, shortest: 16 * KIB, clock: () => now }).exponent;
  };

  test("gives 1 for linear work and 2 for quadratic work", () => {
    expect(exponentOf((length) => length / 500)).toBeCloseTo(1);
    expect(exponentOf((length) => (length / 2_048) ** 2)).toBeCloseTo(2);
  });

  test("repeats the measurement of outliers", () => {
    const exponentWith = (...outliers: readonly number[]) =>
      exponentOf((length, count) => (length / 500) * (outliers.includes(count) ? 10 : 1));
    expect(exponentWith(0)).toBeCloseTo(1);
    // The long text is the first and the fourth to be measured.
    expect(exponentWith(0, 3)).toBeCloseTo(1);
  });

  test("ignores a jump after which the work is linear", () => {
    expect(exponentOf((length) => (length > 16 * KIB ? length / 200 : 1))).toBeCloseTo(1);
  });

  test("ignores times that are too short to compare", () => {
    expect(exponentOf((length) => Math.min(35, (length / 1_024) ** 2))).toBe(0);
  });
});

describe("an explanation takes time in proportion to the paste, with", () => {
  beforeAll(() => warmUp(EXPLAIN_SHAPES.slice(0, 12), explainText));

  test.each(EXPLAIN_SHAPES)("$name", (shape) => expectProportion(shape, () => explainText));
});

describe("reading a policy takes time in proportion to its length, with", () => {
  const read = (text: string) =>
    outcomeOf(() => readPolicy(text, { file: "genscope.policy.yaml", catalogue }));
  beforeAll(() => warmUp(POLICY_SHAPES.slice(0, 12), read));

  test.each(POLICY_SHAPES)("$name", (shape) => expectProportion(shape, () => read));
});

describe("reading a filter takes time in proportion to its length, with", () => {
  const build = (text: string) => outcomeOf(() => buildFilters([text], places, "conversations details"));
  beforeAll(() => warmUp(FILTER_SHAPES.slice(0, 12), build));

  test.each(FILTER_SHAPES)("$name", (shape) => expectProportion(shape, () => build));
});

describe("a function takes time in proportion to the text, with", () => {
  const prepare = (shape: TextShape) => () => (text: string) => outcomeOf(() => shape.read(text));
  beforeAll(() => warmUp(TEXT_SHAPES.slice(0, 12), (text, shape) => prepare(shape)()(text)));

  test.each(TEXT_SHAPES)("$name", (shape: TextShape) => expectProportion(shape, prepare(shape)));
});

describe("a scan takes time in proportion to the text, with", () => {
  const prepare = (file: string) => () => {
    const index = createScanIndex(operations);
    return (text: string) => [holdsNames(file, text, index), scanText(text, { file, index })];
  };
  // Loads the facts of each language before the measurement, because the first file of a language loads them.
  const languages = [...new Map(SCAN_SHAPES.map((shape) => [shape.file, shape])).values()];
  beforeAll(() =>
    warmUp([...SCAN_SHAPES.slice(0, 12), ...languages], (text, { file }) => prepare(file)()(text)),
  );

  const isLong = (shape: ScanShape): boolean => shape.isLong || EXTENT !== "full";
  const shapes = SCAN_SHAPES.filter(({ isOfSuite }) => IS_FULL || isOfSuite);

  test.each(shapes.filter(isLong))("$name", (shape) => expectProportion(shape, prepare(shape.file)));

  test.each(shapes.filter((shape) => !isLong(shape)))("$name, in shorter text", (shape) => {
    expectProportion(shape, prepare(shape.file), WIDE);
  });
});

function expectProportion(
  shape: Shape,
  prepare: () => (text: string) => unknown,
  limits = IS_FULL ? LONG : SUITE,
): void {
  const { exponent, measured } = measureGrowth(shape, prepare, limits);
  expect(exponent, measured).toBeLessThanOrEqual(STEEPEST);
}

/** Lets the engine compile the code before it is measured. */
function warmUp<Given extends Shape>(
  shapes: readonly Given[],
  work: (text: string, shape: Given) => unknown,
): void {
  for (const shape of shapes) work(textOf(shape, 2_048), shape);
}

/** Returns the result. Refusing an input is also a result, because the input was read. */
function outcomeOf(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError || error instanceof SyntaxError) return error.message;
    throw error;
  }
}
