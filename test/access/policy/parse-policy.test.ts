import { describe, expect, test } from "vitest";
import { parsePolicy, readPolicy } from "../../../src/access/policy/parse-policy.ts";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { UsageError } from "../../../src/core/errors.ts";

const catalogue = loadCatalogue();
const FILE = "genscope.policy.yaml";

function problemsOf(text: string): readonly string[] {
  return readPolicy(text, { file: FILE, catalogue }).problems.map(
    ({ line, column, message }) => `${line}:${column} ${message}`,
  );
}

/** Returns a policy with one service, `reporting`, and these lines. */
function service(...lines: readonly string[]): string {
  return ["version: 1", "services:", "  reporting:", ...lines.map((line) => `    ${line}`), ""].join("\n");
}

describe("a policy file", () => {
  test("becomes services with operations and permissions of the catalog, each with its position", () => {
    const text = service(
      "description: nightly export",
      "operations:",
      "  - POST /api/v2/analytics/conversations/details/query",
      "  - operation: getRoutingQueues",
      "    division: Sales",
      "    note: wall board",
      "  - anyOf:",
      "      - GET /api/v2/users",
      "      - { operation: getUser, division: Support }",
      "    division: Home",
      "permissions: [ Routing:Queue:View ]",
      "division: Marketing",
      "max: true",
      "environments:",
      "  prod: { profile: prod, region: eu-central-1, max: false, permissions: [routing:queue:edit] }",
      "  dev:",
    );
    const { file, services } = parsePolicy(text, { file: FILE, catalogue });
    expect(file).toBe(FILE);
    const [only, ...others] = services;
    expect(others).toEqual([]);
    const at = (line: number, column: number) => ({ file: FILE, line, column });
    expect(only).toMatchObject({
      name: "reporting",
      description: "nightly export",
      location: at(3, 3),
      division: "Marketing",
      isMaximum: true,
    });
    expect(only?.items).toMatchObject([
      {
        kind: "operation",
        operation: { operationId: "postAnalyticsConversationsDetailsQuery" },
        division: null,
        note: null,
        location: at(6, 9),
      },
      {
        kind: "operation",
        name: "getRoutingQueues",
        operation: { path: "/api/v2/routing/queues" },
        division: "Sales",
        note: "wall board",
        location: at(7, 20),
      },
      {
        kind: "alternatives",
        location: at(10, 9),
        alternatives: [
          { operation: { operationId: "getUsers" }, division: "Home", location: at(11, 13) },
          { operation: { operationId: "getUser" }, division: "Support", location: at(12, 26) },
        ],
      },
      { kind: "permission", permission: "routing:queue:view", location: at(14, 20) },
    ]);
    expect(only?.environments).toMatchObject([
      {
        name: "prod",
        location: at(18, 7),
        profile: { value: "prod", location: at(18, 24) },
        region: { value: "eu-central-1", location: at(18, 38) },
        division: null,
        isMaximum: false,
        items: [{ permission: "routing:queue:edit" }],
      },
      { name: "dev", profile: null, region: null, items: [], isMaximum: null },
    ]);
  });

  test("supports anchors, aliases, merge keys, and `x-` keys for anchors", () => {
    const text = `version: 1
x-usual: &usual
  division: Home
  operations: &reading
    - GET /api/v2/routing/queues
services:
  a: { <<: *usual, division: Sales }
  b: { operations: *reading }
`;
    const [a, b] = parsePolicy(text, { file: FILE, catalogue }).services;
    expect(a).toMatchObject({ division: "Sales", items: [{ location: { line: 5 } }] });
    expect(b).toMatchObject({ division: null, items: [{ location: { line: 5 } }] });
  });

  test("keeps the caution about a path with real ids", () => {
    const [only] = parsePolicy(service("operations: [GET /api/v2/users/search]"), {
      file: FILE,
      catalogue,
    }).services;
    expect(only?.items).toMatchObject([{ operation: { path: "/api/v2/users/search" }, caution: null }]);
    const [doubtful] = parsePolicy(service("operations: [GET /api/v2/users/queues]"), {
      file: FILE,
      catalogue,
    }).services;
    expect(doubtful?.items).toMatchObject([
      {
        operation: { path: "/api/v2/users/{userId}" },
        caution: expect.stringContaining("`queues` is treated as a `userId`"),
      },
    ]);
  });

  test("accepts every operation of the platform", () => {
    const operations = [...catalogue.operations()];
    const text = service("operations:", ...operations.map(({ method, path }) => `- ${method} ${path}`));
    const [only] = parsePolicy(text, { file: FILE, catalogue }).services;
    expect(only?.items.map((item) => item.kind === "operation" && item.operation.operationId)).toEqual(
      operations.map(({ operationId }) => operationId),
    );
  });
});

