# Every chore of the repository; `make help` lists them.

.PHONY: help site quick test deep late serve check diff comment pictures screens handover compare published cold same lowest bench system lock catalogues format lint web clean

PYTHON ?= python3
OTHER ?= python3
N ?= 1000
ONLY ?=
FORMAT ?=
# What is compared: the commit before, and what is here.
BASE ?= HEAD^
HEAD ?=
UPGRADE ?=
CORES := $(shell getconf _NPROCESSORS_ONLN)
# As many processes run the quick tests as there are cores, and twice as many all of them, which
# wait for a browser half of the time; one that has none left takes from another.
WORKERS ?= $(if $(filter test deep,$(MAKECMDGOALS)),$(shell expr 2 \* $(CORES)),$(CORES))
BIN = .venv/bin
# The instant of builds that are compared.
NOW = 2026-11-24T09:00:00Z
QUICK = not browser and not client and not large and not deep
PYTEST = $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal
# The digest of the site that was published last.
PUBLISHED = .cache/published/digest
APT_PACKAGES = calcurse khal newsboat vdirsyncer
# The one without a window, where there is one: what the tests do in it takes a third of the time.
APT_BROWSER = $(or $(if $(shell apt-cache policy $(SHELL_ALONE) 2>/dev/null),$(SHELL_ALONE)),chromium)
SHELL_ALONE = chromium-headless-shell
APT_NODE = nodejs npm
APT_LIBICAL = libical3
APT_JAVA = default-jre-headless
READERS = tests/readers
TOOLS = tests/tools
LINTERS = tests/linters
BIOME = $(LINTERS)/node_modules/.bin/biome lint --error-on-warnings

export PIP_DISABLE_PIP_VERSION_CHECK = 1
# What one process has compiled, the next reads: tests start hundreds of them.
unexport PYTHONDONTWRITEBYTECODE

help:
	@echo 'make site                  build the site into site/'
	@echo 'make serve                 serve the site here and rebuild it at each change'
	@echo 'make check [FORMAT=github] check the sources'
	@echo 'make quick                 run the tests that need no browser and no other program'
	@echo 'make test                  run the linters, the type checker and the tests'
	@echo 'make deep                  run the tests that take minutes: at night, and before a version'
	@echo 'make late                  run the tests in a browser, where all that comes later is held back'
	@echo 'make diff [BASE=main]       tell what readers and subscribers will see change'
	@echo 'make pictures              draw the pictures of the page for contributors again'
	@echo 'make screens               show the pages of site/ that diff.json says change (for its workflow)'
	@echo 'make handover              build the site, with a line that says how to look at it'
	@echo 'make compare               tell whether site/ is what was published last (for its workflow)'
	@echo 'make published             note that it is, by its DIGEST (for its workflow)'
	@echo 'make cold                  build the site with and without what is kept, and compare'
	@echo 'make comment               keep the comment of a pull request true (for its workflow)'
	@echo 'make same OTHER=python3.x  compare what another Python compiles, byte for byte'
	@echo 'make lowest                run the quick tests with the lowest versions that are allowed'
	@echo 'make bench [N=1000]        measure Parcours beside others, on N generated events (ONLY=feeds: their feeds; growth; series)'
	@echo 'make system                install the system packages that the tests use'
	@echo 'make format                format the code'
	@echo 'make lint                  run the linters and the type checker'
	@echo 'make web                   run the linter of the JavaScript and the CSS alone'
	@echo 'make catalogues            bring the translations up to date with the code'
	@echo 'make lock [UPGRADE=1]      write requirements.txt again from pyproject.toml'
	@echo 'make clean                 remove everything that these commands made'

# Install what is locked, and this package, into an environment that is there: $(call install,PYTHON)
define install
	$(1) -m pip install -qq --require-hashes -r requirements-build.txt
	$(1) -m pip install -qq --require-hashes --no-build-isolation -r requirements.txt
	$(1) -m pip install -qq --no-deps --no-build-isolation -e .
endef

.venv/.installed: requirements.txt requirements-build.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(call install,$(BIN)/python)
	touch $@

site: .venv/.installed
	$(BIN)/parcours build

serve: .venv/.installed
	$(BIN)/parcours serve

check: .venv/.installed
	$(BIN)/parcours check $(if $(FORMAT),--format $(FORMAT))

# As data, for a comment; then for people. Exit code 1 tells of dangers.
diff: .venv/.installed
	$(BIN)/parcours diff '$(BASE)' $(HEAD) --json > diff.json || test $$? -eq 1
	$(BIN)/parcours diff --report diff.json

# Only for the workflow that may write: it needs what GitHub tells a run.
comment: .venv/.installed
	$(BIN)/python scripts/comment.py

screens: .venv/.installed
	$(BIN)/python scripts/screens.py site diff.json screenshots

