import { expect, test } from "vitest";
import { parsePolicy } from "../../../src/access/policy/parse-policy.ts";
import { type PolicyChoice, selectRequirements } from "../../../src/access/policy/select-requirements.ts";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { UsageError } from "../../../src/core/errors.ts";

const POLICY = parsePolicy(
  `version: 1
services:
  reporting:
    division: Home
    max: true
    operations:
      - getRoutingQueues
      - { operation: getUsers, division: Sales }
      - anyOf: [getUser, { operation: getUsersMe, division: Support }]
    environments:
      prod: { profile: reporting-prod, region: eu-central-1, division: Marketing, max: false, permissions: [routing:queue:edit] }
      dev: { profile: reporting-dev }
  sync:
    permissions: [routing:queue:view]
    environments:
      prod: { profile: sync-prod }
  everywhere:
    permissions: [authorization:role:view]
`,
  { file: "genscope.policy.yaml", catalogue: loadCatalogue() },
);

function select(service: string | null, environment: string | null) {
  const { subjects, ...rest } = selectRequirements(POLICY, { service, environment });
  return {
    ...rest,
    subjects: subjects.map((subject) => {
      const name =
        subject.kind === "operation"
          ? subject.operation.operationId
          : subject.kind === "permission"
            ? subject.permission
            : subject.alternatives
                .map((each) => `${each.kind === "operation" ? each.name : ""} in ${each.division}`)
                .join(" or ");
      return `${subject.service}:${subject.location.line}: ${name} in ${subject.division}`;
    }),
  };
}

test("selects what a service needs everywhere when no environment is given", () => {
  expect(select("reporting", null)).toEqual({
    services: ["reporting"],
    isMaximum: true,
    profile: null,
    region: null,
    subjects: [
      "reporting:7: getRoutingQueues in Home",
      "reporting:8: getUsers in Sales",
      "reporting:9: getUser in Home or getUsersMe in Support in Home",
    ],
  });
});

test("adds the needs of an environment, whose division and max take precedence", () => {
  expect(select("reporting", "prod")).toEqual({
    services: ["reporting"],
    isMaximum: false,
    profile: { value: "reporting-prod", location: { file: "genscope.policy.yaml", line: 11, column: 24 } },
    region: { value: "eu-central-1", location: { file: "genscope.policy.yaml", line: 11, column: 48 } },
    subjects: [
      "reporting:7: getRoutingQueues in Marketing",
      "reporting:8: getUsers in Sales",
      "reporting:9: getUser in Marketing or getUsersMe in Support in Marketing",
      "reporting:11: routing:queue:edit in Marketing",
    ],
  });
});

test("selects all services of an environment, including those without environments", () => {
  expect(select(null, "dev")).toMatchObject({
    services: ["reporting", "everywhere"],
    isMaximum: true,
    profile: { value: "reporting-dev", location: { line: 12 } },
    region: null,
  });
});

test("selects all services when no environment is given", () => {
  expect(select(null, null)).toMatchObject({
    services: ["reporting", "sync", "everywhere"],
    profile: null,
  });
});

test.each<[string, PolicyChoice, string, string, string]>([
  [
    "an unknown service",
    { service: "reportng", environment: null },
    "usage.policy_service",
    "policy `genscope.policy.yaml` has no service `reportng`; the closest is `reporting`",
    "services in the policy: `reporting`, `sync`, `everywhere`",
  ],
  [
    "an unknown environment",
    { service: null, environment: "production" },
    "usage.policy_environment",
    "policy `genscope.policy.yaml` has no environment `production`",
    "environments in the policy: `prod`, `dev`",
  ],
  [
    "an environment that only another service has",
    { service: "sync", environment: "dev" },
    "usage.policy_environment",
    "policy `genscope.policy.yaml` has no environment `dev`",
    "environments in the policy: `prod`",
  ],
  [
    "an environment for a service without environments",
    { service: "everywhere", environment: "prod" },
    "usage.policy_environment",
    "policy `genscope.policy.yaml` has no environment `prod`",
    "no service in the policy names an environment",
  ],
  [
    "services with separate logins",
    { service: null, environment: "prod" },
    "usage.policy_profiles",
    "the services of `genscope.policy.yaml` use different profiles: `reporting` uses `reporting-prod`, `sync` uses `sync-prod`",
    'check one service at a time: --service "reporting"',
  ],
])("rejects %s and lists the existing names", (_, choice, code, message, hint) => {
  const refusal = expect(() => selectRequirements(POLICY, choice));
  refusal.toThrow(UsageError);
  refusal.toThrow(expect.objectContaining({ code, message, hint }));
});
