import { expect, test } from "vitest";
import { replacementOf } from "../../../../src/cli/commands/login/replacement.ts";
import { answering } from "../../../support/login-machine.ts";
import { loggedIn } from "../../../support/profiles.ts";

const NEXT = loggedIn({ clientId: "client-2" });
const MEANWHILE = loggedIn({ clientId: "client-3" });

test("the consent to replace a login does not apply to a login that another run stores in the meantime", async () => {
  const replacement = replacementOf(loggedIn(), { isAllowed: false, prompter: answering("yes").prompter });
  await replacement.confirm(NEXT);

  expect(() => replacement.check(loggedIn(), NEXT)).not.toThrow();
  expect(() => replacement.check(MEANWHILE, NEXT)).toThrow(/holds a login for client `client-3`/);
});

test("a login to a new profile does not overwrite a login that another run stores in the meantime", () => {
  expect(() => replacementOf(null, { isAllowed: false, prompter: null }).check(MEANWHILE, NEXT)).toThrow(
    /holds a login for client `client-3`/,
  );
  expect(() => replacementOf(null, { isAllowed: true, prompter: null }).check(MEANWHILE, NEXT)).not.toThrow();
});
