import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Sandbox } from "../../../../src/sandbox/sandbox.ts";
import { leakedPart, plantSecret } from "../../../access/explain/planted-secrets.ts";
import { launchSandbox } from "../../../sandbox/client.ts";
import { runCli } from "../../../support/run-cli.ts";

const REFUSAL = JSON.stringify({
  message:
    "Unable to perform the requested action. You are missing the following permission(s): [routing:queue:add]",
  code: "missing.permissions",
  status: 403,
  contextId: "0d5c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90",
});

/** Makes the request of the scenario and returns it as a `curl -v` transcript that contains the token. */
async function transcribe(sandbox: Sandbox): Promise<{ readonly text: string; readonly token: string }> {
  const token = sandbox.accessToken ?? (await requestToken(sandbox));
  const [method = "GET", path = "/"] = sandbox.operation.split(" ");
  const response = await fetch(`${sandbox.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(method === "GET" ? {} : { body: "{}" }),
  });
  const headers = [...response.headers].map(([name, value]) => `< ${name}: ${value}`);
  const text = [
    `> ${method} ${path} HTTP/1.1`,
    `> Host: ${new URL(sandbox.url).host}`,
    `> Authorization: Bearer ${token}`,
    ">",
    `< HTTP/1.1 ${response.status} X`,
    ...headers,
    "<",
    await response.text(),
  ].join("\n");
  return { text, token };
}

async function requestToken({ url, client }: Sandbox): Promise<string> {
  const response = await fetch(`${url}/oauth/token`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=client_credentials",
  });
  return (JSON.parse(await response.text()) as { access_token: string }).access_token;
}

function credentialOf({ url, client, accessToken }: Sandbox): Readonly<Record<string, string>> {
  return {
    GENESYSCLOUD_REGION: url,
    ...(accessToken === null
      ? { GENESYSCLOUD_OAUTHCLIENT_ID: client.id, GENESYSCLOUD_OAUTHCLIENT_SECRET: client.secret }
      : { GENESYSCLOUD_ACCESS_TOKEN: accessToken }),
  };
}

interface Explained {
  readonly schema: string;
  readonly findings: readonly {
    readonly layer: string;
    readonly claims: readonly { readonly verdict: string; readonly text: string }[];
  }[];
}

describe("a refusal from the sandbox", () => {
  test.each([
    [
      "missing-role",
      "permission",
      3,
      'true: OAuth client "Reporting service" lacks `analytics:conversationDetail:view` and `analytics:agentConversationDetail:view`',
    ],
    [
      "product-not-owned",
      "permission",
      3,
      'true: OAuth client "Reporting service" lacks `socialmedia:topic:view`',
    ],
    ["division", "division", 3, 'misleading: OAuth client "Queue service" lacks `routing:queue:view`'],
    [
      "scope-missing",
      "scope",
      3,
      'true: user "Reporting analyst" lacks scope `analytics` or `analytics:readonly`',
    ],
    [
      "user-context",
      "context",
      0,
      'true: OAuth client "Reporting service" is not allowed to call `GET /api/v2/users/me`',
    ],
    [
      "expired-token",
      "token",
      4,
      "true: this token is not allowed to call `POST /api/v2/analytics/conversations/details/query`",
    ],
    [
      "ip-allowlist",
      "ip",
      4,
      "true: this token is not allowed to call `POST /api/v2/analytics/conversations/details/query`",
    ],
    ["misleading-message", "permission", 3, "false: `authorization:division:add` is sufficient"],
    ["wrong-path", "path", 0, "misleading: the refusal is about `GET /api/v2/routing/queues/summary`"],
  ])(
    "in scenario %s is explained as layer %s, and with a token the exit code is %i",
    async (scenario, layer, exitCode, claim) => {
      const sandbox = await launchSandbox({ scenario });
      try {
        const { text, token } = await transcribe(sandbox);
        const offline = await runCli(["explain", "--json", "--offline"], {
          input: text,
          env: credentialOf(sandbox),
        });
        expect([
          offline.exitCode,
          (offline.json as Explained).findings.map((finding) => finding.layer),
        ]).toEqual([0, [layer]]);

        const checked = await runCli(["explain", "--json"], { input: text, env: credentialOf(sandbox) });
        expect(checked.exitCode).toBe(exitCode);
        expect((checked.json as Explained).schema).toBe("genscope/explain/v1");
        expect(
          (checked.json as Explained).findings.flatMap(({ claims }) =>
            claims.map(({ verdict, text: stated }) => `${verdict}: ${stated}`),
          ),
        ).toContain(claim);
        for (const output of [offline.stdout, offline.stderr, checked.stdout, checked.stderr]) {
          expect(output).not.toContain(token);
          expect(output).not.toContain(sandbox.client.secret);
        }
      } finally {
        await sandbox.close();
      }
    },
  );
});

test.each([
  ["a 401 whose token is refused", 401, "bad.credentials", 0, "genscope token --header"],
  ["a 403 that names nothing", 403, "not.authorized", 3, "genscope check-scopes OPERATION"],
])("compares the paste with the stored token for %s", async (_name, status, code, exitCode, command) => {
  const sandbox = await launchSandbox({});
  try {
    const input = JSON.stringify({ status, code, message: "Refused.", contextId: "id-0001" });
    const checked = await runCli(["explain", "--json"], { input, env: credentialOf(sandbox) });
    expect(checked.exitCode).toBe(exitCode);
    expect(checked.json).toMatchObject({
      principal: { client: { name: "Reporting service" } },
      findings: [{ status, remedies: [{ command }, ...(status === 401 ? [{}, {}, {}] : [])] }],
    });
    const alone = await runCli(["explain", "--json"], { input });
    expect([alone.exitCode, alone.json]).toMatchObject([0, { principal: null }]);
  } finally {
    await sandbox.close();
  }
});

test("explains a paste, as text and without a credential", async () => {
  const { exitCode, stdout, stderr } = await runCli(["explain"], {
    input: `POST /api/v2/routing/queues -> ${REFUSAL}`,
  });
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout).toMatchInlineSnapshot(`
    "\`POST /api/v2/routing/queues\` returned 403 \`missing.permissions\`: according to the service, the token's roles do not hold \`routing:queue:add\`
      layer: permission  (postRoutingQueues)
      the service said: Unable to perform the requested action. You are missing the following permission(s): [routing:queue:add]
      fixes, smallest first:
        1. give the token's OAuth client or user a role that holds \`routing:queue:add\`; role changes take effect within a minute
          Admin > Integrations > OAuth > the client > Roles, or Admin > People & Permissions > People > the user > Roles
        2. list the organization's roles that would be enough, fewest extra permissions first
          genscope check-scopes "POST /api/v2/routing/queues"
        3. if the role editor does not list the permission, the organization lacks the product, license or beta that the permission belongs to, and no role change helps
      \`POST /api/v2/routing/queues\` needs \`routing:queue:add\`
        source: catalog entry from platform-client-sdk-javascript 259.0.0; scopes: published definition of July 2026; as of 2026-08-15
      correlation id for Genesys support: 0d5c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90
    "
  `);
});

