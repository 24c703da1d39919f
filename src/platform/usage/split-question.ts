import { USAGE_METHODS, type UsageQueryKind, type UsageQuestion } from "./usage-query.ts";

const DAY_MS = 86_400_000;

/**
 * Splits a query with too large a result into two smaller ones: by days, then by HTTP methods if this kind of
 * query can filter. Null when it cannot be split further.
 */
export function splitQuestion(
  question: UsageQuestion,
  { hasPages }: Pick<UsageQueryKind, "hasPages">,
): readonly [UsageQuestion, UsageQuestion] | null {
  const { firstDay, lastDay, methods = USAGE_METHODS } = question;
  const [firstMs, lastMs] = [Date.parse(firstDay), Date.parse(lastDay)];
  if (firstMs < lastMs) {
    const middleMs = firstMs + Math.floor((lastMs - firstMs) / DAY_MS / 2) * DAY_MS;
    return [
      { ...question, lastDay: dayOf(middleMs) },
      { ...question, firstDay: dayOf(middleMs + DAY_MS) },
    ];
  }
  if (!hasPages || methods.length < 2) return null;
  const half = Math.floor(methods.length / 2);
  return [
    { ...question, methods: methods.slice(0, half) },
    { ...question, methods: methods.slice(half) },
  ];
}

function dayOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 10);
}
