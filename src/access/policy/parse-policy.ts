import type { Catalogue } from "../../catalogue/facts/catalogue.ts";
import { UsageError } from "../../core/errors.ts";
import { oneLine, plural } from "../../core/text.ts";
import type { Policy } from "./policy.ts";
import type { ItemReading } from "./policy-items.ts";
import { createNameLookup } from "./policy-names.ts";
import { readServices } from "./policy-services.ts";
import type { Problem } from "./position.ts";
import { readYaml } from "./yaml-tree.ts";

const MOST_SHOWN = 20;

/** Inputs for checking a policy file. */
export interface PolicyOptions {
  /** Name of the file in messages and locations. */
  readonly file: string;
  readonly catalogue: Catalogue;
}

/**
 * Parses a policy file, which lists the operations and permissions that each service needs.
 * @throws UsageError `usage.policy` with every problem on a separate line; at most the first 20
 */
export function parsePolicy(text: string, options: PolicyOptions): Policy {
  const { policy, problems } = readPolicy(text, options);
  if (policy !== null && problems.length === 0) return policy;
  const file = oneLine(options.file, 200);
  const lines = problems
    .slice(0, MOST_SHOWN)
    .map(({ line, column, message }) => `  ${file}:${line}:${column}: ${oneLine(message, 1_000)}`);
  const more = problems.length > MOST_SHOWN ? ["  and more"] : [];
  const title = `policy \`${file}\` has ${plural(lines.length, "problem")}`;
  throw new UsageError("usage.policy", [`${title}:`, ...lines, ...more].join("\n"), {
    hint: "see what a policy may contain: genscope help policy",
  });
}

/** Parses a policy without throwing. Returns the problems in file order, or the policy if there are none. */
export function readPolicy(
  text: string,
  { file, catalogue }: PolicyOptions,
): { readonly policy: Policy | null; readonly problems: readonly Problem[] } {
  const { root, problems: ofYaml } = readYaml(text);
  // Allows one more unknown name than is shown, to detect that there are more.
  const lookUp = createNameLookup(catalogue, MOST_SHOWN + 1);
  const reading: ItemReading = { file, problems: [...ofYaml], lookUp };
  const services = root === null ? [] : readServices(reading, root);
  // A problem in an anchored value is found again at every alias.
  const distinct = new Map(
    reading.problems.map((each) => [`${each.line}:${each.column}:${each.message}`, each]),
  );
  const problems = [...distinct.values()].toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { policy: problems.length === 0 ? { file, services } : null, problems };
}
