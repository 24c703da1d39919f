import type { Operation } from "../../catalogue/operation.ts";
import { nameOf } from "../../catalogue/operation-lookup.ts";
import { oneLine } from "../../core/text.ts";
import { permissionsNeeded } from "../remedy/permissions-needed.ts";
import { allOf, anyOf } from "../verdict/wording.ts";
import type { RequestSeen } from "./paste/failure.ts";
import type { RefusalKnown } from "./remedies-of-layer.ts";

/** What a summary can draw on beyond the refusal itself. */
export interface SummaryKnown extends RefusalKnown {
  readonly request: RequestSeen | null;
  readonly message: string | null;
  readonly isDeclared: boolean;
  readonly isPage: boolean;
  /** No answer arrived at all. */
  readonly isUnanswered: boolean;
}

/** What happened and what it means, in one or two sentences a person can pass on. */
export function summarize(known: SummaryKnown): string {
  return `${whatHappened(known)}: ${whatItMeans(known)}`;
}

function whatHappened({
  status,
  code,
  operation,
  request,
  message,
  layer,
  isPage,
  isUnanswered,
}: SummaryKnown): string {
  const subject = subjectOf(operation, request);
  if ((layer === "network" || isUnanswered) && status === null)
    return `${subject} got no answer of the platform`;
  const answer = status === null ? (code === null ? "was refused" : "answered") : `answered ${status}`;
  const detail =
    code !== null
      ? ` \`${code}\``
      : isPage
        ? ` with a page${message === null ? "" : ` "${oneLine(message, 80)}"`}`
        : "";
  return `${subject} ${answer}${detail}`;
}

function subjectOf(operation: Operation | null, request: RequestSeen | null): string {
  if (operation !== null) return `\`${nameOf(operation)}\``;
  if (request?.path != null)
    return `\`${request.method === null ? "" : `${request.method} `}${oneLine(request.path, 200)}\``;
  return request?.host == null ? "the call" : `\`${oneLine(request.host, 100)}\``;
}

function whatItMeans(known: SummaryKnown): string {
  const { layer, named, operation, code } = known;
  switch (layer) {
    case "token":
      return code === "authentication.required"
        ? "no bearer token arrived with the request"
        : "the token is not accepted (any more): expired, revoked, idle for too long, of another region, or its client disabled";
    case "ip":
      return `the address ${named.addresses.length === 0 ? "of the caller" : anyOf(named.addresses)} is not on the allowlist`;
    case "scope":
      return `the OAuth client was not given scope ${named.scopes.length === 0 ? "that the operation needs" : anyOf(named.scopes)}; scopes are enforced here, and permissions were not even looked at`;
    case "context":
      return known.isUserRequired
        ? "the operation needs a user, and a client-credentials token has none; it is no matter of permissions"
        : "the operation is for client-credentials tokens only; a user's token is never accepted";
    case "permission":
      return `the service says that the token's roles do not hold ${permissionsNeeded(operation, named) || "what the operation needs"}${aboutSomebodyElse(code)}`;
    case "division":
      return `${permissionsNeeded(operation, named) || "the permission"} is not held in ${named.divisions.length === 0 ? "the object's division" : `division ${anyOf(named.divisions)}`}${aboutSomebodyElse(code)}`;
    case "condition":
      return "the role holds the permission under a condition (teams, queues, groups) that this request does not meet";
    case "policy":
      return `an access policy denies it${named.policies.length === 0 ? "" : `, ${allOf(named.policies)}`}; no permission and no scope mends that`;
    case "product":
      return "the organization does not have the product, the feature or the beta; no role change helps";
    case "credentials":
      return "the token endpoint did not accept id, secret or grant: a typing error, another region, or a client of another grant type";
    case "host":
      return "the request went to a host that does not serve it";
    case "path":
      return "the path is not what it seems; whatever permission is named belongs to something else";
    default:
      return outsideAuthorization(known);
  }
}

function outsideAuthorization({ layer, status, code, retryAfterSeconds, isDeclared }: SummaryKnown): string {
  switch (layer) {
    case "rate-limit":
      return `too many requests with this token; ${retryAfterSeconds === null ? "slow down" : `the service asks to wait ${retryAfterSeconds} s`}`;
    case "throttle":
      return "the token endpoint throttles, which it says with 400 instead of 429: too many logins, not a wrong secret";
    case "network":
      return status === null
        ? "nothing of the platform decided anything; name resolution, TLS, proxy or firewall stopped it"
        : "something between here and the platform answered: a proxy, a firewall, or a gateway";
    case "service":
      return code === "authentication.request.timeout"
        ? "the authentication service was slow; retry, it is no denial"
        : "the service failed; it is no denial";
    case "request":
      return status === 404
        ? "the operation exists, the object does not (or the id is of another organization)"
        : "the request does not fit the object or the operation; it is no matter of permissions or scopes";
    case "none":
      return "nothing refuses";
    default:
      return code === null || isDeclared
        ? "the service does not say which layer refused: scope, permission, division, trust or the user's state all answer like this"
        : "the definition does not declare this code, so only the status speaks: see what the token holds";
  }
}

/** Some codes speak of the person who is assigned something, not of the caller. */
function aboutSomebodyElse(code: string | null): string {
  return code !== null && /^(?:assignee|owner)\.|\.assignee\./.test(code)
    ? " (that is the assigned person's roles, not the caller's)"
    : "";
}
