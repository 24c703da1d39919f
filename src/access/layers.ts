import type { LayerFacts } from "./layer-facts.ts";
import { OUTSIDE_LAYERS } from "./outside-layers.ts";
import { addressRemedies } from "./remedy/address-remedies.ts";
import { conditionRemedies, usualConditionRemedies } from "./remedy/condition-remedies.ts";
import { contextRemedies, usualContextRemedies } from "./remedy/context-remedies.ts";
import { usualUnknownRemedies } from "./remedy/live-remedies.ts";
import { permissionRemedies } from "./remedy/permission-remedies.ts";
import { meaningOfDivision, meaningOfPermission } from "./remedy/permissions-needed.ts";
import { policyRemedies, usualPolicyRemedies } from "./remedy/policy-remedies.ts";
import { productRemedies, usualProductRemedies } from "./remedy/product-remedies.ts";
import { meaningOfScope, scopeRemedies, usualScopeRemedies } from "./remedy/scope-remedies.ts";
import { doubtedTokenRemedies, meaningOfToken, usualTokenRemedies } from "./remedy/token-remedies.ts";
import { usualDivisionRemedies, usualPermissionRemedies } from "./remedy/usual-permission-remedies.ts";
import type { Layer } from "./verdict/verdict.ts";
import { allOf, anyOf } from "./verdict/wording.ts";

/** All layers in the platform's order of checks. A missing layer is a compile error. */
export const LAYERS: Readonly<Record<Layer, LayerFacts>> = {
  token: {
    title: "The token is not accepted",
    help: "Log in again, or enable the OAuth client.",
    codes: {},
    isDecidedByToken: true,
    aspects: ["token", "region", "client state"],
    meaning: meaningOfToken,
    usualRemedies: usualTokenRemedies,
    remedies: doubtedTokenRemedies,
  },
  ip: {
    title: "The caller's address is not allowed",
    help: "Add the caller's address to the organization's allowed addresses.",
    codes: { 401: /^ip\.not\.authorized$/ },
    isDecidedByToken: true,
    aspects: ["token", "region"],
    meaning: ({ named }) =>
      `${named.addresses.length === 0 ? "the caller's address" : `address ${anyOf(named.addresses)}`} is not on the allowlist`,
    usualRemedies: ({ named }) => addressRemedies(named.addresses),
    remedies: () => addressRemedies([]),
  },
  scope: {
    title: "The OAuth client lacks a scope",
    help: "Add the scope to the OAuth client, then log in again.",
    codes: { 403: /^app\.not\.authorized\.for\.scope$/, oauth: /^invalid_scope$/ },
    isDecidedByToken: true,
    aspects: ["scopes", "scopes bind", "grant"],
    meaning: meaningOfScope,
    usualRemedies: usualScopeRemedies,
    remedies: scopeRemedies,
  },
  context: {
    title: "The operation needs another kind of token",
    help: "Use a user's token or a client's token, as the operation requires.",
    codes: { 400: /^not\.a\.(?:user|client)$/ },
    isDecidedByToken: true,
    aspects: ["grant"],
    meaning: ({ isUserRequired }) =>
      isUserRequired
        ? "the operation needs a user, and a client-credentials token has none; permissions do not matter here"
        : "the operation accepts only client-credentials tokens, never a user's token",
    usualRemedies: usualContextRemedies,
    remedies: (_principal, _objection, question) => contextRemedies(question),
  },
  permission: {
    title: "A permission is missing",
    help: "Assign a role that holds the permission; the message names the smallest one.",
    codes: {
      403: /(?:^|\.)(?:missing|insufficient|no|view|assignee)(?:\.\w+)*\.permissions?(?:\.|$)|permission\.(?:check\.failed|denied)$|^architect\.not\.|^quality\.evaluation\.cannot|^notification\.unauthorized|^presence\.not|^greeting\.not|^voicemail\.not|^access\.denied\.to\.field$|^bots\.access\.denied$|^wem\.informsteps\.access\.denied$/,
    },
    isDecidedByToken: true,
    aspects: ["permission"],
    meaning: meaningOfPermission,
    usualRemedies: usualPermissionRemedies,
    remedies: permissionRemedies,
  },
  division: {
    title: "A permission is not held in the object's division",
    help: "Extend the role to the object's division.",
    codes: {
      403: /division|^no\.permission\.for\.requested\.users$|^wfm\.(?:permission\.failure|missing\.one\.of\.permission\.sets|management\.unit\.not\.authorized)$|^case\.missing\.permission\.in/,
    },
    isDecidedByToken: true,
    aspects: ["permission"],
    meaning: meaningOfDivision,
    usualRemedies: usualDivisionRemedies,
    remedies: permissionRemedies,
  },
  condition: {
    title: "A condition on the role, the object or the request is not met",
    help: "Check the condition that the message names.",
    // Team access is a condition on a workforce-management role, not a division.
    codes: { 403: /^wfm\..*team/ },
    isDecidedByToken: true,
    aspects: ["permission"],
    meaning: () =>
      "the role holds the permission under a condition (teams, queues, groups) that this request does not meet",
    usualRemedies: usualConditionRemedies,
    remedies: conditionRemedies,
  },
  policy: {
    title: "An access policy may deny the call",
    help: "Check the access policy; DENY wins over every role.",
    codes: { 403: /^authz\.policy\.denied$/ },
    isDecidedByToken: true,
    aspects: ["access policies", "grant"],
    meaning: ({ named }) =>
      `${named.policies.length === 0 ? "an access policy" : `access policy ${allOf(named.policies)}`} denies the call; no permission or scope changes that`,
    usualRemedies: usualPolicyRemedies,
    remedies: policyRemedies,
  },
  product: {
    title: "The organization may not own the product",
    help: "Ask for the license, feature or beta; no role change helps.",
    codes: {
      403: /^(?:feature\.|integrations\.forbidden$|architect\.org\.disabled)|black\.listed$/,
      404: /^feature\./,
      501: /^feature\./,
    },
    isDecidedByToken: true,
    aspects: ["permission"],
    meaning: () => "the organization does not have the product, feature or beta; no role change helps",
    usualRemedies: usualProductRemedies,
    remedies: productRemedies,
  },
  ...OUTSIDE_LAYERS,
  unknown: {
    title: "The refusing layer is unknown",
    help: "The message names the fact that could not be read, and the permission to read it.",
    // The platform uses these codes for permissions, ownership and products alike, or without giving a reason.
    codes: {
      401: /^unauthorized$/,
      403: /^(?:(?:general\.)?(?:access\.denied|forbidden)|not\.authorized|fax\.forbidden|notification\.forbidden\.topic|wem\.learning\.(?:assignment\.)?forbidden)$/,
    },
    isDecidedByToken: true,
    aspects: [],
    meaning: ({ code, isDeclared }) =>
      code === null || isDeclared
        ? "the service does not reveal which layer refused; a missing scope, permission or division, a missing trust between organizations, or the user's state can cause this response"
        : "the API definition does not declare this code, so only the status is evidence; compare what the call requires with what the token holds",
    usualRemedies: usualUnknownRemedies,
    remedies: () => [],
  },
};
