import type { Principal } from "../../platform/principal.ts";
import type { Decision } from "../decide/decide.ts";
import { grantsHolding, splitPermission } from "../verdict/holdings.ts";
import type { LayerResult } from "../verdict/layer-result.ts";
import type { Remedy } from "../verdict/verdict.ts";
import { allOf, anyOf, describeClient } from "../verdict/wording.ts";
import {
  ACCESS_POLICIES_MENU,
  AUTHORIZED_APPLICATIONS_MENU,
  ROLE_EDITOR_MENU,
  scopesMenu,
} from "./menu-path.ts";
import { remediesForPermission } from "./permission-remedies.ts";
import type { Question } from "./question.ts";
import { remediesForReading } from "./reading-remedies.ts";
import { remediesForToken } from "./token-remedies.ts";

/**
 * The changes that would make the call pass, smallest first within each layer, and layer by layer in the
 * order in which the platform would refuse next. Empty when the verdict is *allowed*.
 */
export function remediesFor(principal: Principal, decision: Decision, question: Question): readonly Remedy[] {
  // Where something refuses for certain, how to settle the doubts of other layers is noise.
  const { objections } = decision;
  const relevant = objections.some(isCertain)
    ? objections.filter((objection) => isCertain(objection) || isFresh(objection))
    : objections;
  const remedies = relevant.flatMap((objection) => remediesForLayer(principal, objection, question));
  return remedies.length > 0 || decision.verdict !== "denied" ? remedies : [ASK_SUPPORT];
}

/** The service refused a live call although nothing that could be read explains it. */
const ASK_SUPPORT: Remedy = {
  kind: "ask-support",
  summary:
    "nothing that could be read explains this refusal: try again in a minute in case a role changed, then quote the correlation id to the platform's support",
};

function isCertain({ verdict }: LayerResult): boolean {
  return verdict === "denied";
}

function isFresh(objection: LayerResult): boolean {
  return objection.evidence.some(({ kind }) => kind === "recent");
}

/** The service itself as the judge, where there is a call that it can be asked with. */
function askLive({ isLivePossible }: Question): readonly Remedy[] {
  return isLivePossible ? [{ kind: "check-live", summary: "ask the service itself: add `--live`" }] : [];
}

function remediesForLayer(
  principal: Principal,
  objection: LayerResult,
  question: Question,
): readonly Remedy[] {
  switch (objection.layer) {
    case "token":
    case "ip":
      return remediesForToken(principal, objection);
    case "scope":
      return remediesForScope(principal, objection, question);
    case "context":
      return [remedyForContext(question)];
    case "permission":
    case "division":
      if (isFresh(objection))
        return [{ kind: "wait", summary: "wait a minute and check again" }, ...askLive(question)];
      return objection.verdict === "denied" ||
        objection.missing.permissions.length > 0 ||
        objection.layer === "division"
        ? remediesForPermission(principal, objection, question)
        : remediesForReading(objection);
    case "condition":
      return remediesForCondition(principal, question);
    case "policy":
      return remediesForPolicy(objection, question);
    case "product":
      return objection.verdict === "denied" ? [BUY_PRODUCT] : [...askLive(question), ASK_ENROLMENT];
    default:
      return [];
  }
}

function remediesForScope(
  principal: Principal,
  objection: LayerResult,
  { operation }: Question,
): readonly Remedy[] {
  const { scopes } = objection.missing;
  const client = describeClient(principal);
  const reading = remediesForReading(objection);
  if (principal.scopes === null && isScopeRefused(principal)) {
    return [
      {
        kind: "add-scope",
        summary: `add ${allOf(["user-basic-info", ...narrowest(operation?.scopes ?? [])])} to the scopes of ${client} and log in again: this token may not even ask which scopes it has`,
        menuPath: scopesMenu(principal),
      },
      APPROVE_APPLICATION,
      ...reading,
    ];
  }
  if (scopes.length === 0) {
    return reading.length > 0
      ? reading
      : [{ kind: "check-live", summary: "read the published scopes", command: "genscope catalog update" }];
  }
  const [scope = ""] = narrowest(scopes);
  return [
    {
      kind: "add-scope",
      summary: `add scope \`${scope}\` to ${client}, then log in again: a token keeps the scopes it was issued with`,
      menuPath: scopesMenu(principal),
      scope,
      alternatives: scopes,
    },
    APPROVE_APPLICATION,
    ...reading,
  ];
}

/** Whether it was a missing scope that kept the token from telling its scopes. */
function isScopeRefused({ unreadable }: Principal): boolean {
  return unreadable.some(
    ({ what, call }) => what === "token" && call?.code === "app.not.authorized.for.scope",
  );
}

const APPROVE_APPLICATION: Remedy = {
  kind: "log-in-again",
  summary:
    "where the organization authorizes applications, an administrator approves the new scope first, then log in again",
  menuPath: AUTHORIZED_APPLICATIONS_MENU,
};

/** Of scopes that suffice one by one the least: `:readonly` where it is listed. */
function narrowest(scopes: readonly string[]): readonly string[] {
  return scopes
    .filter((name) => name.endsWith(":readonly"))
    .concat(scopes)
    .slice(0, 1);
}

function remedyForContext({ operation }: Question): Remedy {
  if (operation?.otherAuthentication != null) {
    return {
      kind: "use-operation",
      summary:
        "obtain the guest's own token from the conversation or deployment; an OAuth token can't replace it",
    };
  }
  if (operation?.grantRule === "client-credentials-only") {
    return {
      kind: "log-in-as-client",
      summary: "call it with the token of a client-credentials client; a user's token is never accepted",
    };
  }
  const own =
    operation?.path.includes("/me") === true
      ? ", or use the operation that takes the user's id instead of `me`"
      : "";
  return {
    kind: "log-in-as-user",
    summary: `log in as a user (authorization code with PKCE): no role can give a client a user context${own}`,
  };
}

function remediesForCondition(principal: Principal, { permissions }: Question): readonly Remedy[] {
  const roles = new Set(
    permissions.flatMap((permission) => {
      const parts = splitPermission(permission);
      if (parts === null) return [];
      return grantsHolding(principal.grants ?? [], parts).conditionalGrants.map(
        ({ role }) => role.name ?? role.id,
      );
    }),
  );
  return [
    {
      kind: "edit-condition",
      summary: `widen or remove the condition on ${anyOf(permissions)} in role ${[...roles].map((name) => `"${name}"`).join(" or ")}, if the objects you need are outside it`,
      menuPath: ROLE_EDITOR_MENU,
    },
  ];
}

function remediesForPolicy(objection: LayerResult, question: Question): readonly Remedy[] {
  if (objection.evidence.some(({ kind }) => kind === "unreadable")) {
    return [...remediesForReading(objection), ...askLive(question)];
  }
  const names = objection.evidence.filter(({ kind }) => kind === "policy").map(({ policy }) => policy);
  return [
    {
      kind: "change-policy",
      summary:
        objection.verdict === "denied"
          ? "change the access policy: DENY wins over every role; narrow it, or switch off that it applies to OAuth clients"
          : "check whether the access policy's condition covers the objects you need",
      menuPath: ACCESS_POLICIES_MENU,
      policies: names,
    },
  ];
}

const BUY_PRODUCT: Remedy = {
  kind: "buy-product",
  summary:
    "the organization does not own the product or feature of this permission: ask for the licence or the beta; no role change helps",
};

const ASK_ENROLMENT: Remedy = {
  kind: "ask-support",
  summary:
    "ask the platform's account team whether this organization may use the preview: nothing that can be read tells",
};
