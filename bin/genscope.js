#!/usr/bin/env node
// No static import, and no syntax newer than ES2015 except `import()`: an old Node must be able to parse this file and
// report that its version is too old. Nothing else is loaded before that check.
const [major, minor] = process.versions.node.split(".").map(Number);

if (major > 20 || (major === 20 && minor >= 19)) {
  import("../dist/main.js")
    .then(({ main }) => main(process.argv.slice(2)))
    .then((exitCode) => {
      process.exitCode = exitCode;
    })
    .catch((error) => {
      process.stderr.write(
        `error: internal fault: ${String(error.message)
          .split("\n")[0]
          .replace(/[^ -~]+/g, "?")}\n`,
      );
      process.exitCode = 70;
    });
} else {
  process.stderr.write(
    `genscope needs Node.js 20.19 or newer, and this is Node.js ${process.versions.node}.\n`,
  );
  process.exitCode = 1;
}
