import { nearestNames } from "../../core/closest.ts";
import { UsageError } from "../../core/errors.ts";
import { audits } from "./audits.ts";
import { conversationsAggregates } from "./conversations-aggregates.ts";
import { conversationsDetails } from "./conversations-details.ts";
import type { Dataset } from "./dataset.ts";
import { grants } from "./listings/access/grants.ts";
import { rolePermissions } from "./listings/access/role-permissions.ts";
import { externalContacts } from "./listings/external/external-contacts.ts";
import { externalOrganizations } from "./listings/external/external-organizations.ts";
import { groupMembers } from "./listings/members/group-members.ts";
import { queueMembers } from "./listings/members/queue-members.ts";
import { skillGroupMembers } from "./listings/members/skill-group-members.ts";
import { teamMembers } from "./listings/members/team-members.ts";
import { divisions } from "./listings/organization/divisions.ts";
import { groups } from "./listings/organization/groups.ts";
import { locations } from "./listings/organization/locations.ts";
import { oauthClients } from "./listings/organization/oauth-clients.ts";
import { presenceDefinitions } from "./listings/organization/presence-definitions.ts";
import { roles } from "./listings/organization/roles.ts";
import { sites } from "./listings/organization/sites.ts";
import { stations } from "./listings/organization/stations.ts";
import { teams } from "./listings/organization/teams.ts";
import { trunks } from "./listings/organization/trunks.ts";
import { users } from "./listings/organization/users.ts";
import { campaigns } from "./listings/outbound/campaigns.ts";
import { contactLists } from "./listings/outbound/contact-lists.ts";
import { contacts } from "./listings/outbound/contacts.ts";
import { dncLists } from "./listings/outbound/dnc-lists.ts";
import { flowMilestones } from "./listings/routing/flow-milestones.ts";
import { flowOutcomes } from "./listings/routing/flow-outcomes.ts";
import { flows } from "./listings/routing/flows.ts";
import { languages } from "./listings/routing/languages.ts";
import { queues } from "./listings/routing/queues.ts";
import { scheduleGroups } from "./listings/routing/schedule-groups.ts";
import { schedules } from "./listings/routing/schedules.ts";
import { skillGroups } from "./listings/routing/skill-groups.ts";
import { skills } from "./listings/routing/skills.ts";
import { wrapUpCodes } from "./listings/routing/wrap-up-codes.ts";
import { evaluationForms } from "./quality/evaluation-forms.ts";
import { evaluations } from "./quality/evaluations.ts";
import { surveyForms } from "./quality/survey-forms.ts";
import { surveys } from "./quality/surveys.ts";
import { recordings } from "./recordings.ts";
import { speechMetrics } from "./speech/speech-metrics.ts";
import { topics } from "./speech/topics.ts";
import { transcripts } from "./speech/transcripts.ts";
import { transcriptsAggregates } from "./speech/transcripts-aggregates.ts";
import { usage } from "./usage.ts";
import { usersAggregates } from "./users-aggregates.ts";
import { usersDetails } from "./users-details.ts";
import { adherence } from "./workforce/adherence.ts";
import { managementUnits } from "./workforce/management-units.ts";

const DATASETS: readonly Dataset[] = [
  conversationsDetails,
  usersDetails,
  conversationsAggregates,
  usersAggregates,
  audits,
  recordings,
  users,
  queues,
  wrapUpCodes,
  skills,
  divisions,
  flows,
  presenceDefinitions,
  roles,
  oauthClients,
  groups,
  teams,
  stations,
  locations,
  schedules,
  scheduleGroups,
  flowOutcomes,
  flowMilestones,
  campaigns,
  contactLists,
  contacts,
  dncLists,
  languages,
  sites,
  trunks,
  skillGroups,
  queueMembers,
  groupMembers,
  teamMembers,
  skillGroupMembers,
  rolePermissions,
  grants,
  externalContacts,
  externalOrganizations,
  evaluations,
  evaluationForms,
  surveys,
  surveyForms,
  usage,
  topics,
  speechMetrics,
  transcripts,
  transcriptsAggregates,
  managementUnits,
  adherence,
];

/** Returns every dataset, in the order of the help. */
export function allDatasets(): readonly Dataset[] {
  return DATASETS;
}

/**
 * Returns the dataset with this name; `wrapupcodes`, `wrap-up-codes` and `Wrap-up code` refer to the same one.
 * @throws UsageError `usage.dataset` with the closest names
 */
export function findDataset(words: readonly string[]): Dataset {
  const name = words.join(" ");
  const found = allDatasets().find((dataset) => lettersOf(dataset.name) === lettersOf(name));
  if (found !== undefined) return found;
  const names = allDatasets().map((dataset) => dataset.name);
  const near = nearestNames(name, names);
  throw new UsageError("usage.dataset", `\`${name}\` is not a dataset`, {
    hint:
      near.length === 0
        ? `the datasets are: ${names.join(", ")}`
        : `did you mean ${near.map((each) => `\`genscope export ${each}\``).join(" or ")}? All of them: genscope export --help`,
  });
}

/** Returns the letters that identify a name, without its plural. */
function lettersOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z]/g, "")
    .replace(/s$/, "");
}
