import { describe, expect, test } from "vitest";
import {
  checkAgainstPrincipal,
  isDecidedByToken,
  type Predictions,
} from "../../../../src/access/explain/claims/principal-claims.ts";
import type { Finding } from "../../../../src/access/explain/finding.ts";
import type { Verdict } from "../../../../src/access/verdict/verdict.ts";
import { explainText } from "../packaged-knowledge.ts";

const NOTHING = { permissions: [], scopes: [], divisions: [] };
const ALLOWED: Verdict = {
  verdict: "allowed",
  layer: "none",
  missing: NOTHING,
  evidence: [{ kind: "grant", summary: 'held by role "Reporting" in every division' }],
  remedies: [],
};
const DENIED: Verdict = {
  verdict: "denied",
  layer: "permission",
  missing: { ...NOTHING, permissions: ["routing:queue:add"] },
  evidence: [
    { kind: "grant", summary: "no role of this token holds `routing:queue:add`" },
    { kind: "near-miss", summary: "`routing:queue:view` is held" },
  ],
  remedies: [{ kind: "assign-role", summary: 'assign role "Queue Admin"' }],
};
const OTHER_DIVISION: Verdict = {
  ...DENIED,
  layer: "division",
  evidence: [{ kind: "grant", summary: 'held in division "Sales" only' }],
  remedies: [{ kind: "add-division", summary: "add the division" }],
};
const UNREADABLE: Verdict = {
  ...ALLOWED,
  verdict: "unknown",
  layer: "permission",
  evidence: [
    { kind: "note", summary: "first" },
    { kind: "unreadable", summary: "the grants could not be read" },
  ],
  remedies: [{ kind: "grant-reading", summary: "grant `authorization:grant:view`" }],
};
const NO_SCOPE: Verdict = {
  ...DENIED,
  layer: "scope",
  missing: { ...NOTHING, scopes: ["routing"] },
  evidence: [{ kind: "scope", summary: "the token lacks scope `routing`" }],
  remedies: [{ kind: "add-scope", summary: "add scope `routing`" }],
};

function predicting(verdict: Verdict, host = "api.mypurecloud.de"): Predictions {
  return {
    holder: 'OAuth client "Reporting service"',
    address: { host, domains: ["mypurecloud.com", "mypurecloud.de"] },
    refused: null,
    operation: () => verdict,
    topic: () => verdict,
    permissions: () => verdict,
  };
}

function finding(code: string, message: string): Finding {
  const [only] = explainText(
    `POST /api/v2/routing/queues -> ${JSON.stringify({ status: 403, code, message, contextId: "id-0001" })}`,
  );
  if (only === undefined) throw new Error("the fixture is not recognised");
  return only;
}

const MISSING = finding(
  "missing.permissions",
  "Unable to perform the requested action. You are missing the following permission(s): [routing:queue:add]",
);
const SCOPE = finding("app.not.authorized.for.scope", "App not authorized to use scope [routing]");
const GENERIC = finding("not.authorized", "You are not authorized to perform the requested action.");

