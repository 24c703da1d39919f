import { asArray, asRecord, asString, asStrings, type JsonRecord } from "../../core/json.ts";
import { ownValue } from "../../core/own-value.ts";
import type {
  GrantRule,
  Operation,
  OtherAuthentication,
  PermissionMode,
  Provenance,
} from "../facts/operation.ts";
import { API_ROOT } from "../facts/operation-line.ts";
import { type DeclaredRefusal, declaredRefusals } from "./declared-refusals.ts";

/** One operation of a definition. */
export interface DefinedOperation {
  readonly operation: Operation;
  /**
   * Declared refusals. If there are any, the operation accepts every kind of token that they do not exclude.
   */
  readonly refusals: readonly DeclaredRefusal[];
}

export interface DefinitionOptions {
  readonly isPreview: boolean;
  readonly provenance: Provenance;
  /** Minimum number of operations in a definition; a document with fewer is not accepted as one. */
  readonly minimumOperations: number;
}

const METHODS: ReadonlySet<string> = new Set(["get", "put", "post", "delete", "patch", "head"]);
const OAUTH = "PureCloud OAuth";
const OTHER_SCHEMES: Readonly<Record<string, OtherAuthentication>> = {
  "Guest Chat JWT": "guest-chat-jwt",
  "Webmessaging JWT": "webmessaging-jwt",
};
const NAME = /^[A-Za-z0-9_.:*-]+$/;
/** Matches a permission inside a sentence, but not `hh:mm:ss` or a part of a URN. */
const PERMISSION_IN_TEXT = /(?<![\w:])[a-zA-Z]{3,}:[a-zA-Z]{3,}:[a-zA-Z]{3,}(?![\w:])/g;
const USERS_ONLY = /not valid when using the client credentials/i;
const CLIENTS_ONLY = /need (?:an )?oauth token generated using (?:the )?oauth client credentials/i;
const FREE_TEXT_NOTE = "the published permission is free text (the service decides); not checkable";

/**
 * Reads the operations of a Swagger 2.0 definition of the platform API, as `docs/swagger` and
 * `docs/swaggerpreview` serve it. Malformed entries are skipped, never guessed. Returns a phrase that describes
 * what is wrong when the document is not such a definition.
 */
export function readDefinition(
  document: unknown,
  { isPreview, provenance, minimumOperations }: DefinitionOptions,
): readonly DefinedOperation[] | string {
  const definition = asRecord(document);
  if (definition["swagger"] !== "2.0") return "it is not a Swagger 2.0 definition";
  const operations = Object.entries(asRecord(definition["paths"])).flatMap(([path, methods]) =>
    path.startsWith(API_ROOT) && !/\s/.test(path)
      ? Object.entries(asRecord(methods))
          .filter(([method]) => METHODS.has(method))
          .map(([method, described]) =>
            readOperation(path, method, asRecord(described), { isPreview, provenance }),
          )
      : [],
  );
  return operations.length < minimumOperations
    ? `it defines ${operations.length} operations, but a complete definition has at least ${minimumOperations}`
    : operations;
}

function readOperation(
  path: string,
  method: string,
  described: JsonRecord,
  { isPreview, provenance }: Pick<DefinitionOptions, "isPreview" | "provenance">,
): DefinedOperation {
  const refusals = declaredRefusals(described);
  const text = `${asString(described["summary"]) ?? ""} ${asString(described["description"]) ?? ""}`;
  const { permissionMode, permissions, note } = readPermissions(described["x-inin-requires-permissions"]);
  return {
    operation: {
      method: method.toUpperCase(),
      path,
      operationId: readOperationId(described, path, method),
      tag: asString(asArray(described["tags"])[0]) ?? "",
      permissionMode,
      permissions,
      conditionalPermissions: unique(text.match(PERMISSION_IN_TEXT) ?? []).filter(
        (permission) => !permissions.some((listed) => listed.toLowerCase() === permission.toLowerCase()),
      ),
      ...readSecurity(described["security"]),
      scopeSource: "published",
      grantRule: readGrantRule(refusals, text),
      isDeprecated: described["deprecated"] === true,
      isPreview: isPreview || described["x-genesys-preview"] === true,
      note,
      caveats: [],
      provenance,
    },
    refusals,
  };
}

/**
 * Returns the operation id. Both fields that contain it are equal today; `x-purecloud-method-name` takes precedence, as
 * in the generator of the SDKs.
 */
function readOperationId(described: JsonRecord, path: string, method: string): string {
  const name = asString(described["x-purecloud-method-name"]) ?? asString(described["operationId"]);
  if (name !== null && NAME.test(name)) return name;
  const words = path.slice(API_ROOT.length).match(/\w+/g) ?? [];
  return method + words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
}

function readPermissions(value: unknown): Pick<Operation, "permissionMode" | "permissions" | "note"> {
  const requirement = asRecord(value);
  const stated = unique(asStrings(requirement["permissions"]));
  const permissions = stated.filter((permission) => NAME.test(permission));
  const note = permissions.length < stated.length ? FREE_TEXT_NOTE : null;
  if (permissions.length === 0) return { permissionMode: "NONE", permissions, note };
  /**
   * An unknown type is treated as ALL, because a verdict that is too strict does less harm than one that is too
   * lenient.
   */
  const permissionMode: PermissionMode = requirement["type"] === "ANY" ? "ANY" : "ALL";
  return { permissionMode, permissions, note };
}

/**
 * Reads the security of an operation. An operation without any entry needs no token; an OAuth entry without scopes
 * accepts any token.
 */
function readSecurity(value: unknown): Pick<Operation, "scopes" | "otherAuthentication"> {
  const schemes = asArray(value).map(asRecord);
  const oauth = schemes.filter((scheme) => Object.hasOwn(scheme, OAUTH));
  if (oauth.length > 0) {
    const scopes = unique(oauth.flatMap((scheme) => asStrings(scheme[OAUTH]))).filter((scope) =>
      NAME.test(scope),
    );
    return { scopes, otherAuthentication: null };
  }
  const other = schemes
    .flatMap((scheme) => Object.keys(scheme))
    .find((name) => Object.hasOwn(OTHER_SCHEMES, name));
  return {
    scopes: [],
    otherAuthentication: other === undefined ? "none" : (ownValue(OTHER_SCHEMES, other) ?? "none"),
  };
}

function readGrantRule(refusals: readonly DeclaredRefusal[], text: string): GrantRule | null {
  const declares = (wanted: string) => refusals.some(({ status, code }) => status === 400 && code === wanted);
  if (declares("not.a.user") || USERS_ONLY.test(text)) return "not-client-credentials";
  return declares("not.a.client") || CLIENTS_ONLY.test(text) ? "client-credentials-only" : null;
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
