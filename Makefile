GO      ?= go
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo '(devel)')
FUZZTIME ?= 10s

# A version built with Go 1.26; pinned, so that a new check is a change of ours.
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2

# Its database of known faults is on the network; VULNDB=file:///folder names a copy.
GOVULNCHECK = golang.org/x/vuln/cmd/govulncheck@v1.9.0
VULNDB     ?=

# What bench compares with, and how often it runs each command at most;
# BENCHFLAGS=-update writes the tables of docs/performance.md.
VALE     = github.com/vale-cli/vale/v3/cmd/vale@v3.22.0
TEXTLINT = textlint@15.8.0 textlint-rule-prh@6.1.0
RUNS    ?= 15
CORPUS  ?=
BENCHFLAGS ?=

# The tag ne keeps the dictionaries that gse embeds, 35 MB, out of the binary
# for certain.
BUILDFLAGS = -trimpath -tags ne -ldflags '-s -w -X main.version=$(VERSION)'

.PHONY: build generate test test-tools e2e-html lint beam eval release release-check audit bench bench-tools fuzz clean

## build: the program, at bin/clauselint
build:
	CGO_ENABLED=0 $(GO) build $(BUILDFLAGS) -o bin/clauselint ./cmd/clauselint

## generate: compile concepts, rule pages and statutes into Go source, and write docs/rules
generate:
	$(GO) generate ./clauses ./lint
	$(GO) test ./cmd/clauselint -run TestRuleDocs -update

## test: formatting, vet and all tests, with the race detector
test:
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then \
		echo "not formatted; run gofmt -w on:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) test -race ./...

## test-tools: what tests need beyond Go, from Debian and npm; a test whose tool is missing is skipped
test-tools:
	.ci/test-tools

## e2e-html: the HTML report in Chromium, with node 20, playwright-core and axe-core
e2e-html: test-tools
	CLAUSELINT_E2E=1 $(GO) test ./report -run '^TestHTMLInBrowser$$' -count 1 -v

## lint: static analysis
lint:
	$(GO) run $(STATICCHECK) ./...

## beam: the tests of the Beam pipeline, which is a module of its own and needs some 300 others
beam:
	cd docs/examples/beam && $(GO) test ./...

## eval: precision and recall over the fixtures
eval:
	$(GO) test ./fixtures -run TestEval -eval -v

## release: archives for six systems, checksums and a bill of materials, in dist
release:
	rm -rf dist
	$(GO) run ./tools/release -version '$(VERSION)' -o dist

## release-check: the same, made a second time from nothing and compared
release-check:
	rm -rf dist
	$(GO) run ./tools/release -version '$(VERSION)' -o dist -check

## audit: the modules are what they were, their licences are allowed, none has a known fault
audit:
	$(GO) mod verify
	$(GO) run ./tools/audit
	$(GO) run $(GOVULNCHECK) $(if $(VULNDB),-db $(VULNDB)) -tags ne ./...

## bench: beside other tools and against what we promise; CORPUS=folder takes agreements from there
bench:
	$(GO) run ./tools/bench -runs $(RUNS) $(if $(CORPUS),-corpus '$(CORPUS)') $(BENCHFLAGS)

## bench-tools: Vale and textlint for bench, in a folder that git ignores; Vale needs a C compiler, textlint npm
bench-tools:
	GOBIN='$(CURDIR)/tools/bench/_peers/bin' $(GO) install $(VALE)
	mkdir -p tools/bench/_peers/textlint
	cd tools/bench/_peers/textlint && npm init -y >/dev/null && \
		npm install --ignore-scripts --no-audit --no-fund $(TEXTLINT)

## fuzz: each fuzz test for FUZZTIME
fuzz:
	@set -eu; for pkg in $$($(GO) list ./...); do \
		for f in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
			echo "$$pkg $$f"; \
			$(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) $$pkg; \
		done; \
	done

clean:
	rm -rf bin dist
