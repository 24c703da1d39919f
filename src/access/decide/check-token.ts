import type { Operation } from "../../catalogue/facts/operation.ts";
import type { Principal, TokenDoubt } from "../../platform/reading/principal.ts";
import { type LayerResult, pass, refuse, unreadableEvidence } from "../verdict/layer-result.ts";
import type { Evidence } from "../verdict/verdict.ts";
import { anyOf, describeClient, describeToken, isOther, isTrusted } from "../verdict/wording.ts";

/** Checks the token itself and the caller's IP address. */
export function checkToken(principal: Principal): LayerResult {
  const { refusal, client } = principal;
  if (refusal !== null) {
    const code = refusal.code === null ? "" : ` \`${refusal.code}\``;
    const what = refusal.layer === "ip" ? "requests from this address" : "this token";
    const summary = `the service refuses ${what}: ${refusal.status}${code}: ${refusal.message}`;
    return refuse(refusal.layer, "denied", [
      {
        kind: "call",
        summary,
        status: refusal.status,
        code: refusal.code,
        correlationId: refusal.correlationId,
      },
    ]);
  }
  const state = client?.state?.toLowerCase() ?? null;
  const doubts = doubtsOf(principal, "token");
  if (state === "disabled") {
    return refuse("token", "denied", [
      {
        kind: "near-miss",
        summary: `${describeClient(principal)} is disabled, so none of its tokens works`,
      },
    ]);
  }
  // The doubts are about another identity, which may have no token at all.
  if (doubts.length > 0) return refuse("token", "unknown", doubts, { afterSuccess: "open" });
  if (state === "inactive") {
    const until = client?.dateToDelete === null ? "" : ` and will be deleted on ${client?.dateToDelete}`;
    return pass("token", {
      kind: "note",
      summary: `${describeClient(principal)} is inactive${until}: this token works, but the client gets no new ones`,
    });
  }
  if (!isTrusted(principal)) return pass("token");
  const [here, home] = [principal.organization, principal.homeOrganization].map(
    (org) => org?.name ?? org?.id,
  );
  const summary = `the token works in organization "${here}", which trusts its home organization "${home}"; the roles assigned in "${here}" determine access`;
  return pass("token", { kind: "note", summary });
}

/** Returns evidence that a fact is unknown because only the other identity's own token would reveal it. */
function doubtsOf({ tokenDoubts = [] }: Principal, wanted: TokenDoubt["layer"]): readonly Evidence[] {
  return tokenDoubts
    .filter(({ layer }) => layer === wanted)
    .map(({ reason, permissions, scopes }) => ({
      kind: "unreadable",
      summary: permissions.length === 0 ? reason : `${reason}; ${anyOf(permissions)} allows reading it`,
      permissions,
      scopes,
    }));
}

/**
 * Checks an operation that needs no token or a different kind of token. Null for an operation with the usual
 * OAuth token.
 */
export function checkAuthentication(principal: Principal, operation: Operation): LayerResult | null {
  switch (operation.otherAuthentication) {
    case null:
      return null;
    case "none":
      return principal.refusal === null
        ? pass("none", {
            kind: "note",
            summary: "this operation needs no token",
          })
        : refuse(principal.refusal.layer, "unknown", [
            {
              kind: "note",
              summary:
                "this operation needs no token; whether it accepts a request with an invalid token is unknown",
            },
          ]);
    case "guest-chat-jwt":
    case "webmessaging-jwt":
      return refuse("context", "denied", [
        {
          kind: "context",
          summary: `this operation needs a ${operation.otherAuthentication.replace("-jwt", "")} JWT, not an OAuth token`,
        },
      ]);
  }
}

/** Checks OAuth scopes. They restrict only user tokens, and only if the organization enforces them. */
export function checkScope(principal: Principal, operation: Operation): LayerResult {
  const { scopes: needed, scopeSource } = operation;
  // Nothing is known about the token of another user when its OAuth client is unknown.
  if (isOther(principal) && principal.client === null) {
    return refuse("scope", "unknown", [unreadableEvidence(principal, "token", "the token's scopes")]);
  }
  if (needed?.length === 0) return pass("scope");
  if (principal.scopesBind === "no") {
    const why =
      principal.kind === "client"
        ? "client credentials depend on roles alone"
        : "this organization does not enforce scopes";
    return pass("scope", {
      kind: "scope",
      summary: `the platform ignores scopes for this token: ${why}`,
    });
  }
  if (needed === null) {
    return refuse("scope", "unknown", [
      {
        kind: "scope",
        summary: "the catalog does not contain the scope of this operation",
      },
    ]);
  }
  if (principal.scopes === null) {
    return refuse("scope", "unknown", [unreadableEvidence(principal, "token", "the token's scopes")]);
  }
  const held = needed.find((scope) => principal.scopes?.includes(scope));
  const inferred: readonly Evidence[] =
    scopeSource === "published"
      ? []
      : [
          {
            kind: "scope",
            summary: `the scope of this operation is ${scopeSource.replace("-", ", confidence ")}; \`genscope catalog update\` reads the published scope`,
          },
        ];
  if (held !== undefined) {
    const evidence: Evidence = {
      kind: "scope",
      summary: `${describeToken(principal)} has scope \`${held}\``,
      scope: held,
    };
    const doubts = [...inferred, ...doubtsOf(principal, "scope")];
    return doubts.length === 0 ? pass("scope", evidence) : refuse("scope", "unknown", [evidence, ...doubts]);
  }
  return checkMissingScope(principal, operation, needed, inferred);
}