describe("comparing a refusal with a token", () => {
  test.each([
    [
      "finds that the token lacks the permission",
      MISSING,
      DENIED,
      ["true", "no role of this token holds `routing:queue:add`; `routing:queue:view` is held"],
      ["true", "refused at layer permission"],
      ["assign-role"],
    ],
    [
      "finds that the token holds the permission",
      MISSING,
      ALLOWED,
      ["false", 'held by role "Reporting" in every division'],
      [
        "false",
        "your token passes every layer: the refused call used another token, or its roles have changed since",
      ],
      ["wait", "ask-support"],
    ],
    [
      "finds that the token holds the permission only in another division",
      MISSING,
      OTHER_DIVISION,
      ["misleading", 'held in division "Sales" only'],
      ["true", "refused at layer division"],
      ["add-division"],
    ],
    [
      "is inconclusive when the token's grants cannot be read",
      MISSING,
      UNREADABLE,
      ["unknown", "the grants could not be read"],
      ["unknown", "undecided at layer permission: the grants could not be read"],
      ["grant-reading"],
    ],
    [
      "finds that the token lacks the scope",
      SCOPE,
      NO_SCOPE,
      ["true", "the token lacks scope `routing`"],
      ["true", "refused at layer scope"],
      ["add-scope"],
    ],
  ] as const)("%s", (_name, before, verdict, lacking, refused, remedies) => {
    const after = checkAgainstPrincipal(before, predicting(verdict));
    const added = after.claims.slice(before.claims.length).map((claim) => [claim.verdict, claim.truth]);
    expect(added).toEqual([lacking, refused]);
    expect(after.remedies.map(({ kind }) => kind)).toEqual(remedies);
  });

  test("finds the layer of a generic refusal by elimination", () => {
    const after = checkAgainstPrincipal(GENERIC, predicting(DENIED));
    expect(GENERIC.layer).toBe("unknown");
    expect(after.layer).toBe("permission");
    expect(after.summary).toMatch(/; by elimination, the layer is permission$/);
  });

  test("leaves a generic refusal unknown when the token allows the call", () => {
    expect(checkAgainstPrincipal(GENERIC, predicting(ALLOWED)).layer).toBe("unknown");
  });

  test("checks the division that the message names", () => {
    const asked: (string | null)[] = [];
    const division = "7b1f0a52-44c3-4d0a-8a3e-9f2d6c1e5b70";
    const predictions: Predictions = {
      ...predicting(DENIED),
      permissions: (_mode, _permissions, divisionId) => {
        asked.push(divisionId);
        return DENIED;
      },
    };
    checkAgainstPrincipal(
      finding(
        "missing.permissions",
        `Unable to perform the requested action. You are missing the following permission(s): [routing:queue:add:${division}]`,
      ),
      predictions,
    );
    expect(asked).toEqual([division]);
  });
});

test.each([
  [
    "a throttled call",
    '{"status":429,"code":"too.many.requests","message":"Rate limit exceeded the maximum [300] requests within [60] seconds"}',
  ],
  [
    "an outage",
    '{"status":504,"code":"authentication.request.timeout","message":"Authentication request timeout."}',
  ],
  ["a refused secret", '{"error":"invalid_client","error_description":"authentication failed"}'],
])("does not compare %s with the token, because no token would change it", (_name, text) => {
  const [only] = explainText(text);
  expect(only === undefined ? null : isDecidedByToken(only)).toBe(false);
});

