# Two commands: `make run` and `make test`. Both make .venv from the locks when it is missing or stale.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# On two cores, a file on one of them: its fixtures, a whole run often, are made once.
TWO := -n 2 --dist loadfile
# What was translated once is kept: tests start many a process, and each would translate all of our code again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-slow test-deploy test-office wheel wheelhouse coverage docs site check lock dev clean bench bench-effect bench-truth bench-logic bench-mkba bench-gate bench-intake bench-mutants bench-living bench-quarters bench-demo bench-circle bench-calibration bench-designs fuzz bench-trust sbom licences vulnerabilities bench-plan bench-for-whom bench-synthesis bench-asking test-region soak

run: $(READY)
	$(BIN)/wijkbaat simulate studies/voorbeeldstad --home home/voorbeeldstad
	$(BIN)/wijkbaat run studies/voorbeeldstad --home home/voorbeeldstad

test: check
	$(BIN)/pytest $(TWO)

# Kills and stops at many moments; a quick part of it is in `make test`.
test-slow: $(READY)
	$(BIN)/pytest $(TWO) -m slow

# From the sdist into an empty environment, and there a demo. WIJKBAAT_SHARED_PACKAGES=1 borrows the installed packages.
wheel: $(READY)
	$(BIN)/pytest -m slow tests/wheel

# deploy/ on real servers of the system: PostgreSQL and nginx; skips, and says so, what is not there.
# WIJKBAAT_NEEDS_SERVERS=1 forbids that.
test-deploy: $(READY)
	$(BIN)/pytest -m 'slow or not slow' -rs tests/deploy tests/upgrade tests/flow/test_restored.py

# The released workbooks of every study with a balance, .xlsx and .ods, recalculated by LibreOffice (soffice), which it does
# not install; skips, and says so, without it. WIJKBAAT_NEEDS_OFFICE=1 forbids that. A quarter of an hour.
test-office: $(READY)
	$(BIN)/pytest -m 'slow or not slow' -rs tests/office

# Everything that an installation needs, for a network without a package index: dist/wheelhouse.
# FOR="--platform win_amd64 --python-version 3.11" for another machine than this one.
FOR :=
wheelhouse: $(READY)
	rm -rf dist/wheelhouse
	$(BIN)/python -m hatchling build -t wheel -d dist/wheelhouse
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all: $(FOR) -r requirements.lock -d dist/wheelhouse
	cp requirements.lock dist/wheelhouse/

# Which lines no test runs; fails below the floor in pyproject.toml.
coverage: $(READY)
	$(BIN)/pytest $(TWO) --cov --cov-report=term

# Pages that are made from the code or from each other.
docs: $(READY)
	$(BIN)/python -m tools.written_docs

# The documentation as a site in build/site, to put on a web server or to read from disk.
site: $(READY)
	$(BIN)/python -m tools.site

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/reuse --suppress-deprecation lint --quiet

dev: $(READY)

# requirements-dev.lock holds requirements.lock's packages and the tools that the tests need.
$(READY): requirements.lock requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

# The tools decide with: a library may be no newer than they can be installed beside.
lock:
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --upgrade --quiet --output-file requirements-dev.lock
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --constraints requirements-dev.lock --upgrade --quiet --output-file requirements.lock

# What everybody waits for, asked beside got. PEER is the checkout by which is scaled; polars, where it is installed, a peer.
bench: $(READY)
	$(BIN)/python -m benchmarks.speed --out docs/speed.md $(if $(PEER),--peer $(PEER))

bench-effect: $(READY)
	$(BIN)/python -m benchmarks.effect_speed

# About half an hour on two cores; `python -m benchmarks.truth --quick` takes minutes.
bench-truth: $(READY)
	$(BIN)/python -m benchmarks.truth --out docs/truth_bench.md

# About an hour on two cores; `python -m benchmarks.truth_groups --quick` takes a third of it.
bench-for-whom: $(READY)
	$(BIN)/python -m benchmarks.truth_groups --out docs/truth_groups.md

bench-logic: $(READY)
	$(BIN)/python -m benchmarks.logic 200

bench-mkba: $(READY)
	$(BIN)/python -m benchmarks.mkba

