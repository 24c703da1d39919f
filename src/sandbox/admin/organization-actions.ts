import { asRecord, asString, type JsonRecord } from "../../core/json.ts";
import { clientAudit } from "../state/audited-changes.ts";
import { createClient } from "../state/build.ts";
import type { ClientState, OAuthClient, Organization, PlacedObject, User } from "../state/organization.ts";
import { describePermission, ownedPermissions, productOf } from "../state/permissions.ts";
import { DEFAULT_SETTINGS, type SandboxSettings } from "../state/settings.ts";
import type { World } from "../world.ts";
import type { Action } from "./action.ts";
import { auditedAt, record } from "./audited.ts";
import {
  ActionError,
  booleanIn,
  clientIn,
  divisionIn,
  numberIn,
  oneOf,
  organizationIn,
  required,
  stringsIn,
} from "./input.ts";

/** Actions on settings, divisions, users, clients, objects and the organization's products. */
export const ORGANIZATION_ACTIONS: Readonly<Record<string, Action>> = {
  "settings.patch": {
    summary: `settings {${Object.keys(DEFAULT_SETTINGS).join(", ")}}: changes these settings`,
    run: patchSettings,
  },
  "division.upsert": {
    summary: "name, id?: creates the division, or replaces the one with this id",
    run: (world, input) => {
      const { divisions } = organizationIn(world, input);
      const division = { id: asString(input["id"]) ?? world.sequence.uuid(), name: required(input, "name") };
      divisions.set(division.id, division);
      return division;
    },
  },
  "user.upsert": {
    summary: "name, id?, email?, division?: creates the user, or replaces the one with this id",
    run: upsertUser,
  },
  "client.upsert": {
    summary:
      "name, id?, secret?, grantType? (CLIENT-CREDENTIALS), scope?, state?, isApproved?, allowedIpRanges?, accessTokenValiditySeconds?, registeredRedirectUri?, createdDaysAgo?, modifiedDaysAgo?, deletedInDays?, isInterface?, by? (the actor that the audit records): creates the client, or replaces the one with this id",
    run: (world, input) => {
      const organization = organizationIn(world, input);
      const client = createClient({
        id: asString(input["id"]) ?? world.sequence.uuid(),
        secret: world.sequence.text(43),
        name: required(input, "name"),
        authorizedGrantType: oneOf(input, "grantType", GRANT_TYPES, "CLIENT-CREDENTIALS"),
      });
      return changeClient(world, organization, client, input);
    },
  },
  "client.update": {
    summary:
      "client, and the changed fields: secret, scope, state (active, inactive, disabled), isApproved, allowedIpRanges, …; by?",
    run: (world, input) => {
      const organization = organizationIn(world, input);
      return changeClient(world, organization, clientIn(organization, input), input);
    },
  },
  "object.upsert": {
    summary:
      "id?, name?, type?, division?, attributes? {name: text}: creates the object, or replaces the one with this id",
    run: upsertObject,
  },
  "product.own": { summary: "product, owned? (true): adds or removes its permissions", run: ownProduct },
  "permission.own": {
    summary:
      "permission, owned? (true), divisionAware?, allowsConditions?: adds the permission to the organization's own, or removes it",
    run: (world, input) => {
      const { permissions } = organizationIn(world, input);
      const name = required(input, "permission");
      if (booleanIn(input, "owned") === false) return { wasOwned: permissions.delete(name) };
      const usual = permissions.get(name) ?? describePermission(name);
      const permission = {
        ...usual,
        divisionAware: booleanIn(input, "divisionAware") ?? usual.divisionAware,
        allowsConditions: booleanIn(input, "allowsConditions") ?? usual.allowsConditions,
      };
      permissions.set(name, permission);
      return permission;
    },
  },
  "preview.enroll": {
    summary:
      "operation (`METHOD /path` as in the definition), enrolled? (true): enrolls the organization in the operation's preview, or withdraws it",
    run: (world, input) => {
      const { enrolledPreviews } = organizationIn(world, input);
      const operation = required(input, "operation");
      if (booleanIn(input, "enrolled") === false) enrolledPreviews.delete(operation);
      else enrolledPreviews.add(operation);
      return { enrolled: [...enrolledPreviews] };
    },
  },
};

