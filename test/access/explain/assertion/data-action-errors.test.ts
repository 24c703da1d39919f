import { describe } from "vitest";
import { staysSilent } from "./stays-silent.ts";

describe("finds no error of a data action or a flow in text that does not report one", () => {
  staysSilent("a response too large for a data action", /returned more than a data action may receive/, [
    "The response from the remote service never exceeds the limit. What else can fail in a data action?",
    "Docs: if the response from the endpoint is larger than 3 MB, the action fails. Ours is small.",
  ]);
  staysSilent("a response that a data action cannot convert", /could not convert it to its output/, [
    "We do not get 'Transform failed to process result' any more; it was a typo.",
    "If the successTemplate is invalid you would get an error. Ours is fine.",
    "// throws Transform failed to process result when the map is wrong\nexport const map = {};",
  ]);
  staysSilent("a request template that cannot be filled", /could not fill its request template/, [
    "How do I write a request template for a data action? Does it render the requestTemplate with Velocity?",
    "The data action processes the request template fine.",
    "Which steps evaluate the url template of an action?",
  ]);
  staysSilent("input that violates an action's contract", /do not match the action's contract/, [
    "The JSON schema validation failed in our own CI for a config file, which is fixed.",
    "INFO schema validation error count: 0",
    "There is no schema validation error. The list is just too short.",
  ]);
  staysSilent("a data action's time limit", /ran out before the called service/, [
    "Our data action never times out.",
    "What is the timeout of a data action?",
    "The timeout of the data action is 10 seconds; ours takes 2.",
    "We raised the data action timeout to 20 s and it works.",
  ]);
  staysSilent("a data action's processing error", /could not process its request or the response/, [
    "Is ACTION.PROCESSING an error I should expect?",
  ]);
  staysSilent("errors in a flow", /flow editor found errors/, [
    "The flow has 0 errors and validates.",
    "The flow has no errors. Publishing works.",
    "0 errors found in flow. 3 warnings. Published.",
    "If the flow contains errors, Archy refuses to publish it.",
  ]);
  staysSilent("a substitution without a value", /substitution that has no value/, [
    "Archy supports pre-processor substitution keys. How do I use them?",
  ]);
  staysSilent("a flow that failed to publish", /job of the flow editor failed/, [
    "Flow publish failed yesterday but was fixed by a retry. How can I list flows?",
    "How do I detect that a flow publish failed?",
  ]);
  staysSilent("an error of Archy", /Archy ended with an error/, [
    "archy exit code 0\nPublished flow 'Main'.",
  ]);
});
