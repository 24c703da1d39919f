import { describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { act, call, clientHolding, json, type Reply, sandboxFor } from "./client.ts";

const BATCHES = "/api/v2/recording/batchrequests";

interface Archive {
  readonly sandbox: Sandbox;
  ask(operation: string, body?: unknown): Promise<Reply>;
}

async function archive(settings: object = {}): Promise<Archive> {
  const sandbox = await sandboxFor({ conversations: 400, days: 1 }, new FakeClock());
  await act(sandbox, "settings.patch", { settings: { requestsPerMinute: 10_000, jobPolls: 0, ...settings } });
  const { token } = await clientHolding(sandbox, ["recording:*:view"]);
  return {
    sandbox,
    ask: (operation, body) => call(sandbox, operation, { token, ...(body === undefined ? {} : { body }) }),
  };
}

/** Returns the recordings of the first conversations. */
async function recordings({ sandbox, ask }: Archive, count = 40) {
  const { raw } = await call(sandbox, "GET /sandbox/truth/conversations");
  const lines = raw.split("\n").slice(0, -1).slice(0, count);
  const ids = lines.map((line) => json(JSON.parse(line)).text("conversationId"));
  const lists = await Promise.all(
    ids.map(async (id) => (await ask(`GET /api/v2/conversations/${id}/recordingmetadata`)).value),
  );
  return lists.flat() as { id: string; conversationId: string; media: string; fileState: string }[];
}

function bodyOf(wanted: Awaited<ReturnType<typeof recordings>>) {
  return {
    batchDownloadRequestList: wanted.map(({ id, conversationId }) => ({ conversationId, recordingId: id })),
  };
}

test("the sandbox's recordings have a medium and a state, and some are archived", async () => {
  const data = await archive();
  const found = await recordings(data, 200);
  expect(new Set(found.map(({ media }) => media))).toEqual(
    new Set(["audio", "screen", "chat", "email", "message"]),
  );
  expect(new Set(found.map(({ fileState }) => fileState))).toEqual(
    new Set(["AVAILABLE", "ARCHIVED", "DELETED"]),
  );
  expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
});

describe("a batch request for recordings", () => {
  test("returns signed URLs on another host, which accepts no token", async () => {
    const data = await archive({ jobPolls: 1 });
    const found = (await recordings(data)).filter(({ fileState }) => fileState === "AVAILABLE").slice(0, 4);
    const { id } = (await data.ask(`POST ${BATCHES}`, bodyOf(found))).value as { id: string };
    const counts = [];
    for (let poll = 0; poll < 2; poll += 1) {
      counts.push((await data.ask(`GET ${BATCHES}/${id}`)).at("resultCount"));
    }
    expect(counts).toEqual([2, 4]);
    const batch = await data.ask(`GET ${BATCHES}/${id}`);
    const address = batch.text("results.0.resultUrl");
    expect(new URL(address).host).not.toBe(new URL(data.sandbox.url).host);
    const whole = await fetch(address);
    expect([whole.status, whole.headers.get("content-type")]).toEqual([
      200,
      batch.text("results.0.contentType"),
    ]);
    expect((await whole.arrayBuffer()).byteLength).toBe(Number(whole.headers.get("content-length")));
    const signed = await fetch(address, { headers: { authorization: "Bearer x" } });
    expect([signed.status, await signed.text()]).toEqual([400, expect.stringContaining("InvalidArgument")]);
    expect((await fetch(`${address}0`)).status).toBe(403);
  });

  test("returns addresses that expire, and that redirect as often as configured", async () => {
    const data = await archive({ recordingUrlSeconds: 0 });
    const found = (await recordings(data)).filter(({ fileState }) => fileState === "AVAILABLE").slice(0, 1);
    const ask = async () => {
      const { id } = (await data.ask(`POST ${BATCHES}`, bodyOf(found))).value as { id: string };
      return (await data.ask(`GET ${BATCHES}/${id}`)).text("results.0.resultUrl");
    };
    const late = await fetch(await ask());
    expect([late.status, await late.text()]).toEqual([403, expect.stringContaining("Request has expired")]);
    await act(data.sandbox, "settings.patch", { settings: { recordingUrlSeconds: 60, mediaRedirects: 2 } });
    const redirected = await fetch(await ask());
    expect([redirected.status, redirected.redirected]).toEqual([200, true]);
  });

  test("reports what it cannot return, and refuses more than a hundred", async () => {
    const data = await archive();
    const found = await recordings(data, 140);
    const archived = found.filter(({ fileState }) => fileState === "ARCHIVED").slice(0, 1);
    const { id } = (await data.ask(`POST ${BATCHES}`, bodyOf(archived))).value as { id: string };
    expect((await data.ask(`GET ${BATCHES}/${id}`)).value).toMatchObject({
      expectedResultCount: 1,
      errorCount: 1,
      results: [{ errorMsg: "Recording is archived" }],
    });
    const { token } = await clientHolding(data.sandbox, ["recording:recording:view"]);
    const denied = await call(data.sandbox, `GET ${BATCHES}/${id}`, { token });
    expect([denied.status, denied.at("code")]).toEqual([403, "batch.download.permission.denied"]);
    const many = await data.ask(`POST ${BATCHES}`, bodyOf(found.slice(0, 101)));
    expect(many.status).toBe(400);
  });
});

test("the sandbox omits recordings of a kind when the permission for that kind is missing", async () => {
  const data = await archive();
  const { token } = await clientHolding(data.sandbox, ["recording:recording:view"]);
  const screens = (await recordings(data, 140)).filter(({ media }) => media === "screen");
  const path = `/api/v2/conversations/${screens[0]?.conversationId}/recordingmetadata`;
  const media = (await call(data.sandbox, `GET ${path}`, { token })).value as { media: string }[];
  expect(media.map((each) => each.media)).not.toContain("screen");
});
