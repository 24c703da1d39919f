import { expect, test } from "vitest";
import { renderExamples } from "../../../src/cli/layout/example-list.ts";

const SHORT = ["genscope whoami", "show the login"] as const;
const LONG = [
  'genscope query queues observations --filter "queueId=Sales - inbound" --json | jq -r .results',
  "conversations that wait",
] as const;

test("help shows example commands beside their meanings where both fit", () => {
  expect(renderExamples([SHORT], 80)).toBe("  genscope whoami  show the login");
});

test("help keeps each example command on one line in a pipe", () => {
  expect(renderExamples([SHORT, LONG], null)).toBe(
    `  ${SHORT[0].padEnd(LONG[0].length)}  ${SHORT[1]}\n  ${LONG[0]}  ${LONG[1]}`,
  );
});

test("help puts meanings above example commands where one row is too long", () => {
  expect(renderExamples([SHORT, LONG], 100)).toBe(`  # show the login
  genscope whoami
  # conversations that wait
  ${LONG[0]}`);
});

test("help continues a long example command after a backslash, and never inside a value", () => {
  expect(renderExamples([LONG], 80)).toBe(`  # conversations that wait
  genscope query queues observations --filter "queueId=Sales - inbound" --json \\
    | jq -r .results`);
  expect(renderExamples([LONG], 60)).toBe(`  # conversations that wait
  genscope query queues observations \\
    --filter "queueId=Sales - inbound" --json \\
    | jq -r .results`);
});
