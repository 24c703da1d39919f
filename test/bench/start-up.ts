// Measures the start-up cost of commands: medians of alternating runs, as ratios of a bare Node.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const ROUNDS = 31;
const BIN = join(import.meta.dirname, "../../bin/genscope.js");
const OPERATION = "postAnalyticsConversationsDetailsQuery";

const CASES = [
  { name: "node -e 0", argv: ["-e", "0"], budget: 1 },
  { name: "genscope --version", argv: [BIN, "--version"], budget: 1.3 },
  {
    name: "genscope check-scopes --offline (by id)",
    argv: [BIN, "check-scopes", "--offline", OPERATION],
    budget: 1.6,
  },
  {
    name: "genscope check-scopes --offline (by path)",
    argv: [BIN, "check-scopes", "--offline", "POST", "/api/v2/analytics/conversations/details/query"],
    budget: 1.6,
  },
  {
    name: "genscope __complete (a path)",
    argv: [BIN, "__complete", "check-scopes", "GET", "/api/v2/ro"],
    budget: 1.6,
  },
  { name: "genscope __complete (a flag)", argv: [BIN, "__complete", "check-scopes", "--p"], budget: 1.6 },
  { name: "genscope --help", argv: [BIN, "--help"], budget: 1.6 },
] as const;

const samplesMs: number[][] = CASES.map(() => []);
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [index, { argv }] of CASES.entries()) {
    const start = process.hrtime.bigint();
    const { status } = spawnSync(process.execPath, argv, { stdio: "ignore" });
    samplesMs[index]?.push(Number(process.hrtime.bigint() - start) / 1e6);
    if (status !== 0) throw new Error(`${argv.join(" ")} ended with ${status}`);
  }
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const bareMs = median(samplesMs[0] ?? []);
console.log(`medians of ${ROUNDS} alternating runs, Node ${process.version}`);
for (const [index, { name, budget }] of CASES.entries()) {
  const ratio = median(samplesMs[index] ?? []) / bareMs;
  const verdict = ratio <= budget ? `  within ${budget.toFixed(2)}` : `  OVER ${budget.toFixed(2)}`;
  console.log(
    `${name.padEnd(44)}${(ratio * bareMs).toFixed(1).padStart(7)} ms  ${ratio.toFixed(2)}${verdict}`,
  );
}
