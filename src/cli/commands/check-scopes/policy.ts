import { parsePolicy } from "../../../access/policy/parse-policy.ts";
import type { PolicyText } from "../../../access/policy/policy.ts";
import { readPolicyProfile } from "../../../access/policy/policy-profile.ts";
import { selectRequirements } from "../../../access/policy/select-requirements.ts";
import type { Setting } from "../../../auth/settings/settings.ts";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import { oneLine } from "../../../core/text.ts";
import type { CheckRequest, Chosen } from "./request.ts";
import { policySubjects } from "./subject.ts";

type PolicyRequest = NonNullable<CheckRequest["policy"]>;

/** Finds the profile that a policy file specifies for the environment; the source is its file and line. */
export function findPolicyProfile(
  text: string,
  { file, service, environment }: PolicyRequest,
): Setting<string> | null {
  return settingOf(readPolicyProfile(text, file, { service, environment }));
}

/**
 * Returns the subjects of a policy file, and the login that it specifies for the environment.
 * @throws UsageError for an invalid policy file, line by line, and for a service or environment that it does not
 * contain
 */
export function choosePolicySubjects(
  text: string,
  { file, service, environment }: PolicyRequest,
  catalogue: Catalogue,
): Chosen {
  const selection = selectRequirements(parsePolicy(text, { file, catalogue }), { service, environment });
  const { subjects, isMaximum, profile, region } = selection;
  const login = { profile: settingOf(profile), region: settingOf(region) };
  return { subjects: policySubjects(subjects), isMaximum, login, findings: null, omissions: [] };
}

function settingOf(text: PolicyText | null): Setting<string> | null {
  if (text === null) return null;
  const { file, line } = text.location;
  return { value: text.value, source: `${oneLine(file, 200)}:${line}` };
}
