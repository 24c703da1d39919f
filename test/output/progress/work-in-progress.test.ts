import { describe, expect, test } from "vitest";
import { describeTimeLeft, WorkInProgress } from "../../../src/output/progress/work-in-progress.ts";
import { FakeClock } from "../../support/fake-clock.ts";

function start() {
  const clock = new FakeClock();
  return { clock, work: new WorkInProgress(clock) };
}

describe("the text of a progress line", () => {
  test("names the step that began last, and after that the enclosing step", () => {
    const { work } = start();
    const outer = work.begin("reading roles");
    const inner = work.begin("looking up names");
    expect(work.describe()).toBe("looking up names");
    inner.end();
    outer.say("reading grants");
    expect(work.describe()).toBe("reading grants");
  });

  test("is right when parallel steps end in any order", () => {
    const { work } = start();
    const first = work.begin("first");
    const second = work.begin("second");
    first.end();
    expect(work.describe()).toBe("second");
    second.end();
    expect(work.describe()).toBe("");
  });

  test("is evaluated on every redraw when it is a function", () => {
    const { work } = start();
    let files = 1;
    work.begin(() => `${files} files`);
    files = 2;
    expect(work.describe()).toBe("2 files");
  });

  test("counts down a wait until it is over", () => {
    const { clock, work } = start();
    work.begin("reading roles");
    work.wait(12_000, "rate limit");
    clock.advance(2_500);
    expect(work.describe()).toBe("reading roles, waiting 10 s (rate limit)");
    clock.advance(9_500);
    expect(work.describe()).toBe("reading roles");
  });

  test("shows the longest of several parallel waits", () => {
    const { work } = start();
    work.begin("reading");
    work.wait(60_000, "rate limit");
    work.wait(1_000, "HTTP 503");
    expect(work.describe()).toBe("reading, waiting 60 s (rate limit)");
  });
});

test.each([
  [1, "1 s"],
  [89_000, "89 s"],
  [150_000, "3 min"],
  [5_400_000, "1 h 30 min"],
])("a progress line shows %d ms as %s", (durationMs, text) => {
  expect(describeTimeLeft(durationMs)).toBe(text);
});
