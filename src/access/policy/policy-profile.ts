import { UsageError } from "../../core/errors.ts";
import type { PolicyText } from "./policy.ts";
import type { ItemReading } from "./policy-items.ts";
import { readServices } from "./policy-services.ts";
import { type PolicyChoice, selectRequirements } from "./select-requirements.ts";
import { readYaml } from "./yaml-tree.ts";

/**
 * Reads the profile that a policy names before the catalog is loaded, because the profile determines the host
 * and the host determines the catalog. Returns null for a policy with problems, which the full parser reports
 * later.
 */
export function readPolicyProfile(text: string, file: string, choice: PolicyChoice): PolicyText | null {
  const { root } = readYaml(text);
  const reading: ItemReading = { file, problems: [], lookUp: () => null };
  if (root === null) return null;
  try {
    return selectRequirements({ file, services: readServices(reading, root) }, choice).profile;
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}