test("reads a file instead of standard input", async () => {
  const directory = await mkdtemp(join(tmpdir(), "genscope-explain-"));
  try {
    const file = join(directory, "error.json");
    await writeFile(file, REFUSAL);
    const { exitCode, json } = await runCli(["explain", "--json", file]);
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({
      schema: "genscope/explain/v1",
      principal: null,
      findings: [
        {
          layer: "permission",
          status: 403,
          code: "missing.permissions",
          operation: null,
          correlationId: "0d5c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90",
        },
      ],
    });
  } finally {
    await rm(directory, { recursive: true });
  }
});

test.each([
  ["an empty paste", "  \n", "usage.empty_paste"],
  ["text that is not about the platform", "good morning", "usage.nothing_recognised"],
])("`explain` refuses %s with a hint", async (_name, input, code) => {
  const { exitCode, json, stderr } = await runCli(["explain", "--json"], { input });
  expect(exitCode).toBe(2);
  expect(json).toMatchObject({ schema: "genscope/error/v1", error: { name: "UsageError", code } });
  expect(stderr).toMatch(/hint: paste a JSON error body, `curl -v` output, a HAR/);
});

test.each([
  [
    "a sentence",
    "it's forbidden to list queues",
    `echo 'it'\\''s forbidden to list queues' | genscope explain`,
  ],
  ["a word", "forbidden", "echo 'forbidden' | genscope explain"],
  ["a code", "missing.any.permissions", "echo 'missing.any.permissions' | genscope explain"],
  [
    "a body with a secret",
    '{"access_token":"abcdefgh12345678abcdefgh"}',
    `echo '{"access_token":"[secret]"}'`,
  ],
  ["a long text", "forbidden ".repeat(40), "run `genscope explain` without a name and paste it"],
  ["a file that is missing", "./error.json", "check the path"],
])("`explain` refuses %s in place of a file name, with a hint", async (_name, operand, hint) => {
  const { exitCode, json, stderr } = await runCli(["explain", "--json", operand]);
  expect([exitCode, json]).toMatchObject([2, { error: { code: "usage.file" } }]);
  expect(stderr).toContain(hint);
  expect(stderr).not.toContain("abcdefgh12345678");
});

test("explains a paste without the comparison when the token cannot be checked", async () => {
  const { exitCode, json, stderr } = await runCli(["explain", "--json", "--timeout", "2s"], {
    input: REFUSAL,
    env: {
      GENESYSCLOUD_REGION: "http://127.0.0.1:1",
      GENESYSCLOUD_ACCESS_TOKEN: "token-value-0001",
    },
  });
  expect((json as Explained).findings.map(({ layer }) => layer)).toEqual(["permission"]);
  expect(stderr).toMatch(/explained without the token: /);
  expect([exitCode, stderr.includes("token-value-0001")]).toEqual([9, false]);
});

test("never prints a secret from the paste, with --json or --verbose", async () => {
  const leaks: unknown[] = [];
  for (let seed = 5_001; seed <= 5_040; seed += 1) {
    const { kind, secret, text } = plantSecret(seed);
    for (const flags of [["--verbose"], ["--json", "--verbose"]]) {
      const { stdout, stderr } = await runCli(["explain", "--offline", ...flags], {
        env: { GITHUB_ACTIONS: "true" },
        input: text,
      });
      const part = leakedPart(secret, `${stdout}\n${stderr}`);
      if (part !== null) leaks.push({ seed, kind, part });
    }
  }
  expect(leaks).toEqual([]);
});
