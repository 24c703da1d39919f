import type { Operation } from "../../catalogue/facts/operation.ts";
import { asString, type JsonRecord } from "../../core/json.ts";
import { createDefinition } from "../definition.ts";
import type { World } from "../world.ts";
import type { Action } from "./action.ts";
import { ActionError, booleanIn, oneOf, required, stringsIn } from "./input.ts";

/**
 * Actions that change the API itself, as a release of the platform does. The definition and its enforcement change
 * together.
 */
export const DEFINITION_ACTIONS: Readonly<Record<string, Action>> = {
  "operation.upsert": {
    summary:
      "operation (`METHOD /path`), operationId?, permissionMode?, permissions?, scopes?, deprecated?, preview?: adds the operation to the definition, or changes it",
    run: upsertOperation,
  },
  "operation.delete": {
    summary: "operation (`METHOD /path` as in the definition): removes the operation from the definition",
    run: (world, input) => {
      const { method, path } = nameIn(input);
      const left = world.definition.operations.filter((each) => each.method !== method || each.path !== path);
      const removed = world.definition.operations.length - left.length;
      if (removed === 0) throw new ActionError(`there is no operation \`${method} ${path}\``);
      world.definition = createDefinition(left, world.definition.parametersOf, world.clock.now());
      return { removed };
    },
  },
};

function upsertOperation(world: World, input: JsonRecord): Operation {
  const { method, path } = nameIn(input);
  const { operations, parametersOf } = world.definition;
  const known =
    operations.find((each) => each.method === method && each.path === path) ?? newOperation(method, path);
  const permissions = stringsIn(input, "permissions") ?? known.permissions;
  const operation: Operation = {
    ...known,
    operationId: asString(input["operationId"]) ?? known.operationId,
    permissions,
    permissionMode: oneOf(
      input,
      "permissionMode",
      ["ANY", "ALL", "NONE"],
      permissions.length === 0 ? "NONE" : known.permissionMode === "NONE" ? "ANY" : known.permissionMode,
    ),
    scopes: stringsIn(input, "scopes") ?? known.scopes,
    isDeprecated: booleanIn(input, "deprecated") ?? known.isDeprecated,
    isPreview: booleanIn(input, "preview") ?? known.isPreview,
  };
  const others = operations.filter((each) => each.method !== method || each.path !== path);
  world.definition = createDefinition([...others, operation], parametersOf, world.clock.now());
  return operation;
}

function newOperation(method: string, path: string): Operation {
  return {
    method,
    path,
    operationId: `${method.toLowerCase()}${path.split(/\W+/).slice(3).map(capitalised).join("")}`,
    tag: "New",
    permissionMode: "NONE",
    permissions: [],
    conditionalPermissions: [],
    scopes: [],
    scopeSource: "published",
    grantRule: null,
    otherAuthentication: null,
    isDeprecated: false,
    isPreview: false,
    note: null,
    caveats: [],
    provenance: { source: "sandbox", date: "2026-10-01" },
  };
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function nameIn(input: JsonRecord): { readonly method: string; readonly path: string } {
  const [method = "", path = ""] = required(input, "operation").split(" ");
  if (!path.startsWith("/api/")) throw new ActionError("`operation` must be `METHOD /api/v2/…`");
  return { method: method.toUpperCase(), path };
}
