import type { Refusal } from "../../../catalogue/facts/refusal.ts";

/** A text matched to the declared message of a refusal, with the values that the platform filled in. */
export interface TemplateMatch {
  readonly status: number;
  readonly code: string;
  /** Each value with the fixed text before it, which shows its kind. */
  readonly slots: readonly { readonly before: string; readonly value: string }[];
}

/** Minimum of fixed characters for a template to identify a code by itself. */
const SHORTEST_TELLING = 25;

/** Finds the refusal that declares this message. `status` and `code` narrow the search; null matches all. */
export function matchMessage(
  refusals: readonly Refusal[],
  status: number | null,
  code: string | null,
  message: string,
): TemplateMatch | null {
  const text = message.trim().slice(0, 20_000);
  let best: { readonly match: TemplateMatch; readonly weight: number } | null = null;
  for (const refusal of refusals) {
    if ((status !== null && refusal.status !== status) || (code !== null && refusal.code !== code)) continue;
    for (const { template, operationCount } of refusal.messages) {
      const fixed = template.replaceAll("%s", "").length;
      if (code === null && (fixed < SHORTEST_TELLING || isShared(refusals, status, refusal, template))) {
        continue;
      }
      const slots = fill(template, text);
      const weight = fixed * 10_000 + operationCount;
      if (slots !== null && (best === null || weight > best.weight)) {
        best = { match: { status: refusal.status, code: refusal.code, slots }, weight };
      }
    }
  }
  return best?.match ?? null;
}

/** Whether several codes share a message, such as "You are not authorized to perform the requested action." */
function isShared(
  refusals: readonly Refusal[],
  status: number | null,
  own: Refusal,
  template: string,
): boolean {
  return refusals.some(
    (other) =>
      other.code !== own.code &&
      (status === null || other.status === status) &&
      other.messages.some((message) => message.template === template),
  );
}

/** Matches the fixed parts in order, without a regular expression that hostile text could slow down. */
function fill(template: string, text: string): TemplateMatch["slots"] | null {
  const parts = template.split("%s");
  const [first = ""] = parts;
  if (!text.startsWith(first.trimEnd())) return null;
  const slots: { before: string; value: string }[] = [];
  let position = first.length;
  for (const [index, part] of parts.entries()) {
    if (index === 0) continue;
    const fixed = part.trimEnd();
    const end = fixed === "" ? text.length : text.indexOf(fixed, position);
    if (end === -1) return null;
    slots.push({ before: parts[index - 1] ?? "", value: text.slice(position, end) });
    position = end + fixed.length;
  }
  return slots;
}
