import type { LeastPrivilege } from "../least/least-privilege.ts";
import type { Emission, PlacedRole } from "./emission.ts";
import { hclAttributes, hclLabel, quoteHcl, quoteHclList } from "./hcl.ts";
import { legacyOf, policiesOf } from "./permission-policy.ts";
import { remark } from "./remark.ts";
import { describePlace, describeRole } from "./role.ts";

/** Settings for the Terraform output, in addition to the roles. */
export interface TerraformOptions {
  /** Name of the OAuth client that gets the roles. */
  readonly clientName: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MOST_PLACES = 3;

interface LabeledRole extends PlacedRole {
  readonly label: string;
  readonly place: DivisionReference;
}

/** A Terraform expression for the id of a division, with the data source that it refers to. */
interface DivisionReference {
  readonly id: string;
  readonly data: readonly string[] | null;
}

/**
 * Renders each role as `genesyscloud_auth_role` and the OAuth client as `genesyscloud_oauth_client`, for the
 * provider `mypurecloud/genesyscloud`, formatted like `terraform fmt`. What the roles leave out comes first, as
 * comments.
 */
export function emitTerraform(emission: Emission, options: TerraformOptions): string {
  const roles = labeled(emission.roles);
  const { ofUsers, ofClients } = emission.login;
  const isForClients = ofUsers.length === 0 || ofClients.length > 0;
  const filled = roles.filter(({ least }) => least.permissions.length > 0);
  const data = new Map(
    filled.flatMap(({ place }) => (place.data === null ? [] : [[place.data.join(), place.data]])),
  );
  const blocks = [
    ...(emission.notes.length === 0 ? [] : [emission.notes.flatMap((note) => remark("#", note))]),
    ...filled.map((role) => roleBlock(role, emission.places)),
    ...(isForClients ? [...data.values(), serviceClient(options, filled)] : []),
    ...(ofUsers.length > 0
      ? [userClient(emission, isForClients ? `${options.clientName} login` : options.clientName)]
      : []),
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function labeled(roles: readonly PlacedRole[]): readonly LabeledRole[] {
  const names = roles.map(({ name }) => name);
  const divisions = roles.map(({ division }) => division ?? "");
  return roles.map((role, index) => ({
    ...role,
    label: labelOf(names, index),
    place: referTo(role.division, labelOf(divisions, index)),
  }));
}

function roleBlock(role: LabeledRole, places: Emission["places"]): readonly string[] {
  const { label, name, least } = role;
  const permissions = least.permissions.map(({ permission }) => permission);
  const legacy = legacyOf(permissions);
  const policies = policiesOf(permissions).flatMap(({ domain, entity, actions }) => [
    "",
    ...needsOf(`${domain}:${entity}:`, least, places).flatMap((text) => remark("#", text).map(indent)),
    ...block("permission_policies", [
      ["domain", quoteHcl(domain)],
      ["entity_name", quoteHcl(entity)],
      ["action_set", quoteHclList(actions)],
    ]).map(indent),
  ]);
  const attributes = hclAttributes([
    ["name", quoteHcl(name)],
    ["description", quoteHcl(describeRole(least))],
    ...(legacy.length === 0 ? [] : ([["permissions", quoteHclList(legacy)]] as const)),
  ]);
  return [
    `resource "genesyscloud_auth_role" ${quoteHcl(label)} {`,
    ...attributes.map(indent),
    ...policies,
    "}",
  ];
}

/** Lists the calls that need a permission on this entity, with the lines of code that make them. */
function needsOf(prefix: string, least: LeastPrivilege, places: Emission["places"]): readonly string[] {
  const names = least.permissions
    .filter(({ permission }) => permission.startsWith(prefix))
    .flatMap(({ neededFor }) => neededFor);
  return [...new Set(names)].toSorted().map((name) => {
    const at = places.get(name) ?? [];
    const more = at.length > MOST_PLACES ? ` and ${at.length - MOST_PLACES} more` : "";
    return at.length === 0 ? name : `${name} (${at.slice(0, MOST_PLACES).join(", ")}${more})`;
  });
}

function serviceClient(options: TerraformOptions, granted: readonly LabeledRole[]): readonly string[] {
  const roles = granted.flatMap(({ label, place }) => [
    "",
    ...block("roles", [
      ["role_id", `genesyscloud_auth_role.${label}.id`],
      ["division_id", place.id],
    ]).map(indent),
  ]);
  return [
    ...remark(
      "#",
      "The provider can assign a role only if the OAuth client that Terraform uses holds that role.",
    ),
    ...clientHead(options.clientName, "CLIENT-CREDENTIALS", []),
    ...roles,
    "}",
  ];
}

/**
 * Renders an OAuth client that users log in through. Comments name the roles to assign to the users, because only the
 * administrator knows who they are.
 */
function userClient({ roles, login, scopes: { scopes } }: Emission, name: string): readonly string[] {
  return [
    ...login.ofUsers.flatMap((need) =>
      remark("#", `${need} needs a user: people log in through this client.`),
    ),
    ...roles
      .filter(({ least }) => least.permissions.length > 0)
      .flatMap(({ name: role, division }) =>
        remark("#", `Assign role "${role}" to these users in ${describePlace(division)}.`),
      ),
    ...clientHead(name, "CODE", [["scopes", quoteHclList(scopes)]]),
    "}",
  ];
}

function clientHead(
  clientName: string,
  grantType: string,
  further: readonly (readonly [string, string])[],
): readonly string[] {
  const attributes = hclAttributes([
    ["name", quoteHcl(clientName)],
    ["authorized_grant_type", quoteHcl(grantType)],
    ...further,
  ]);
  return [
    "# If the client already exists, import it:",
    `#   terraform import genesyscloud_oauth_client.${hclLabel(clientName)} CLIENT_ID`,
    `resource "genesyscloud_oauth_client" ${quoteHcl(hclLabel(clientName))} {`,
    ...attributes.map(indent),
  ];
}

/** Returns the resource label of a name. Appends a number when an earlier name has the same label. */
function labelOf(names: readonly string[], index: number): string {
  const label = hclLabel(names[index] ?? "");
  const count = names.slice(0, index).filter((name) => hclLabel(name) === label).length;
  return count === 0 ? label : `${label}_${count + 1}`;
}

/**
 * Returns the expression for a division: its id, or a data source that looks up its name. Null means every division.
 */
function referTo(division: string | null, label: string): DivisionReference {
  if (division === null) return { id: quoteHcl("*"), data: null };
  if (UUID.test(division)) return { id: quoteHcl(division.toLowerCase()), data: null };
  if (division.toLowerCase() === "home") {
    return {
      id: "data.genesyscloud_auth_division_home.home.id",
      data: ['data "genesyscloud_auth_division_home" "home" {}'],
    };
  }
  return {
    id: `data.genesyscloud_auth_division.${label}.id`,
    data: [
      `data "genesyscloud_auth_division" ${quoteHcl(label)} {`,
      ...hclAttributes([["name", quoteHcl(division)]]).map(indent),
      "}",
    ],
  };
}

function block(name: string, attributes: readonly (readonly [string, string])[]): readonly string[] {
  return [`${name} {`, ...hclAttributes(attributes).map(indent), "}"];
}

function indent(line: string): string {
  return `  ${line}`;
}
