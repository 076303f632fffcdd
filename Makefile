# The same few words everywhere: a laptop, a container, CI. `make` alone lists them.

GOLANGCI    := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
GOVULNCHECK := v1.8.0
VERSION     := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
FUZZTIME    ?= 20s
MONDAYS     ?= 520
CHECKS      ?= 2000
SEED        ?= 1

SHELL       := bash
.SHELLFLAGS := -euo pipefail -c

.DEFAULT_GOAL := help
.PHONY: help build run test chaos check update bench fuzz

help: ## list these
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

build: ## ./bin/bot, static
	CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags '-s -w -X main.version=$(VERSION)' -o bin/bot ./cmd/bot

run: ## the bot with a Slack of its own, in a browser
	go run ./cmd/bot sandbox

test: ## everything that proves the project; brings what it needs or names it; properties from SEED (1; 0: any)
	.ci/need go cc node chromium
	go vet ./...
	RAPID_SEED=$(SEED) CGO_ENABLED=1 .ci/gotest -race -count=1 -timeout 15m ./...
	tools/payloads/run
	tools/browser/run

chaos: ## MONDAYS (520) of digests, with kill -9 and a Slack that fails every third post
	MONDAYS=$(MONDAYS) go test -count=1 -timeout 30m -v -run '^TestChaos' ./cmd/bot

check: ## format, lint, modules, vulnerabilities
	@unformatted=$$("$$(go env GOROOT)/bin/gofmt" -l */); \
	test -z "$$unformatted" || { echo "gofmt -w" $$unformatted; exit 1; }
	go vet ./...
	go run $(GOLANGCI) run
	go mod tidy -diff
	.ci/vuln $(GOVULNCHECK)

update: ## write goldens and generated files anew; read the diff
	UPDATE=1 go test -count=1 ./...

bench: ## the benchmarks beside the code
	go test -run '^$$' -bench . -benchmem ./...

fuzz: ## each fuzz target for FUZZTIME (20s), and CHECKS (2000) of each property from any seed
	RAPID_CHECKS=$(CHECKS) go test -count=1 -timeout 120m $$(grep -rl --include='*_test.go' 'pgregory.net/rapid' internal | xargs -n 1 dirname | sort -u | sed 's|^|./|')
	@go test -list '^Fuzz' ./... | awk '/^Fuzz/{f[n++] = $$1} /^ok/{for (i = 0; i < n; i++) print $$2, f[i]; n = 0}' | \
	while read -r pkg target; do \
		echo "$$pkg $$target"; \
		go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x "$$pkg" </dev/null || exit 1; \
	done
