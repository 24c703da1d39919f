import type { RefusalFacts } from "../verdict/refusal-facts.ts";
import type { Remedy } from "../verdict/verdict.ts";
import { checkCommand } from "./live-remedies.ts";
import { clientMenu, SUBJECT_ROLES_MENU } from "./menu-path.ts";
import { divisionsNeeded, isAboutReferencedObject, permissionsNeeded } from "./permissions-needed.ts";

const NOT_IN_ROLE_EDITOR: Remedy = {
  kind: "buy-product",
  summary:
    "if the role editor does not list the permission, the organization lacks the product, license or beta that the permission belongs to, and no role change helps",
};

/**
 * Matches statements that the permission is missing from a list:
 * `the permission isn't in the list when I edit the role`.
 */
const NOT_LISTED =
  /\bpermissions?\b[^.\n]{0,40}\b(?:(?:is|are|was|does|do)(?:n['’]t| not)|not|never|no longer)\b[^.\n]{0,20}\b(?:list(?:ed)?|available|visible|shown?|appear|exist|there|find|in the (?:admin|role))|\b(?:can(?:no|['’])t|could(?:n['’]t| not)|unable to|do(?:n['’]t| not)) (?:find|see) (?:that|the|this|such a|it|any such) ?(?:permission)?[^.\n]{0,60}\b(?:role|admin|permission)/i;

/** Remedy when the missing permission is unknown, because nothing can be granted before it is known. */
const LOOK_UP: Remedy = {
  kind: "use-operation",
  summary: "find the permission first: look up the operation that was called; its entry lists what it needs",
  command: "genscope catalog search WORDS",
};

/** Returns the usual remedies when the service reports that a permission is missing. */
export function usualPermissionRemedies(facts: RefusalFacts): readonly Remedy[] {
  const assignRole: Remedy = {
    kind: "assign-role",
    summary: `give ${facts.isOfDataAction ? "the OAuth client in the credentials of the data action's integration" : "the token's OAuth client or user"} a role that holds ${permissionsNeeded(facts, facts.topics.length > 1 ? "the permissions of the topics" : "the permission")}; role changes take effect within a minute`,
    menuPath: facts.isOfDataAction ? `${clientMenu(null)} > Roles` : SUBJECT_ROLES_MENU,
  };
  // A check of the operation would not cover the other object that the refusal is about.
  if (isAboutReferencedObject(facts)) return [assignRole];
  const isNamed = facts.operation !== null || facts.topics.length > 0 || facts.named.permissions.length > 0;
  const isUnlisted = NOT_LISTED.test(facts.words);
  return [
    ...(isNamed ? [] : [LOOK_UP]),
    ...(isUnlisted ? [NOT_IN_ROLE_EDITOR] : []),
    assignRole,
    ...(isNamed
      ? [
          {
            kind: "check-live" as const,
            summary:
              facts.topics.length > 1
                ? "check each topic: a single refused topic causes the whole subscription to be refused"
                : "list the organization's roles that would be enough, fewest extra permissions first",
            command: checkCommand(facts),
          },
        ]
      : []),
    ...(isUnlisted ? [] : [NOT_IN_ROLE_EDITOR]),
  ];
}

/** Returns the usual remedies when the service reports that a permission does not apply in a division. */
export function usualDivisionRemedies(facts: RefusalFacts): readonly Remedy[] {
  return [
    {
      kind: "add-division",
      summary: `extend the role that holds ${permissionsNeeded(facts, "the permission")} to ${divisionsNeeded(facts)}`,
      menuPath: `${SUBJECT_ROLES_MENU} > Divisions`,
    },
    ...usualPermissionRemedies(facts),
  ];
}
