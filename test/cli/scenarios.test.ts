import { expect, test } from "vitest";
import { listScenarios } from "../../src/sandbox/scenarios/scenarios.ts";
import { launchSandbox } from "../sandbox/client.ts";
import { runCli } from "../support/run-cli.ts";

/** For each scenario, the verdict on its operation, the layer, the exit code and the first remedy. */
const EXPECTED: Readonly<Record<string, string>> = {
  default: "denied permission 3 assign-role",
  "missing-role": "denied permission 3 assign-role",
  "user-missing-permission": "denied permission 3 create-role",
  "product-not-owned": "denied product 3 buy-product",
  preview: "unknown product 5 ask-support",
  // One alternative is a legacy name that no role lists, so a refusal is likely but not certain.
  "stricter-enforcement": "denied permission 3 create-role",
  "availability-only": "denied permission 3 assign-role",
  "misleading-message": "denied permission 3 create-role",
  unreadable: "unknown permission 5 grant-reading",
  healthy: "allowed none 0 ",
  "low-limits": "allowed none 0 ",
  "access-policy": "denied policy 3 change-policy",
  "role-condition": "conditional condition 5 edit-condition",
  propagation: "conditional permission 5 wait",
  "trusting-org": "denied permission 3 create-role",
  division: "conditional division 5 add-division",
  "wrong-secret": "auth.wrong_secret 4",
  "unknown-client": "auth.unknown_client 4",
  "wrong-region": "denied token 4 log-in-again",
  "idle-timeout": "denied token 4 log-in-again",
  "expired-token": "denied token 4 log-in-again",
  "client-disabled": "denied token 4 log-in-again",
  "client-inactive": "auth.grant_not_allowed 4",
  "user-context": "denied context 3 log-in-as-user",
  "scope-missing": "denied scope 3 add-scope",
  "app-not-approved": "unknown scope 5 add-scope",
  "identity-hidden": "unknown scope 5 add-scope",
  "ip-allowlist": "denied ip 4 allow-ip",
  "client-ip-allowlist": "denied ip 4 allow-ip",
  "wrong-path": "denied permission 3 use-operation",
  clients: "allowed none 0 ",
  stopped: "denied permission 3 assign-role",
};

/** Scenarios that other tests cover, with the reason. */
const ELSEWHERE = {
  throttled: "answers after a minute; the tests of pacing and retries compare times instead",
  "token-throttled": "answers after half a minute, as above",
  "redirect-not-registered": "needs a browser: test/e2e/pkce-browser.test.ts",
  "consent-denied": "likewise",
  "refresh-rotating": "needs an interactive login: test/sandbox/refresh-token.test.ts",
  "refresh-off": "likewise",
};

interface Document {
  readonly error?: { readonly code: string };
  readonly results?: readonly {
    readonly verdict: string;
    readonly layer: string;
    readonly remedies: readonly { readonly kind: string }[];
  }[];
}

async function diagnose(scenario: string, ...flags: readonly string[]): Promise<string> {
  const sandbox = await launchSandbox({ scenario });
  try {
    const credentials =
      sandbox.accessToken === null
        ? {
            GENESYSCLOUD_OAUTHCLIENT_ID: sandbox.client.id,
            GENESYSCLOUD_OAUTHCLIENT_SECRET: sandbox.client.secret,
          }
        : { GENESYSCLOUD_ACCESS_TOKEN: sandbox.accessToken };
    const { exitCode, json } = await runCli(["check-scopes", "--json", ...flags, sandbox.operation], {
      env: { ...credentials, GENESYSCLOUD_REGION: sandbox.url },
    });
    const { error, results } = json as Document;
    const [item] = results ?? [];
    return item === undefined
      ? `${error?.code} ${exitCode}`
      : `${item.verdict} ${item.layer} ${exitCode} ${item.remedies[0]?.kind ?? ""}`;
  } finally {
    await sandbox.close();
  }
}

test("every sandbox scenario is diagnosed in this file or listed with a reason", () => {
  const known = [...Object.keys(EXPECTED), ...Object.keys(ELSEWHERE)];
  expect(
    listScenarios()
      .map(({ name }) => name)
      .filter((name) => !known.includes(name)),
  ).toEqual([]);
});

test.each(Object.entries(EXPECTED))("diagnoses the scenario %s as %s", async (scenario, expected) => {
  expect(await diagnose(scenario)).toBe(expected);
});

test("--live detects a fresh grant that is not yet in effect", async () => {
  expect(await diagnose("propagation", "--live")).toBe("denied permission 3 wait");
});
