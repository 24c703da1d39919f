import type { Answer, Request } from "../answer.ts";
import { answerTokenRequest } from "../token-endpoint.ts";
import type { World } from "../world.ts";
import { answerAuthorization } from "./authorize.ts";
import { answerLogout } from "./logout.ts";

/** Answers a request to `login.<domain>`; null for any other path. */
export function answerLoginRequest(world: World, request: Request): Answer | null {
  switch (request.path) {
    case "/oauth/authorize":
      return answerAuthorization(world, request);
    case "/oauth/token":
      return answerTokenRequest(world, request);
    case "/logout":
      return answerLogout(world, request);
    default:
      return null;
  }
}
