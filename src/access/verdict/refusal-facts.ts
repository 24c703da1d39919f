import type { Operation } from "../../catalogue/facts/operation.ts";

/** The names in a refusal, from its message and parameters. */
export interface NamedInMessage {
  /** Permissions as `domain:entity:action`, without a division. */
  readonly permissions: readonly string[];
  readonly scopes: readonly string[];
  /** Ids or names of divisions. */
  readonly divisions: readonly string[];
  readonly policies: readonly string[];
  readonly addresses: readonly string[];
  readonly retryAfterSeconds: number | null;
}

/** A service, not the platform, that a response comes from or reports about. */
export interface ForeignService {
  /** Name of the service for use in a sentence: `Google`, `a Cloudflare gateway`. */
  readonly name: string;
  /**
   * Kind of service.
   * - `product`: the API of another product
   * - `gateway`: a gateway between the caller and the platform
   * - `called`: a web service that the platform called for a data action
   * - `untrusted`: such a web service, with a certificate that the platform does not trust
   * - `late`: such a web service that did not respond in time
   * - `unreachable`: such a web service to which the platform could not connect
   * - `elsewhere`: a host about which nothing else is known
   * - `stranger`: an unknown service, whose error codes do not look like the platform's
   * - `caller`: the caller's own system, which did not send the call
   * - `unreached`: a gateway in between that could not reach the platform
   * - `own`: one of the user's own servers, which responds to other programs
   */
  readonly kind:
    | "product"
    | "gateway"
    | "called"
    | "untrusted"
    | "late"
    | "unreachable"
    | "elsewhere"
    | "stranger"
    | "caller"
    | "own"
    | "unreached";
  /**
   * Status that the called web service returned; null when unknown or when it is the status of the response
   * itself.
   */
  readonly status: number | null;
  /** The text of the response, in which the service may name the cause. */
  readonly quote: string;
}

/** A rate limit that a response names. */
export interface NamedLimit {
  readonly key: string;
  readonly value: number | null;
}

/** Everything that is known about a refusal without reading a token. */
export interface RefusalFacts {
  readonly status: number | null;
  readonly code: string | null;
  readonly operation: Operation | null;
  readonly named: NamedInMessage;
  readonly retryAfterSeconds: number | null;
  /**
   * Whether the operation needs a user's token, for a refusal because of the grant. False when it needs a
   * client-credentials token. Always true for other refusals, which do not use it.
   */
  readonly isUserRequired: boolean;
  /** Whether the API definition declares this code with this status. */
  readonly isDeclared: boolean;
  /** The service's message or the token endpoint's description; null when the paste has none. */
  readonly message: string | null;
  /** Whether the response is an HTML page, which the platform never sends. */
  readonly isPage: boolean;
  /** Grant type of a token request. Null for any other request, or when the paste does not show it. */
  readonly grantType: string | null;
  readonly limit: NamedLimit | null;
  /** The other service that sent the response; null when the response seems to be the platform's. */
  readonly foreign: ForeignService | null;
  /** Path of the request as the paste shows it; null if the paste shows none. */
  readonly path: string | null;
  /**
   * Methods that the catalog lists for the path, when the paste does not show which of them was used; otherwise
   * empty.
   */
  readonly methods: readonly string[];
  /**
   * The prose around the only failure in a paste, which may repeat its message. Empty when it could refer to another
   * failure.
   */
  readonly words: string;
  /** How to make the program that sent the request log in to a proxy: an imperative clause without a final period. */
  readonly proxyLogin: string;
  /** Notification topics of a refused subscription. */
  readonly topics: readonly string[];
  /** Whether the refused call was made by a data action, which uses the credentials of its integration. */
  readonly isOfDataAction: boolean;
  /**
   * Date of the catalog when it does not list the path. Null when it lists the path, or when the path certainly
   * does not exist.
   */
  readonly unlistedOn: string | null;
}
