import { describe, expect, test } from "vitest";
import { NetworkError } from "../../src/core/errors.ts";
import { describeCauses } from "../../src/output/cause-chain.ts";

function systemError(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}

test("lists the causes of an error from the nearest to the first, with their codes", () => {
  const first = systemError("read ECONNRESET", "ECONNRESET");
  const second = Object.assign(new TypeError("other side closed", { cause: first }), {
    code: "UND_ERR_SOCKET",
  });
  expect(describeCauses(new NetworkError("network.reset", "broke", { cause: second }))).toEqual([
    "caused by: TypeError: other side closed (UND_ERR_SOCKET)",
    "caused by: Error: read ECONNRESET",
  ]);
});

test("lists the failed connection attempts at several addresses", () => {
  const attempts = ["::1", "127.0.0.1"].map((host) =>
    systemError(`connect ECONNREFUSED ${host}`, "ECONNREFUSED"),
  );
  expect(describeCauses(new Error("no", { cause: new AggregateError(attempts, "both failed") }))).toEqual([
    "caused by: AggregateError: both failed",
    "caused by: Error: connect ECONNREFUSED ::1",
    "caused by: Error: connect ECONNREFUSED 127.0.0.1",
  ]);
});

test("lists nothing for an error without a cause", () => {
  expect(describeCauses(new Error("alone"))).toEqual([]);
  expect(describeCauses("a string")).toEqual([]);
});

test("the list of causes ends when they form a cycle, and after ten causes", () => {
  const [one, other] = [new Error("one"), new Error("other")];
  one.cause = other;
  other.cause = one;
  expect(describeCauses(one)).toEqual(["caused by: Error: other"]);

  let deep = new Error("0");
  for (let depth = 1; depth <= 1_000; depth += 1) deep = new Error(`${depth}`, { cause: deep });
  expect(describeCauses(deep)).toHaveLength(10);
});

describe("the list of causes", () => {
  test.each([
    ["of a header", new Error("bad header: Authorization: Bearer Zk3v9Qw7pLx2")],
    ["of a proxy", new Error("connect to http://person:Zk3v9Qw7pLx2@proxy.example failed")],
    ["that a parser quotes", parserError('{"a":"Zk3v9Qw7pLx2"}x')],
    ["after a line break", new Error("refused: Bearer\nZk3v9Qw7pLx2")],
  ])("shows no secret %s", (_case, cause) => {
    const lines = describeCauses(new Error("outer", { cause }));
    expect(lines).toHaveLength(1);
    expect(lines.join()).not.toContain("Zk3v9Qw7pLx2");
  });

  test("shows each cause on a single line", () => {
    expect(describeCauses(new Error("outer", { cause: new Error("a\nhint: run this") }))).toEqual([
      "caused by: Error: a hint: run this",
    ]);
  });
});

function parserError(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}
