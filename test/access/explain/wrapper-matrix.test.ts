import { describe, expect, test } from "vitest";
import type { Finding } from "../../../src/access/explain/finding.ts";
import { explainText } from "./packaged-knowledge.ts";
import { CARRIERS } from "./wrappers/carriers.ts";
import { CORRELATION, FAILURES } from "./wrappers/failures.ts";
import { WRAPPERS } from "./wrappers/wrappers.ts";

const CARRIED: ReadonlySet<string> = new Set(["curl with -v", "HTTPie", "axios", "a log line", "Feign"]);

function told({ layer, status, code, operation, request, missing, retryAfterSeconds }: Finding): string {
  const path = operation?.path ?? request?.path;
  const names = [...missing.permissions, ...missing.scopes, ...missing.divisions].join(",") || "-";
  return `${layer} ${status} ${code} ${operation?.method ?? request?.method} ${path} | ${names} | ${retryAfterSeconds ?? "-"}`;
}

const toldOf = (text: string): readonly string[] => explainText(text).map(told);
const EXPECTED = FAILURES.map(({ expected }) => [expected]);

describe("every failure in the format of", () => {
  test.each(WRAPPERS)("$name", ({ show }) => {
    expect(FAILURES.map(({ call }) => toldOf(show(call)))).toEqual(EXPECTED);
  });
});

describe("two failures, one below the other, in the format of", () => {
  test.each(WRAPPERS)("$name", ({ show }) => {
    const pairs = FAILURES.map(
      (one, index) => [one, FAILURES[(index + 1) % FAILURES.length] ?? one] as const,
    );
    for (const [one, other] of pairs) {
      const second = show(other.call).replaceAll(CORRELATION, CORRELATION.replace(/^4a/, "b7"));
      expect(toldOf(`${show(one.call)}\n\n${second}`).toSorted()).toEqual(
        [one.expected, other.expected].toSorted(),
      );
    }
  });
});

describe("a failure below a success in the format of", () => {
  const success = "2026-11-20 10:15:00 GET https://api.mypurecloud.ie/api/v2/organizations/me 200 OK";

  test.each(WRAPPERS)("$name", ({ show }) => {
    expect(FAILURES.map(({ call }) => toldOf(`${success}\n${show(call)}`))).toEqual(EXPECTED);
  });
});

describe("every failure carried by", () => {
  const shown = WRAPPERS.filter(({ name }) => CARRIED.has(name));

  test.each(CARRIERS)("$name", ({ carry }) => {
    for (const [at, { show }] of shown.entries()) {
      // Half of the failures in each format keep the test short; the other formats show the other half.
      const some = FAILURES.filter((_, index) => (index + at) % 2 === 0);
      expect(some.map(({ call }) => toldOf(carry(show(call))))).toEqual(
        some.map(({ expected }) => [expected]),
      );
    }
  });
});
