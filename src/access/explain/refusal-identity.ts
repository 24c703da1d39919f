import type { ExplainKnowledge } from "./knowledge.ts";
import { matchMessage, type TemplateMatch } from "./message-template.ts";
import type { Failure } from "./paste/failure.ts";

/** Fills in what the paste left out: the code from the message's wording, the status from the code. */
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
    (status === null ? null : matchMessage(refusals, null, code, message));
  const isSameStatus = match !== null && (status === null || match.status === status);
  return {
    status: status ?? match?.status ?? statusOfCode(code, refusals),
    code: code ?? (isSameStatus ? match.code : null),
    match,
  };
}

/** The status that a code is declared with; of several the refusal of authorization, which is what people paste. */
function statusOfCode(code: string | null, refusals: ExplainKnowledge["refusals"]): number | null {
  const declared = refusals.filter((refusal) => refusal.code === code).map(({ status }) => status);
  return declared.find((status) => status === 403 || status === 401) ?? declared[0] ?? null;
}