function checkMissingScope(
  principal: Principal,
  operation: Operation,
  needed: readonly string[],
  inferred: readonly Evidence[],
): LayerResult {
  const lacks: Evidence = {
    kind: "scope",
    summary: `${describeToken(principal)} lacks scope ${anyOf(needed)}${principal.scopes?.length === 0 ? "; it has none" : ""}`,
    scopes: needed,
  };
  // It is undocumented whether the scope `routing` satisfies an operation that lists only `routing:readonly`.
  const wider = needed.find(
    (scope) => scope.endsWith(":readonly") && principal.scopes?.includes(scope.replace(/:readonly$/, "")),
  );
  // The API definition declares a scope `all`, but it is undocumented whether that includes every other scope.
  const holdsAll = principal.scopes?.includes("all") === true;
  const missing = { scopes: needed };
  if (principal.scopesBind === "unknown") {
    return refuse(
      "scope",
      "unknown",
      [
        lacks,
        unreadableEvidence(principal, "scope enforcement", "whether this organization enforces scopes"),
      ],
      missing,
    );
  }
  if (holdsAll) {
    const doubt: Evidence = {
      kind: "near-miss",
      summary: "it has `all`, which may or may not cover every scope",
    };
    return refuse("scope", "unknown", [lacks, doubt], missing);
  }
  if (wider !== undefined) {
    const doubt: Evidence = {
      kind: "near-miss",
      summary: `it has \`${wider.replace(/:readonly$/, "")}\`, which may or may not cover \`${wider}\``,
    };
    return refuse("scope", "unknown", [lacks, doubt], missing);
  }
  return refuse(
    "scope",
    operation.scopeSource === "published" ? "denied" : "unknown",
    [lacks, ...inferred],
    missing,
  );
}

/**
 * Operations on "me" that also work with client credentials. Official tools call them after logging in with client
 * credentials.
 */
const KNOWN_TO_ANSWER_CLIENTS: ReadonlySet<string> = new Set([
  "/api/v2/tokens/me",
  "/api/v2/organizations/me",
]);

/** Checks an operation that only users, only one user or only clients can call. */
export function checkContext(principal: Principal, operation: Operation): LayerResult {
  if (operation.namesOtherUser === true) {
    const summary = "the id must belong to the token's user, but this id belongs to another user";
    return refuse("context", "denied", [{ kind: "context", summary }]);
  }
  if (operation.grantRule === null) return checkOwnContext(principal, operation);
  const wanted = operation.grantRule === "not-client-credentials" ? "user" : "client";
  if (principal.kind === wanted) return pass("context");
  const needs =
    wanted === "user"
      ? "needs a user context; it returns 400 `not.a.user` to client credentials"
      : "needs client credentials; it returns 400 `not.a.client` to a user's token";
  const verdict = principal.kind === "unknown" ? "unknown" : "denied";
  return refuse("context", verdict, [{ kind: "context", summary: `this operation ${needs}` }]);
}

/**
 * Checks an operation on "me" when the API definition does not say whether it accepts client credentials. If genscope
 * called the same operation to read the identity, its result settles the question. Otherwise the verdict is unknown.
 */
function checkOwnContext(principal: Principal, operation: Operation): LayerResult {
  const isOwn = /\/me(?:\/|$)/.test(operation.path) && !KNOWN_TO_ANSWER_CLIENTS.has(operation.path);
  if (!isOwn || principal.kind === "user") return pass("context");
  const answered = principal.calls.find(
    ({ method, path }) => method === operation.method && path === operation.path,
  );
  if (answered?.status === 200) return pass("context");
  const summary =
    "this operation acts on the caller; whether it accepts client credentials is not documented";
  if (answered?.code !== "not.a.user") return refuse("context", "unknown", [{ kind: "context", summary }]);
  return refuse("context", "denied", [
    {
      kind: "call",
      summary: "the service returned 400 `not.a.user` for this operation with this token",
      ...answered,
    },
  ]);
}
