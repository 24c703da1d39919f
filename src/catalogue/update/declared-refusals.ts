import { asRecord, asString, type JsonRecord } from "../../core/json.ts";
import type { Provenance } from "../facts/operation.ts";
import { EXAMPLE_LIMIT, encodeRefusalMessage, REFUSALS_KIND } from "../facts/refusal.ts";
import { encodeTable, readTable } from "../facts/text/text-table.ts";

/** One error code that an operation declares for a response status. */
export interface DeclaredRefusal {
  readonly status: number;
  readonly code: string;
  /** Message from the platform, with `%s` for each value that it fills in. */
  readonly template: string;
}

const STATUS = /^[1-5]\d{2}$/;
const CODE = /^[\w.:*-]+$/;

/** Returns the codes of all responses of an operation; each response lists them under `x-inin-error-codes`. */
export function declaredRefusals(described: JsonRecord): readonly DeclaredRefusal[] {
  return Object.entries(asRecord(described["responses"]))
    .filter(([status]) => STATUS.test(status))
    .flatMap(([status, response]) =>
      Object.entries(asRecord(asRecord(response)["x-inin-error-codes"]))
        .filter(([code]) => CODE.test(code))
        .map(([code, message]) => ({
          status: Number(status),
          code,
          template: (asString(message) ?? "").replace(/\s+/g, " ").trim(),
        })),
    );
}

/**
 * Returns the refusal table of a definition: one row per status, code and message, most frequently declared
 * first, with the number of operations that declare it and the first of them by name.
 */
export function encodeRefusals(
  operations: Iterable<{ readonly name: string; readonly refusals: readonly DeclaredRefusal[] }>,
  provenance: Provenance,
): string {
  const declaredBy = new Map<string, { readonly refusal: DeclaredRefusal; readonly names: Set<string> }>();
  for (const { name, refusals } of operations) {
    for (const refusal of refusals) {
      const key = `${refusal.status}\t${refusal.code}\t${refusal.template}`;
      const known = declaredBy.get(key) ?? { refusal, names: new Set() };
      known.names.add(name);
      declaredBy.set(key, known);
    }
  }
  const rows = [...declaredBy.entries()]
    .toSorted(
      ([left, { names }], [right, { names: others }]) =>
        others.size - names.size || (left < right ? -1 : Number(left > right)),
    )
    .map(
      ([
        ,
        {
          refusal: { status, code, template },
          names,
        },
      ]) =>
        encodeRefusalMessage(status, code, {
          template,
          operationCount: names.size,
          examples: [...names].sort().slice(0, EXAMPLE_LIMIT),
        }),
    );
  return encodeTable(REFUSALS_KIND, { provenance, rows });
}

/** Returns the same refusal table with a new source and date, for a definition that has not changed since. */
export function renewRefusals(table: string, provenance: Provenance): string {
  return encodeTable(REFUSALS_KIND, { provenance, rows: readTable(table, REFUSALS_KIND).rows });
}
