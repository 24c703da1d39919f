import { describe, expect, test } from "vitest";
import { startGenscope } from "../support/genscope-process.ts";

/** Starts the sandbox as a process, and makes one call without a token. */
async function callOnce(...flags: readonly string[]) {
  const process = startGenscope(["sandbox", ...flags], {});
  const [url = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(await process.firstOutput()) ?? [];
  await (await fetch(`${url}/api/v2/users/me?pageSize=1&token=s3cret`)).text();
  return process;
}

describe("the sandbox command", () => {
  test("logs each request on stderr with the refusing layer, and stdout contains only the document", async () => {
    const process = await callOnce("--json");
    await process.says(/refused by/);
    process.interrupt("SIGINT");
    const { exitCode, stdout, stderr } = await process.ended;

    expect([exitCode, JSON.parse(stdout)]).toEqual([
      0,
      expect.objectContaining({ schema: "genscope/sandbox/v1" }),
    ]);
    expect(stderr).toMatch(
      /^press Ctrl-C to end\nGET \/api\/v2\/users\/me\?pageSize=1&token=\[secret\] 401 in \d+ ms, refused by token \(authentication\.required\)\n$/,
    );
  });

  test("logs nothing with --quiet", async () => {
    const process = await callOnce("--quiet");
    process.interrupt("SIGINT");
    expect((await process.ended).stderr).toBe("");
  });
});
