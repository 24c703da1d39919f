import { describe, expect, test } from "vitest";
import { allDatasets } from "../../../src/analytics/datasets/datasets.ts";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { shapeOf } from "../../../src/catalogue/facts/operation-line.ts";
import { impactOf } from "../../../src/catalogue/facts/read-only.ts";
import { complete } from "../../../src/cli/completion/complete.ts";
import { readOperationLines, readTopicNames } from "../../../src/cli/completion/operation-names.ts";
import { liveCompletionTree } from "../../support/completion-tree.ts";

const tree = await liveCompletionTree();
const operations = readOperationLines();

/** Completes the last word of a line, in which `|` separates the words. */
async function completionOf(line: string, profiles: readonly string[] = ["dev", "prod"]) {
  return await complete(tree, line.split("|"), {
    profiles: async () => profiles,
    operations: () => operations,
    topics: readTopicNames,
  });
}

async function valuesOf(line: string): Promise<readonly string[]> {
  const { filesAfter, candidates } = await completionOf(line);
  expect(filesAfter).toBeNull();
  return candidates.map(({ value }) => value);
}

describe("completion of commands", () => {
  test("offers every command for an empty word", async () => {
    const names = tree.program.commands.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["login", "check-scopes", "completion", "help"]));
    expect(await valuesOf("")).toEqual(names);
  });

  test.each([
    ["ch", ["check-scopes"]],
    ["--json|who", ["whoami"]],
    ["--profile|dev|who", ["whoami"]],
    ["--profile=dev|who", ["whoami"]],
    ["catalog|s", ["search", "show"]],
    ["--json|profile|--quiet|r", ["remove"]],
    ["completion|", ["bash", "zsh", "fish", "powershell"]],
    ["completion|bash|", []],
    ["nonsense|", []],
    ["catalog|nonsense|", []],
    ["catalog|nonsense|show|getIpr", []],
    ["whoami|", []],
  ])("%s", async (line, values) => {
    expect(await valuesOf(line)).toEqual(values);
  });

  test.each([
    ["query|conversations|aggregates|--metric|tHan", ["tHandle"]],
    ["query|conversations|aggregates|--metric|tHandle,nOff", ["tHandle,nOffered"]],
    ["query|conversations|aggregates|--metric=tHan", ["--metric=tHandle"]],
    ["query|conversations|aggregates|--group-by|mediaT", ["mediaType"]],
    ["export|conversations|aggregates|--group-by|mediaT", ["mediaType"]],
    ["query|conversations|details|--filter|tAcw", ["tAcw="]],
    ["query|conversations|details|--filter|mediaT", ["mediaType="]],
    ["query|conversations|details|--filter|mediaType=vo", ["mediaType=voice"]],
    ["query|users|observations|--metric|oActive", ["oActiveQueues"]],
    ["query|--metric|", []],
    ["export|queues|--filter|", []],
  ])("offers words of a query: %s", async (line, values) => {
    expect(await valuesOf(line)).toEqual(values);
  });

  test("offers commands with their summaries", async () => {
    const { candidates } = await completionOf("doc");
    expect(candidates).toEqual([
      {
        value: "doctor",
        description: "check Node, settings, credential store, proxy, certificates, network and clock",
      },
    ]);
  });
});

describe("completion after `help`", () => {
  test.each([
    ["help|ex", ["explain", "export", "exit-codes"]],
    ["help|err", ["errors"]],
    ["help|catalog|", ["search", "show", "update", "diff", "changes"]],
    ["help|whoami|", []],
    ["help|exit-codes|", []],
  ])("%s", async (line, values) => {
    expect(await valuesOf(line)).toEqual(values);
  });
});

describe("completion of flags", () => {
  test("lists a command's flags before the global flags", async () => {
    expect(await valuesOf("token|--")).toEqual([
      "--header",
      "--watch",
      "--once",
      "--max-wait",
      "--help",
      "--version",
      "--profile",
      "--region",
      "--json",
      "--quiet",
      "--verbose",
      "--no-color",
      "--no-input",
      "--timeout",
      "--ca-cert",
    ]);
  });

  test.each([
    ["check-scopes|--pe", ["--permission"]],
    ["catalog|search|--sc", ["--scope"]],
    ["--js", ["--json"]],
    ["whoami|--json|--js", []],
    ["check-scopes|--permission|a:b:c|--pe", ["--permission"]],
    ["catalog|search|--emit", []],
    ["token|--watch|--he", []],
    ["check-scopes|--|--pe", []],
    ["check-scopes|--scan|src|--of", ["--offline"]],
    ["query|conversations|details|--gran", ["--granularity"]],
  ])("%s", async (line, values) => {
    const { candidates } = await completionOf(line);
    expect(candidates.map(({ value }) => value)).toEqual(values);
  });
});

