/** How an operation's permission list is meant: one suffices, every one is needed, none is named. */
export type PermissionMode = "ANY" | "ALL" | "NONE";

/** Which tokens an operation takes besides the usual OAuth bearer token of a user or a client. */
export type GrantRule = "not-client-credentials" | "client-credentials-only";

/** The security scheme of an operation that does not take an OAuth token. */
export type OtherAuthentication = "none" | "webmessaging-jwt" | "guest-chat-jwt";

/** Where a statement of the catalogue comes from, shown wherever the statement is shown. */
export interface Provenance {
  readonly source: string;
  /** The day the source was current, `YYYY-MM-DD`. */
  readonly date: string;
}

/** One operation of the platform API and what a token needs to call it. */
export interface Operation {
  readonly method: string;
  /** Template with `{names}` for path parameters, from `/api/v2` on. */
  readonly path: string;
  /** `operationId` of the definition, which is also the SDKs' method name. */
  readonly operationId: string;
  readonly tag: string;
  readonly permissionMode: PermissionMode;
  /** `domain:entity:action`; `admin` and `content_management_user` have one part. */
  readonly permissions: readonly string[];
  /** Permissions that the description names beyond the list: needed for some requests only. */
  readonly conditionalPermissions: readonly string[];
  /** One of them suffices. Null: not known. Empty: no scope is named. */
  readonly scopes: readonly string[] | null;
  /** `published` in the definition, or inferred from the operation's relatives with this confidence. */
  readonly scopeSource: "published" | "inferred-high" | "inferred-medium" | "inferred-low" | "unknown";
  readonly grantRule: GrantRule | null;
  readonly otherAuthentication: OtherAuthentication | null;
  readonly isDeprecated: boolean;
  readonly isPreview: boolean;
  readonly note: string | null;
  readonly provenance: Provenance;
}
