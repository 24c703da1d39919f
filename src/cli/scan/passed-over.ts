/** Directories of third-party code and of build output. */
const DIRECTORIES: ReadonlySet<string> = new Set(
  ".git .hg .svn node_modules bower_components jspm_packages vendor third_party third-party dist build out target obj .venv venv __pycache__ site-packages .tox .mypy_cache .gradle .idea .vscode .terraform .next .nuxt .output .cache coverage Pods Carthage .build DerivedData .yarn .pnpm-store".split(
    " ",
  ),
);
const FILES =
  /(?:[.-]min\.(?:js|css|mjs)|\.map|\.log|\.lock|\.snap|\.sum|-lock\.(?:json|yaml|yml)|npm-shrinkwrap\.json|\.lockb)$/i;
const NOT_TEXT =
  /\.(?:png|jpe?g|gif|webp|ico|icns|bmp|tiff?|svg|pdf|zip|gz|tgz|bz2|xz|zst|7z|rar|jar|war|ear|class|o|a|so|dylib|dll|exe|pdb|wasm|node|pyc|woff2?|ttf|otf|eot|mp[34]|m4a|mov|avi|mkv|wav|ogg|flac|docx?|xlsx?|pptx?|parquet|avro|db|sqlite3?|iso|dmg|keystore|jks|p12|pfx)$/i;

/**
 * Returns whether the scan skips a directory because of its name: vendored code, build output, or a tool's own files.
 */
export function isPassedOverDirectory(name: string): boolean {
  return DIRECTORIES.has(name);
}

/**
 * Returns whether the scan skips a file because of its name: a minified file, a lock file, a log, or a file that is not
 * text.
 */
export function isPassedOverFile(name: string): boolean {
  return FILES.test(name) || NOT_TEXT.test(name);
}