describe("reports problems in a policy file with line and column", () => {
  test.each([
    [
      "no version",
      "services: {a: {permissions: [routing:queue:view]}}",
      ["1:1 `version` is missing: write `version: 1`"],
    ],
    [
      "another version",
      "version: 2\nservices: {a: {permissions: [routing:queue:view]}}",
      ["1:1 `version` must be the number 1, not the number 2"],
    ],
    [
      "nothing but a version",
      "version: 1",
      ["1:1 `services` is missing: list the services by name, each with its `operations` or `permissions`"],
    ],
    [
      "no services",
      "version: 1\nservices: {}",
      ["2:1 `services` must name at least one service, not an empty mapping"],
    ],
    [
      "services as a list",
      "version: 1\nservices: [a]",
      ["2:1 `services` must name at least one service, not a list"],
    ],
    ["a list", "- a", ["1:1 the policy must be a mapping of keys and values, not a list"]],
    [
      "an unknown key at the top",
      "version: 1\nservice: {}\n",
      [
        "1:1 `services` is missing: list the services by name, each with its `operations` or `permissions`",
        "2:1 unknown key `service` in the policy: did you mean `services`?",
      ],
    ],
    [
      "a service without operations and permissions",
      service("division: Home"),
      ["3:3 service `reporting` requires nothing: add `operations` or `permissions`"],
    ],
    [
      "an empty service",
      service(),
      ["3:3 service `reporting` must be a mapping of keys and values, not an empty value"],
    ],
    [
      "an unknown key far from all others",
      service("permissions: [routing:queue:view]", "roles: [x]"),
      [
        "5:5 unknown key `roles` in service `reporting`; known keys: `description`, `operations`, `permissions`, `division`, `max`, `environments`",
      ],
    ],
    [
      "a misspelled operation",
      service("operations:", "- GET /api/v2/routing/queue"),
      [
        expect.stringMatching(
          /^5:7 `GET \/api\/v2\/routing\/queue` is not in the catalogue of 2026-09-16; did you mean "GET \/api\/v2\/routing\/queues"/,
        ),
      ],
    ],
    [
      "a path that never existed",
      service("operations: [POST /api/v2/analytics/conversations/queries]"),
      [
        expect.stringMatching(
          /^4:18 `POST \/api\/v2\/analytics\/conversations\/queries` is not an operation of the platform API: .*did you mean "POST \/api\/v2\/analytics\/conversations\/details\/query"/,
        ),
      ],
    ],
    [
      "a misspelled permission",
      service("permissions: [routing:queue:vew]"),
      [
        expect.stringMatching(
          /^4:19 `routing:queue:vew` is not a permission .*did you mean `routing:queue:view`/,
        ),
      ],
    ],
    [
      "a scope in place of a permission",
      service("permissions: [analytics:readonly]"),
      [expect.stringMatching(/^4:19 `analytics:readonly` is an OAuth scope, not a permission/)],
    ],
    [
      "a number in place of an operation",
      service("operations: [12]"),
      ["4:18 an operation must be text or a mapping, not the number 12"],
    ],
    [
      "an empty permission",
      service("permissions: ['']"),
      ["4:19 a permission must be text or a mapping, not empty text"],
    ],
    [
      "a method as a key",
      service("operations:", "- GET: /api/v2/routing/queues"),
      ["5:7 `GET:` is not a key: write method and path as one string without a colon"],
    ],
    [
      "an item without its name",
      service("operations:", "- note: wall board"),
      ["5:7 `operation` is missing"],
    ],
    [
      "one alternative",
      service("operations:", "- anyOf: [getUsers]"),
      ["5:14 `anyOf` must list at least two"],
    ],
    [
      "text for a list",
      service("permissions: routing:queue:view"),
      ["4:18 `permissions` must be a list, not the text `routing:queue:view`"],
    ],
    ["an empty list", service("permissions: []"), ["4:18 `permissions` must list at least one"]],
    [
      "yes for true",
      service("permissions: [routing:queue:view]", "max: yes"),
      ["5:10 `max` must be true or false, not the text `yes`"],
    ],
    [
      "nothing for a division",
      service("permissions: [routing:queue:view]", "division:"),
      ["5:5 `division` must be text, not an empty value"],
    ],
    [
      "an unknown region",
      service("permissions: [routing:queue:view]", "environments:", "  prod: {region: eu-centrl-1}"),
      ["6:22 `eu-centrl-1` is not a region; did you mean `eu-central-1`?"],
    ],
    [
      "a misspelled key of an environment",
      service("permissions: [routing:queue:view]", "environments:", "  prod: {Profile: prod}"),
      ["6:14 unknown key `Profile` in environment `prod`: did you mean `profile`?"],
    ],
    [
      "the same service twice",
      `${service("permissions: [routing:queue:view]")}  reporting: {permissions: [routing:queue:view]}\n`,
      ["5:3 `reporting` already exists on line 3"],
    ],
    [
      "the same key twice",
      service("max: true", "permissions: [routing:queue:view]", "max: true"),
      ["6:5 `max` already exists on line 4"],
    ],
  ])("%s", (_, text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });
});

