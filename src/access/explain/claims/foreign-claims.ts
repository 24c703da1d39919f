import { classifyHost } from "../../../platform/region/host.ts";
import type { ForeignService } from "../../verdict/refusal-facts.ts";
import { allOf } from "../../verdict/wording.ts";
import type { Claim } from "../finding.ts";
import type { Failure } from "../paste/failure.ts";
import { SOURCES } from "./source.ts";

/** The claim that a response from another service refutes. */
export const REFUSED_BY_PLATFORM = "the platform refused the call";

/** Matches an OAuth error, which has the same form in every product. */
const OAUTH_ERROR = /\berror_description\b|\binvalid_(?:grant|client|scope|request)\b/;

/** Corrects the claim that the platform refused the call, when another service responded. */
export function foreignClaim({ name, kind, quote }: ForeignService): Claim {
  if (kind === "elsewhere" || kind === "stranger") {
    return {
      text: "the platform sent this response",
      verdict: "unknown",
      truth:
        kind === "elsewhere"
          ? "the host is not the platform's: another product or a gateway may have sent it"
          : "the code does not look like the platform's codes, and the text does not show the host",
      source: SOURCES.paste,
    };
  }
  return {
    text: REFUSED_BY_PLATFORM,
    verdict: "false",
    truth: truthOf(name, kind, OAUTH_ERROR.test(quote)),
    source: SOURCES.paste,
  };
}

/** Describes what the other service did to the call, in one clause. */
function truthOf(name: string, kind: ForeignService["kind"], isOAuth: boolean): string {
  switch (kind) {
    case "own":
      return "according to the text, one of your own systems responded";
    case "caller":
      return `${name} stopped it before it was sent`;
    case "called":
      return `${name} refused the platform's call`;
    case "untrusted":
      return `the platform called ${name} and did not trust its certificate`;
    case "unreached":
      return `${name} got no response from the platform`;
    case "unreachable":
      return `the platform could not connect to ${name}`;
    case "late":
      return `the platform called ${name}, which did not answer in time`;
    default:
      return `the response is from ${name}${isOAuth ? "" : ": a platform error would have `code`, `status` and `contextId`"}`;
  }
}

/** Whether a host is public and not the platform's. A gateway to the platform can have such a host. */
export function isForeignHost(host: string | null, domains: readonly string[]): boolean {
  if (host === null || /^(?:localhost|\[|[\d.]+(?::|$))/.test(host)) return false;
  return classifyHost(host, domains).kind === "other";
}

/** Fields that every platform error has. */
const OWN_FIELDS = ["code", "status", "contextId"] as const;
/** Matches a field of an error body. Many objects have a `title`, so it counts only next to a `status` or `detail`. */
const BODY_FIELD =
  /[{,]\s{0,20}["'](?:(?:message|errors?|detail)["']\s{0,3}:|title["']\s{0,3}:[^{}]{0,300}["'](?:status|detail)["']\s{0,3}:)/;
/** Matches the message of an HTTP library. It contains nothing from the response body. */
const LIBRARY_MESSAGE =
  /["']message["']\s{0,3}:\s{0,3}["'](?:Request failed with status code|Response code) \d{3}\b/g;
/** Matches an exception of an HTTP library as a field's value. The JSON around it is not the response body. */
const IN_A_FIELD =
  /["'](?:\w{2,40}: )?(?:[45]\d\d (?:Client|Server) Error: |Request failed with status code [45]\d\d|Response code [45]\d\d)/;
const SCIM_PATH = /^\/api\/v2\/scim\b/i;

/**
 * Questions whether a response that does not have the platform's form came from the platform. A gateway, a
 * library or the caller's own system may have written it. Empty for responses in the platform's form and for
 * text that quotes no response.
 */
export function findOriginClaims(
  { form, status, code, message, contextId, headers, request }: Failure,
  words: string,
  domains: readonly string[],
): readonly Claim[] {
  const isMarked =
    contextId !== null ||
    headers["inin-correlation-id"] !== undefined ||
    code !== null ||
    /\bUnable to perform the requested action\b/.test(message ?? "") ||
    // SCIM has its own error body (RFC 7644 section 3.12).
    SCIM_PATH.test(request?.path ?? "");
  if (isMarked || status === null || status < 400 || (form !== "api" && form !== "words")) return [];
  const isOtherHost = isForeignHost(request?.host ?? null, domains);
  const text = words.slice(0, 40_000);
  const hasBody = BODY_FIELD.test(text.replace(LIBRARY_MESSAGE, "")) && !IN_A_FIELD.test(text);
  if (!isOtherHost && !hasBody) return [];
  const lacking = OWN_FIELDS.filter((name) => !words.slice(0, 40_000).includes(`"${name}"`));
  if (lacking.length === 0) return [];
  return [
    {
      text: "the platform sent this response",
      verdict: "unknown",
      truth: `${isOtherHost ? "the host is not the platform's; " : ""}the platform's errors have \`code\`, \`status\` and \`contextId\`, but this response lacks ${lacking.length === OWN_FIELDS.length ? "all of them" : allOf(lacking)}: a gateway, a library or another API may have sent it`,
      source: SOURCES.paste,
    },
  ];
}