# PEER is another checkout with its own .venv, for instance that of an earlier commit.
bench-gate: $(READY)
	$(BIN)/python -m benchmarks.gate $(if $(PEER),--peer $(PEER))

# PEER as above.
bench-intake: $(READY)
	$(BIN)/python -m benchmarks.intake --peer $(PEER)

# About a minute per seed; SEEDS=20 for less.
SEEDS := 300
bench-living: $(READY)
	$(BIN)/python -m benchmarks.living --seeds $(SEEDS) --out docs/living_bench.md

# How often the demo's intervals hold its planted truth; seven minutes for 200 seeds on busy cores.
bench-demo: $(READY)
	$(BIN)/python -m benchmarks.demo_truth --seeds 200 --out docs/demo_truth.md

# How long a circle waits, on a study that was run: an app, a slider, a card.
bench-circle: $(READY)
	$(BIN)/python -m benchmarks.circle studies/voorbeeldstad home/voorbeeldstad

# Are the chances that we print true? An hour on two cores, and it goes on where it was broken off;
# `python -m benchmarks.calibration --quick` takes minutes.
bench-calibration: $(READY)
	$(BIN)/python -m benchmarks.calibration --out docs/calibration.md

# Half an hour on two cores.
bench-designs: $(READY)
	$(BIN)/python -m benchmarks.other_designs --out docs/other_designs.md

# Is a power that `wijkbaat plan` promises reached? Seven minutes for 200 municipalities per design.
bench-plan: $(READY)
	$(BIN)/python -m benchmarks.plan --sims 200 --out docs/plan_bench.md

# What may a next municipality expect? Eighty processor seconds.
bench-synthesis: $(READY)
	$(BIN)/python -m benchmarks.synthesis --out docs/synthesis_bench.md

# Three municipalities through a queue: a worker killed, a delivery refused. Needs redis-server and wijkbaat[region].
test-region: $(READY)
	$(BIN)/pytest -m slow tests/region

# An hour on two free cores; goes on where it was broken off. PACKAGES=pipelines/intake/reading for another room.
EACH := 150
bench-mutants: $(READY)
	nice $(BIN)/python -m benchmarks.mutants --each $(EACH) $(if $(PACKAGES),--packages $(PACKAGES),--out docs/mutants.md)

# Rijnstad in eight quarters, each published: how much is shown anew, and how much is held.
bench-quarters: $(READY)
	$(BIN)/python -m benchmarks.quarters --out docs/quarters.md

# Ten years of deliveries through the sensor, each published: an hour on quiet cores; `--deliveries 20` for less.
soak: $(READY)
	$(BIN)/python -m benchmarks.soak --out docs/soak.md

# Ten minutes for each of csv, xlsx, parquet and yaml; `make fuzz SECONDS=60` for less.
SECONDS := 600
fuzz: $(READY)
	$(BIN)/python -m tests.fuzz.fuzz --seconds $(SECONDS)

# Attacks on everything that leaves, with a seed of their own; TRIALS=5 for more.
TRIALS := 2
bench-trust: $(READY)
	nice $(BIN)/python -m benchmarks.trust --trials $(TRIALS) --out docs/trust.md

# How often who knows all clients but one guesses that one; five minutes of a processor.
bench-asking: $(READY)
	nice $(BIN)/python -m benchmarks.all_but_one --out docs/all_but_one.md

# What the software is built of, as CycloneDX; from the lock, without a network.
sbom: $(READY)
	$(BIN)/python -m tools.sbom bill

# After `make lock`.
licences: $(READY)
	$(BIN)/python -m tools.sbom licences

# Known faults in the locked packages. The checker and the advisories come from outside: without a network it says so.
vulnerabilities: $(READY)
	@$(BIN)/python -c "import socket; socket.create_connection(('api.osv.dev', 443), 5).close()" 2>/dev/null || { echo "No network to api.osv.dev: known faults were NOT looked up."; exit 3; }
	$(BIN)/uv tool run pip-audit --requirement requirements.lock --no-deps --disable-pip --vulnerability-service osv

clean:
	rm -rf $(VENV) home
