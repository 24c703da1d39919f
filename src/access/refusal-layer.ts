import type { Layer } from "./verdict/verdict.ts";

/**
 * Declared codes and what refuses there, read with their status: the same word means other things at other statuses
 * (400 `missing.permissions` is about social-media tokens, 503 `forbidden` is an outage). First match wins.
 */
const RULES: readonly (readonly [status: number, code: RegExp, layer: Layer])[] = [
  [400, /^not\.a\.(?:user|client)$/, "context"],
  [401, /^ip\.not\.authorized$/, "ip"],
  [401, /^unauthorized$/, "unknown"],
  [403, /^app\.not\.authorized\.for\.scope$/, "scope"],
  [403, /^authz\.policy\.denied$/, "policy"],
  [403, /^bad\.request$/, "request"],
  [403, /^(?:feature\.|integrations\.forbidden$|architect\.org\.disabled)|black\.listed$/, "product"],
  // Team access is a condition on a workforce-management role, not a division.
  [403, /^wfm\..*team/, "condition"],
  [
    403,
    /division|^no\.permission\.for\.requested\.users$|^wfm\.(?:permission\.failure|missing\.one\.of\.permission\.sets|management\.unit\.not\.authorized)$|^case\.missing\.permission\.in/,
    "division",
  ],
  // Who owns the object, who takes part in the conversation, what is managed elsewhere: no role changes it.
  [
    403,
    /owner$|participant|state\.error$|mismatch$|another\.user|managed\.property|^origin\.|^batch\.download|^flow\.blocked$|^agent\.cannot|^email\.error|^postino\.|^geolocation\.|^wem\.learning\.builtin/,
    "request",
  ],
  [
    403,
    /(?:^|\.)(?:missing|insufficient|no|view|assignee)(?:\.\w+)*\.permissions?(?:\.|$)|permission\.(?:check\.failed|denied)$|^architect\.not\.|^quality\.evaluation\.cannot|^notification\.unauthorized|^presence\.not|^greeting\.not|^voicemail\.not/,
    "permission",
  ],
  [408, /^client\.timeout$/, "network"],
];

/** What a status alone says, for codes that are not declared or not given. */
const BY_STATUS: Readonly<Record<number, Layer>> = {
  400: "request",
  401: "token",
  403: "unknown",
  404: "request",
  405: "path",
  407: "network",
  408: "service",
  429: "rate-limit",
};

/** Which layer answers with this status and code; an unknown code is placed by its status and never guessed. */
export function layerOfRefusal(status: number | null, code: string | null): Layer {
  if (status === null) return "unknown";
  const rule =
    code === null
      ? undefined
      : RULES.find(([ruleStatus, pattern]) => ruleStatus === status && pattern.test(code));
  if (rule !== undefined) return rule[2];
  if (status >= 500) return "service";
  return BY_STATUS[status] ?? (status >= 400 ? "request" : "none");
}

/** The layer of the token endpoint's `{error, description}`; throttling there is a 400, not a 429. */
export function layerOfTokenError(error: string | null, description: string | null): Layer {
  if (/^rate limit exceeded;?/i.test(description ?? "")) return "throttle";
  switch (error) {
    case "server_error":
    case "temporarily_unavailable":
      return "service";
    case "invalid_scope":
      return "scope";
    case "invalid_request":
    case "unsupported_response_type":
      return "request";
    default:
      return "credentials";
  }
}
