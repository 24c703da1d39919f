import { describe } from "vitest";
import { staysSilent } from "./stays-silent.ts";

describe("reads no detail of a refusal from a sentence that denies it", () => {
  staysSilent("a permission that a role is said to hold", /see whose token was sent/, [
    "You are missing the following permission(s): routing:queue:view (403). Maybe the role has it, I have not checked.",
    "403 missing the following permission(s): [routing:queue:view]. I do not think the role has it.",
    "You are missing the following permission(s): routing:queue:view (403). Another role has it, but not ours.",
    "You are missing the following permission(s): routing:queue:view (403). Should the role have it?",
  ]);
  staysSilent("a division that limits a role", /assign the role there too/, [
    "You are missing the following permission(s): routing:queue:view (403). It is not only in division Sales, it is everywhere.",
  ]);
  staysSilent("a paraphrased permission", /routing:queue:view/, [
    "Postman shows a 403. We do not get a message about missing permission routing queue view.",
    "We get a 403. The docs say 403 with missing permission routing queue view is another case.",
  ]);
  staysSilent("missing scopes", /^layer scope|scope `users/m, [
    "We get a 403. It is not about missing scopes: users, routing are both there.",
    "If the token is missing scopes: users, you would get 403. Our client has it and gets 403.",
  ]);
  staysSilent("a named rate limit", /token\.rate\.per\.minute/, [
    "The call returns 429. It is not the client.credentials.token.rate.per.minute limit, we checked.",
  ]);
});
