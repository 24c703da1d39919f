import type { Operation } from "../../catalogue/operation.ts";
import {
  ACCESS_POLICIES_MENU,
  ALLOWED_ADDRESSES_MENU,
  AUTHORIZED_APPLICATIONS_MENU,
  ROLE_EDITOR_MENU,
} from "../remedy/menu-path.ts";
import { permissionsNeeded } from "../remedy/permissions-needed.ts";
import type { Layer, Remedy } from "../verdict/verdict.ts";
import { allOf, anyOf } from "../verdict/wording.ts";
import type { NamedInMessage } from "./named-in-message.ts";

/** What is known of a refusal when its remedies are chosen without a token. */
export interface RefusalKnown {
  readonly layer: Layer;
  readonly status: number | null;
  readonly code: string | null;
  readonly operation: Operation | null;
  readonly named: NamedInMessage;
  readonly retryAfterSeconds: number | null;
  readonly isUserRequired: boolean;
}

const CLIENT_MENU = "Admin > Integrations > OAuth > the client";
const SUBJECT_ROLES_MENU = `${CLIENT_MENU} > Roles, or Admin > People & Permissions > People > the user > Roles`;

/** The usual changes for a layer, smallest first; with a token the diagnosis replaces them by exact ones. */
export function remediesOfLayer(known: RefusalKnown): readonly Remedy[] {
  const { layer, operation, named } = known;
  switch (layer) {
    case "token":
      return known.code === "authentication.required"
        ? [{ kind: "fix-credentials", summary: "send the header `Authorization: Bearer <token>`" }]
        : [
            {
              kind: "log-in-again",
              summary:
                "get a new token: this one is expired, revoked, idle for too long, or of another region",
              command: "genscope whoami",
            },
            {
              kind: "enable-client",
              summary:
                "if a new one is refused too: the OAuth client must be Active, its secret current, the region the organization's",
              menuPath: CLIENT_MENU,
            },
          ];
    case "ip":
      return [
        {
          kind: "allow-ip",
          summary: `allow ${named.addresses.length === 0 ? "the caller's address" : anyOf(named.addresses)} for the organization, and for the client if it has its own list`,
          menuPath: ALLOWED_ADDRESSES_MENU,
        },
      ];
    case "scope": {
      const scopes = named.scopes.length > 0 ? named.scopes : (operation?.scopes ?? []);
      const narrowest = scopes.find((scope) => scope.endsWith(":readonly")) ?? scopes[0];
      return [
        {
          kind: "add-scope",
          summary: `add scope ${narrowest === undefined ? "that the operation lists" : `\`${narrowest}\``} to the OAuth client, then log in again: a token keeps the scopes it was issued with`,
          menuPath: `${CLIENT_MENU} > Scope`,
        },
        {
          kind: "log-in-again",
          summary: "where applications have to be authorized, an administrator approves the new scope first",
          menuPath: AUTHORIZED_APPLICATIONS_MENU,
        },
      ];
    }
    case "context":
      return known.isUserRequired
        ? [
            {
              kind: "log-in-as-user",
              summary:
                "log in as a user (authorization code with PKCE), or use the operation that takes the user's id; no role can give a client a user context",
              command: "genscope login --grant pkce",
            },
          ]
        : [{ kind: "log-in-as-client", summary: "call it with the token of a client-credentials client" }];
    case "permission":
      return permissionRemedies(operation, named);
    case "division":
      return [
        {
          kind: "add-division",
          summary: `give the role that holds ${permissionsNeeded(operation, named) || "the permission"} in ${named.divisions.length === 0 ? "the object's division" : `division ${anyOf(named.divisions)}`} as well`,
          menuPath: `${SUBJECT_ROLES_MENU} > Divisions`,
        },
        ...permissionRemedies(operation, named),
      ];
    case "condition":
      return [
        {
          kind: "edit-condition",
          summary: "widen the condition of the role (teams, queues, groups), or assign a role without one",
          menuPath: ROLE_EDITOR_MENU,
        },
      ];
    case "policy":
      return [
        {
          kind: "change-policy",
          summary: `change access policy ${named.policies.length === 0 ? "that denies it" : allOf(named.policies)}: DENY wins over every role and scope`,
          menuPath: ACCESS_POLICIES_MENU,
        },
      ];
    case "product":
      return [
        {
          kind: "buy-product",
          summary: "the organization lacks the product, feature or beta: no role change helps",
        },
      ];
    case "rate-limit":
    case "throttle":
    case "service":
      return waitRemedies(known);
    case "credentials":
      return [
        {
          kind: "use-host",
          summary:
            "first compare the region with the address of the product's own user interface (`apps.<domain>`): an id of another region is unknown here",
        },
        {
          kind: "fix-credentials",
          summary: "then check client id, secret and grant type of the OAuth client",
          menuPath: CLIENT_MENU,
        },
      ];
    case "unknown":
      return known.status === 403
        ? [
            {
              kind: "check-live",
              summary: "let elimination decide: compare what the token holds with what the operation needs",
              command: checkCommand(operation, named),
            },
          ]
        : [];
    default:
      return [];
  }
}

function permissionRemedies(operation: Operation | null, named: NamedInMessage): readonly Remedy[] {
  const needed = permissionsNeeded(operation, named);
  return [
    {
      kind: "assign-role",
      summary: `assign a role that holds ${needed || "the permission"} to the OAuth client or the user, whoever the token speaks for; changes take up to a minute`,
      menuPath: SUBJECT_ROLES_MENU,
    },
    {
      kind: "check-live",
      summary: "see which of the organization's roles hold it, with the fewest extra rights first",
      command: checkCommand(operation, named),
    },
  ];
}

function checkCommand(operation: Operation | null, { permissions }: NamedInMessage): string {
  if (operation !== null) return `genscope check-scopes "${operation.method} ${operation.path}"`;
  const flags = permissions.slice(0, 5).map((permission) => `--permission ${permission}`);
  return flags.length === 0 ? "genscope whoami" : `genscope check-scopes ${flags.join(" ")}`;
}

function waitRemedies({ layer, retryAfterSeconds }: RefusalKnown): readonly Remedy[] {
  const wait =
    retryAfterSeconds === null
      ? "back off (1 s, doubled up to 30 s) and retry"
      : `wait ${retryAfterSeconds} s, then retry`;
  if (layer === "service")
    return [
      { kind: "wait", summary: `${wait}; it is no denial` },
      { kind: "ask-support", summary: "if it lasts, quote the correlation id to support" },
    ];
  return [
    { kind: "wait", summary: wait },
    layer === "throttle"
      ? {
          kind: "none",
          summary: "cache the token and share it: it lasts as long as the client's setting says",
        }
      : {
          kind: "none",
          summary:
            "the limit is per token: spread calls over time, and read `inin-ratelimit-*` to slow down before it is reached",
        },
  ];
}
