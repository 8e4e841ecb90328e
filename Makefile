# What a developer does with pakta. "make" alone lists the targets.

GO ?= go
MIN_GO := 1.26
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.7.0
BENCHTIME ?= 1s
FUZZTIME ?= 20s

# The race detector needs a C compiler; pakta itself is built without one.
HAVE_CC := $(shell command -v gcc >/dev/null 2>&1 && echo yes)
ifeq ($(HAVE_CC),yes)
RACE := CGO_ENABLED=1 $(GO) test -race
else
RACE := CGO_ENABLED=0 $(GO) test
endif

.PHONY: help run build test lint fuzz bench peer cover clean check-go

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 12

run: build ## build, then crawl and serve the bundled newsroom
	bin/pakta demo

build: check-go ## build bin/pakta
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/pakta ./cmd/pakta

test: check-go ## vet, and all tests in any order, with the race detector
ifneq ($(HAVE_CC),yes)
	@echo '*** no gcc: the tests run WITHOUT the race detector; install gcc ***' >&2
endif
	$(GO) vet ./...
	PAKTA_LINEAR=required $(RACE) -shuffle=on ./...

lint: check-go ## gofmt, vet, staticcheck
	@test -z "$$(gofmt -l .)" || { echo "not formatted; run gofmt -w on:"; gofmt -l .; exit 1; }
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...

fuzz: check-go ## every fuzz target for FUZZTIME (20s)
	FUZZTIME=$(FUZZTIME) bash .ci/fuzz

bench: check-go ## all benchmarks, BENCHTIME each
	$(GO) test -run '^$$' -bench . -benchmem -benchtime $(BENCHTIME) ./...

peer: check-go ## our reader of articles against two others, on the same pages
	cd crawler/testdata/peer && GOMAXPROCS=1 $(GO) test -count=1 -v .

cover: check-go ## test coverage by package, and bin/cover.html
	@mkdir -p bin
	$(GO) test -coverpkg=./... -coverprofile=bin/cover.out ./...
	$(GO) tool cover -html=bin/cover.out -o bin/cover.html
	@$(GO) tool cover -func=bin/cover.out | tail -1

clean: ## remove what was built
	rm -rf bin dist

check-go:
	@command -v $(GO) >/dev/null || { echo 'pakta needs Go $(MIN_GO) or newer: https://go.dev/dl/' >&2; exit 1; }
	@have=$$($(GO) env GOVERSION | sed 's/^go//'); \
	lowest=$$(printf '%s\n' $(MIN_GO) "$$have" | sort -V | head -1); \
	test "$$lowest" = $(MIN_GO) || { echo "pakta needs Go $(MIN_GO) or newer, this is $$have: https://go.dev/dl/" >&2; exit 1; }
