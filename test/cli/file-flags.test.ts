import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sandboxFor } from "../sandbox/client.ts";
import { credentialsFor } from "../support/credentials.ts";
import { runCli } from "../support/run-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

const CODE = "await api.getRoutingQueues();\n";
const QUEUES = ["GET", "/api/v2/routing/queues"];

test.each([
  ["--report", (path: string) => ["check-scopes", ...QUEUES, "--report", `html=${path}`]],
  [
    "--write-policy",
    (path: string) => ["check-scopes", "--scan", join(path, "../../.."), "--write-policy", path],
  ],
  ["--bundle", (path: string) => ["doctor", "--bundle", path]],
  ["--watch", (path: string) => ["token", "--watch", path, "--once"]],
  ["--out", (path: string) => ["export", "queues", "--out", `${path}.csv`]],
  ["--metrics", (path: string) => ["export", "queues", "--out", join(path, "../x.csv"), "--metrics", path]],
])("%s creates the missing directories of its file", async (flag, argvFor) => {
  const env = credentialsFor(await sandboxFor({ scenario: "healthy" }));
  const directory = await tempDir();
  await writeFile(join(directory, "code.ts"), CODE);
  const path = join(directory, "new", "deeper", "file");
  const { stderr } = await runCli(argvFor(path), { env });
  const file = flag === "--out" ? `${path}.csv` : path;
  expect([(await stat(file)).isFile(), stderr.includes("error:")]).toEqual([true, false]);
});

test("names the file that is in place of a report's directory", async () => {
  const env = credentialsFor(await sandboxFor({ scenario: "healthy" }));
  const directory = await tempDir();
  const file = join(directory, "file");
  await writeFile(file, "kept");
  const { exitCode, stderr } = await runCli(
    ["check-scopes", ...QUEUES, "--report", `html=${join(file, "report.html")}`],
    { env },
  );
  expect(exitCode).toBe(1);
  expect(stderr).toContain(file);
  expect(await readFile(file, "utf8")).toBe("kept");
});

test.each([
  ["nothing", ""],
  ["another format", "\u0000\u0001DER"],
  ["a broken certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"],
])(
  "--ca-cert refuses a file that contains %s, and the variable for certificates ignores it",
  async (_what, content) => {
    const env = credentialsFor(await sandboxFor({ scenario: "healthy" }));
    const path = join(await tempDir(), "my authority");
    await writeFile(path, content);
    const { exitCode, stderr } = await runCli(["whoami", "--ca-cert", path], { env });
    expect([exitCode, stderr]).toEqual([
      2,
      `error: the certificate file \`${path}\` contains no PEM certificate\n\nhint: convert a DER certificate with \`openssl x509 -inform der -in '${path}' -out authority.pem\`\n`,
    ]);
    const ignored = await runCli(["whoami"], { env: { ...env, SSL_CERT_FILE: path } });
    expect(ignored.exitCode).toBe(0);
  },
);

test.each([
  ["--out", ["export", "queues", "--out", ""]],
  ["--out", ["export", "queues", "--out="]],
  ["--metrics", ["export", "queues", "--out", "x", "--metrics", ""]],
  ["--verify", ["export", "--verify", ""]],
  ["--scan", ["check-scopes", "--scan", ""]],
  ["--scan", ["check-scopes", "--scan", "src", ""]],
  ["--policy", ["check-scopes", "--policy", ""]],
  ["--watch", ["token", "--watch", "", "--once"]],
  ["--bundle", ["doctor", "--bundle", ""]],
  ["--body", ["query", "conversations", "details", "--body", ""]],
  ["--from", ["record", "--from", ""]],
  ["--region", ["whoami", "--region", ""]],
  ["--region", ["whoami", "--region", " "]],
  ["--ca-cert", ["whoami", "--ca-cert", ""]],
])("%s refuses an empty value, which an unset shell variable leaves: %j", async (flag, argv) => {
  const env = credentialsFor(await sandboxFor({ scenario: "healthy" }));
  const { exitCode, stderr } = await runCli(argv, { env });
  expect([exitCode, stderr.split("\n")[0]]).toEqual([2, `error: the value of \`${flag}\` is empty`]);
});

test("an empty value of another flag, or after --, is passed on to the command", async () => {
  const filtered = await runCli(["query", "conversations", "details", "--filter", ""]);
  expect(filtered.stderr).not.toContain("is empty");
  const recorded = await runCli(["record", "--offline", "--", "/nonexistent/program", "--out="]);
  expect(recorded.stderr).not.toContain("is empty");
});

test("the hint about an existing support bundle can be pasted", async () => {
  const path = join(await tempDir(), "my bundle.json");
  await writeFile(path, "kept");
  const { stderr } = await runCli(["doctor", "--bundle", path]);
  expect(stderr).toContain(`\`genscope doctor --bundle '${path}' --force\``);
});

test("names the environment variable when its certificate file is missing", async () => {
  const env = credentialsFor(await sandboxFor({ scenario: "healthy" }));
  const { exitCode, stderr } = await runCli(["whoami"], {
    env: { ...env, SSL_CERT_FILE: "/nonexistent/ca.pem" },
  });
  expect([exitCode, stderr.split("\n")[0]]).toEqual([
    2,
    "error: the `SSL_CERT_FILE` certificate file `/nonexistent/ca.pem` cannot be read: no such file or directory",
  ]);
});
