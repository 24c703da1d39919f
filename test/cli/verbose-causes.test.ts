import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { HastyClock } from "../support/hasty-clock.ts";
import { serve, serveTls } from "../support/loopback-server.ts";
import { runCli } from "../support/run-cli.ts";
import { makeSelfSigned } from "../support/self-signed.ts";
import { tempDir } from "../support/temp-dir.ts";

/** Runs `whoami` against a service, with or without flags such as `--verbose`. */
async function whoami(url: string, flags: readonly string[] = []) {
  const env = { GENESYSCLOUD_REGION: url, GENESYSCLOUD_ACCESS_TOKEN: "t0ken-0123456789-abcdef" };
  return await runCli(["whoami", ...flags], { env, ports: { clock: new HastyClock(30_000) } });
}

/** Returns the lines of stderr that name a cause. */
function causesIn(stderr: string): readonly string[] {
  return stderr.split("\n").filter((line) => line.startsWith("caused by: "));
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { readonly port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("--verbose shows the causes of", () => {
  test("a refused connection", async () => {
    const port = await closedPort();
    const { exitCode, stderr } = await whoami(`http://127.0.0.1:${port}`, ["--verbose"]);
    expect(exitCode).toBe(9);
    expect(causesIn(stderr)).toContain(`caused by: Error: connect ECONNREFUSED 127.0.0.1:${port}`);
  });

  test("an untrusted certificate", async () => {
    const server = await serveTls(makeSelfSigned("api.example"), (_request, response) => response.end());
    const { stderr } = await whoami(server.url, ["--verbose"]);
    expect(causesIn(stderr)).toEqual([
      "caused by: Error: self-signed certificate (DEPTH_ZERO_SELF_SIGNED_CERT)",
    ]);
  });

  test("a response that ends early, but not its content", async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
      response.write('{"access_token":"s3cret-of-another');
      setImmediate(() => response.destroy());
    });
    const { stderr } = await whoami(server.url, ["--verbose"]);
    expect(causesIn(stderr).length).toBeGreaterThan(0);
    expect(stderr).not.toContain("s3cret-of-another");
  });

  test("an unreadable file", async () => {
    const directory = await tempDir();
    const { exitCode, stderr } = await runCli(["explain", directory, "--verbose"]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^error: the input file `[^`]+` cannot be read: illegal operation on a directory$/m,
    );
    expect(causesIn(stderr)).toEqual(["caused by: Error: EISDIR: illegal operation on a directory, read"]);
  });

  test("an error with --json too, next to the document", async () => {
    const directory = await tempDir();
    const { json, stderr } = await runCli(["explain", directory, "--verbose", "--json"]);
    expect(json).toMatchObject({ schema: "genscope/error/v1", error: { code: "usage.file" } });
    expect(causesIn(stderr)).toHaveLength(1);
  });
});

test("the error about broken JSON describes the fault without quoting a secret", async () => {
  const server = await serve((_request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end('{"id":"x","clientSecret":"s3cret-of-another');
  });
  const { stderr } = await whoami(server.url, ["--verbose"]);
  expect(stderr).toContain('broken JSON that starts with `{"id":"x","clientSecret":"[secret]`');
  expect(stderr).not.toContain("s3cret-of-another");
});

test("the causes of an error are hidden without --verbose", async () => {
  const { stderr } = await whoami(`http://127.0.0.1:${await closedPort()}`);
  expect(stderr).toContain("does not accept connections (ECONNREFUSED)");
  expect(causesIn(stderr)).toEqual([]);
});
