import { join } from "node:path";
import { expect, test } from "vitest";
import { HastyClock } from "../support/hasty-clock.ts";
import { json, serve } from "../support/loopback-server.ts";
import { runCli } from "../support/run-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

const QUEUE = '{"id":"a","name":"Sales"}';

/** Exports the members of queues from a service that responds with these bytes to every request for queues. */
async function exportMembers(queues: Buffer) {
  const server = await serve(({ path }, response) => {
    if (path.includes("/members")) json(response, 200, { entities: [], total: 0 });
    else response.writeHead(200, { "content-type": "application/json" }).end(queues);
  });
  const out = join(await tempDir(), "members.csv");
  const { exitCode, stderr } = await runCli(
    ["export", "queue", "members", "--out", out, "--max-wait", "1s"],
    {
      env: { GENESYSCLOUD_REGION: server.url, GENESYSCLOUD_ACCESS_TOKEN: "token" },
      ports: { clock: new HastyClock() },
    },
  );
  return { exitCode, stderr, requests: server.seen.length };
}

test("an export of members ends when every page of the listing of their parents is the same", async () => {
  const page = `{"entities":[${QUEUE}],"pageCount":1000000000,"total":1000000000}`;
  const { exitCode, stderr, requests } = await exportMembers(Buffer.from(page));
  expect([exitCode, stderr]).toEqual([8, expect.stringContaining("the same entries on every page")]);
  expect(requests).toBeLessThan(150);
});

test("an export of members is incomplete when the id of a parent is not UTF-8", async () => {
  const [before = "", after = ""] = `{"entities":[${QUEUE}],"pageCount":1,"total":1}`.split('a",');
  const page = Buffer.concat([Buffer.from(before), Buffer.of(0xff), Buffer.from(`a",${after}`)]);
  const { exitCode, stderr } = await exportMembers(page);
  expect([exitCode, stderr]).toEqual([8, expect.stringContaining("a record is not UTF-8")]);
});
