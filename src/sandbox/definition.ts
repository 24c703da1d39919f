import { createHash } from "node:crypto";
import type { Operation } from "../catalogue/facts/operation.ts";
import type { Answer, Request } from "./answer.ts";
import { createRouter } from "./router.ts";
import { describePermission } from "./state/permissions.ts";
import type { Definition } from "./world.ts";

/** Returns a definition with these operations and `nowMs` as its modification time. */
export function createDefinition(
  operations: readonly Operation[],
  parametersOf: Definition["parametersOf"],
  nowMs: number,
): Definition {
  const named = new Set(operations.flatMap((each) => [...each.permissions, ...each.conditionalPermissions]));
  const permissions = [...named].sort().map(describePermission);
  return { operations, router: createRouter(operations), permissions, parametersOf, modifiedAtMs: nowMs };
}

/**
 * Answers `docs/swagger` (released operations) and `docs/swaggerpreview`. Both are public and support conditional
 * requests.
 */
export function createDefinitionAnswerer(): (definition: Definition, request: Request) => Answer {
  const documents = new WeakMap<Definition, Map<boolean, Document>>();

  function documentOf(definition: Definition, isPreview: boolean): Document {
    const known = documents.get(definition) ?? new Map<boolean, Document>();
    documents.set(definition, known);
    const document = known.get(isPreview) ?? writeDocument(definition, isPreview);
    known.set(isPreview, document);
    return document;
  }

  return (definition, request) => {
    const { text, etag } = documentOf(definition, request.path.endsWith("preview"));
    const headers = { ETag: etag, "Last-Modified": new Date(definition.modifiedAtMs).toUTCString() };
    if (isUnchanged(request, etag, definition.modifiedAtMs)) return { status: 304, headers };
    return { status: 200, headers, text: { value: text, contentType: "application/json" } };
  };
}

interface Document {
  readonly text: string;
  readonly etag: string;
}

/**
 * Returns whether the client's copy is current. `If-None-Match` takes precedence over `If-Modified-Since` (RFC 9110
 * section 13.1.3).
 */
function isUnchanged({ headers }: Request, etag: string, modifiedAtMs: number): boolean {
  const noneMatch = headers["if-none-match"];
  if (noneMatch !== undefined) return noneMatch.split(",").some((each) => each.trim() === etag);
  const since = Date.parse(headers["if-modified-since"] ?? "");
  return Math.floor(modifiedAtMs / 1000) * 1000 <= since;
}

function writeDocument(definition: Definition, isPreview: boolean): Document {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of definition.operations) {
    if (operation.isPreview !== isPreview) continue;
    paths[operation.path] ??= {};
    Object.assign(paths[operation.path] ?? {}, { [operation.method.toLowerCase()]: describe(operation) });
  }
  const text = JSON.stringify({
    swagger: "2.0",
    info: { title: "Genesys Cloud Platform API", version: "v2" },
    host: "api.mypurecloud.com",
    schemes: ["https"],
    paths,
    securityDefinitions: {
      "PureCloud OAuth": {
        type: "oauth2",
        flow: "implicit",
        authorizationUrl: "https://login.mypurecloud.com/authorize",
        scopes: { all: "All the scopes" },
      },
    },
  });
  return { text, etag: `"${createHash("sha256").update(text).digest("hex").slice(0, 32)}"` };
}

/** Returns one operation with the fields that readers of the definition use. */
function describe(operation: Operation): Readonly<Record<string, unknown>> {
  const conditional = operation.conditionalPermissions;
  return {
    tags: [operation.tag],
    summary: operation.operationId,
    description: conditional.length === 0 ? "" : `Some requests also need: ${conditional.join(", ")}`,
    operationId: operation.operationId,
    "x-purecloud-method-name": operation.operationId,
    parameters: [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: "path",
      required: true,
      type: "string",
    })),
    responses: { "200": { description: "successful operation" } },
    ...security(operation),
    ...(operation.permissionMode === "NONE"
      ? {}
      : {
          "x-inin-requires-permissions": {
            type: operation.permissionMode,
            permissions: operation.permissions,
          },
        }),
    ...(operation.isDeprecated ? { deprecated: true } : {}),
  };
}

/**
 * Returns the `security` field of an operation, which contains its scopes (possibly none) under the name of the scheme.
 * Omits the field when the operation needs no token.
 */
function security(operation: Operation): Readonly<Record<string, unknown>> {
  switch (operation.otherAuthentication) {
    case "none":
      return {};
    case "webmessaging-jwt":
      return { security: [{ "Webmessaging JWT": [] }] };
    case "guest-chat-jwt":
      return { security: [{ "Guest Chat JWT": [] }] };
    case null:
      return { security: [{ "PureCloud OAuth": operation.scopes ?? [] }] };
  }
}
