#              of cases beside them and a board pack of it (HTML, PDF, DOCX), and serves it until stopped
# make test    passes every test, on SQLite and on a temporary PostgreSQL, and the pages in a browser
# make browser drives journeys and pages in a real browser; the last part of make test
# make bench   prints speed as ratios, in one run
# make components   checks every component and general page in a real browser
# make screenshots  takes pictures of ten pages of a demonstration, into docs/screenshots
# make lint    the formatter's rules, the schemas against the programme and cost files
.DEFAULT_GOAL := demo
.PHONY: demo test browser bench lint components screenshots packages venv clean

SWIFT ?= swift
# What the build and the tests need of Debian, by name.
PACKAGES := libsqlite3-dev libpq-dev libsodium-dev libxlsxwriter-dev libcurl4-openssl-dev zlib1g-dev pkg-config \
  postgresql python3-venv chromium default-jre-headless fonts-liberation libpango-1.0-0 libpangoft2-1.0-0 libcairo2
RELEASE := .build/release/goodwork
# Where pages are written to be looked at.
PAGES := .pages

demo: packages venv
	$(SWIFT) build -c release --product goodwork
	$(RELEASE) demo --lists fixtures --database demo.db --board .

# What failed is said again at the end.
# Hundreds of tests at once would hold more files than Foundation's Process can take: eight at a time.
# The browser comes last and by itself, since it takes both cores.
test: packages venv lint
	$(SWIFT) build --build-tests
	tools/tell-failures.sh $(SWIFT) test --skip-build --skip BrowserTests --experimental-maximum-parallelization-width 8
	$(MAKE) components
	tools/tell-failures.sh $(SWIFT) test --skip-build --filter BrowserTests

# Load comes from wrk.
bench: PACKAGES += wrk
bench: packages venv .venv-fhirstarter/made
	$(SWIFT) build -c release --product goodwork
	$(SWIFT) build -c release --product goodwork-bench
	.build/release/goodwork-bench --python .venv/bin/python

# Journeys and every page in a real browser against the real server.
browser: packages venv
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --filter BrowserTests

lint: venv
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests Bench
	.venv/bin/python tools/check-schema.py programmes Tests/ProgrammesTests/tenth-programme.yaml
	.venv/bin/python tools/check-schema.py docs/cost-files.schema.json costs

# Pages are made in memory by a test and served from a folder: no server, no database is needed.
components: venv
	rm -rf $(PAGES)
	$(SWIFT) build --build-tests
	GOODWORK_PAGES=$(CURDIR)/$(PAGES) $(SWIFT) test --skip-build --filter SamplePagesTests
	.venv/bin/python tools/check_components.py $(PAGES)/fragments
	.venv/bin/python tools/check_pages.py $(PAGES)

screenshots: venv
	$(SWIFT) build --product goodwork
	.venv/bin/python Tests/BrowserTests/check/screenshots.py .build/debug/goodwork . docs/screenshots

# Installs only what is missing, so that a machine that has it all needs no right to install.
packages:
	@missing=""; for name in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$name 2>/dev/null | grep -q "ok installed" || missing="$$missing $$name"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "Installing$$missing"; \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo env DEBIAN_FRONTEND=noninteractive apt-get -q update && \
	  $$sudo env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends $$missing; \
	fi

venv: packages .venv/made
.venv/made: requirements.txt
	python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch .venv/made

# fhirstarter wants an older FastAPI than the rest has.
.venv-fhirstarter/made: Bench/fhir/requirements.txt
	python3 -m venv .venv-fhirstarter
	.venv-fhirstarter/bin/pip install --quiet --disable-pip-version-check -r Bench/fhir/requirements.txt
	touch .venv-fhirstarter/made

clean:
	rm -rf .build .venv .venv-fhirstarter $(PAGES) demo.db demo.db-wal demo.db-shm demo.db.key *-board.html *-board.pdf *-board.docx
