import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Secret } from "../../../src/core/secret.ts";
import { download } from "../../../src/export/media/download.ts";
import { playSteps, type Step } from "../../support/scripted-transport.ts";
import { tempDir } from "../../support/temp-dir.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

const ADDRESS = "https://files.example/a.ogg?X-Signature=s3cret";
const WHOLE = { status: 200, headers: { "content-length": "5", "content-type": "audio/ogg" }, body: "voice" };

async function fetchFile(steps: readonly Step[], address = ADDRESS, apiUrl = "https://api.mypurecloud.de") {
  const { transport, sent } = playSteps(steps);
  const path = join(await tempDir(), "file");
  const found = download(new Secret(address), path, {
    transport,
    region: { apiUrl },
    clock: new VirtualClock(),
    random: { bytes: (size) => new Uint8Array(size), fraction: () => 0 },
    signal: new AbortController().signal,
    maxWaitMs: 600_000,
    hostsSeen: new Set(),
    guard: async () => {},
    onWait: () => {},
  });
  return { found: await found.catch((error: unknown) => error), sent, path };
}

describe("the download of a file", () => {
  test("sends no credential, and requests the file without encoding", async () => {
    const { found, sent, path } = await fetchFile([WHOLE]);
    expect(found).toMatchObject({ kind: "file", file: { bytes: 5 }, contentType: "audio/ogg" });
    expect(await readFile(path, "utf8")).toBe("voice");
    expect(sent[0]?.headers).toEqual({ accept: "*/*", "accept-encoding": "identity" });
  });

  test.each([
    ["shorter than announced", { ...WHOLE, body: "voi" }],
    ["longer than announced", { ...WHOLE, body: "voices" }],
    ["without an announced length", { status: 200, body: "voice" }],
  ])("is repeated when it is %s", async (_what, broken) => {
    const { found, sent } = await fetchFile([broken, broken, WHOLE]);
    expect([found, sent.length]).toEqual([expect.objectContaining({ kind: "file" }), 3]);
  });

  test("fails when the file never arrives completely", async () => {
    const { found } = await fetchFile(Array.from({ length: 9 }, () => ({ ...WHOLE, body: "" })));
    expect(found).toEqual({ kind: "broken" });
  });

  test("reports a refusal, so that another address of the file can be tried", async () => {
    const { found, sent } = await fetchFile([{ status: 403, body: "<Error/>" }]);
    expect([found, sent.length]).toEqual([{ kind: "refused", status: 403 }, 1]);
  });

  test("fails when the host fails for too long, with an error that hides the address", async () => {
    const { found } = await fetchFile(Array.from({ length: 300 }, () => ({ status: 503 })));
    expect(found).toMatchObject({ code: "export.media_host", exit: "limited" });
    expect(JSON.stringify(found) + String(found)).not.toContain("files.example");
  });

  test("follows only redirects to https, and at most five", async () => {
    const to = (location: string) => ({ status: 302, headers: { location } });
    const once = await fetchFile([to("/b.ogg?X-Signature=other"), WHOLE]);
    expect(once.found).toMatchObject({ kind: "file" });
    expect(once.sent[1]?.url.href).toBe("https://files.example/b.ogg?X-Signature=other");
    expect((await fetchFile([to("http://files.example/b.ogg")])).found).toEqual({ kind: "unsafe" });
    const many = await fetchFile(Array.from({ length: 9 }, () => to(ADDRESS)));
    expect([many.found, many.sent.length]).toEqual([{ kind: "unsafe" }, 6]);
  });

  test.each([
    ["http://files.example/a.ogg", "https://api.mypurecloud.de"],
    ["http://127.0.0.1:9/a.ogg", "https://api.mypurecloud.de"],
    ["https://user:password@files.example/a.ogg", "https://api.mypurecloud.de"],
    ["file:///etc/passwd", "http://127.0.0.1:8787"],
    ["not an address", "https://api.mypurecloud.de"],
  ])("refuses the address %s: %s", async (address, apiUrl) => {
    const { found, sent } = await fetchFile([], address, apiUrl);
    expect([found, sent.length]).toEqual([{ kind: "unsafe" }, 0]);
  });

  test("uses plain http only for a host on this machine", async () => {
    const { found } = await fetchFile([WHOLE], "http://127.0.0.1:9/a.ogg", "http://127.0.0.1:8787");
    expect(found).toMatchObject({ kind: "file" });
  });
});
