import { ownValue } from "../../core/own-value.ts";
import type { FindCaveats } from "./caveat-file.ts";
import type { GrantRule, Operation, OtherAuthentication, PermissionMode, Provenance } from "./operation.ts";

/** Beginning of every path of the platform API; the lines of the catalog omit it. */
export const API_ROOT = "/api/v2/";

const MODES: Readonly<Record<string, PermissionMode>> = {
  ANY: "ANY",
  ALL: "ALL",
  NONE: "NONE",
  UNKNOWN: "UNKNOWN",
};

const SCOPE_SOURCES: Readonly<Record<string, Operation["scopeSource"]>> = {
  published: "published",
  high: "inferred-high",
  medium: "inferred-medium",
  low: "inferred-low",
  unknown: "unknown",
};

const GRANT_RULES: Readonly<Record<string, GrantRule>> = {
  "user-only": "not-client-credentials",
  "client-only": "client-credentials-only",
};

const AUTHENTICATIONS: Readonly<Record<string, OtherAuthentication>> = {
  "no-token": "none",
  "webmessaging-jwt": "webmessaging-jwt",
  "guest-chat-jwt": "guest-chat-jwt",
};

/**
 * Returns an operation as one line of tab-separated fields: shape, method, operation id, parameter names,
 * tag, permissions, scopes, index of the provenance, marks, conditional permissions, note. The shape is the
 * path after `/api/v2/` with every parameter written as `{}`, so that sorted lines form a tree of paths. A
 * line can be read without any other part of the file.
 */
export function encodeOperation(operation: Operation, provenanceIndex: number): string {
  const marks = [
    keyOf(GRANT_RULES, operation.grantRule),
    keyOf(AUTHENTICATIONS, operation.otherAuthentication),
    operation.isDeprecated ? "deprecated" : "",
    operation.isPreview ? "preview" : "",
  ].filter((mark) => mark !== "");
  const fields = [
    shapeOf(operation.path),
    operation.method,
    operation.operationId,
    parameterNames(operation.path).join(" "),
    operation.tag,
    [operation.permissionMode, ...operation.permissions].join(" "),
    [keyOf(SCOPE_SOURCES, operation.scopeSource), ...(operation.scopes ?? [])].join(" "),
    String(provenanceIndex),
    marks.join(" "),
    operation.conditionalPermissions.join(" "),
    operation.note ?? "",
  ];
  return fields
    .map((field) => field.replace(/[\t\r\n]+/g, " "))
    .join("\t")
    .replace(/\t+$/, "");
}

/** Returns the operation of a line, or null for a line that `encodeOperation` does not write. */
export function decodeOperation(
  line: string,
  provenances: readonly Provenance[],
  findCaveats: FindCaveats,
): Operation | null {
  // Reads fields by index. Destructuring would take longer than the rest of the function, and a policy may name
  // thousands of operations.
  const fields = line.split("\t");
  const permissions = (fields[5] ?? "").split(" ");
  const scopes = (fields[6] ?? "").split(" ");
  const permissionMode = ownValue(MODES, permissions.shift() ?? "");
  const scopeSource = ownValue(SCOPE_SOURCES, scopes.shift() ?? "");
  const provenance = provenances[Number(fields[7] ?? "")];
  if (permissionMode === undefined || scopeSource === undefined || provenance === undefined) return null;
  const marks = wordsOf(fields[8] ?? "");
  const shape = fields[0] ?? "";
  const method = fields[1] ?? "";
  let caveats: Operation["caveats"] | null = null;
  return {
    method,
    path: pathOf(shape, wordsOf(fields[3] ?? "")),
    operationId: fields[2] ?? "",
    tag: fields[4] ?? "",
    permissionMode,
    permissions,
    conditionalPermissions: wordsOf(fields[9] ?? ""),
    scopes: scopeSource === "unknown" ? null : scopes,
    scopeSource,
    grantRule: valueMarked(GRANT_RULES, marks),
    otherAuthentication: valueMarked(AUTHENTICATIONS, marks),
    isDeprecated: marks.includes("deprecated"),
    isPreview: marks.includes("preview"),
    note: fields[10] || null,
    get caveats() {
      caveats ??= findCaveats(shape, method);
      return caveats;
    },
    provenance,
  };
}

/** Returns the shape of a path: `users/{}/queues` for `/api/v2/users/{userId}/queues`. */
export function shapeOf(path: string): string {
  return path.slice(API_ROOT.length).replace(/\{[^{}]*\}/g, "{}");
}

/** Returns the names of a path's parameters, in order. */
export function parameterNames(path: string): readonly string[] {
  return Array.from(path.matchAll(/\{([^{}]*)\}/g), ([, name = ""]) => name);
}

function pathOf(shape: string, names: readonly string[]): string {
  return API_ROOT + withParameterNames(shape, names);
}

/** Returns a shape with names in its parameters: `users/{userId}` for `users/{}`. */
export function withParameterNames(shape: string, names: readonly string[]): string {
  let next = 0;
  return shape.replace(/\{\}/g, () => `{${names[next++] ?? "id"}}`);
}

/** Returns the words of a field; an empty field has none. */
export function wordsOf(field: string): readonly string[] {
  return field === "" ? [] : field.split(" ");
}

function keyOf<Value extends string>(table: Readonly<Record<string, Value>>, wanted: Value | null): string {
  return Object.keys(table).find((key) => table[key] === wanted) ?? "";
}

function valueMarked<Value extends string>(
  table: Readonly<Record<string, Value>>,
  marks: readonly string[],
): Value | null {
  for (const mark of marks) {
    const value = table[mark];
    if (value !== undefined) return value;
  }
  return null;
}
