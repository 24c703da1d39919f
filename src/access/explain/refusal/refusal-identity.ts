import type { ExplainKnowledge } from "../knowledge.ts";
import type { Failure } from "../paste/failure.ts";
import { matchMessage, type TemplateMatch } from "./message-template.ts";

/** Fills in the status and code of a failure: infers the code from the message, and the status from the code. */
export function identifyRefusal(
  { status, code, message, form }: Failure,
  { refusals }: Pick<ExplainKnowledge, "refusals">,
): { readonly status: number | null; readonly code: string | null; readonly match: TemplateMatch | null } {
  if (form === "token-endpoint" || message === null) {
    return {
      status: status ?? (form === "token-endpoint" ? null : statusOfCode(code, refusals)),
      code,
      match: null,
    };
  }
  const match =
    matchMessage(refusals, status, code, message) ??
    (status === null ? matchShortened(refusals, code, message) : matchMessage(refusals, null, code, message));
  const isSameStatus = match !== null && (status === null || match.status === status);
  return {
    status: status ?? match?.status ?? statusOfCode(code, refusals),
    code: code ?? (isSameStatus ? match.code : null),
    match,
  };
}

/** Matches a message about permissions that was quoted without its first sentence. */
function matchShortened(
  refusals: ExplainKnowledge["refusals"],
  code: string | null,
  message: string,
): TemplateMatch | null {
  return /^You (?:are missing|must have) /.test(message)
    ? matchMessage(refusals, null, code, `Unable to perform the requested action. ${message}`)
    : null;
}

/** Statuses by their reason phrase, which some tools report as the code: `bad_request`, `Forbidden`. */
const STATUS_OF_PHRASE: Readonly<Record<string, number>> = {
  badrequest: 400,
  unauthorized: 401,
  forbidden: 403,
  notfound: 404,
  conflict: 409,
  toomanyrequests: 429,
};

/**
 * Returns the status that most operations declare for a code. For example, `bad.request` is a 400, although one
 * operation declares it with a 403.
 */
function statusOfCode(code: string | null, refusals: ExplainKnowledge["refusals"]): number | null {
  const [most] = refusals
    .filter((refusal) => refusal.code === code)
    .toSorted((left, right) => right.operationCount - left.operationCount);
  const phrase = (code ?? "").replace(/[\s._-]/g, "").toLowerCase();
  return (
    most?.status ?? (Object.hasOwn(STATUS_OF_PHRASE, phrase) ? (STATUS_OF_PHRASE[phrase] ?? null) : null)
  );
}
