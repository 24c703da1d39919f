import { decideOperation } from "../../src/access/decide/decide.ts";
import { decidingPermissions } from "../../src/access/decide/deciding-permissions.ts";
import type { Layer, VerdictName } from "../../src/access/verdict/verdict.ts";
import type { Catalogue } from "../../src/catalogue/facts/catalogue.ts";
import type { Operation } from "../../src/catalogue/facts/operation.ts";
import { readPrincipal } from "../../src/platform/identity/identity.ts";
import type { Fact, Principal } from "../../src/platform/reading/principal.ts";
import type { Definition } from "../../src/sandbox/world.ts";
import { type InProcessSandbox, inProcessSandbox } from "../support/in-process-sandbox.ts";
import { type CallSpec, DIVISIONS, isOfAllDivisions, nameOf, type World } from "./world.ts";

/** The prediction for a call, and the response from the service. */
export interface Outcome {
  readonly operation: Operation;
  readonly call: CallSpec;
  readonly verdict: VerdictName;
  readonly layer: Layer;
  readonly status: number;
  readonly code: string | null;
  readonly isRefused: boolean;
}

const FACTS: ReadonlySet<Fact> = new Set<Fact>([
  "user",
  "grants",
  "permission catalogue",
  "divisions",
  "access policies",
  "scope enforcement",
]);
const OTHER_USER = "00000000-0000-4000-8000-00000000face";

/** What the service and the diagnosis know, and how the principal behind the calls is read. */
export interface Stage {
  readonly definition: Definition;
  readonly catalogue: Catalogue;
  /** Reads the principal with another token. By default, it is read with its own token. */
  readonly read?: (sandbox: InProcessSandbox, permissions: readonly string[]) => Promise<Principal>;
}

/** Builds the world in a separate sandbox, diagnoses each call, and then makes the call. */
export async function play(
  world: World,
  { definition, catalogue, read }: Stage,
): Promise<readonly Outcome[]> {
  const sandbox = inProcessSandbox(definition);
  const mint = build(world, sandbox);
  const bodyOf = (index: number, call: CallSpec): unknown => {
    switch (call.body) {
      case "nothing":
        return {};
      case "fields":
        return { divisionId: OTHER_USER, roleDivisions: [], teamIds: [] };
      case "object":
        return call.operation.includes("/objects/")
          ? [objectId(index, call)]
          : { queueId: objectId(index, call) };
      case "user":
        return { ownerId: OTHER_USER };
    }
  };
  const permissions = world.calls.flatMap(({ operation }) => {
    const [method = "", path = ""] = operation.split(" ");
    const found = catalogue.find(method, path);
    return found === null ? [] : decidingPermissions(found);
  });
  const principal = await (read === undefined
    ? readPrincipal(sandbox.api(mint()), FACTS, { permissions })
    : read(sandbox, permissions));
  const outcomes: Outcome[] = [];
  for (const [index, call] of world.calls.entries()) {
    const [method = "", path = ""] = call.operation.split(" ");
    const operation = catalogue.find(method, path);
    if (operation === null || nameOf(operation) !== call.operation) {
      throw new Error(`no such operation: ${call.operation}`);
    }
    const division = principal.divisions?.find(({ name }) => name === call.objectDivision) ?? null;
    const target = path.replace(/\{([^}]+)\}/g, (_all, name: string) => {
      if (name === "divisionId" && path.includes("/objects/")) return division?.id ?? "none";
      return call.pathValues[name] ?? objectId(index, call);
    });
    // A value such as `mine` names no object, so its division can't be known.
    const isDivisionGiven =
      call.isDivisionGiven && (isOfAllDivisions(operation) || target.includes(objectId(index, call)));
    const { verdict, layer } = decideOperation(principal, operation, {
      divisionId: isDivisionGiven ? (division?.id ?? null) : null,
      name: `${method} ${target}${call.query}`,
    });
    // Some operations revoke their own token, so every call uses a new one.
    const answer = await sandbox.api(mint()).send({
      method,
      path: `${target}${call.query}`,
      ...(method === "GET" || method === "HEAD" || method === "DELETE" ? {} : { body: bodyOf(index, call) }),
    });
    const code = (answer.body as { code?: string } | null | undefined)?.code ?? null;
    outcomes.push({
      operation,
      call: { ...call, isDivisionGiven },
      verdict,
      layer,
      status: answer.status,
      code,
      isRefused: isRefusal(answer.status, code),
    });
  }
  return outcomes;
}

