// Runs the program to decide which modules to bundle into one file. A first bundle keeps every module in its own file.
// Each start-up runs from this bundle, and modules that the same start-ups load become one chunk. The chunks stay right
// when a module moves or a command imports a new one.
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { rolldown } from "rolldown";

const OFFLINE = { argv: ["check-scopes", "--offline", "GET", "/api/v2/users/me"] };
const HELP = { argv: ["--help"] };
const COMPLETION = { argv: ["__complete", "check-scopes", "GET", "/api/v2/"] };

/** Start-ups in order of priority. A module that several of them load belongs to the first of them. */
const START_UPS = [
  { name: "start", argv: ["--version"] },
  // Commands must not read modules that only completion loads.
  { name: "facts", ...COMPLETION, beside: OFFLINE },
  { name: "completion", ...COMPLETION },
  // Commands must not read modules that only help loads.
  { name: "program", ...HELP, beside: OFFLINE },
  { name: "help", ...HELP },
  { name: "requirements", ...OFFLINE },
  // These runs fail at their first request, because no server responds.
  { name: "online", argv: ["whoami"], isOnline: true },
  { name: "check", argv: ["check-scopes", "GET", "/api/v2/users/me"], isOnline: true },
];

/** Port 9 belongs to the discard service, which hardly any machine runs, so the connection is refused. */
const NO_SERVER = "http://127.0.0.1:9";

/**
 * Returns the groups for rolldown's `codeSplitting`.
 * @param completion the command tree that shell completion reads
 * @throws when a start-up fails
 */
export async function startUpGroups(options, directory, completion) {
  const traced = await mkdtemp(resolve(directory, "trace-"));
  try {
    const moduleOfFile = await writeModules(options, traced, completion);
    const main = pathToFileURL(join(traced, "main.js")).href;
    const modulesLoadedBy = async (startUp, name) => {
      const files = await filesLoadedBy(main, startUp, join(traced, `coverage-${name}`));
      return files.map((file) => moduleOfFile.get(file)).filter((id) => id !== undefined);
    };
    const loaded = await Promise.all(
      START_UPS.map(async ({ name, beside, ...startUp }) => {
        const ids = new Set(await modulesLoadedBy(startUp, name));
        const shared = beside === undefined ? ids : new Set(await modulesLoadedBy(beside, `${name}-beside`));
        return new Set([...ids].filter((id) => shared.has(id)));
      }),
    );
    return START_UPS.map(({ name }, index) => ({
      name,
      test: (id) => loaded[index].has(id),
      // The first start-up that loads a module owns it, together with everything that the module imports.
      priority: START_UPS.length - index,
    }));
  } finally {
    await rm(traced, { recursive: true, force: true });
  }
}

/** Writes each module to its own file, and returns the module id of each file. */
async function writeModules(options, directory, completion) {
  const bundle = await rolldown(options);
  const { output } = await bundle.write({
    dir: directory,
    format: "esm",
    preserveModules: true,
    preserveModulesRoot: "src",
  });
  await bundle.close();
  await cp("src/catalogue/facts/data", join(directory, "catalogue/facts/data"), { recursive: true });
  await mkdir(join(directory, "cli/completion/data"), { recursive: true });
  await writeFile(join(directory, "cli/completion/data/completion.json"), completion);
  return new Map(
    output
      .filter(({ type }) => type === "chunk")
      .flatMap(({ fileName, moduleIds }) => moduleIds.map((id) => [join(directory, fileName), id])),
  );
}

/** Runs the program and returns every file that Node evaluated, according to V8's coverage. */
async function filesLoadedBy(main, { argv, isOnline = false }, coverage) {
  const expected = isOnline ? 9 : 0;
  const program = `const { main } = await import(${JSON.stringify(main)}); process.exitCode = await main(${JSON.stringify(argv)}) - ${expected};`;
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], {
    // The environment is nearly empty, so that variables of the person who builds do not affect the result. Windows
    // cannot start a program without `SystemRoot`.
    env: {
      NODE_V8_COVERAGE: coverage,
      HOME: join(coverage, "none"),
      SystemRoot: process.env.SystemRoot,
      ...(isOnline ? { GENESYSCLOUD_REGION: NO_SERVER, GENESYSCLOUD_ACCESS_TOKEN: "none" } : {}),
    },
  });
  const reports = await readdir(coverage);
  const scripts = await Promise.all(
    reports.map(async (name) => JSON.parse(await readFile(join(coverage, name), "utf8")).result),
  );
  return scripts
    .flat()
    .filter(({ url }) => url.startsWith("file:"))
    .map(({ url }) => fileURLToPath(url));
}
