/** Where a call is refused; see `genscope explain --help` and the platform's order of checks. */
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

/** Exactly four; a doubt always makes the verdict weaker, never stronger. */
export type VerdictName = "allowed" | "denied" | "conditional" | "unknown";

/** One thing that was found, in words, with what it rests on. */
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
    | "note"
    | "call";
  readonly summary: string;
  /** More facts for programs: role, division, permission, status, correlation id. */
  readonly [fact: string]: unknown;
}

/** One change that would help, in words, with the menu path or the command that makes it. */
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
  /** Where in the product's user interface, e.g. `Admin > Integrations > OAuth > <client> > Roles`. */
  readonly menuPath?: string;
  /** A command that can be pasted. */
  readonly command?: string;
  /** Permissions it would add beyond what is needed; what makes one remedy smaller than another. */
  readonly extraPermissions?: number;
  readonly [fact: string]: unknown;
}

/** What is not held: each list is empty when nothing of its kind is missing. */
export interface Missing {
  readonly permissions: readonly string[];
  readonly scopes: readonly string[];
  readonly divisions: readonly string[];
}

/** The prediction for one operation or one permission, with everything it rests on. */
export interface Verdict {
  readonly verdict: VerdictName;
  readonly layer: Layer;
  readonly missing: Missing;
  readonly evidence: readonly Evidence[];
  readonly remedies: readonly Remedy[];
}