describe("a paste with a refused token, compared with the caller's own token", () => {
  const BAD = '{"status":401,"code":"bad.credentials","message":"Invalid login credentials."}';
  const NO_USER: Verdict = {
    ...DENIED,
    layer: "context",
    remedies: [{ kind: "log-in-as-user", summary: "log in as a user" }],
  };

  function refused(request: string): Finding {
    const [only] = explainText(`${request}${BAD}`);
    if (only === undefined) throw new Error("the fixture is not recognised");
    return only;
  }

  test.each([
    ["names no call", "", ALLOWED, ["log-in-again", "log-in-again", "enable-client", "none"]],
    [
      "names a call that the caller's token allows",
      "GET /api/v2/routing/queues -> ",
      ALLOWED,
      ["log-in-again", "log-in-again", "enable-client", "none"],
    ],
    [
      "names a call that the caller's token cannot make either",
      "GET /api/v2/users/me -> ",
      NO_USER,
      ["log-in-again", "log-in-again", "enable-client", "none", "check-live"],
    ],
  ] as const)("offers a new token when the paste %s", (_name, request, verdict, kinds) => {
    const before = refused(request);
    expect(isDecidedByToken(before)).toBe(true);
    const after = checkAgainstPrincipal(before, predicting(verdict));
    expect(after.remedies.map(({ kind }) => kind)).toEqual(kinds);
    expect(after.remedies[0]?.command).toBe("genscope token --header");
    expect(after.claims.find(({ text }) => text === "your token is not accepted either")?.verdict).toBe(
      "false",
    );
  });

  test("offers remedies for the caller's own token when the service refuses it too", () => {
    const after = checkAgainstPrincipal(refused(""), {
      ...predicting(ALLOWED),
      refused: [{ kind: "enable-client", summary: "set the client to Active" }],
    });
    expect(after.remedies.map(({ kind }) => kind)).toEqual(["enable-client"]);
    expect(after.claims.map(({ text, verdict }) => [text, verdict])).toContainEqual([
      "your token is not accepted either",
      "true",
    ]);
  });

  test.each([
    ["api.mypurecloud.de", null],
    ["api.mypurecloud.com", "false"],
    ["127.0.0.1:4010", "unknown"],
    ["gateway.example.com", "unknown"],
  ])("compares the call's region with the region of the caller's token: %s", (host, verdict) => {
    const before = refused("curl https://api.mypurecloud.de/api/v2/routing/queues\n");
    const after = checkAgainstPrincipal(before, predicting(ALLOWED, host));
    const claim = after.claims.find(({ text }) => text.includes("to the same region"));
    expect(claim?.verdict ?? null).toBe(verdict);
    // A token from another region cannot replace the refused one.
    expect(after.remedies[0]?.command).toBe(verdict === null ? "genscope token --header" : undefined);
  });
});

test.each([
  ["ip.not.authorized", 401],
  ["app.not.authorized.for.scope", 403],
  ["not.a.user", 400],
])("keeps the fixes for `%s` when the caller's token passes that layer", (code, status) => {
  const [before] = explainText(
    `GET /api/v2/users/me -> ${JSON.stringify({ status, code, message: "Refused.", contextId: "id-0001" })}`,
  );
  if (before === undefined) throw new Error("the fixture is not recognised");
  const after = checkAgainstPrincipal(before, predicting(DENIED));
  expect(after.remedies).toEqual([
    ...before.remedies,
    expect.objectContaining({ command: 'genscope check-scopes "GET /api/v2/users/me"' }),
  ]);
});

test("suggests `check-scopes` for a refusal that names neither call nor permission", () => {
  const [before] = explainText('{"status":403,"code":"not.authorized","message":"You are not authorized."}');
  if (before === undefined) throw new Error("the fixture is not recognised");
  expect(isDecidedByToken(before)).toBe(true);
  const after = checkAgainstPrincipal(before, predicting(DENIED));
  expect(after.remedies.map(({ command }) => command)).toEqual(["genscope check-scopes OPERATION"]);
});

