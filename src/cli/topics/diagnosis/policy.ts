import type { HelpRow } from "../../layout/section.ts";
import type { TopicPage } from "../page.ts";

/** A policy with every field, as an example to copy. */
const POLICY = `version: 1
services:
  reporting:
    description: nightly export
    operations:
      - POST /api/v2/analytics/conversations/details/query
      - operation: GET /api/v2/routing/queues
        division: Sales
        note: names for the report
      - anyOf:
          - GET /api/v2/users
          - GET /api/v2/users/search
    permissions:
      - routing:queue:view
    max: true
    environments:
      prod: { profile: prod, region: eu-central-1 }
      dev: { profile: dev }`;

const FIELDS: readonly HelpRow[] = [
  ["operations", "operations that the service calls, each by any of its names"],
  ["permissions", "permissions that the service needs for any other reason"],
  ["anyOf", "alternatives, any one of which is enough"],
  [
    "division",
    "division of the objects, by name or id; an entry without one uses the division of its environment or service",
  ],
  ["note", "reason for the requirement, for readers"],
  ["max", "true when the token must hold no permission beyond the listed ones"],
  ["environments", "settings that differ by environment, chosen with `--env`"],
  ["profile", "profile to check with; credentials in the environment take precedence"],
  ["region", "confirms the host that a flag, the environment or the profile chose"],
];

export function policyPage(): TopicPage {
  return {
    sections: [
      "A policy file lists what services need on the platform. It is stored next to their code, and `check-scopes` compares it with a token before a deployment.",
      { lines: POLICY },
      FIELDS,
      "When `region` names a host other than the chosen one, genscope sends nothing and exits with 2. The JSON Schema for editors is dist/schemas/genscope.policy.schema.json in the package.",
      "`--write-policy` adds missing entries to an existing policy and keeps the rest; `--force` replaces the file. `--emit` writes one role per `division:` or `--division`, and otherwise one role that covers every division. Both flags report on stderr what they omit or cannot decide.",
    ],
    examples: [
      ["genscope check-scopes --policy genscope.policy.yaml --max", "every service, and excess permissions"],
      [
        "genscope check-scopes --policy genscope.policy.yaml --emit terraform",
        "the least privilege as Terraform",
      ],
      ["genscope check-scopes --scan src --write-policy genscope.policy.yaml", "write a policy from code"],
    ],
  };
}
