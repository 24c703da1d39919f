import { type AppError, AuthError, UnavailableError } from "../core/errors.ts";
import { asRecord, asString } from "../core/json.ts";
import type { Secret } from "../core/secret.ts";
import { oneLine } from "../core/text.ts";
import { hideCredentials } from "../http/credentials-in-text.ts";
import { describeForeignAnswer } from "../platform/foreign-answer.ts";
import { readRefusal } from "../platform/refusal.ts";
import type { Region } from "../platform/region.ts";
import { isTokenThrottle } from "./token-throttle.ts";

export interface TokenRefusalFacts {
  readonly answer: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
    readonly text: string;
  };
  readonly correlationId: string | null;
  readonly region: Region;
  readonly regionSource: string;
  readonly clientId: string;
  readonly secret: Secret;
}

interface Cause {
  readonly code: string;
  readonly summary: string;
  readonly hint: string;
}

const CLIENT_MENU = "Admin > Integrations > OAuth";

/**
 * What the token endpoint's refusal means and what mends it. Statuses are not trusted to tell an unknown
 * client from a wrong secret; the endpoint's words are, as far as they go, and the region is always named,
 * because the right credentials in the wrong region look just like wrong ones.
 */
export function describeTokenRefusal(facts: TokenRefusalFacts): AppError {
  const { answer, correlationId, region, secret } = facts;
  const body = asRecord(answer.body);
  const error = asString(body["error"]);
  const said = asString(body["error_description"]) ?? asString(body["description"]);
  const options = { correlationId: correlationId ?? undefined };

  if (answer.status === 429 || isTokenThrottle(answer.text)) {
    return new UnavailableError(
      "auth.throttled",
      `the token endpoint of \`${region.domain}\` takes no more requests`,
      {
        ...options,
        hint: "keep a token instead of asking for one per run: `GENESYSCLOUD_ACCESS_TOKEN`; then try again in a minute",
      },
    );
  }
  if (answer.status >= 500) {
    return new UnavailableError(
      "auth.unavailable",
      `the token endpoint of \`${region.domain}\` answered ${answer.status}`,
      {
        ...options,
        hint: "the service has trouble; try again later and quote the correlation id",
      },
    );
  }
  const { code, summary, hint } = error === null ? wrongHost(facts) : causeOf(error, said, facts);
  const quoted = [error, said].filter((text) => text !== null).join(": ");
  const shown = quoted === "" ? "" : ` (${answer.status} \`${oneLine(withoutSecret(quoted, secret), 200)}\`)`;
  return new AuthError(code, `${summary}${shown}`, { ...options, hint });
}

function causeOf(error: string, said: string | null, facts: TokenRefusalFacts): Cause {
  const client = `\`${oneLine(facts.clientId, 80)}\``;
  const words = said?.toLowerCase() ?? "";
  switch (error) {
    case "invalid_client":
      if (words.includes("not found")) {
        return {
          code: "auth.unknown_client",
          summary: `no OAuth client ${client} in this region`,
          hint: `${regionHint(facts)}; then compare the id with ${CLIENT_MENU}`,
        };
      }
      return {
        ...(words.includes("authentication failed")
          ? { code: "auth.wrong_secret", summary: `the secret of OAuth client ${client} is not accepted` }
          : {
              code: "auth.client_rejected",
              summary: `OAuth client ${client} or its secret is not accepted`,
            }),
        hint: `${regionHint(facts)}; then copy the secret again or make a new one: ${CLIENT_MENU} > the client; its state must be Active`,
      };
    case "unauthorized_client":
    case "unsupported_grant_type":
      return {
        code: "auth.grant_not_allowed",
        summary: `OAuth client ${client} may not get a token of its own`,
        hint: `its grant type must be Client Credentials and its state Active: ${CLIENT_MENU} > the client; a grant type can't be changed later, a new client can have another`,
      };
    case "invalid_scope":
      return {
        code: "auth.scope_rejected",
        summary: `the token endpoint refuses the scopes of OAuth client ${client}`,
        hint: `client credentials need no scope: give the client roles instead, ${CLIENT_MENU} > the client > Roles`,
      };
    default:
      return {
        code: error === "invalid_request" ? "auth.invalid_request" : "auth.client_rejected",
        summary: `no token for OAuth client ${client}`,
        hint: regionHint(facts),
      };
  }
}

/** Not the token endpoint's envelope: something else listens there. */
function wrongHost({ answer, region }: TokenRefusalFacts): Cause {
  const what =
    readRefusal(answer.body) === null
      ? describeForeignAnswer(answer, region.loginUrl).what
      : "an answer of the API, not of the login service";
  return {
    code: "auth.wrong_host",
    summary: `\`${region.loginUrl}/oauth/token\` answered ${answer.status} with ${what}`,
    hint: "tokens come from `https://login.<domain>/oauth/token` only: check `--region`, `GENESYSCLOUD_REGION` and the proxy in between",
  };
}

function regionHint({ region, regionSource }: TokenRefusalFacts): string {
  const name = region.id === null ? `\`${region.loginUrl}\`` : `\`${region.id}\` (\`${region.domain}\`)`;
  return (
    `the region in use is ${name}, from ${regionSource}: ` +
    "check first that your Genesys Cloud UI has the same domain (`apps.<domain>`)"
  );
}

/** An endpoint that quotes what it was sent must not make us print it. */
function withoutSecret(text: string, secret: Secret): string {
  return hideCredentials(text.replaceAll(secret.reveal(), String(secret)));
}
