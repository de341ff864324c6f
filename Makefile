# Each target works by itself on Debian or Ubuntu with Swift 6.3: it installs the packages that it needs and no more.

SHELL := /bin/sh
SWIFT ?= swift
# Where `make run` keeps its database and key.
DATA ?= ./data
# Further words for the command that `make run` or `make demo` starts, such as ARGS="--port 9000".
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: run demo test check bench fuzz format help

run: ## Build the server and serve on http://127.0.0.1:8080, with its data in ./data
	@scripts/require-swift.sh
	@scripts/install.sh build
	@scripts/announce.sh release "the server"
	@$(SWIFT) build -c release --product mailcard
	@exec .build/release/mailcard serve --data "$(DATA)" $(ARGS)

demo: ## The same with a sample company and a mail server on loopback that holds its mail
	@scripts/require-swift.sh
	@scripts/install.sh demo
	@scripts/announce.sh release "the server and the demo"
	@$(SWIFT) build -c release --product mailcard
	@$(SWIFT) build -c release --product mailcard-demo
	@exec .build/release/mailcard-demo --server .build/release/mailcard --data ./demo-data $(ARGS)

test: ## Run all tests, with real mail servers and a browser
	@scripts/require-swift.sh
	@scripts/install.sh test
	@scripts/announce.sh debug "the tests"
	@MAILCARD_STRICT=1 $(SWIFT) test --no-parallel $(ARGS)

check: ## Check layout and layering, and build everything with warnings as errors
	@scripts/require-swift.sh
	@scripts/install.sh build check
	@scripts/check-format.sh
	@scripts/check-layers --self-test
	@scripts/check-layers
	@scripts/announce.sh debug "everything, with warnings as errors"
	@MAILCARD_STRICT=1 $(SWIFT) build --build-tests

bench: ## Measure: first sync beside mbsync and the wire limit, quiet checks, cards, live mail, MIME to text
	@scripts/require-swift.sh
	@scripts/install.sh bench
	@$(SWIFT) run -c release --package-path Benchmarks $(ARGS)

fuzz: ## Feed the parsers hostile octets, each for FUZZ_SECONDS (600); what is found goes to Fuzz/Cases
	@scripts/require-swift.sh
	@Fuzz/run $(ARGS)

format: ## Lay out the sources as swift-format has it
	@scripts/require-swift.sh
	@scripts/check-format.sh --fix

help: ## Print this
	@echo "make TARGET, where TARGET is one of:"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name words; do \
		printf '  %-8s %s\n' "$$name" "$$words"; done
