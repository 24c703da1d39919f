import { closest } from "../core/closest.ts";
import { UsageError } from "../core/errors.ts";

/** Returns the error for a dimension or metric that the query does not have, with the closest ones. */
export function unknownWord(
  kind: "dimension" | "metric",
  name: string,
  known: readonly string[],
): UsageError {
  const sameCase = known.filter((word) => word.toLowerCase() === name.toLowerCase());
  const near =
    sameCase.length > 0 ? sameCase : closest(name, known, 3, Math.max(2, Math.ceil(name.length / 3)));
  const offer =
    near.length > 0
      ? `did you mean ${near.map((word) => `\`${word}\``).join(", ")}?`
      : `it has ${known.slice(0, 40).join(" ")}${known.length > 40 ? " …" : ""}`;
  return new UsageError(
    kind === "metric" ? "usage.unknown_metric" : "usage.unknown_dimension",
    `this query has no ${kind} \`${name}\``,
    {
      hint: known.length === 0 ? "give the whole request with `--body FILE`" : offer,
    },
  );
}
