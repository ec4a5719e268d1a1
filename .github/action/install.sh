#!/usr/bin/env bash
# Gets clauselint for the action: builds it from the action's own source, or downloads a
# release and compares it with its checksum. Writes where it is to $GITHUB_OUTPUT.
#
#   VERSION   release to download, as v1.2.3; empty to build
#   SOURCE    folder of the source
#   RELEASES  where releases are; for mirrors and tests
set -euo pipefail

into=${RUNNER_TEMP:?}/clauselint
mkdir -p "$into"
exe=
case $(uname -s) in
Linux) os=linux ;;
Darwin) os=darwin ;;
MINGW* | MSYS* | CYGWIN*) os=windows exe=.exe ;;
*) echo "no release for $(uname -s)" >&2; exit 2 ;;
esac
program=$into/clauselint$exe

if [[ -z ${VERSION:-} ]]; then
	(cd "$SOURCE" && CGO_ENABLED=0 go build -trimpath -buildvcs=false -tags ne \
		-ldflags "-s -w -X main.version=${GITHUB_ACTION_REF:-(action)}" -o "$program" ./cmd/clauselint)
else
	case $(uname -m) in
	x86_64 | amd64) arch=amd64 ;;
	arm64 | aarch64) arch=arm64 ;;
	*) echo "no release for $(uname -m)" >&2; exit 2 ;;
	esac
	name=clauselint_${VERSION}_${os}_${arch}
	archive=$name.tar.gz
	[[ $os == windows ]] && archive=$name.zip
	for file in "$archive" SHA256SUMS; do
		curl --fail --silent --show-error --location --output "$into/$file" \
			"${RELEASES:-https://github.com/clauselint/clauselint/releases/download}/$VERSION/$file"
	done
	cd "$into"
	grep -F "  $archive" SHA256SUMS >sum
	if command -v sha256sum >/dev/null; then sha256sum --check --quiet sum; else shasum -a 256 --check --quiet sum; fi
	if [[ $os == windows ]]; then unzip -q -o "$archive"; else tar -xzf "$archive"; fi
	mv -f "$name/clauselint$exe" "$program"
fi
echo "program=$program" >>"$GITHUB_OUTPUT"
