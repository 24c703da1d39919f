import { layerOfRefusal, layerOfTokenError } from "../refusal-layer.ts";
import type { NamedInMessage } from "../verdict/refusal-facts.ts";
import type { Layer } from "../verdict/verdict.ts";
import { isTokenPath } from "./claims/request-claims.ts";
import type { RequestClaim } from "./claims/wrong-claim.ts";
import type { Failure } from "./paste/failure.ts";
import { readRequiredContext } from "./refusal/required-context.ts";

/**
 * Layers that outweigh a path missing from the catalog. IP address, scope and policy checks refuse a call whether or
 * not its path exists, and a division check has found an object at the path.
 */
const STANDS_ON_ANY_PATH: ReadonlySet<Layer> = new Set(["scope", "ip", "policy", "division"]);

/**
 * Returns the layer that refused the call. Decides from the form, status and code of the response, and from mistakes
 * in the request.
 * @param isRemoved whether the operation once existed; a response with a correlation id may then predate its removal
 */
export function decideLayer(
  failure: Failure,
  status: number | null,
  code: string | null,
  named: NamedInMessage,
  mistakes: readonly RequestClaim[],
  ids: readonly string[],
  isRemoved: boolean,
): Layer {
  // 407 comes from a proxy, which has not forwarded the request.
  if (status === 407) return "network";
  const isLogin = failure.form === "token-endpoint";
  const isOtherLogin = !isLogin && isTokenPath(failure.request);
  // Only the token endpoint checks credentials; any other host or path rejects a login for other reasons.
  const isOfLogin = isLogin || isOtherLogin;
  if (mistakes.some(({ layer }) => layer === "host") && (status !== 401 || isOfLogin)) return "host";
  if (aboutAccessToken(failure, status)) return "token";
  if (isOfLogin && code === null && status !== null && status >= 500) return "service";
  if (isOfLogin && status === 429) return "throttle";
  if (isLogin || (isOtherLogin && (failure.form === "api" || failure.form === "words"))) {
    return (
      mistakes.find(({ layer }) => layer === "request")?.layer ?? layerOfTokenError(code, failure.message)
    );
  }
  if (failure.form === "network") return "network";
  if (failure.form === "html") return status !== null && status >= 500 ? "service" : "network";
  const isMisdirected =
    !(isRemoved && (ids.length > 0 || named.permissions.length > 0) && !(status === 404 && code === null)) &&
    mistakes.some(({ layer }) => layer === "path") &&
    (status === 403 ||
      status === 404 ||
      status === 405 ||
      // A 400, 409 or 422 comes from an operation if it has a correlation id, or if the path is only misleading:
      // with a word in place of an id, it still reaches an operation.
      ((status === 400 || status === 409 || status === 422) &&
        ids.length === 0 &&
        mistakes.some(({ layer, claim }) => layer === "path" && claim.verdict !== "misleading")));
  const isAboutContext = readRequiredContext(code, failure.message) !== null;
  const layer = isAboutContext ? "context" : layerOfRefusal(status, code);
  if (isMisdirected && !STANDS_ON_ANY_PATH.has(layer)) return "path";
  // A permission that is listed with a division is missing in that division and may be held in others.
  if (layer === "permission" && named.divisions.length > 0) return "division";
  if (layer !== "unknown" || (status !== 403 && status !== null)) return layer;
  if (status === null && code === null && INVALID_VALUE.test(failure.message ?? "")) return "request";
  if (named.scopes.length > 0 || saysScope(failure, code)) return "scope";
  if (named.permissions.length === 0) return saysPermission(failure) ? "permission" : layer;
  return named.divisions.length > 0 ? "division" : "permission";
}

/** Matches a message about a value in the request. Only a 400 has such a message. */
const INVALID_VALUE = /^(?:Invalid value for|Missing (?:the )?required (?:parameter|field))\b/i;

/** Whether a message is about missing permissions but does not name them in full. */
function saysPermission({ message }: Failure): boolean {
  return /^(?:(?:Unable to perform the requested action\.? )?You (?:are missing the following|must have at least one of the following) permission|Permission is forbidden on domain\b)/i.test(
    message ?? "",
  );
}

/** Whether a message or an undeclared code is about a missing scope, without naming it. */
function saysScope({ message }: Failure, code: string | null): boolean {
  return (
    /^(?:missing|insufficient)[._]scopes?$/.test(code ?? "") ||
    /\b(?:required|necessary|sufficient|insufficient|missing) (?:OAuth )?scopes?\b/i.test(message ?? "")
  );
}

/**
 * Whether a 401 or 403 worded like an OAuth error is about the access token of a call rather than about a login.
 */
function aboutAccessToken({ message }: Failure, status: number | null): boolean {
  return (
    (status === 401 || status === 403) &&
    /\baccess token\b[^.\n]{0,40}\b(?:invalid|expired|revoked)/i.test(message ?? "")
  );
}
