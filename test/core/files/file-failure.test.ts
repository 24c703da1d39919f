import { describe, expect, test } from "vitest";
import { UsageError } from "../../../src/core/errors.ts";
import { outputFailure, readFailure, writeFailure } from "../../../src/core/files/file-failure.ts";

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: words of ${code}, open '/data'`), { code });
}

test.each([
  ["ENOENT", "check the path"],
  ["ENOTDIR", "check the path"],
  ["EACCES", "check the permissions of `/data/in.json`"],
  ["EPERM", "check the permissions of `/data/in.json`"],
  ["EISDIR", "specify a file instead of a directory"],
  ["EIO", "check the path and its permissions"],
])("reports a file that cannot be read: %s", (code, hint) => {
  const cause = systemError(code);
  expect(readFailure("/data/in.json", cause)).toEqual({
    message: `\`/data/in.json\` cannot be read: words of ${code}`,
    hint,
    cause,
  });
});

test.each([
  ["ENOSPC", "no space left for `/data/out.xml`", "free some space"],
  ["EDQUOT", "no space left for `/data/out.xml`", "free some space"],
  ["EACCES", "`/data/out.xml` cannot be written: words of EACCES", "check the permissions of `/data`"],
  [
    "EROFS",
    "`/data/out.xml` cannot be written: words of EROFS",
    "choose a path on a file system that is not read-only",
  ],
  [
    "ENOTDIR",
    "`/data/out.xml` cannot be written: words of ENOTDIR",
    "check that `/data` is a directory that can hold files",
  ],
  ["EISDIR", "`/data/out.xml` cannot be written: words of EISDIR", "specify a file instead of a directory"],
  ["EEXIST", "`/data/out.xml` cannot be written: words of EEXIST", "move `/data/out.xml` away"],
  ["EIO", "`/data/out.xml` cannot be written: words of EIO", "check the disk and the permissions of `/data`"],
])("reports a file that cannot be written: %s", (code, message, hint) => {
  const cause = systemError(code);
  expect(writeFailure("/data/out.xml", cause)).toEqual({ message, hint, cause });
});

test.each([".", "..", "reports/", "reports/."])("reports a path that can only be a directory: %s", (path) => {
  const { hint } = writeFailure(path, systemError("EBUSY"));
  expect(hint).toBe("specify a file instead of a directory");
});

test("the error about a file names its purpose, and the hint an alternative", () => {
  const words = { what: "the report", alternative: "choose another path with --out PATH" };
  expect(writeFailure("out.xml", systemError("ENOSPC"), words)).toMatchObject({
    message: "no space left for the report `out.xml`",
    hint: "free some space, or choose another path with --out PATH",
  });
});

test("the error about a file shows the message of a failure without a code, and the code of a failure without a message", () => {
  const coded = Object.assign(new Error("the pipe is gone"), { code: "EPIPE" });
  expect(readFailure("in", coded).message).toBe("`in` cannot be read: EPIPE");
  expect(writeFailure("out", new Error("broken")).message).toBe("`out` cannot be written: broken");
  expect(readFailure("in", "odd").message).toBe("`in` cannot be read: odd");
});

describe("the error about an output file", () => {
  test("has a separate error code for a full disk", () => {
    expect(outputFailure("out", systemError("EDQUOT"))).toMatchObject({ code: "output.disk_full" });
    expect(outputFailure("out", systemError("EACCES"))).toMatchObject({ code: "output.write" });
  });

  test("is passed on unchanged when it is already an AppError", () => {
    const usage = new UsageError("usage.file", "no");
    expect(outputFailure("out", usage)).toBe(usage);
  });
});
