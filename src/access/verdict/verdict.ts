/** The layers that can refuse a call. The platform checks the first nine in this order. */
export const LAYER_NAMES = [
  "token",
  "ip",
  "scope",
  "context",
  "permission",
  "division",
  "condition",
  "policy",
  "product",
  "rate-limit",
  "credentials",
  "throttle",
  "host",
  "path",
  "network",
  "request",
  "service",
  "none",
  "unknown",
] as const;

export type Layer = (typeof LAYER_NAMES)[number];

/** The four verdicts on a check. A doubt makes a verdict weaker, never stronger. */
export type VerdictName = "allowed" | "denied" | "conditional" | "unknown";

/** One fact behind a verdict: a sentence and its data. */
export interface Evidence {
  readonly kind:
    | "requirement"
    | "grant"
    | "scope"
    | "context"
    | "near-miss"
    | "condition"
    | "policy"
    | "product"
    | "unreadable"
    | "recent"
    | "caveat"
    | "note"
    | "call";
  readonly summary: string;
  /** Data for programs: role, division, permission, status, correlation id. */
  readonly [fact: string]: unknown;
}

/** One change that would help, with the menu path or command that makes it. */
export interface Remedy {
  readonly kind:
    | "add-division"
    | "assign-role"
    | "create-role"
    | "add-scope"
    | "log-in-as-user"
    | "log-in-as-client"
    | "log-in-again"
    | "edit-condition"
    | "change-policy"
    | "buy-product"
    | "allow-ip"
    | "enable-client"
    | "grant-reading"
    | "use-operation"
    | "use-host"
    | "fix-credentials"
    | "wait"
    | "check-live"
    | "ask-support"
    | "none";
  readonly summary: string;
  /** Menu path in the product's user interface: `Admin > Integrations > OAuth > <client> > Roles`. */
  readonly menuPath?: string;
  /** A command that can be pasted. */
  readonly command?: string;
  /**
   * Number of permissions that the change would add beyond the needed ones. A lower number means a smaller
   * change.
   */
  readonly extraPermissions?: number;
  /** The existing roles to assign. All of them are needed. */
  readonly roles?: readonly NamedRole[];
  readonly [fact: string]: unknown;
}

/** A role of the organization, as it appears in a remedy. */
export interface NamedRole {
  readonly id: string;
  readonly name: string | null;
}

/** What the token lacks, by kind. A list is empty when nothing of that kind is missing. */
export interface MissingAccess {
  readonly permissions: readonly string[];
  readonly scopes: readonly string[];
  readonly divisions: readonly string[];
}

/** The diagnosis of one operation or permission, with evidence and remedies. */
export interface Verdict {
  readonly verdict: VerdictName;
  readonly layer: Layer;
  readonly missing: MissingAccess;
  readonly evidence: readonly Evidence[];
  readonly remedies: readonly Remedy[];
}
