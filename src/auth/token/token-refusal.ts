import { type AppError, AuthError, UnavailableError } from "../../core/errors.ts";
import { asRecord, asString } from "../../core/json.ts";
import type { Secret } from "../../core/secret.ts";
import { oneLine } from "../../core/text.ts";
import { hideCredentials } from "../../http/credentials-in-text.ts";
import { describeForeignAnswer } from "../../platform/foreign-answer.ts";
import { readRefusal } from "../../platform/refusal.ts";
import type { Region } from "../../platform/region.ts";
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
  /** What was sent and must not be shown, however the endpoint quotes it. */
  readonly secrets: readonly Secret[];
}

/** What a refusal means, and one thing to do about it. */
export interface RefusalCause {
  readonly code: string;
  readonly summary: string;
  readonly hint: string;
}

/** Reads `error` and its description (RFC 6749 section 5.2) for one grant: each has causes of its own. */
export type ExplainRefusal = (error: string, said: string | null, facts: TokenRefusalFacts) => RefusalCause;

export const CLIENT_MENU = "Admin > Integrations > OAuth";

/**
 * What the token endpoint's refusal means and what mends it. Statuses are not trusted to tell an unknown
 * client from a wrong secret; the endpoint's words are, as far as they go, and the region is always named,
 * because the right credentials in the wrong region look just like wrong ones.
 */
export function describeTokenRefusal(facts: TokenRefusalFacts, explain: ExplainRefusal): AppError {
  const { answer, correlationId, region, secrets } = facts;
  const body = asRecord(answer.body);
  const error = asString(body["error"]);
  const said = asString(body["error_description"]) ?? asString(body["description"]);
  const options = { correlationId: correlationId ?? undefined };

  if (answer.status === 429 || isTokenThrottle(answer.text)) {
    return new UnavailableError(
      "auth.throttled",
      answer.status === 429
        ? `the token endpoint of \`${region.domain}\` answered 429: the rate limit is used up`
        : `the token endpoint of \`${region.domain}\` answered ${answer.status} \`rate limit exceeded\`, its form of 429`,
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
  const { code, summary, hint } = error === null ? wrongHost(facts) : explain(error, said, facts);
  const quoted = [error, said].filter((text) => text !== null).join(": ");
  const shown =
    quoted === "" ? "" : ` (${answer.status} \`${oneLine(withoutSecrets(quoted, secrets), 200)}\`)`;
  return new AuthError(code, `${summary}${shown}`, { ...options, hint });
}

/** Not the token endpoint's envelope: something else listens there. */
function wrongHost({ answer, region }: TokenRefusalFacts): RefusalCause {
  const what = describeAnswer(answer, region);
  return {
    code: "auth.wrong_host",
    summary: `\`${region.loginUrl}/oauth/token\` answered ${answer.status} with ${what}`,
    hint: "tokens come from `https://login.<domain>/oauth/token` only: check `--region`, `GENESYSCLOUD_REGION` and the proxy in between",
  };
}

function describeAnswer(answer: TokenRefusalFacts["answer"], region: Region): string {
  if (readRefusal(answer.body) !== null) {
    return "an answer of the API, not of the login service";
  }
  // Whatever it is, it may be a token in a form that is not known: no part of it is quoted.
  return answer.status < 300 && /token/i.test(answer.text)
    ? "something that is not a bearer token"
    : describeForeignAnswer(answer, region.loginUrl).what;
}

/** Which region was asked, and how to tell whether it is the right one. */
export function regionHint({ region, regionSource }: TokenRefusalFacts): string {
  const name = region.id === null ? `\`${region.loginUrl}\`` : `\`${region.id}\` (\`${region.domain}\`)`;
  return (
    `the region in use is ${name}, from ${regionSource}: ` +
    "check first that your Genesys Cloud UI has the same domain (`apps.<domain>`)"
  );
}

/** An endpoint that quotes what it was sent must not make us print it. */
function withoutSecrets(text: string, secrets: readonly Secret[]): string {
  return hideCredentials(
    secrets.reduce((shown, secret) => shown.replaceAll(secret.reveal(), String(secret)), text),
  );
}
