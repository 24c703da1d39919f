import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { asArray, asRecord } from "../../src/core/json.ts";
import { act } from "../sandbox/client.ts";
import { exportSandbox } from "../support/export-sandbox.ts";
import { expectVerified } from "../support/export-trial.ts";
import { filesBelow, readManifest } from "../support/export-truth.ts";
import { runGenscope } from "../support/genscope-process.ts";
import { tempDir } from "../support/temp-dir.ts";

test("an export of recordings exposes neither the token nor a download address", async () => {
  const { sandbox, env, interval } = await exportSandbox({
    conversations: 60,
    settings: { mediaRedirects: 1 },
  });
  await act(sandbox, "fault.add", { kind: "status", status: 403, path: "/media/", times: 3 });
  const directory = await tempDir();
  const args = ["export", "recordings", "--interval", interval, "--out", "calls", "--verbose"];
  const { exitCode, stdout, stderr } = await runGenscope(args, env, { directory });
  expect(exitCode).toBe(0);

  const seen = asRecord(await (await fetch(`${sandbox.url}/sandbox/requests`)).json());
  const requests = asArray(seen["requests"]).map(asRecord);
  const ofFiles = requests.filter(({ path }) => String(path).startsWith("/media/"));
  expect(ofFiles.length).toBeGreaterThan(20);
  expect(ofFiles.filter(({ headers }) => "authorization" in asRecord(headers))).toEqual([]);
  const hosts = new Set(ofFiles.map(({ headers }) => asRecord(headers)["host"]));
  expect(hosts.has(new URL(sandbox.url).host)).toBe(false);

  const texts = filesBelow(directory).map((path) => readFileSync(join(directory, path), "latin1"));
  for (const text of [stdout, stderr, ...texts]) {
    expect(text).not.toContain("X-Signature");
    expect(text).not.toContain([...hosts][0]);
  }
  const { media, records } = readManifest(join(directory, "calls/manifest.json"));
  expect(media?.files.length).toBeGreaterThan(20);
  expect(records).toBeGreaterThanOrEqual(media?.files.length ?? 0);
  await expectVerified(join(directory, "calls"));
});
