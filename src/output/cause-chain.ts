import { redactLine } from "../core/redaction/redact-secrets.ts";
import { systemCode } from "../core/system-error.ts";

/** Number of causes after which the chain is probably circular or repetitive. */
const MOST_CAUSES = 10;

/**
 * Describes the causes of an error for `--verbose`, nearest first, one line each and without secrets. The parts
 * of an AggregateError, such as the attempts to reach several addresses, follow it.
 */
export function describeCauses(error: unknown): readonly string[] {
  const lines: string[] = [];
  const seen = new Set<unknown>([error]);
  const visit = (cause: unknown): void => {
    if (cause === undefined || cause === null || seen.has(cause) || lines.length === MOST_CAUSES) return;
    seen.add(cause);
    lines.push(`caused by: ${redactLine(describe(cause))}`);
    visitBelow(cause);
  };
  const visitBelow = (parent: unknown): void => {
    if (!(parent instanceof Error)) return;
    if (parent instanceof AggregateError) for (const part of parent.errors) visit(part);
    visit(parent.cause);
  };
  visitBelow(error);
  return lines;
}

function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const message = cause instanceof SyntaxError ? withoutQuote(cause.message) : cause.message;
  const code = systemCode(cause);
  return `${cause.name}: ${message}${code === null || message.includes(code) ? "" : ` (${code})`}`;
}

/** Removes the input that a parser quotes, because it may be part of a secret. */
function withoutQuote(message: string): string {
  return message.replace(/, (?:\.{3})?"[\s\S]*$/, "");
}