# Pages link to folders, and scripts fetch their data: browsers do neither without a server.
HOW = Unzip, then in the folder: python3 -m http.server (then http://127.0.0.1:8000/)
handover: site
	echo '$(HOW)' > site/HOW-TO-OPEN.txt

# What is told stands where a workflow reads it; else here.
compare:
	digest=$$(cd site && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c 1-64); \
	if test "$$(cat $(PUBLISHED) 2>/dev/null)" = "$$digest"; then changed=false; else changed=true; fi; \
	printf 'digest=%s\nchanged=%s\n' "$$digest" "$$changed" | tee -a "$${GITHUB_OUTPUT:-/dev/null}"

published:
	mkdir -p $(dir $(PUBLISHED))
	printf '%s\n' "$$DIGEST" > $(PUBLISHED)

# At one instant, with what is there and with nothing.
cold: .venv/.installed
	rm -rf .cache/kept .cache/cold
	now=$$(date +%s); \
		$(BIN)/parcours build --now $$now -d .cache/kept && \
		$(BIN)/parcours build --now $$now -d .cache/cold --no-cache
	diff --recursive --brief .cache/kept .cache/cold

pictures: .venv/.installed
	$(BIN)/python scripts/pictures.py

lint: .venv/.installed web
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# The parts as they are written, then the scripts as a browser gets them.
web: .venv/.installed $(LINTERS)/node_modules/.installed
	@if test -e $(LINTERS)/node_modules/.installed; then set -e; \
		$(BIOME); \
		rm -rf .cache/lint; \
		$(BIN)/python -m tests.linters .cache/lint; \
		$(BIOME) --config-path=$(LINTERS)/joined.jsonc .cache/lint; \
	else \
		echo 'Without Node, nothing reads the JavaScript and the CSS.' >&2; \
		test -z "$${CI:-}"; \
	fi

# What runs with Node or Java. Without npm it is skipped, and says so.
%/node_modules/.installed: %/package.json %/package-lock.json
	@if command -v npm >/dev/null; then \
		npm ci --prefix $* --ignore-scripts --no-audit --no-fund --silent && touch $@; \
	else echo 'npm is not installed: run make system' >&2; fi

quick: .venv/.installed
	$(PYTEST) -m '$(QUICK)'

# pytest comes last: its closing line ends the log.
test: lint $(READERS)/node_modules/.installed $(TOOLS)/node_modules/.installed
	$(PYTEST) -m 'not deep'

deep: .venv/.installed $(READERS)/node_modules/.installed $(TOOLS)/node_modules/.installed
	$(PYTEST) -m deep
	$(BIN)/python -m tests.soundness 300 1

late: .venv/.installed
	$(BIN)/python -m pytest -p tests.late -m browser --dist worksteal \
		--numprocesses $(shell expr 2 \* $(CORES))

# Nothing is kept from one to the other.
same: .venv/.installed
	rm -rf .cache/other .cache/same
	$(OTHER) -m venv .cache/other
	$(call install,.cache/other/bin/python)
	rm -rf .cache/parcours
	$(BIN)/parcours compile -o .cache/same/one --now $(NOW)
	rm -rf .cache/parcours
	.cache/other/bin/parcours compile -o .cache/same/other --now $(NOW)
	diff -rq .cache/same/one .cache/same/other

# In an environment of its own; what the dependencies depend on in turn is the newest.
lowest:
	rm -rf .cache/lowest
	$(PYTHON) -m venv .cache/lowest
	$(PYTHON) -m tests.lowest > .cache/lowest/constraints.txt
	.cache/lowest/bin/python -m pip install -qq -c .cache/lowest/constraints.txt -e '.[dev]'
	.cache/lowest/bin/python -m pytest --numprocesses $(WORKERS) --dist worksteal -m '$(QUICK)'

bench: .venv/.installed
	$(BIN)/python -m tests.bench$(if $(ONLY),_$(ONLY)) $(N)

catalogues: .venv/.installed
	$(BIN)/python -m tests.catalogues

format: .venv/.installed
	$(BIN)/ruff check --quiet --fix --exit-zero
	$(BIN)/ruff format

# Run it with the oldest Python that pyproject.toml allows; UPGRADE=1 takes newer versions.
COMPILE = $(BIN)/pip-compile --quiet $(if $(UPGRADE),--upgrade) --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --allow-unsafe

lock: .venv/.installed
	$(COMPILE) --output-file requirements-build.txt requirements-build.in
	$(COMPILE) --extra dev --output-file requirements.txt pyproject.toml

# A browser on the PATH is kept: on some systems the package is only a shim. So is Node, which may
# be newer than the package; libical's package has another name in each release of some systems.
system:
	@set -eu; \
	packages='$(APT_PACKAGES)'; \
	for name in $(SHELL_ALONE) chromium chromium-browser google-chrome ''; do \
		if [ -z "$$name" ]; then packages="$$packages $(APT_BROWSER)"; \
		elif command -v "$$name" >/dev/null; then break; fi; \
	done; \
	{ command -v node && command -v npm; } >/dev/null || packages="$$packages $(APT_NODE)"; \
	/sbin/ldconfig -p | grep -q 'libical\.so\.3 ' || packages="$$packages $(APT_LIBICAL)"; \
	command -v java >/dev/null || packages="$$packages $(APT_JAVA)"; \
	missing=''; \
	for package in $$packages; do \
		dpkg-query --show --showformat='$${db:Status-Status}\n' "$$package" 2>/dev/null \
			| grep -qx installed || missing="$$missing $$package"; \
	done; \
	if [ -z "$$missing" ]; then echo 'The system packages are installed.'; exit 0; fi; \
	if [ "$$(id -u)" -eq 0 ]; then sudo=''; \
	elif command -v sudo >/dev/null; then sudo='sudo'; \
	else echo "Install these packages as root:$$missing" >&2; exit 1; fi; \
	for attempt in 1 2 3; do \
		if $$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -qq --no-install-recommends $$missing; then exit 0; fi; \
		echo "Installing the packages failed (attempt $$attempt of 3)." >&2; \
		sleep 5; \
	done; \
	exit 1

clean:
	rm -rf .venv site build dist .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -rf scripts/*.egg-info $(READERS)/node_modules $(TOOLS)/node_modules $(LINTERS)/node_modules
	find scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +
