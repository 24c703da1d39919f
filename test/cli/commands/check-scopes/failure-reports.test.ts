import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { systemClock } from "../../../../src/core/clock.ts";
import { OutputError } from "../../../../src/core/errors.ts";
import { asRecord } from "../../../../src/core/json.ts";
import { ClosedPipe } from "../../../../src/output/node-streams.ts";
import { json, sandboxFor } from "../../../sandbox/client.ts";
import { credentialsFor } from "../../../support/credentials.ts";
import { createMemoryIo } from "../../../support/memory-io.ts";
import { type RunOptions, runCli } from "../../../support/run-cli.ts";
import { readStoredSchema, violationsOf } from "../../../support/stored-schemas.ts";
import { tempDir } from "../../../support/temp-dir.ts";
import { JUNIT_SCHEMAS, readValidXml, textsAt } from "../../../support/xml-schemas.ts";

const QUEUES = "GET /api/v2/routing/queues";
const IN_WORKFLOW = { GITHUB_ACTIONS: "true" };
/** An address where no connection is accepted: port 1. */
const NOWHERE = {
  GENESYSCLOUD_REGION: "http://127.0.0.1:1",
  GENESYSCLOUD_ACCESS_TOKEN: "some-token",
};

/** Runs a command with every kind of report in a new directory. Returns the reports. */
async function runWithReports(words: readonly string[], options: RunOptions) {
  const directory = await tempDir();
  const file = (name: string) => join(directory, name);
  const flags = ["junit=a.xml", "sarif=a.sarif", "markdown=a.md", "html=a.html"].flatMap((report) => {
    const [kind, name = ""] = report.split("=");
    return ["--report", `${kind}=${file(name)}`];
  });
  const run = await runCli(["check-scopes", ...flags, ...words], options);
  const read = async (name: string) => await readFile(file(name), "utf8").catch(() => null);
  const [junit, sarif, markdown] = [await read("a.xml"), await read("a.sarif"), await read("a.md")];
  return { ...run, junit, sarif, markdown, html: await read("a.html") };
}

/** Returns the error code in each report, after checking that the report is valid. */
function codesIn({ junit, sarif, markdown, html }: Awaited<ReturnType<typeof runWithReports>>) {
  const document: unknown = JSON.parse(sarif ?? "");
  expect(violationsOf(readStoredSchema("sarif-2.1.0"), document)).toEqual([]);
  const invocation = json(document).at("runs.0.invocations.0");
  expect(asRecord(invocation)["executionSuccessful"]).toBe(false);
  for (const schema of Object.values(JUNIT_SCHEMAS)) readValidXml(junit ?? "", schema);
  const [fromJunit] = textsAt(readValidXml(junit ?? "", JUNIT_SCHEMAS.Ant), "//testcase/error/@type");
  const [, fromMarkdown] = /nothing was checked \((.*)\)$/m.exec(markdown ?? "") ?? [];
  return [
    fromJunit,
    json(invocation).at("toolExecutionNotifications.0.descriptor.id"),
    fromMarkdown?.replaceAll("&#95;", "_"),
    /Code <code>(.*?)<\/code>/.exec(html ?? "")?.[1],
  ];
}

describe("writes every report when nothing could be checked", () => {
  test.each<[string, number, readonly string[], RunOptions]>([
    ["auth.not_logged_in", 4, [QUEUES], { env: IN_WORKFLOW }],
    ["network.refused", 9, [QUEUES], { env: { ...NOWHERE, ...IN_WORKFLOW } }],
    ["usage.unknown_operation", 2, ["GET /api/v2/nothing"], { env: { ...NOWHERE, ...IN_WORKFLOW } }],
    ["usage.nothing_to_check", 2, [], { env: IN_WORKFLOW }],
    ["usage.arguments", 2, [QUEUES, "--no-such-flag"], { env: IN_WORKFLOW }],
    ["usage.arguments", 2, [QUEUES, "--fail-on", "sometimes"], { env: IN_WORKFLOW }],
    ["usage.arguments", 2, [QUEUES, "--offline"], { env: IN_WORKFLOW }],
    ["usage.arguments", 2, [QUEUES, "-pword"], { env: IN_WORKFLOW }],
    ["usage.report", 2, [QUEUES, "--report", "pdf=a.pdf"], { env: IN_WORKFLOW }],
    ["usage.file", 2, ["--policy", "/nonexistent/policy.yaml"], { env: IN_WORKFLOW }],
    ["usage.scan_path", 2, ["--scan", "/nonexistent/src"], { env: { ...NOWHERE, ...IN_WORKFLOW } }],
    ["usage.list_word", 2, ["--scan", "src", "-x"], { env: IN_WORKFLOW }],
    ["interrupted", 130, [QUEUES], { env: { ...NOWHERE, ...IN_WORKFLOW }, signal: AbortSignal.abort() }],
  ])("with %s, exit %i: %j", async (code, exitCode, words, options) => {
    const run = await runWithReports(words, options);
    expect(run.exitCode).toBe(exitCode);
    expect(codesIn(run)).toEqual([code, code, code, code]);
    expect(run.stderr).toContain(`::error title=genscope checked nothing%3A ${code}::`);
  });

  test("even when stdout contains the failure's JSON document", async () => {
    const run = await runWithReports([QUEUES, "--json"], {});
    expect(json(run.json).at("error.code")).toBe("auth.not_logged_in");
    expect(run.stderr).not.toContain("::error");
  });
});

