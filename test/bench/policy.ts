// Compares the cost of a policy of 3,000 operations with that of one operation: medians of alternating runs
// of the built program against one sandbox, and the number of requests of each.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadCatalogue } from "../../src/catalogue/facts/load-catalogue.ts";
import { nameOf } from "../../src/catalogue/lookup/operation-lookup.ts";
import { systemClock } from "../../src/core/clock.ts";
import { startSandbox } from "../../src/sandbox/server.ts";

const ROUNDS = 7;
const MANY = 3_000;
const BIN = join(import.meta.dirname, "../../bin/genscope.js");

const sandbox = await startSandbox({}, { clock: systemClock });
sandbox.act({ action: "settings.patch", settings: { requestsPerMinute: 1_000_000 } });
const directory = await mkdtemp(join(tmpdir(), "genscope-bench-"));
const names = [...loadCatalogue().operations()].slice(0, MANY).map(nameOf);
const policyOf = (lines: readonly string[]) =>
  `version: 1\nservices:\n  all:\n    operations:\n${lines.map((line) => `      - ${line}\n`).join("")}`;
const policies = { one: join(directory, "one.yaml"), many: join(directory, "many.yaml") };
await writeFile(policies.one, policyOf(names.slice(0, 1)));
await writeFile(policies.many, policyOf(names));

async function measure(policy: string): Promise<{ readonly elapsedMs: number; readonly requests: number }> {
  const count = async () =>
    ((await (await fetch(`${sandbox.url}/sandbox/requests`)).json()) as { requests: unknown[] }).requests
      .length;
  const before = await count();
  const start = process.hrtime.bigint();
  const child = spawn(
    process.execPath,
    [BIN, "check-scopes", "--policy", policy, "--fail-on", "never", "--json"],
    {
      stdio: ["ignore", "ignore", "inherit"],
      env: {
        PATH: process.env["PATH"] ?? "",
        GENSCOPE_CONFIG_DIR: directory,
        GENESYSCLOUD_REGION: sandbox.url,
        GENESYSCLOUD_OAUTHCLIENT_ID: sandbox.client.id,
        GENESYSCLOUD_OAUTHCLIENT_SECRET: sandbox.client.secret,
      },
    },
  );
  const [code] = (await once(child, "exit")) as [number];
  if (code !== 0) throw new Error(`check-scopes ended with ${code}`);
  return { elapsedMs: Number(process.hrtime.bigint() - start) / 1e6, requests: (await count()) - before };
}

const samples = { one: [] as number[], many: [] as number[] };
const requests = { one: 0, many: 0 };
for (let round = 0; round < ROUNDS; round += 1) {
  for (const name of ["one", "many"] as const) {
    const { elapsedMs, requests: sent } = await measure(policies[name]);
    samples[name].push(elapsedMs);
    requests[name] = sent;
  }
}
await sandbox.close();
await rm(directory, { recursive: true });

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const [one, many] = [median(samples.one), median(samples.many)];
const budget = one * 1.5 + 200;
console.log(`policy of 1 operation      ${one.toFixed(0).padStart(6)} ms, ${requests.one} requests`);
console.log(
  `policy of ${MANY} operations ${many.toFixed(0).padStart(6)} ms, ${requests.many} requests  ${many <= budget ? "within" : "OVER"} ${budget.toFixed(0)} ms`,
);
