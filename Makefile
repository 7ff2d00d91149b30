# One way in: `make` lists what there is; `make check` is what CI runs.
SHELL := /bin/bash
GO    ?= go
export CGO_ENABLED ?= 0

.DEFAULT_GOAL := help
.PHONY: help run build web test test-go test-web test-browser check format lint race bench faults openapi clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## build everything and start the demo centre
	./bin/entente demo

build: web ## build the web application and the program into bin/
	$(GO) build -o bin/entente ./cmd/entente

web: web/dist/index.html ## build the web application

WEB_SOURCES := $(shell find web -type f -not -path 'web/node_modules/*' -not -path 'web/dist/*' 2>/dev/null)

web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	cd web && npm ci --no-audit --no-fund

web/dist/index.html: web/node_modules/.package-lock.json $(WEB_SOURCES)
	cd web && npm run build

test: test-go test-web ## everything that needs no server but the ones it starts itself

test-go:
	$(GO) test ./...

test-web: web/node_modules/.package-lock.json
	cd web && npm run check

test-browser: build ## drive the demo in a real browser (needs Chromium)
	.ci/browser

check: format lint test race test-browser ## what CI runs

format: ## fail on Go files that are not formatted
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); test -z "$$unformatted" || { echo "run gofmt -w on: $$unformatted"; exit 1; }

lint: ## vet and staticcheck
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

race: ## Go tests under the race detector (needs a C compiler)
	CGO_ENABLED=1 $(GO) test -race -timeout 30m ./...

bench: ## measure speed; docs/performance.md says what the figures mean
	$(GO) test -run '^$$' -bench . -benchtime 1x -timeout 60m ./internal/...

faults: ## gather two minutes from a fake internet of 2,000 hosts full of faults
	ENTENTE_FULL=1 $(GO) test -run FakeInternet -v -timeout 10m ./internal/app

openapi: ## write docs/openapi.json anew
	$(GO) run ./internal/server/openapi > docs/openapi.json

clean: ## remove what was built
	rm -rf bin web/dist/assets web/dist/index.html
