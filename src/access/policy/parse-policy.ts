import type { Catalogue } from "../../catalogue/catalogue.ts";
import { UsageError } from "../../core/errors.ts";
import { oneLine, plural } from "../../core/text.ts";
import type { Policy } from "./policy.ts";
import type { ItemReading } from "./policy-items.ts";
import { createNameLookup } from "./policy-names.ts";
import { readServices } from "./policy-services.ts";
import type { Problem } from "./position.ts";
import { readYaml } from "./yaml-tree.ts";

const MOST_SHOWN = 20;

/** What a policy file is checked with. */
export interface PolicyOptions {
  /** The file's name, as messages and locations show it. */
  readonly file: string;
  readonly catalogue: Catalogue;
}

/**
 * A policy file's text as a policy: which operations and permissions each service needs.
 * @throws UsageError `usage.policy` with all that is wrong, line by line; of more than 20 problems the first 20
 */
export function parsePolicy(text: string, options: PolicyOptions): Policy {
  const { policy, problems } = readPolicy(text, options);
  if (policy !== null && problems.length === 0) return policy;
  const file = oneLine(options.file, 200);
  const lines = problems
    .slice(0, MOST_SHOWN)
    .map(({ line, column, message }) => `  ${file}:${line}:${column}: ${oneLine(message, 1_000)}`);
  const more = problems.length > MOST_SHOWN ? ["  and more: these are the first"] : [];
  const title = `policy \`${file}\` has ${plural(lines.length, "problem")}`;
  throw new UsageError("usage.policy", [`${title}:`, ...lines, ...more].join("\n"), {
    hint: "what a policy may say: genscope check-scopes --help",
  });
}

/** The same without throwing: all problems in the order of the file, and the policy where there is none. */
export function readPolicy(
  text: string,
  { file, catalogue }: PolicyOptions,
): { readonly policy: Policy | null; readonly problems: readonly Problem[] } {
  const { root, problems: ofYaml } = readYaml(text);
  // One more than is shown, so that it is known that there are more.
  const lookUp = createNameLookup(catalogue, MOST_SHOWN + 1);
  const reading: ItemReading = { file, problems: [...ofYaml], lookUp };
  const services = root === null ? [] : readServices(reading, root);
  // What an anchor holds is read wherever it is used.
  const distinct = new Map(
    reading.problems.map((each) => [`${each.line}:${each.column}:${each.message}`, each]),
  );
  const problems = [...distinct.values()].toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { policy: problems.length === 0 ? { file, services } : null, problems };
}
