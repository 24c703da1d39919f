import type { Caveat } from "./caveat.ts";

/**
 * Meaning of a permission list: any one suffices, all are needed, none is required, or the list is not
 * published yet.
 */
export type PermissionMode = "ANY" | "ALL" | "NONE" | "UNKNOWN";

/** Restriction to tokens of users, or to tokens of client credentials. */
export type GrantRule = "not-client-credentials" | "client-credentials-only";

/** Security scheme of an operation that does not accept an OAuth token. */
export type OtherAuthentication = "none" | "webmessaging-jwt" | "guest-chat-jwt";

/** Origin of a statement in the catalog, shown wherever the statement is shown. */
export interface Provenance {
  readonly source: string;
  /** The day when the source was current, `YYYY-MM-DD`. */
  readonly date: string;
}

/** One operation of the platform API and what a token needs to call it. */
export interface Operation {
  readonly method: string;
  /** Path template, starting with `/api/v2`, with path parameters as `{names}`. */
  readonly path: string;
  /** The definition's `operationId`, which is also the method name in the SDKs. */
  readonly operationId: string;
  readonly tag: string;
  readonly permissionMode: PermissionMode;
  /** Permissions as `domain:entity:action`; `admin` and `content_management_user` have one part. */
  readonly permissions: readonly string[];
  /** Permissions that only the description mentions; some requests need them. */
  readonly conditionalPermissions: readonly string[];
  /** Scopes, any one of which suffices. Null when unknown, empty when the definition names none. */
  readonly scopes: readonly string[] | null;
  /**
   * Source of the scopes: `published` in the definition, or inferred from related operations with this
   * confidence.
   */
  readonly scopeSource: "published" | "inferred-high" | "inferred-medium" | "inferred-low" | "unknown";
  readonly grantRule: GrantRule | null;
  /** Whether the name of the operation contains another user's id where only the token's own user is accepted. */
  readonly namesOtherUser?: true;
  readonly otherAuthentication: OtherAuthentication | null;
  readonly isDeprecated: boolean;
  readonly isPreview: boolean;
  readonly note: string | null;
  /** Rules from reviewed descriptions and error codes, in addition to the lists above; loaded on request. */
  readonly caveats: readonly Caveat[];
  readonly provenance: Provenance;
}