describe("several missing permissions", () => {
  const [SKILL, QUEUE, TOPIC] = ["routing:skill:manage", "routing:queue:add", "socialmedia:topic:edit"];
  const REFUSED = (code: string | null, message: string) => {
    const [only] = explainText(JSON.stringify({ status: 403, ...(code === null ? {} : { code }), message }));
    if (only === undefined) throw new Error("the fixture is not recognised");
    return only;
  };
  const LISTED = `[${SKILL}, ${QUEUE}, ${TOPIC}]`;
  const ALL_MISSING = REFUSED(
    "missing.permissions",
    `You are missing the following permission(s): ${LISTED}`,
  );

  /** Returns predictions for names that are held, not owned or unknown. All other names are absent. */
  function holding(states: Readonly<Record<string, Verdict>>): Predictions & { readonly asked: string[] } {
    const asked: string[] = [];
    return {
      ...predicting(DENIED),
      asked,
      permissions: (mode, names) => {
        asked.push(`${mode} ${names.join(" ")}`);
        const state = names.length === 1 ? states[names[0] ?? ""] : undefined;
        const absent = names.filter((name) => states[name] === undefined);
        const summary = `no role of this token holds ${absent.join()}`;
        return state ?? { ...DENIED, evidence: [{ kind: "grant", summary }] };
      },
    };
  }
  const lacks = (finding: Finding) =>
    finding.claims
      .filter(({ source }) => source === "your token")
      .map(({ text, verdict, truth }) => [text.replace(/^.* lacks /, ""), verdict, truth]);

  test("are listed together when no role holds any of them", () => {
    expect(lacks(checkAgainstPrincipal(ALL_MISSING, holding({})))).toEqual([
      [
        `\`${SKILL}\`, \`${QUEUE}\` and \`${TOPIC}\``,
        "true",
        `no role of this token holds ${SKILL},${QUEUE},${TOPIC}`,
      ],
    ]);
  });

  test("are listed separately when a role holds one of them", () => {
    expect(lacks(checkAgainstPrincipal(ALL_MISSING, holding({ [QUEUE]: ALLOWED })))).toEqual([
      [`\`${SKILL}\` and \`${TOPIC}\``, "true", `no role of this token holds ${SKILL},${TOPIC}`],
      [`\`${QUEUE}\``, "false", 'held by role "Reporting" in every division'],
    ]);
  });

  test.each<[string, Finding, string]>([
    ["all of them", ALL_MISSING, `ALL ${SKILL} ${QUEUE} ${TOPIC}`],
    [
      "any of them, by its code",
      REFUSED(
        "missing.any.permissions",
        `You must have at least one of the following permissions: ${LISTED}`,
      ),
      `ANY ${SKILL} ${QUEUE} ${TOPIC}`,
    ],
    [
      "any of them, by its message",
      REFUSED(null, `You must have at least one of the following permissions assigned: ${LISTED}`),
      `ANY ${SKILL} ${QUEUE} ${TOPIC}`,
    ],
  ])("are fixed together when the service asks for %s", (_name, before, question) => {
    const predictions = holding({ [QUEUE]: ALLOWED });
    checkAgainstPrincipal(before, predictions);
    expect(predictions.asked.at(-1)).toBe(question);
  });
});

test.each([
  [
    "missing.permissions",
    "You are missing the following permission(s): [routing:queue:add, routing:queue:edit]",
    "and",
  ],
  ["missing.any.permissions", "You must have at least one of: [routing:queue:add, routing:queue:edit]", "or"],
  [
    null,
    "You must have at least one of the following permissions assigned: [routing:queue:add, routing:queue:edit]",
    "or",
  ],
])("the summary and the first fix for `%s` name the same permissions", (code, message, word) => {
  const [only] = explainText(JSON.stringify({ status: 403, ...(code === null ? {} : { code }), message }));
  const names = `\`routing:queue:add\` ${word} \`routing:queue:edit\``;
  expect([only?.summary, only?.remedies[0]?.summary]).toEqual([
    expect.stringContaining(names),
    expect.stringContaining(names),
  ]);
});

describe("a refusal at an unknown layer, compared with the caller's token", () => {
  const bare = (status: number): Finding => {
    const [only] = explainText(`GET /api/v2/routing/queues returns ${status}`);
    if (only === undefined) throw new Error("the text is not recognized");
    return { ...only, layer: "unknown" };
  };
  const EXPIRED: Verdict = { ...DENIED, layer: "token", missing: NOTHING };

  test("stays unknown for a 403 when only the caller's token has expired", () => {
    expect(checkAgainstPrincipal(bare(403), predicting(EXPIRED)).layer).toBe("unknown");
  });

  test("stays unknown for a 401 when the caller's token lacks a permission", () => {
    expect(checkAgainstPrincipal(bare(401), predicting(DENIED)).layer).toBe("unknown");
  });

  test("is assigned, for a 403, to the layer that would refuse the caller's token", () => {
    expect(checkAgainstPrincipal(bare(403), predicting(OTHER_DIVISION)).layer).toBe("division");
  });
});
