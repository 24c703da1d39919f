import type { Operation } from "../../catalogue/facts/operation.ts";

/** The names that a refusal contains, read from its message and parameters. */
export interface NamedInMessage {
  /** `domain:entity:action`, without a division. */
  readonly permissions: readonly string[];
  readonly scopes: readonly string[];
  /** Ids (or names) of divisions. */
  readonly divisions: readonly string[];
  readonly policies: readonly string[];
  readonly addresses: readonly string[];
  readonly retryAfterSeconds: number | null;
}

/** A service other than the platform that sent a response. */
export interface ForeignService {
  /** Its name within a sentence: `Google`, `a Cloudflare gateway`. */
  readonly name: string;
  /**
   * `product`: another product's API. `gateway`: a gateway between the caller and the platform. `called`: a
   * web service that the platform called for a data action. `untrusted`: such a service with a certificate
   * that the platform does not trust. `late`: such a service that did not respond in time. `elsewhere`: a
   * host about which nothing else is known. `caller`: the caller's own system, before it sent the call.
   * `own`: one of the reader's own servers, which responds to other programs.
   */
  readonly kind: "product" | "gateway" | "called" | "untrusted" | "late" | "elsewhere" | "caller" | "own";
  /** The status of the called service; null when it is the response's own status or unknown. */
  readonly status: number | null;
}

/** A limit that a response names. */
export interface NamedLimit {
  readonly key: string;
  readonly value: number | null;
}

/** Everything known about a refusal when no token can be read. */
export interface RefusalFacts {
  readonly status: number | null;
  readonly code: string | null;
  readonly operation: Operation | null;
  readonly named: NamedInMessage;
  readonly retryAfterSeconds: number | null;
  /**
   * Whether the call needs a user's token. False only for the refusal that requires a client-credentials
   * token.
   */
  readonly isUserRequired: boolean;
  /** Whether the platform's definition declares this status with this code. */
  readonly isDeclared: boolean;
  /** The service's message or the token endpoint's description; null when the paste has none. */
  readonly message: string | null;
  /** Grant type of a token request; null for any other request, or when the paste does not show it. */
  readonly grantType: string | null;
  readonly limit: NamedLimit | null;
  /**
   * The service that responded instead of the platform; null when the response appears to be the platform's.
   */
  readonly foreign: ForeignService | null;
  /** Path of the request as the paste shows it; null if absent. */
  readonly path: string | null;
  /** Methods of a listed path when the paste does not show which one was used; empty otherwise. */
  readonly methods: readonly string[];
  /**
   * The text around the only failure of a paste, which can retell the message; empty when it could refer to
   * another failure.
   */
  readonly words: string;
  /**
   * How the program that sent the request authenticates to a proxy: an imperative clause without a full stop.
   */
  readonly proxyLogin: string;
  /** Notification topics of a refused subscription. */
  readonly topics: readonly string[];
  /** Whether the platform refused the call of a data action, which uses the credentials of an integration. */
  readonly isOfDataAction: boolean;
  /**
   * Date of the catalog that does not list the path; null when it does, or when the path is known not to
   * exist.
   */
  readonly unlistedOn: string | null;
}
