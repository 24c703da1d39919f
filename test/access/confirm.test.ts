import { describe, expect, test } from "vitest";
import { confirmDecision } from "../../src/access/confirm.ts";
import { decideOperation } from "../../src/access/decide/decide.ts";
import type { Call, Principal } from "../../src/platform/reading/principal.ts";
import { clientPrincipal, grant, HOME, operation, role, userPrincipal } from "../support/principals.ts";

const viewer = role("Viewer", "analytics:conversationDetail:view");
const call = (status: number | null, code: string | null = null): Call => ({
  method: "GET",
  path: "/x",
  status,
  code,
  correlationId: null,
});

const cases: readonly (readonly [string, Principal, Call, string])[] = [
  [
    "a success confirms the prediction",
    clientPrincipal({ grants: [grant(viewer)] }),
    call(200),
    "allowed none",
  ],
  [
    "a refusal beats the prediction",
    clientPrincipal({ grants: [grant(viewer)] }),
    call(403, "authz.policy.denied"),
    "denied policy",
  ],
  [
    "an unknown refusal code is still a refusal",
    clientPrincipal({ grants: [grant(viewer)] }),
    call(403, "something.new"),
    "denied unknown",
  ],
  [
    "a code that refuses access is a refusal even with status 400",
    clientPrincipal({ grants: [grant(viewer)] }),
    call(400, "not.a.user"),
    "denied context",
  ],
  [
    "a missing object decides nothing",
    clientPrincipal({ grants: [grant(viewer, HOME)] }),
    call(404, "not.found"),
    "conditional division",
  ],
  [
    "no answer decides nothing",
    clientPrincipal({ accessPolicies: null, grants: [grant(viewer)] }),
    call(null),
    "conditional policy",
  ],
  [
    "a success settles unreadable policies",
    clientPrincipal({ accessPolicies: null, grants: [grant(viewer)] }),
    call(200),
    "allowed none",
  ],
  [
    "a success does not settle divisions",
    clientPrincipal({ grants: [grant(viewer, HOME)] }),
    call(200),
    "conditional division",
  ],
  [
    "a success does not settle divisions when policies are unreadable too",
    clientPrincipal({ accessPolicies: null, grants: [grant(viewer, HOME)] }),
    call(200),
    "conditional division",
  ],
  [
    "a success with unreadable grants does not show in which division the permission is held",
    clientPrincipal({ grants: null }),
    call(200),
    "conditional division",
  ],
  [
    "a 401 without a code is a refusal",
    clientPrincipal({ grants: [grant(viewer)] }),
    call(401),
    "denied token",
  ],
  [
    "the service's own layer wins over the predicted one",
    clientPrincipal(),
    call(401, "ip.not.authorized"),
    "denied ip",
  ],
  [
    "a known DENY with a condition may refuse the next call",
    clientPrincipal({
      grants: [grant(viewer)],
      accessPolicies: [
        {
          id: "p",
          name: "p",
          effect: "DENY",
          isEnabled: true,
          target: "*:*:*",
          appliesToClients: true,
          hasCondition: true,
        },
      ],
    }),
    call(200),
    "conditional policy",
  ],
  [
    "a success settles a fresh grant",
    clientPrincipal({ grants: [{ ...grant(viewer), isRecent: true }] }),
    call(200),
    "allowed none",
  ],
  [
    "a success shows that scopes are not enforced or suffice",
    userPrincipal({ grants: [grant(viewer)], scopes: [], scopesBind: "unknown" }),
    call(200),
    "allowed none",
  ],
  [
    "a refusal confirms a predicted refusal",
    clientPrincipal(),
    call(403, "missing.any.permissions"),
    "denied permission",
  ],
];

describe("the verdict after a live call", () => {
  test.each(cases)("%s", (_name, principal, answered, expected) => {
    const { verdict, layer } = confirmDecision(decideOperation(principal, operation(), {}), answered);
    expect(`${verdict} ${layer}`).toBe(expected);
  });
});

test("a successful call does not settle permissions that only other requests need", () => {
  const asked = operation({ conditionalPermissions: ["recording:recording:view"] });
  const decision = decideOperation(clientPrincipal({ grants: [grant(viewer)] }), asked, {});
  const { verdict, layer } = confirmDecision(decision, call(200));
  expect(`${verdict} ${layer}`).toBe("conditional product");
});