describe("completion of flag values", () => {
  test.each([
    ["login|--store|", ["keychain", "file", "none"]],
    ["login|--store=k", ["--store=keychain"]],
    ["check-scopes|--fail-on|", ["denied", "unknown", "never"]],
    ["check-scopes|--emit|ro", ["role"]],
    ["whoami|--profile|", ["dev", "prod"]],
    ["--profile=p", ["--profile=prod"]],
    ["-p|", ["dev", "prod"]],
    ["whoami|-p|d", ["dev"]],
    ["query|queues|observations|-o|cs", ["csv"]],
    ["check-scopes|--diff|d", ["dev"]],
    ["profile|use|p", ["prod"]],
    ["profile|show|", ["dev", "prod"]],
    ["profile|use|dev|", []],
    ["sandbox|--scenario|division", ["division"]],
    ["login|--region|eu-c", ["eu-central-1", "eu-central-2"]],
    ["query|--interval|last-w", ["last-week"]],
    ["export|--format|p", ["parquet"]],
    ["check-scopes|--report|s", ["sarif="]],
    ["check-scopes|--report=s", ["--report=sarif="]],
    ["catalog|search|--scope|audits", ["audits:readonly"]],
    ["check-scopes|--permission|routing:languag", ["routing:language:assign"]],
    [
      "check-scopes|--permission=analytics:dataEx",
      ["--permission=analytics:dataExport:add", "--permission=analytics:dataExport:view"],
    ],
    ["check-scopes|--division|", []],
    ["check-scopes|--service|", []],
    ["whoami|--json=", []],
    ["whoami|--unknown=", []],
  ])("%s", async (line, values) => {
    expect(await valuesOf(line)).toEqual(values);
  });

  test.each([
    ["check-scopes|--policy|", ""],
    ["check-scopes|--policy=./pol", "--policy="],
    ["check-scopes|--report|junit=out", "junit="],
    ["check-scopes|--report|html=out", "html="],
    ["check-scopes|--report=junit=out", "--report=junit="],
    ["check-scopes|--scan|a|b", ""],
    ["check-scopes|--scan=a", "--scan="],
    ["export|--out|", ""],
    ["token|--watch|/run", ""],
    ["--ca-cert|", ""],
    ["explain|", ""],
    ["profile|import|~/", ""],
    ["catalog|diff|--against|", ""],
    ["doctor|--bundle|", ""],
  ])("%s completes to files", async (line, filesAfter) => {
    expect(await completionOf(line)).toEqual({ filesAfter, candidates: [] });
  });

  test("every flag that takes a file completes to files", () => {
    const flags = [tree.program, ...tree.program.commands].flatMap((command) => command.flags);
    const kinds = new Map(flags.map(({ long, value }) => [long, value?.kind]));
    expect(["--policy", "--body", "--write-policy", "--ca-cert"].map((flag) => kinds.get(flag))).toEqual(
      Array(4).fill("file"),
    );
  });
});

describe("completion of datasets and queries", () => {
  test.each([
    ["export|", [...new Set(allDatasets().map(({ name }) => name.split(" ")[0]))]],
    ["export|flow|", ["outcomes", "milestones"]],
    ["export|conversations|", ["details", "aggregates"]],
    ["export|--format|csv|users|", ["details", "aggregates"]],
    ["export|queues|", []],
    ["export|conversations d", ["conversations details"]],
    ["query|queues|", ["observations"]],
    ["query|conversations|det", ["details"]],
    ["query|conversations det", ["conversations details"]],
    ["query|conversations|details|", []],
  ])("%s", async (line, values) => {
    expect(await valuesOf(line)).toEqual(values);
  });

  test("describes a word that is already a complete name", async () => {
    const { candidates } = await completionOf("export|users");
    expect(candidates).toEqual([
      { value: "users", description: "all users, including inactive and deleted ones" },
    ]);
  });
});

