import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ValidationSeverity, validate } from "dockerfile-utils";
import { describe, expect, test } from "vitest";

const hasShellCheck = spawnSync("shellcheck", ["--version"]).status === 0;

/** Returns what the linter for container files reports, as `line: message`. */
function lintContainerFile(text: string): readonly string[] {
  return validate(text, {
    emptyContinuationLine: ValidationSeverity.ERROR,
    instructionEntrypointMultiple: ValidationSeverity.ERROR,
    instructionJSONInSingleQuotes: ValidationSeverity.ERROR,
    instructionWorkdirRelative: ValidationSeverity.ERROR,
  }).map(({ range, message }) => `${range.start.line + 1}: ${message}`);
}

describe("the container image", () => {
  const text = readFileSync(resolve(import.meta.dirname, "../../.build/Containerfile"), "utf8");
  const lines = text
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  const valuesOf = (instruction: string) =>
    lines
      .filter((line) => line.startsWith(`${instruction} `))
      .map((line) => line.slice(instruction.length + 1));

  test("passes the linter for container files", () => {
    expect(lintContainerFile(text)).toEqual([]);
  });

  test.each([
    ["an unknown instruction", "ENTRYPOINT ", "ENTRYPIONT ", "18: Unknown instruction: ENTRYPIONT"],
    [
      "an entry point in single quotes",
      '["genscope"]',
      "['genscope']",
      "18: Instruction written as a JSON array but is using single quotes instead of double quotes",
    ],
    [
      "a second entry point",
      "USER ",
      'ENTRYPOINT ["sh"]\nUSER ',
      "15: There can only be one ENTRYPOINT instruction in a Dockerfile or build stage. Only the last one will have an effect.",
    ],
    ["a relative working directory", "WORKDIR /work", "WORKDIR work", "16: WORKDIR paths should be absolute"],
    ["no image to start from", /^FROM .*$/m, "", "8: No source image provided with `FROM`"],
    [
      "a copy without a destination",
      "COPY genscope-*.tgz /tmp/genscope.tgz",
      "COPY genscope-*.tgz",
      "8: COPY requires at least two arguments",
    ],
    ["an unknown flag", "COPY genscope", "COPY --owner=root genscope", "8: Unknown flag: owner"],
    ["a gap in a continued command", "&& npm cache", "\\\n\n  && npm cache", "12: Empty continuation line"],
  ])("fails the linter with %s", (_name, part, replacement, message) => {
    expect(lintContainerFile(text.replace(part, replacement))).toEqual([message]);
  });

  test.skipIf(!hasShellCheck)("runs a command that passes shellcheck (needs shellcheck)", () => {
    const [command = ""] = valuesOf("RUN");
    const { status, stdout } = spawnSync("shellcheck", ["--shell=sh", "-"], {
      input: command,
      encoding: "utf8",
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  });

  test("is built with only the instructions that it needs", () => {
    const instructions = lines.map((line) => line.split(" ", 1)[0]);
    expect(instructions).toEqual(["FROM", "COPY", "RUN", "USER", "WORKDIR", "ENV", "ENTRYPOINT"]);
  });

  test("runs genscope as a user other than root, on a supported Node", () => {
    expect(valuesOf("USER")).toEqual(["1000:1000"]);
    expect(valuesOf("ENTRYPOINT").map((value) => JSON.parse(value) as unknown)).toEqual([["genscope"]]);
    expect(valuesOf("FROM")).toEqual(["docker.io/library/node:24-alpine"]);
  });

  test("copies only the package and receives no secret", () => {
    expect(valuesOf("COPY")).toEqual(["genscope-*.tgz /tmp/genscope.tgz"]);
    expect(lines.join("\n")).not.toMatch(/GENESYSCLOUD|TOKEN|SECRET|\bARG\b|\bADD\b/);
  });
});
