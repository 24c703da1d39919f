#!/usr/bin/env bash
# release.sh TAG DIRECTORY: builds the files of a release into an empty directory: the package, its bill of materials, a
# Homebrew formula and a Scoop manifest, and their checksums. The notes, which are the section of the changelog, go to
# release-notes.md beside it.
set -euo pipefail
tag=$1
directory=$2
version=$(node -p 'require("./package.json").version')

if [ "$tag" != "v$version" ]; then
  echo "the tag $tag is not the version of package.json, v$version" >&2
  exit 1
fi
if [ -e "$directory" ]; then
  echo "$directory exists: a release takes nothing from an earlier build" >&2
  exit 1
fi

mkdir "$directory"
# From the heading of this version to the next heading of a version, without the heading itself.
awk -v version="$version" '/^## /{found = ($2 == version); next} found' CHANGELOG.md >"$directory.notes"
if ! grep -q '[^[:space:]]' "$directory.notes"; then
  echo "CHANGELOG.md has no section for $version" >&2
  exit 1
fi
mv "$directory.notes" "$(dirname "$directory")/release-notes.md"
npm pack --silent --pack-destination "$directory" >/dev/null
# The bundle contains packages that are development dependencies, so the bill lists these too.
npm sbom --package-lock-only --sbom-format spdx >"$directory/genscope-$version.spdx.json"
node .build/package-managers.mjs "$directory"
(cd "$directory" && sha256sum ./* >SHA256SUMS)
