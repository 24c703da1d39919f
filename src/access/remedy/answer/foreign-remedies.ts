import type { ForeignService } from "../../verdict/refusal-facts.ts";
import type { Remedy } from "../../verdict/verdict.ts";
import { INTEGRATION_MENU } from "../menu-path.ts";
import { remedyOfCalledCause, remedyOfForeignCause } from "./foreign-causes.ts";

/** Describes which service responded instead of the platform, as one sentence without a final period. */
export function meaningOfForeign({ name, kind, status }: ForeignService): string {
  switch (kind) {
    case "product":
      return `${name} sent this response, not the platform; the platform's permissions and scopes do not matter here`;
    case "gateway":
      return `${name} between the caller and the platform sent this response; the platform never evaluated the call`;
    case "unreached":
      return `${name} sent this response because it got no response from the platform; whether the platform received the call is unknown`;
    case "called":
      return `${name} returned ${status === null ? "an error" : `${status}`}; the platform called it and refused nothing itself`;
    case "untrusted":
      return `the platform does not trust the certificate of ${name}; it refused nothing itself`;
    case "late":
      return `${name} did not respond to the platform in time; the platform refused nothing itself`;
    case "unreachable":
      return `the platform could not connect to ${name}; it refused nothing itself`;
    case "elsewhere":
      return "the call went to a host that is not the platform's, and the response is not in the platform's format";
    case "stranger":
      return "the response is not in the platform's format, so it shows nothing about the platform's permissions and scopes; another service may have sent it";
    case "own":
      return `${name} sent this response, and the platform refused nothing, even if it made the call; the platform's permissions and scopes do not matter here`;
    case "caller":
      return `${name} blocked the call before it was sent; nothing reached the platform`;
  }
}

const FAILED_SERVICE: Remedy = {
  kind: "none",
  summary:
    "read the called service's log for that time: the service, or a gateway in front of it, failed; 504 and 524 mean that the response took too long",
};

/** Matches signs that the called service refused the credentials of the integration. */
const OF_CREDENTIALS =
  /\bACTION\.AUTHENTICATION\b|\bINVALID_CREDENTIALS\b|\binvalid_client\b|\binvalid_grant\b/;

const LIMITED_SERVICE: Remedy = {
  kind: "wait",
  summary:
    "call the service less often, or have its owner raise its limit: the called service sets this limit, not the platform",
};

/** Matches codes with which other products report that a limit is reached. */
const OF_LIMIT =
  /\b(?:REQUEST_LIMIT_EXCEEDED|RESOURCE_EXHAUSTED|rateLimitExceeded|userRateLimitExceeded|dailyLimitExceeded|TooManyRequestsException|ThrottlingException|E0000047)\b/;

/** Returns the remedy for another product's rate limit. */
function waitFor(name: string): Remedy {
  return {
    kind: "wait",
    summary: `wait as long as the response asks, and call ${name} less often: ${name} sets this limit, not the platform`,
  };
}

/**
 * Returns where to look when another service responded. Never suggests roles or scopes, because that service has
 * none.
 */
export function foreignRemedies(foreign: ForeignService): readonly Remedy[] {
  const cause = causeOf(foreign);
  if (cause !== null) return [cause];
  switch (foreign.kind) {
    case "product":
      if (foreign.status === 429 || OF_LIMIT.test(foreign.quote)) return [waitFor(foreign.name)];
      return [
        {
          kind: "none",
          summary: `look up the error in the documentation of ${foreign.name}, and check the credentials used there`,
        },
      ];
    case "gateway":
      return [
        {
          kind: "none",
          summary: `ask the gateway's owner for its rule, route or key; then compare with a call that goes to \`api.<domain>\` directly`,
        },
      ];
    case "unreached":
      return [
        {
          kind: "none",
          summary:
            "ask its owner why it gets no response from `api.<domain>`: check name resolution, TLS, rules for outgoing traffic and its time limit; then compare with a call that goes there directly",
          command: "genscope doctor",
        },
      ];
    case "called":
      if (foreign.status !== null && foreign.status >= 500) return [FAILED_SERVICE];
      if (foreign.status === 429) return [LIMITED_SERVICE];
      return [
        {
          kind: "fix-credentials",
          summary:
            foreign.status === 401 || foreign.status === 403 || OF_CREDENTIALS.test(foreign.quote)
              ? "check the credentials of the data action's integration, then test the action again"
              : "compare the data action's URL, request template and credentials with what the called service expects",
          menuPath: INTEGRATION_MENU,
        },
      ];
    case "untrusted":
      return [
        {
          kind: "none",
          summary: /\bexpired\b|certificate_expired|\bCertificateExpiredException\b/i.test(foreign.quote)
            ? "renew the certificate of the called service, which has expired, then test the action again"
            : "make the called service present its whole certificate chain, issued by a public authority, then test the action again",
        },
      ];
    case "late":
      return [
        {
          kind: "none",
          summary: /\bTask timed out after \d/.test(foreign.quote)
            ? "raise the time limit that ended the function, or reduce the function's work; the function must finish within the data action's time limit"
            : "make the called service respond within the data action's time limit, or reduce its work; then test the action again",
          menuPath: "Admin > Integrations > Actions > the action > Test",
        },
      ];
    case "unreachable":
      return [
        {
          kind: "none",
          summary:
            "make the called service reachable from the internet at the data action's host and port: check name, port, TLS and the firewall in front of it; then test the action again",
          menuPath: "Admin > Integrations > Actions > the action > Test",
        },
      ];
    case "elsewhere":
      return [
        {
          kind: "none",
          summary:
            "look up the error where that host is documented; if it is a gateway to the platform, compare with a call that goes to `api.<domain>` directly",
        },
      ];
    case "stranger":
      return [
        {
          kind: "none",
          summary:
            "look up the error in the documentation of the service that the call went to; if it went to the platform, paste the request and the whole response",
        },
      ];
    case "own":
      return [
        {
          kind: "none",
          summary:
            "read that system's log: it shows why the system refused, for example a signature computed over a different body, a missing header or a firewall rule",
        },
      ];
    case "caller":
      return [
        {
          kind: "allow-ip",
          summary:
            "add the region's `https://api.<domain>` and `https://login.<domain>` to the Remote Site Settings",
          menuPath: "Setup > Security > Remote Site Settings",
        },
      ];
  }
}

/**
 * Returns the remedy for the cause that a response from another product or a called service names; null when the
 * response names no known cause.
 */
function causeOf({ name, kind, quote }: ForeignService): Remedy | null {
  if (kind === "product") return remedyOfForeignCause(quote);
  return kind === "called" ? (remedyOfForeignCause(quote) ?? remedyOfCalledCause(name, quote)) : null;
}
