import { asString, type JsonRecord } from "../../core/json.ts";
import type { Token } from "../state/token.ts";
import { issueToken } from "../tokens.ts";
import { findClient, type World } from "../world.ts";
import type { Action } from "./action.ts";
import { ActionError, byIdOrName, clientIn, numberIn, organizationIn, required, stringsIn } from "./input.ts";

/** Actions that create tokens without a login. */
export const TOKEN_ACTIONS: Readonly<Record<string, Action>> = {
  "token.mint": {
    summary:
      "client, user? (absent: the client's own token), scopes?, lifetimeSeconds?: returns access_token",
    run: mint,
  },
  "token.revoke": {
    summary: "token: revokes the token",
    run: (world, input) => {
      const token = tokenIn(world, input);
      token.isRevoked = true;
      return { isRevoked: true };
    },
  },
  "token.expire": {
    summary: "token: makes the token expire now",
    run: (world, input) => {
      const token = tokenIn(world, input);
      token.expiresAtMs = world.clock.now();
      return { expiresAt: new Date(token.expiresAtMs).toISOString() };
    },
  },
  "token.idle": {
    summary: "token, seconds: sets the token's last use to that many seconds ago",
    run: (world, input) => {
      const token = tokenIn(world, input);
      token.lastUsedAtMs = world.clock.now() - (numberIn(input, "seconds") ?? 0) * 1000;
      return { lastUsedAt: new Date(token.lastUsedAtMs).toISOString() };
    },
  },
};

function mint(world: World, input: JsonRecord): unknown {
  const organization = organizationIn(world, input);
  // A client of another organization may act here on behalf of a user that this organization trusts.
  const client = findClient(world, required(input, "client"))?.client ?? clientIn(organization, input);
  const wanted = asString(input["user"]);
  const token = issueToken(world, {
    organization,
    client,
    user: wanted === null ? null : byIdOrName(organization.users, wanted, "user"),
    scopes: stringsIn(input, "scopes") ?? undefined,
    lifetimeSeconds: numberIn(input, "lifetimeSeconds") ?? undefined,
  });
  return {
    access_token: token.value,
    token_type: "bearer",
    expires_in: Math.round((token.expiresAtMs - token.issuedAtMs) / 1000),
  };
}

function tokenIn(world: World, input: JsonRecord): Token {
  const token = world.tokens.get(required(input, "token"));
  if (token === undefined) throw new ActionError("there is no such token");
  return token;
}
