import { describe } from "vitest";
import { staysSilent } from "./stays-silent.ts";

describe("finds no error of a data action or a flow in text that does not report it", () => {
  staysSilent("response too large", /returned more than a data action may receive/, [
    "The response from the remote service never exceeds the limit. What else can fail in a data action?",
    "Docs: if the response from the endpoint is larger than 3 MB, the action fails. Ours is small.",
  ]);
  staysSilent("transform failed", /could not convert it to its output/, [
    "We do not get 'Transform failed to process result' any more; it was a typo.",
    "If the successTemplate is invalid you would get an error. Ours is fine.",
    "// throws Transform failed to process result when the map is wrong\nexport const map = {};",
  ]);
  staysSilent("request template", /could not fill its request template/, [
    "How do I write a request template for a data action? Does it render the requestTemplate with Velocity?",
    "The data action processes the request template fine.",
    "Which steps evaluate the url template of an action?",
  ]);
  staysSilent("schema validation", /do not match the action's contract/, [
    "The JSON schema validation failed in our own CI for a config file, which is fixed.",
    "INFO schema validation error count: 0",
    "There is no schema validation error. The list is just too short.",
  ]);
  staysSilent("data action timeout", /reached a time limit before the called service/, [
    "Our data action never times out.",
    "What is the timeout of a data action?",
    "The timeout of the data action is 10 seconds; ours takes 2.",
    "We raised the data action timeout to 20 s and it works.",
  ]);
  staysSilent("action processing", /could not process its request or the response/, [
    "Is ACTION.PROCESSING an error I should expect?",
  ]);
  staysSilent("flow errors", /flow editor found errors/, [
    "The flow has 0 errors and validates.",
    "The flow has no errors. Publishing works.",
    "0 errors found in flow. 3 warnings. Published.",
    "If the flow contains errors, Archy refuses to publish it.",
  ]);
  staysSilent("substitution", /substitution that has no value/, [
    "Archy supports pre-processor substitution keys. How do I use them?",
  ]);
  staysSilent("flow publish", /job of the flow editor failed/, [
    "Flow publish failed yesterday but was fixed by a retry. How can I list flows?",
    "How do I detect that a flow publish failed?",
  ]);
  staysSilent("archy exit", /Archy ended with an error/, ["archy exit code 0\nPublished flow 'Main'."]);
});