/** Returns whether a response is a refusal by an authorization layer in the platform's format. */
function isRefusal(status: number, code: string | null): boolean {
  return (
    status === 401 || status === 403 || (status === 400 && (code === "not.a.user" || code === "not.a.client"))
  );
}

function objectId(index: number, { objectDivision }: CallSpec): string {
  return `00000000-0000-4000-8000-${String(index).padStart(6, "0")}${String(DIVISIONS.indexOf(objectDivision)).padStart(6, "0")}`;
}

/** Prepares the subject. @returns a function that creates another token for it */
function build(world: World, { act }: InProcessSandbox): () => string {
  act("settings.patch", {
    settings: {
      enforceScopes: world.enforceScopes,
      subjectsMeForClients: world.subjectsMeForClients,
      undocumented: world.undocumented,
    },
  });
  // A condition that some of the generated objects and requests meet.
  const condition = {
    variableName: world.conditionAbout,
    operator: "EQ",
    operands: [{ type: "SCALAR", value: "vanilla" }],
  };
  act("user.upsert", { name: "Other user", id: OTHER_USER });
  const { id: clientId } = act("client.upsert", {
    name: "Subject client",
    grantType: world.subject === "client" ? "CLIENT-CREDENTIALS" : "CODE",
    scope: world.scopes,
  });
  const { id: subjectId } =
    world.subject === "user" ? act("user.upsert", { name: "Subject user" }) : { id: clientId };
  const subject = world.subject === "client" ? "Subject client" : "Subject user";

  act("role.upsert", { name: "Reading", permissions: world.readable });
  act("role.grant", { subject, role: "Reading", division: "*" });
  for (const [index, role] of world.roles.entries()) {
    const policies = role.lines.map(({ pattern, hasCondition }) => {
      const [domain = "", entityName = "", action = ""] = pattern.split(":");
      return {
        domain,
        entityName,
        actionSet: [action],
        ...(hasCondition ? { resourceConditionNode: condition } : {}),
      };
    });
    act("role.upsert", { name: `Role ${index}`, policies });
    act("role.grant", { subject, role: `Role ${index}`, division: role.division });
  }
  for (const [index, policy] of world.policies.entries()) {
    const { hasCondition, ...fields } = policy;
    act("policy.upsert", {
      name: `Policy ${index}`,
      ...fields,
      ...(hasCondition ? { condition } : {}),
    });
  }
  const ownable = (permission: string) => permission.split(":").length === 3;
  for (const permission of world.unowned.filter(ownable)) act("permission.own", { permission, owned: false });
  for (const permission of world.divisionless.filter(
    (name) => ownable(name) && !world.unowned.includes(name),
  )) {
    act("permission.own", { permission, owned: true, divisionAware: false });
  }
  const divisionId = (name: string) =>
    String(act("object.upsert", { id: `in ${name}`, name, type: "place", division: name })["divisionId"]);
  for (const [index, call] of world.calls.entries()) {
    const taste = index % 2 === 0 ? "vanilla" : "chocolate";
    const { owner, counts, otherDivision } = call;
    const attributes = {
      flavour: taste,
      team: taste,
      ...(owner === null ? {} : { owner: owner === "subject" ? subjectId : OTHER_USER }),
      ...(counts === null ? {} : { counts }),
      ...(otherDivision === null
        ? {}
        : { divisions: `${divisionId(call.objectDivision)},${divisionId(otherDivision)}` }),
    };
    act("object.upsert", {
      id: objectId(index, call),
      name: `Object ${index}`,
      type: "queue",
      division: call.objectDivision,
      attributes,
    });
  }
  return () => {
    const minted = act("token.mint", {
      client: "Subject client",
      ...(world.subject === "user" ? { user: "Subject user" } : {}),
    });
    return String(minted["access_token"]);
  };
}
