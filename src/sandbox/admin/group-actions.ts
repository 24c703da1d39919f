import { asString, type JsonRecord } from "../../core/json.ts";
import { groupAudits } from "../state/audited-changes.ts";
import { changeAuthority } from "../state/authority.ts";
import type { UserGroup } from "../state/organization.ts";
import type { World } from "../world.ts";
import type { Action } from "./action.ts";
import { auditedAt, record } from "./audited.ts";
import { byIdOrName, organizationIn, required, stringsIn } from "./input.ts";

/** Actions on groups that roles can be granted to. */
export const GROUP_ACTIONS: Readonly<Record<string, Action>> = {
  "group.upsert": {
    summary:
      "name, id?, members? [user], by?: users who join get the group's grants, and users who leave lose them",
    run: upsertGroup,
  },
};

function upsertGroup(world: World, input: JsonRecord): UserGroup {
  const organization = organizationIn(world, input);
  const name = required(input, "name");
  const { groups } = organization.authority;
  const known = [...groups.values()].find((each) => each.name === name);
  const members = stringsIn(input, "members");
  const group: UserGroup = {
    id: asString(input["id"]) ?? known?.id ?? world.sequence.uuid(),
    name,
    memberIds:
      members?.map((member) => byIdOrName(organization.users, member, "user").id) ?? known?.memberIds ?? [],
  };
  const before = groups.get(group.id) ?? null;
  changeAuthority(organization, world.clock.now(), world.settings.propagationDelayMs, (authority) =>
    authority.groups.set(group.id, group),
  );
  const at = auditedAt(world, organization, input);
  for (const audit of groupAudits(at, before, group)) record(world, audit);
  return group;
}
