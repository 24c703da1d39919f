/** Matches test directories in the layouts of common languages and tools. */
const TEST_DIRECTORY = /(?:^|[\\/])(?:tests?|specs?|__tests__|__mocks__|e2e|fixtures|testdata)[\\/]/i;
/** Matches names of test files: `a.test.ts`, `a_test.go`, `test_a.py`, `ATests.cs`, `a_spec.rb`. */
const TEST_NAME =
  /[._-](?:[Tt]ests?|[Ss]pecs?)\.\w+$|[a-z0-9](?:Tests?|Spec)\.\w+$|(?:^|[\\/])(?:test_[^\\/]*|conftest)\.py$/;

/** Returns whether a path belongs to a test, judging by its directories and its name. */
export function isTestPath(path: string): boolean {
  return TEST_DIRECTORY.test(path) || TEST_NAME.test(path);
}