describe("completion of operations", () => {
  test.each([
    ["check-scopes|", ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"]],
    ["check-scopes|P", ["PATCH", "POST", "PUT"]],
    ["query|G", ["GET"]],
    ["check-scopes|HEAD|/", ["/api/v2/notifications/channels/{channelId}", "/api/v2/tokens/me"]],
    [
      "check-scopes|get|/api/v2/routing/langu",
      ["/api/v2/routing/languages", "/api/v2/routing/languages/{languageId}"],
    ],
    ["check-scopes|POST|/api/v2/routing/langu", ["/api/v2/routing/languages"]],
    [
      "check-scopes|GET|/api/v2/users/me|DELETE|/api/v2/routing/langu",
      ["/api/v2/routing/languages/{languageId}"],
    ],
    [
      "catalog|show|/api/v2/routing/langu",
      ["/api/v2/routing/languages", "/api/v2/routing/languages/{languageId}"],
    ],
    ["check-scopes|GET|/api/v2/routing/queues/6d7f/wr", ["/api/v2/routing/queues/6d7f/wrapupcodes"]],
    [
      "check-scopes|GET|/api/v2/routing/queues/{queueId}/wr",
      ["/api/v2/routing/queues/{queueId}/wrapupcodes"],
    ],
    [
      "check-scopes|GET|/api/v2/routing/queues/6d7f/comp",
      [
        "/api/v2/routing/queues/6d7f/comparisonperiods",
        "/api/v2/routing/queues/6d7f/comparisonperiods/{comparisonPeriodId}",
      ],
    ],
    ["check-scopes|GET|/api/v2/nonsense/", []],
    ["check-scopes|GET|/api/v2//", []],
    ["check-scopes|GET|https://", []],
    ["check-scopes|getIpr", ["getIpranges"]],
    ["check-scopes|getIpr.*", []],
    ["check-scopes|v2.users.{id}.pres", ["v2.users.{id}.presence"]],
    ["query|v2.users.{id}.pres", []],
    ["check-scopes|GETNOTHING", []],
    ["query|postAnalyticsConversationsDetailsQ", ["postAnalyticsConversationsDetailsQuery"]],
    ["query|DELETE|/api/v2/users/", []],
    ["query|conversations|GET|/api", []],
  ] as const)("%s", async (line, values) => {
    expect(await valuesOf(line)).toEqual(values);
  });

  test("shows path parameters with the names in the catalog", async () => {
    const found = await valuesOf("check-scopes|GET|/api/v2/routing/queues/{que");
    expect(found.length).toBeGreaterThan(1);
    expect(found.filter((value) => !value.startsWith("/api/v2/routing/queues/{queueId}"))).toEqual([]);
  });

  test("describes a path by its operation id, and an operation id by its path", async () => {
    expect((await completionOf("check-scopes|GET|/api/v2/ipr")).candidates).toEqual([
      { value: "/api/v2/ipranges", description: "getIpranges" },
    ]);
    expect((await completionOf("check-scopes|getIpr")).candidates).toEqual([
      { value: "getIpranges", description: "GET /api/v2/ipranges" },
    ]);
  });

  test("leads in short steps to every path", async () => {
    const left = ["/"];
    const reached = new Set<string>();
    for (const typed of left) {
      const { candidates } = await completionOf(`check-scopes|GET|${typed}`);
      for (const { value, isPart } of candidates) {
        if (isPart !== true) reached.add(value);
        else if (value !== typed) left.push(value);
      }
    }
    const paths = [...loadCatalogue().operations()]
      .filter(({ method }) => method === "GET")
      .map(({ path }) => path);
    // Different operations can have different names for the same parameter.
    const shapesOf = (all: Iterable<string>) => new Set(Array.from(all, shapeOf));
    expect(shapesOf(reached)).toEqual(shapesOf(paths));
    const sizes = await Promise.all(
      left.map(async (typed) => (await completionOf(`check-scopes|GET|${typed}`)).candidates.length),
    );
    expect(Math.max(...sizes)).toBeLessThan(120);
  });

  test("offers for `query` exactly the operations that change nothing", async () => {
    const misleading = new Set(tree.misleadingMethods);
    const offered = [...loadCatalogue().operations()].filter(
      ({ method, operationId }) => (method === "GET" || method === "HEAD") !== misleading.has(operationId),
    );
    expect(offered.filter((operation) => impactOf(operation) === "changes")).toEqual([]);
    expect(offered.length).toBeGreaterThan(1800);
    expect(tree.misleadingMethods).toContain("postAnalyticsConversationsDetailsQuery");
  });
});

test("completion reads only the files that the word needs", async () => {
  const refuse = () => {
    throw new Error("not needed");
  };
  for (const line of ["ch", "check-scopes|--pe", "export|conv", "sandbox|--scenario|", "explain|"]) {
    await expect(
      complete(tree, line.split("|"), { profiles: refuse, operations: refuse, topics: refuse }),
    ).resolves.toBeDefined();
  }
});

test.each([
  "\u001b[31m",
  "__proto__",
  "constructor",
  "--__proto__=",
  "{",
  "*",
  "\\",
  "a\nb",
  "-",
  "--",
  "'",
  "é",
])("completion of a hostile word yields nothing or valid candidates: %j", async (word) => {
  for (const before of [
    "",
    "check-scopes|",
    "query|",
    "export|",
    "check-scopes|GET|/api/v2/",
    "help|",
    `${word}|`,
  ]) {
    const { candidates } = await completionOf(`${before}${word}`);
    expect(candidates.every(({ value }) => value.startsWith(word) || before.endsWith("/"))).toBe(true);
  }
});