describe("reports invalid and unsupported YAML in a policy file", () => {
  test.each([
    ["an empty file", "", ["1:1 the file is empty"]],
    ["comments only", "# nothing yet\n", ["1:1 the file is empty"]],
    ["a tab", "version: 1\nservices:\n\ta: 1\n", ["3:1 a tab cannot indent a line in YAML: use spaces"]],
    [
      "a wrong indent",
      "version: 1\nservices:\n  a:\n    max: true\n   division: Home\n",
      [expect.stringMatching(/^4:14|^5:1 the indentation of this line/)],
    ],
    [
      "a path with a parameter in brackets",
      service("operations: [GET /api/v2/users/{userId}]"),
      ["4:36 a `{` inside `[ ]` or `{ }` starts a mapping: quote the path"],
    ],
    [
      "two keys on a line",
      "version: 1\nservices: a: b\n",
      ["2:11 a second `key: value` on one line: quote the text, or start a new line"],
    ],
    [
      "a quote that is not closed",
      'version: 1\nservices: "a\n',
      [expect.stringMatching(/^3:1 not YAML: missing closing "quote/)],
    ],
    [
      "two documents",
      "version: 1\n---\nversion: 1\n",
      [expect.stringMatching(/^[23]:1 a second document starts here/)],
    ],
    [
      "a tag",
      service("permissions: [!secret routing:queue:view]"),
      ["4:19 a policy cannot contain tags such as `!name`"],
    ],
    [
      "an alias without an anchor",
      service("permissions: *all"),
      expect.arrayContaining(["4:18 there is no `&all` before `*all`"]),
    ],
    [
      "an anchor that contains itself",
      service("permissions: &all [*all]"),
      expect.arrayContaining(["4:24 `*all` is inside `&all` itself"]),
    ],
    [
      "a merge of a list of words",
      service("<<: [a]", "permissions: [routing:queue:view]"),
      ["4:5 `<<` merges a mapping, or a list of mappings"],
    ],
    [
      "a key without a word",
      service("? [a]", ": b", "permissions: [routing:queue:view]"),
      ["4:7 a key must be a word; put quotes around text that starts with `{` or `[`"],
    ],
    ["ten thousand brackets", "[".repeat(10_000), ["1:1 more than 100 nested lists"]],
    ["ten thousand list signs", "- ".repeat(10_000), ["1:1 more than 100 nested lists"]],
    ["a file of more than 1 MiB", `# ${"x".repeat(1024 * 1024)}`, ["1:1 the file is larger than 1 MiB"]],
  ])("%s", (_, text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });

  test("refuses nested anchors that expand exponentially", () => {
    const lines = ["a", "b", "c", "d", "e", "f", "g"].map((name, index, names) => {
      const inner = index === 0 ? "1" : `*${names[index - 1]}`;
      return `x-${name}: &${name} [${Array.from({ length: 9 }, () => inner).join(", ")}]`;
    });
    expect(problemsOf(["version: 1", ...lines].join("\n"))).toContain(
      "7:9 more than 200000 values with its anchors expanded",
    );
  });
});

describe("the error about a policy file", () => {
  test("lists every problem, not only the first", () => {
    const text = service("permissions: [admins]", "max: maybe", "divison: Home");
    const error = catchUsage(() => parsePolicy(text, { file: FILE, catalogue }));
    expect(error.code).toBe("usage.policy");
    expect(error.message).toBe(
      [
        "policy `genscope.policy.yaml` has 3 problems:",
        "  genscope.policy.yaml:4:19: `admins` is not a permission in the catalog of 2026-09-16; did you mean `admin`? (a newer catalog may list it: genscope catalog update)",
        "  genscope.policy.yaml:5:10: `max` must be true or false, not the text `maybe`",
        "  genscope.policy.yaml:6:5: unknown key `divison` in service `reporting`: did you mean `division`?",
      ].join("\n"),
    );
  });

  test("lists 20 problems and notes that there are more", () => {
    const names = Array.from({ length: 200 }, (_, index) => `- GET /api/v2/nowhere${index}`);
    const { message } = catchUsage(() =>
      parsePolicy(service("operations:", ...names), { file: FILE, catalogue }),
    );
    const lines = message.split("\n");
    expect(lines).toHaveLength(22);
    expect(lines[20]).toContain("genscope.policy.yaml:24:7: `GET /api/v2/nowhere19`");
    expect(lines[21]).toBe("  and more");
  });

  test("reports a repeated mistake with every line", () => {
    expect(problemsOf(service("permissions:", "- routing:queue:vew", "- routing:queue:vew"))).toEqual([
      expect.stringMatching(/^5:7 `routing:queue:vew`/),
      expect.stringMatching(/^6:7 `routing:queue:vew`/),
    ]);
  });

  test("shows no control characters from the file", () => {
    const { message } = catchUsage(() =>
      parsePolicy(service('"a\\u001b[31mb": 1', "permissions: [routing:queue:view]"), {
        file: FILE,
        catalogue,
      }),
    );
    expect(message).not.toContain("\u001b");
  });
});

function catchUsage(run: () => unknown): UsageError {
  try {
    run();
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
