import { closest } from "../../core/closest.ts";
import { UsageError } from "../../core/errors.ts";
import { oneLine } from "../../core/text.ts";
import type { Policy, PolicyEnvironment, PolicyItem, PolicyService, PolicyText } from "./policy.ts";

/**
 * The part of a policy to check. Without a service, all services are checked. Without an environment, only the entries
 * that apply to every environment are checked.
 */
export interface PolicyChoice {
  readonly service: string | null;
  readonly environment: string | null;
}

/** One entry of a policy, with its service and division. */
export type PolicySubject = PolicyItem & { readonly service: string };

/** The entries that one run checks, and the profile and region that it requires. */
export interface PolicySelection {
  readonly subjects: readonly PolicySubject[];
  /** Whether at least one selected service must hold nothing beyond its needs. */
  readonly isMaximum: boolean;
  readonly profile: PolicyText | null;
  readonly region: PolicyText | null;
  readonly services: readonly string[];
}

/**
 * Selects the entries of a policy for a service in an environment. Without a service, selects the entries of all
 * services that run in the environment. A service that lists no environments runs in all of them.
 * @throws UsageError `usage.policy_service` or `usage.policy_environment` for a name that the policy does not
 * contain; `usage.policy_profiles` when the selected services use different profiles or regions
 */
export function selectRequirements(policy: Policy, choice: PolicyChoice): PolicySelection {
  const chosen = chooseServices(policy, choice);
  return {
    subjects: chosen.flatMap(({ service, environment }) =>
      [...service.items, ...(environment?.items ?? [])].map((item) => ({
        ...withDivision(item, environment?.division ?? service.division),
        service: service.name,
      })),
    ),
    isMaximum: chosen.some(({ service, environment }) => environment?.isMaximum ?? service.isMaximum),
    profile: onlyOne(policy, chosen, "profile"),
    region: onlyOne(policy, chosen, "region"),
    services: chosen.map(({ service }) => service.name),
  };
}

interface ChosenService {
  readonly service: PolicyService;
  readonly environment: PolicyEnvironment | null;
}

function chooseServices(
  policy: Policy,
  { service: name, environment }: PolicyChoice,
): readonly ChosenService[] {
  const services = policy.services.filter((service) => name === null || service.name === name);
  if (name !== null && services.length === 0) {
    throw unknownName(
      policy,
      "service",
      name,
      policy.services.map((service) => service.name),
    );
  }
  if (environment === null) return services.map((service) => ({ service, environment: null }));
  const chosen = services.flatMap((service): readonly ChosenService[] => {
    const own = service.environments.find((each) => each.name === environment);
    if (own !== undefined) return [{ service, environment: own }];
    return service.environments.length === 0 ? [{ service, environment: null }] : [];
  });
  const names = [...new Set(services.flatMap(({ environments }) => environments.map((each) => each.name)))];
  if (!names.includes(environment)) throw unknownName(policy, "environment", environment, names);
  return chosen;
}

function withDivision(item: PolicyItem, division: string | null): PolicyItem {
  const own = item.division ?? division;
  if (item.kind !== "alternatives") return own === item.division ? item : { ...item, division: own };
  return {
    ...item,
    division: own,
    alternatives: item.alternatives.map((single) => ({ ...single, division: single.division ?? own })),
  };
}

/**
 * Returns the single profile or region of the selected services. A service without one uses that of the other services.
 * @throws UsageError `usage.policy_profiles` when they differ
 */
function onlyOne(
  policy: Policy,
  chosen: readonly ChosenService[],
  what: "profile" | "region",
): PolicyText | null {
  const texts = chosen.flatMap(({ environment }) => environment?.[what] ?? []);
  const values = new Map(
    chosen.flatMap(({ service, environment }): readonly [string, string][] => {
      const text = environment?.[what] ?? null;
      return text === null ? [] : [[text.value, service.name]];
    }),
  );
  if (values.size <= 1) return texts[0] ?? null;
  const uses = [...values].map(
    ([value, service]) => `\`${oneLine(service, 60)}\` uses \`${oneLine(value, 60)}\``,
  );
  throw new UsageError(
    "usage.policy_profiles",
    `the services of \`${oneLine(policy.file, 200)}\` use different ${what}s: ${uses.join(", ")}`,
    { hint: `check one service at a time: --service ${JSON.stringify([...values.values()][0])}` },
  );
}

function unknownName(
  policy: Policy,
  what: "service" | "environment",
  name: string,
  names: readonly string[],
): UsageError {
  const [near] = closest(name.toLowerCase(), names, 1, 2);
  const known = names.map((each) => `\`${oneLine(each, 60)}\``).join(", ");
  return new UsageError(
    what === "service" ? "usage.policy_service" : "usage.policy_environment",
    `policy \`${oneLine(policy.file, 200)}\` has no ${what} \`${oneLine(name, 100)}\`${near === undefined ? "" : `; the closest is \`${oneLine(near, 60)}\``}`,
    {
      hint:
        names.length === 0 ? `no service in the policy names an ${what}` : `${what}s in the policy: ${known}`,
    },
  );
}
