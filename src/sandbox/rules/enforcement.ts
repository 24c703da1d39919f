import { ownValue } from "../../core/own-value.ts";
import type { Request } from "../answer.ts";
import { once } from "../once.ts";
import {
  FEATURE_FORBIDDEN,
  inLayer,
  NOT_A_CLIENT,
  NOT_A_USER,
  NOT_AUTHORIZED,
  type Refusal,
  refusal,
} from "../refusal.ts";
import type { Match } from "../router.ts";
import type { PlacedObject } from "../state/organization.ts";
import type { World } from "../world.ts";
import { type CallFacts, factsOf } from "./call-facts.ts";
import type { Caller } from "./caller.ts";
import { enforceCaveats } from "./caveats.ts";
import type { Attributes } from "./condition.ts";
import { checkPermissions } from "./permission.ts";
import { waivedPermissions } from "./waivers.ts";

/**
 * Operations that return facts about the caller itself. Settings determine whether they accept clients and users,
 * because the public definition does not state who may call them.
 */
const SELF_OPERATIONS: Readonly<Record<string, "subjectsMe" | "divisionsPermitted">> = {
  "/api/v2/authorization/subjects/me": "subjectsMe",
  "/api/v2/authorization/divisionspermitted/me": "divisionsPermitted",
  "/api/v2/authorization/divisionspermitted/paged/me": "divisionsPermitted",
  "/api/v2/authorization/divisionspermitted/paged/{subjectId}": "divisionsPermitted",
};

/**
 * Checks the layers that follow token and address, in the platform's order: scope; user or client context; permission
 * with its division, condition and policies; feature. Returns null when no layer refuses.
 */
export function enforce(
  world: World,
  caller: Caller,
  match: Match,
  request: Request,
  nowMs: number,
): Refusal | null {
  const { operation } = match;
  const object = objectOf(caller, match);
  const facts = factsOf(caller.organization, match, request);
  const question = {
    caller,
    operation,
    object,
    facts,
    attributes: once(() => attributesOf(caller, match, request)),
    waived: waivedPermissions(operation, caller, object, facts),
    ignoresTeamGrants: operation.caveats.some(({ condition }) => condition?.grant === "team-limited"),
    needsConditional: request.query.get("sandbox-conditional") === "1",
    settings: world.settings,
    nowMs,
  };
  return (
    inLayer("scope", checkScope(world, caller, match)) ??
    inLayer("context", checkContext(world, caller, match, facts)) ??
    inLayer("permission", checkPermissions(question)) ??
    inLayer("permission", enforceCaveats(question)) ??
    inLayer("product", checkFeature(caller, match))
  );
}

/** Returns the object whose division is checked, which is the first one that an id in the path refers to. */
function objectOf(caller: Caller, match: Match): PlacedObject | null {
  for (const id of match.parameters) {
    const object = caller.organization.objects.get(id);
    if (object !== undefined) return object;
  }
  return null;
}

/**
 * Checks the scopes. They restrict only users' tokens, and only if the organization enforces them. Any one of the
 * listed scopes suffices.
 */
function checkScope(world: World, caller: Caller, { operation }: Match): Refusal | null {
  if (caller.user === null || !world.settings.enforceScopes) return null;
  if (operation.scopes === null || operation.scopes.length === 0) return null;
  return operation.scopes.some((scope) => caller.token.scopes.includes(scope))
    ? null
    : refusal(403, "app.not.authorized.for.scope", "App not authorized to use scope {scopes}", {
        scopes: `[${operation.scopes.join(", ")}]`,
      });
}

function checkContext(world: World, caller: Caller, { operation }: Match, facts: CallFacts): Refusal | null {
  const setting = ownValue(SELF_OPERATIONS, operation.path);
  if (caller.user !== null) {
    if (setting !== undefined && !world.settings[`${setting}ForUsers`]) return NOT_AUTHORIZED;
    return operation.grantRule === "client-credentials-only" ? NOT_A_CLIENT : null;
  }
  if (operation.grantRule === "not-client-credentials") return NOT_A_USER;
  if (setting !== undefined) return world.settings[`${setting}ForClients`] ? null : NOT_A_USER;
  const isAboutUser = operation.caveats.some(
    ({ kind, condition }) =>
      kind === "current-user" &&
      (condition?.path === undefined || facts.parameters.get(condition.path) === condition.value),
  );
  return isAboutUser && world.settings.undocumented === "strict" ? NOT_A_USER : null;
}

function checkFeature(caller: Caller, { operation }: Match): Refusal | null {
  const isOpen =
    !operation.isPreview || caller.organization.enrolledPreviews.has(`${operation.method} ${operation.path}`);
  return isOpen ? null : FEATURE_FORBIDDEN;
}

/**
 * Returns the variables for conditions: query parameters and top-level body fields of the request. Attributes of the
 * object override them.
 */
function attributesOf(caller: Caller, match: Match, request: Request): Attributes {
  const attributes = new Map<string, string>(request.query);
  for (const [name, value] of Object.entries(bodyFields(request.body))) {
    if (typeof value === "string" || typeof value === "number") attributes.set(name, String(value));
  }
  const object = objectOf(caller, match);
  if (object !== null) {
    for (const [name, value] of Object.entries(object.attributes)) attributes.set(name, value);
  }
  return attributes;
}

function bodyFields(body: string): object {
  if (!body.startsWith("{")) return {};
  try {
    return JSON.parse(body) as object;
  } catch {
    return {};
  }
}
