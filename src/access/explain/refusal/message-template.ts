import type { Refusal } from "../../../catalogue/facts/refusal.ts";

/** A declared refusal whose message matches a given text, with the values that the platform filled in. */
export interface TemplateMatch {
  readonly status: number;
  readonly code: string;
  /** Each filled-in value with the fixed text before it, which shows what kind of value it is. */
  readonly slots: readonly { readonly before: string; readonly value: string }[];
}

/** Minimum number of fixed characters that a template needs to identify a code without further evidence. */
const SHORTEST_TELLING = 25;

/** Finds the declared refusal with this message. A `status` or `code` narrows the search unless it is null. */
export function matchMessage(
  refusals: readonly Refusal[],
  status: number | null,
  code: string | null,
  message: string,
): TemplateMatch | null {
  const text = message.trim().slice(0, 20_000);
  const start = matchStart(refusals, status, code, text);
  if (start === "several") return null;
  return start ?? matchWhole(refusals, status, code, text) ?? matchSentence(refusals, status, code, text);
}

/**
 * Finds the only refusal whose declared message starts with this text. Applies only to text that ends with a
 * period.
 */
function matchSentence(
  refusals: readonly Refusal[],
  status: number | null,
  code: string | null,
  text: string,
): TemplateMatch | null {
  if (!text.endsWith(".") || text.length < SHORTEST_TELLING) return null;
  const fitting = refusals.filter(
    (refusal) =>
      (status === null || refusal.status === status) &&
      (code === null || refusal.code === code) &&
      refusal.messages.some(({ template }) => template.startsWith(`${text} `)),
  );
  const [only] = fitting;
  return only === undefined || fitting.length > 1
    ? null
    : { status: only.status, code: only.code, slots: [] };
}

/** Matches the marks that tools put at the end of truncated text. */
const CUT = /\s{0,3}(?:[([]\s?truncated[.…]{0,3}\s?[)\]]?|…|\.{3})$/i;

/** Matches a list without its closing bracket. */
const OPEN_LIST = /\[[^\]]*$/;

/** Returns a truncated message without the truncation mark; null for a complete message. */
function withoutCut(text: string): string | null {
  const start = text.replace(CUT, "");
  return start === text && !OPEN_LIST.test(text) ? null : start;
}

/** Removes the last word of a truncated message, because it may be incomplete. */
export function withoutCutWord(message: string): string {
  const text = withoutCut(message.trim());
  return text === null ? message : text.replace(/[^\s,[]*$/, "");
}

/**
 * Finds the refusal of a truncated message, or returns "several" when different codes begin the same way; null for a
 * complete message.
 */
function matchStart(
  refusals: readonly Refusal[],
  status: number | null,
  code: string | null,
  cut: string,
): TemplateMatch | "several" | null {
  const text = withoutCut(cut);
  if (text === null) return null;
  const fitting = refusals
    .filter(
      (refusal) => (status === null || refusal.status === status) && (code === null || refusal.code === code),
    )
    .flatMap((refusal) =>
      refusal.messages.map(({ template }) => ({ refusal, start: startOf(template, text) })),
    )
    .filter(({ start }) => start !== null && start.length >= SHORTEST_TELLING)
    .toSorted((one, other) => (other.start?.length ?? 0) - (one.start?.length ?? 0));
  const [best] = fitting;
  if (best?.start == null) return null;
  const isShared = fitting.some(
    ({ refusal, start }) => start?.length === best.start?.length && refusal.code !== best.refusal.code,
  );
  if (isShared) return "several";
  // The message is truncated, so the values in it may be incomplete.
  return { status: best.refusal.status, code: best.refusal.code, slots: [] };
}

/**
 * Returns the fixed words that both the template and the text begin with; null when the text continues differently.
 */
function startOf(template: string, text: string): string | null {
  const [first = "", ...others] = template.split("%s");
  if (text.length < first.length) return first.startsWith(text) ? text : null;
  return text.startsWith(first) && others.length > 0 ? first : null;
}

function matchWhole(
  refusals: readonly Refusal[],
  status: number | null,
  code: string | null,
  text: string,
): TemplateMatch | null {
  let best: { readonly match: TemplateMatch; readonly weight: number } | null = null;
  for (const refusal of refusals) {
    if ((status !== null && refusal.status !== status) || (code !== null && refusal.code !== code)) continue;
    for (const { template, operationCount } of refusal.messages) {
      // Almost no template fits. This check is cheap, unlike those below, which compare a template with all others.
      const slots = fill(template, text);
      if (slots === null) continue;
      const fixed = template.replaceAll("%s", "").length;
      if (code === null && (fixed < SHORTEST_TELLING || isShared(refusals, status, refusal, template))) {
        continue;
      }
      if (code === null && isOpening(refusals, template) && text.length > template.length) continue;
      const weight = fixed * 10_000 + operationCount;
      if (best === null || weight > best.weight) {
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

/**
 * Whether other messages begin with this one, such as "Unable to perform the requested action." A longer text is then
 * one of those, or a message that is not declared.
 */
function isOpening(refusals: readonly Refusal[], template: string): boolean {
  return (
    !template.includes("%s") &&
    refusals.some(({ messages }) => messages.some((message) => message.template.startsWith(`${template} `)))
  );
}

/** Returns a bracketed list without the sentences that follow it, because they are not part of the message. */
function withoutProse(value: string): string {
  return /^\s*\[[^\]]*\]/.exec(value)?.[0] ?? value;
}

/** Matches the fixed parts in order. Uses no regular expression, because hostile text could make it slow. */
function fill(template: string, text: string): TemplateMatch["slots"] | null {
  const slotAt = template.indexOf("%s");
  const first = slotAt === -1 ? template : template.slice(0, slotAt);
  if (!text.startsWith(first.trimEnd())) return null;
  const parts = template.split("%s");
  const slots: { before: string; value: string }[] = [];
  let position = first.length;
  for (const [index, part] of parts.entries()) {
    if (index === 0) continue;
    const fixed = part.trimEnd();
    const end = fixed === "" ? text.length : text.indexOf(fixed, position);
    if (end === -1) return null;
    const value = text.slice(position, end);
    slots.push({ before: parts[index - 1] ?? "", value: fixed === "" ? withoutProse(value) : value });
    position = end + fixed.length;
  }
  return slots;
}