const GRANT_TYPES = ["CLIENT-CREDENTIALS", "CODE", "TOKEN", "SAML2-BEARER", "PASSWORD"] as const;
const CLIENT_STATES: readonly ClientState[] = ["active", "inactive", "disabled"];

function patchSettings(world: World, input: JsonRecord): SandboxSettings {
  const changes = asRecord(input["settings"]);
  for (const [name, value] of Object.entries(changes)) {
    const usual: unknown = Object.hasOwn(DEFAULT_SETTINGS, name)
      ? DEFAULT_SETTINGS[name as keyof SandboxSettings]
      : undefined;
    if (usual === undefined) throw new ActionError(`there is no setting \`${name}\``);
    if (usual !== null && value !== null && typeof usual !== typeof value) {
      throw new ActionError(`the setting \`${name}\` must be a ${typeof usual}`);
    }
  }
  world.settings = { ...world.settings, ...changes };
  return world.settings;
}

function upsertUser(world: World, input: JsonRecord): User {
  const organization = organizationIn(world, input);
  const name = required(input, "name");
  const user: User = {
    id: asString(input["id"]) ?? world.sequence.uuid(),
    name,
    email: asString(input["email"]) ?? `${name.toLowerCase().replaceAll(/\W+/g, ".")}@example.com`,
    divisionId: divisionIn(organization, input),
    home: null,
  };
  organization.users.set(user.id, user);
  const { id, divisionId } = user;
  organization.objects.set(id, { id, name, type: "user", divisionId, attributes: { userId: id } });
  return user;
}

function changeClient(
  world: World,
  organization: Organization,
  client: OAuthClient,
  input: JsonRecord,
): OAuthClient {
  const nowMs = world.clock.now();
  const daysAgo = (field: string, sign: 1 | -1 = 1) => {
    const days = numberIn(input, field);
    return days === null ? null : nowMs - sign * days * 86_400_000;
  };
  const times = {
    createdAtMs: daysAgo("createdDaysAgo") ?? client.createdAtMs,
    modifiedAtMs: daysAgo("modifiedDaysAgo") ?? client.modifiedAtMs,
    deletedAtMs: daysAgo("deletedInDays", -1) ?? client.deletedAtMs,
  };
  const changed: OAuthClient = {
    ...client,
    secret: asString(input["secret"]) ?? client.secret,
    scope: stringsIn(input, "scope") ?? client.scope,
    state: oneOf(input, "state", CLIENT_STATES, client.state),
    isApproved: booleanIn(input, "isApproved") ?? client.isApproved,
    allowedIpRanges: stringsIn(input, "allowedIpRanges") ?? client.allowedIpRanges,
    registeredRedirectUri: stringsIn(input, "registeredRedirectUri") ?? client.registeredRedirectUri,
    accessTokenValiditySeconds:
      numberIn(input, "accessTokenValiditySeconds") ?? client.accessTokenValiditySeconds,
    isInterface: booleanIn(input, "isInterface") ?? client.isInterface === true,
    ...Object.fromEntries(Object.entries(times).filter(([, value]) => value !== undefined)),
  };
  const before = organization.clients.get(changed.id) ?? null;
  organization.clients.set(changed.id, changed);
  record(world, clientAudit(auditedAt(world, organization, input), before, changed));
  return changed;
}

function upsertObject(world: World, input: JsonRecord): PlacedObject {
  const organization = organizationIn(world, input);
  const id = asString(input["id"]) ?? world.sequence.uuid();
  const attributes = Object.entries(asRecord(input["attributes"])).map(([name, value]) => [
    name,
    String(value),
  ]);
  const object: PlacedObject = {
    id,
    name: asString(input["name"]) ?? "",
    type: asString(input["type"]) ?? "object",
    divisionId: divisionIn(organization, input),
    attributes: Object.fromEntries(attributes) as Readonly<Record<string, string>>,
  };
  organization.objects.set(id, object);
  return object;
}

function ownProduct(world: World, input: JsonRecord): unknown {
  const organization = organizationIn(world, input);
  const product = required(input, "product");
  if (booleanIn(input, "owned") === false) {
    organization.products.delete(product);
    for (const name of organization.permissions.keys()) {
      if (productOf(name) === product) organization.permissions.delete(name);
    }
  } else {
    organization.products.add(product);
    for (const [name, permission] of ownedPermissions(world.definition.permissions, new Set([product]))) {
      organization.permissions.set(name, permission);
    }
  }
  return { products: [...organization.products] };
}
