import { describe, expect, test } from "vitest";
import { asRecord } from "../../src/core/json.ts";
import { act, clientHolding, sandboxFor } from "../sandbox/client.ts";
import { credentialsFor } from "../support/credentials.ts";
import { startGenscope } from "../support/genscope-process.ts";
import { findViolations, readSchemas } from "../support/json-schemas.ts";
import { tempDir } from "../support/temp-dir.ts";
import { hasTerminals, startOnTerminal } from "../support/terminal.ts";

const PATH = "/api/v2/analytics/queues/observations/query";
const WATCH = ["query", "queues", "observations", "--metric", "oWaiting", "--watch", "2s"];
const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

async function stage() {
  const sandbox = await sandboxFor({ scenario: "healthy" });
  return { sandbox, env: credentialsFor(sandbox) };
}

describe("query --watch in a pipe", () => {
  test("writes one document per result, and SIGTERM ends it within a second with 0", async () => {
    const { env } = await stage();
    const watch = startGenscope(WATCH, env);
    await watch.firstOutput();
    await pause(2_500);
    const stoppedAtMs = performance.now();
    watch.interrupt("SIGTERM");
    const { exitCode, stdout, stderr } = await watch.ended;
    expect(performance.now() - stoppedAtMs).toBeLessThan(1_000);
    expect([exitCode, stderr]).toEqual([0, ""]);
    const documents = stdout
      .trimEnd()
      .split("\n")
      .map((line) => asRecord(JSON.parse(line)));
    expect(documents.length).toBeGreaterThanOrEqual(2);
    const schema = readSchemas().get("query-watch");
    expect(documents.flatMap((document) => findViolations(schema, document))).toEqual([]);
    const times = documents.map(({ observedAt }) => String(observedAt));
    expect(new Set(times).size).toBe(documents.length);
  });

  test("continues after service faults and prints one line for each", async () => {
    const { sandbox, env } = await stage();
    const watch = startGenscope([...WATCH, "--max-wait", "100ms"], env);
    await watch.firstOutput();
    await act(sandbox, "fault.add", { kind: "status", status: 503, path: PATH });
    await watch.says(/no response; next attempt in \d s: .*503/);
    await watch.says(/the service is responding again/);
    watch.interrupt("SIGINT");
    const { exitCode, stderr } = await watch.ended;
    expect(exitCode).toBe(0);
    expect(stderr.match(/no response/g)).toHaveLength(1);
  });

  test("diagnoses a refusal and ends with 3", async () => {
    const { sandbox } = await stage();
    const { token } = await clientHolding(sandbox, ["routing:queue:view"]);
    const env = credentialsFor({ ...sandbox, accessToken: token });
    const { exitCode, stdout, stderr } = await startGenscope(WATCH, env).ended;
    expect([exitCode, stdout]).toEqual([3, ""]);
    expect(stderr).toContain("analytics:queueObservation:view");
  });

  test("ends with 130 when it is interrupted before a result", async () => {
    const env = { GENESYSCLOUD_REGION: "http://127.0.0.1:1", GENESYSCLOUD_ACCESS_TOKEN: "some-token" };
    const watch = startGenscope([...WATCH, "--max-wait", "100ms"], env);
    await watch.says(/no response; next attempt in/);
    watch.interrupt("SIGINT");
    expect((await watch.ended).exitCode).toBe(130);
  });
});

describe.skipIf(!hasTerminals())("query --watch on a terminal (needs `script` of util-linux)", () => {
  test("redraws the table in place, counts down a rate limit, and Ctrl-C ends it with 0", async () => {
    const { sandbox, env } = await stage();
    const watch = startOnTerminal(WATCH, env, await tempDir());
    await watch.firstOutput();
    await act(sandbox, "fault.add", { kind: "status", status: 429, retryAfterSeconds: 3, path: PATH });
    await pause(4_000);
    watch.type("\u0003");
    const { exitCode, stdout } = await watch.ended;
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/queues observations, every 2s, result of \d\d:\d\d:\d\dZ/);
    expect(stdout).toContain("\r\u001b[");
    expect(stdout).toMatch(/waiting \d s \(rate limit\)/);
    // A frame may use all rows of the terminal except the cursor's.
    const heights = [...stdout.matchAll(/\r.\[(\d+)A/g)].map(([, height]) => Number(height));
    expect(heights.length).toBeGreaterThan(0);
    expect(Math.max(...heights)).toBeLessThan(30);
  });
});