test("a report of a failure contains no secret", async () => {
  const sandbox = await sandboxFor({ scenario: "wrong-secret" }, systemClock);
  const env = { ...credentialsFor(sandbox), GENESYSCLOUD_OAUTHCLIENT_SECRET: "s3cret-of-ci", ...IN_WORKFLOW };
  const refused = await runWithReports([QUEUES], { env });
  expect(codesIn(refused)[0]).toBe("auth.wrong_secret");
  const typed = await runWithReports([QUEUES, "--client-secret=s3cret-of-ci"], { env });
  expect(codesIn(typed)[0]).toBe("usage.arguments");
  for (const { stdout, stderr, junit, sarif, markdown, html } of [refused, typed]) {
    expect([stdout, stderr, junit, sarif, markdown, html].join("\n")).not.toContain("s3cret-of-ci");
  }
});

test("a report of a failure is appended to the summary of the job, and replaces an older report file", async () => {
  const directory = await tempDir();
  const [summary, older] = [join(directory, "summary.md"), join(directory, "older.md")];
  for (const file of [summary, older]) await writeFile(file, "before\n");
  const flags = ["--report", `markdown=${summary}`, "--report", `markdown=${older}`];
  await runCli(["check-scopes", QUEUES, ...flags], { env: { GITHUB_STEP_SUMMARY: summary } });
  const heading = "## genscope: ✘ nothing was checked (auth.not&#95;logged&#95;in)";
  expect((await readFile(summary, "utf8")).split("\n").slice(0, 2)).toEqual(["before", heading]);
  expect((await readFile(older, "utf8")).split("\n")[0]).toBe(heading);
});

test("names a report file that cannot be written, and keeps the failure's exit code", async () => {
  const directory = await tempDir();
  const [taken, written] = [join(directory, "taken"), join(directory, "written")];
  await mkdir(taken);
  const flags = ["--report", `junit=${taken}`, "--report", `junit=${written}`];
  const { exitCode, stderr } = await runCli(["check-scopes", QUEUES, ...flags], {});
  expect(exitCode).toBe(4);
  expect(stderr).toContain(
    `warning: the report \`${taken}\` cannot be written: illegal operation on a directory\n`,
  );
  expect((await readdir(directory)).toSorted()).toEqual(["taken", "written"]);
});

test("help writes no report", async () => {
  const run = await runWithReports(["--help"], { env: IN_WORKFLOW });
  expect([run.exitCode, run.stderr, run.junit, run.sarif]).toEqual([0, "", null, null]);
  expect([run.markdown, run.html]).toEqual([null, null]);
});

describe("the reports contain the verdicts even when stdout is", () => {
  test.each([
    ["a full disk", new OutputError("output.disk_full", "the disk is full"), 1],
    ["a closed pipe", new ClosedPipe(), 0],
  ])("%s", async (_name, failure, expected) => {
    const sandbox = await sandboxFor({ scenario: "healthy" }, systemClock);
    const { io } = createMemoryIo();
    const fail = async () => {
      throw failure;
    };
    const stdout = { ...io.stdout, write: fail, writeExact: fail };
    const env = { ...credentialsFor(sandbox), GITHUB_ACTIONS: "false" };
    const run = await runWithReports([QUEUES], { env, ports: { io: { ...io, stdout } } });
    expect(run.exitCode).toBe(expected);
    expect(textsAt(readValidXml(run.junit ?? "", JUNIT_SCHEMAS.Ant), "//testcase/@name")).toEqual([QUEUES]);
    expect(run.markdown).toContain("✔ 1 check allowed");
    expect(run.html).toContain("<title>✔ 1 check allowed");
  });
});
