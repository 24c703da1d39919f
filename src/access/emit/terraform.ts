import type { LeastPrivilege } from "../least/least-privilege.ts";
import { hclAttributes, hclLabel, quoteHcl, quoteHclList } from "./hcl.ts";
import { policiesOf } from "./permission-policy.ts";
import { describeRole, type RoleNaming } from "./role.ts";

/** The role, and the client or users that it is emitted for. */
export interface TerraformOptions extends RoleNaming {
  /** Name of the OAuth client that gets the role; the role's name by default. */
  readonly clientName?: string;
  /** `user` when people log in through the client: they get the role, and the client gets the scopes. */
  readonly clientKind?: "client-credentials" | "user";
  /** Names or ids of divisions, `*` for all; the home division by default. */
  readonly divisions?: readonly string[];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Renders the role as `genesyscloud_auth_role` and its OAuth client as `genesyscloud_oauth_client`, for the provider
 * `mypurecloud/genesyscloud`, formatted as by `terraform fmt`.
 */
export function emitTerraform(least: LeastPrivilege, options: TerraformOptions): string {
  const role = hclLabel(options.name);
  const { clientKind = "client-credentials", divisions: wanted = [] } = options;
  const names = [...new Set(wanted.length === 0 ? ["Home"] : wanted)];
  const divisions = names.map((name, index) => divisionOf(name, labelOf(names, index)));
  const isForUsers = clientKind === "user";
  const blocks = [
    roleBlock(role, least, options),
    ...(isForUsers ? [] : divisions.flatMap(({ data }) => (data === null ? [] : [data]))),
    isForUsers
      ? userClient(least, options)
      : serviceClient(
          options,
          role,
          divisions.map(({ id }) => id),
        ),
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function roleBlock(label: string, least: LeastPrivilege, naming: RoleNaming): readonly string[] {
  const permissions = least.permissions.map(({ permission }) => permission);
  const policies = policiesOf(permissions).flatMap(({ domain, entity, actions }) => [
    "",
    ...block("permission_policies", [
      ["domain", quoteHcl(domain)],
      ["entity_name", quoteHcl(entity)],
      ["action_set", quoteHclList(actions)],
    ]).map(indent),
  ]);
  const attributes = hclAttributes([
    ["name", quoteHcl(naming.name)],
    ["description", quoteHcl(naming.description ?? describeRole(least))],
  ]);
  return [
    `resource "genesyscloud_auth_role" ${quoteHcl(label)} {`,
    ...attributes.map(indent),
    ...policies,
    "}",
  ];
}

function serviceClient(
  options: TerraformOptions,
  role: string,
  divisionIds: readonly string[],
): readonly string[] {
  const roles = divisionIds.flatMap((id) => [
    "",
    ...block("roles", [
      ["role_id", `genesyscloud_auth_role.${role}.id`],
      ["division_id", id],
    ]).map(indent),
  ]);
  return [
    "# The provider can assign a role only if the OAuth client that Terraform uses holds it.",
    ...clientHead(options, "CLIENT-CREDENTIALS", []),
    ...roles,
    "}",
  ];
}

function userClient({ scopes: { scopes } }: LeastPrivilege, options: TerraformOptions): readonly string[] {
  return [
    "# People log in through this client: they need the role, and the client needs the scopes.",
    ...clientHead(options, "CODE", [["scopes", quoteHclList(scopes)]]),
    "}",
  ];
}

function clientHead(
  { name, clientName = name }: TerraformOptions,
  grantType: string,
  further: readonly (readonly [string, string])[],
): readonly string[] {
  const attributes = hclAttributes([
    ["name", quoteHcl(clientName)],
    ["authorized_grant_type", quoteHcl(grantType)],
    ...further,
  ]);
  return [
    `# If it exists already: terraform import genesyscloud_oauth_client.${hclLabel(clientName)} CLIENT_ID`,
    `resource "genesyscloud_oauth_client" ${quoteHcl(hclLabel(clientName))} {`,
    ...attributes.map(indent),
  ];
}

/** Numbers the labels of names that differ only in punctuation. */
function labelOf(names: readonly string[], index: number): string {
  const label = hclLabel(names[index] ?? "");
  const count = names.slice(0, index).filter((name) => hclLabel(name) === label).length;
  return count === 0 ? label : `${label}_${count + 1}`;
}

/** Refers to a division by id, or through a data source that looks up its name. */
function divisionOf(
  division: string,
  label: string,
): { readonly id: string; readonly data: readonly string[] | null } {
  if (division === "*" || UUID.test(division)) return { id: quoteHcl(division.toLowerCase()), data: null };
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
