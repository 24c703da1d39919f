import { describe } from "vitest";
import { staysSilent } from "./stays-silent.ts";

describe("finds no known error of a program in text that does not report one", () => {
  staysSilent("client credentials in a browser", /client credentials need a secret, and no program/, [
    "Is it true that 'client credentials grant is not supported in a browser'?",
  ]);
  staysSilent("a missing parameter", /parameter of the call is missing/, [
    "throw new Error(\"Missing the required parameter 'id' when calling getUser\");\nfunction x() {}",
    "What does the SDK do if it is missing the required parameter 'id' when calling getUser?",
  ]);
  staysSilent("an unknown region name", /does not know this region name/, [
    "Is eu-central-1 a valid region? The docs list the environment names.",
    "Our AWS SDK says: invalid region eu-cental-1 for S3.",
    'The environment "staging" is unknown to our deploy tool.',
    "unsupported environment: Node 16",
    "The region is valid and not unknown.",
  ]);
  staysSilent("missing credentials", /found no credentials or no region/, [
    "export GENESYSCLOUD_REGION=eu-central-1\nterraform apply succeeded",
    "set GENESYSCLOUD_OAUTHCLIENT_ID=abc\ngc users list works",
    "Do I have to set GENESYSCLOUD_REGION?",
    "GENESYSCLOUD_ACCESS_TOKEN is required only without a client.",
  ]);
  staysSilent("an import of a nonexistent object", /no object with this id: the id is wrong/, [
    "We fixed 'Cannot import non-existent remote object' by using the right id.",
  ]);
  staysSilent("missing AWS credentials", /found no AWS credentials/, [
    "We no longer get 'Unable to locate credentials'.",
    "except NoCredentialProviders: pass",
  ]);
  staysSilent("an inconsistent result after apply", /could not read back the object/, [
    "The release notes say: fixed 'Provider produced inconsistent result after apply'.",
  ]);
  staysSilent("a locked Terraform state", /could not lock its state/, [
    "We do not see 'Error acquiring the state lock' anymore.",
    "What can I do if there is an Error acquiring the state lock?",
  ]);
  staysSilent("a program's own time limit", /time limit that the program set/, [
    "We raised the timeout, and context deadline exceeded is gone.",
    "If err == context.DeadlineExceeded: context deadline exceeded means a timeout.",
  ]);
  staysSilent("a crashed provider", /provider process crashed/, [
    "The plugin crashed last year in another project; it was fixed.",
  ]);
  staysSilent("an exception printed as `[object Object]`", /threw an object without printing it/, [
    "INFO catch block printed [object Object] in the unit test fixture, which passes",
  ]);
  staysSilent("a missing library", /library that it needs is not installed/, [
    "The ModuleNotFoundError: was solved by pip install.",
    "grep 'Cannot find module \"x\"' build.log returned nothing",
  ]);
  staysSilent("an error in the program itself", /error in the program itself/, [
    "x is not a function of y in our model.",
    "The role is not a function of the user, I think.",
    "catch (NullPointerException e) { return null; }",
    "We fixed the NullPointerException yesterday. How do I list users?",
    "Is a TypeError possible here?",
  ]);
});
