# make demo    sets everything up, imports the papers' client lists and prints their tables
# make test    passes every test, on SQLite and on a temporary PostgreSQL
# make bench   prints speed as ratios, in one run
# make lint    the formatter's rules, the schema against the programme files
.DEFAULT_GOAL := demo
.PHONY: demo test bench lint packages venv clean

SWIFT ?= swift
# What the build and the tests need of Debian, by name.
PACKAGES := libsqlite3-dev libpq-dev libsodium-dev pkg-config postgresql python3-venv
RELEASE := .build/release/goodwork

demo: packages
	$(SWIFT) build -c release --product goodwork
	$(RELEASE) demo --lists fixtures --database demo.db

test: packages venv lint
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

bench: packages venv
	$(SWIFT) build -c release --product goodwork-bench
	.build/release/goodwork-bench --python .venv/bin/python

lint: venv
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests Bench
	.venv/bin/python tools/check-schema.py programmes Tests/ProgrammesTests/tenth-programme.yaml

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

clean:
	rm -rf .build .venv demo.db demo.db-wal demo.db-shm demo.db.key
