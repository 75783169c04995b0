# Everything is done by host/ (see host/README.md); made things lie in .build/.
PYTHON ?= python3

.PHONY: demo test stop clean help

help:
	@echo "make demo    a site with a made-up service, in the background   PORT=8010"
	@echo "make test    all tests on a fresh site                          ONLY=static|app|demo|browser|leaks|outside ARGS=\"-k name\" PORT=8011"
	@echo "make stop    end what demo and test started"
	@echo "make clean   stop, and remove .build/"
	@echo "FRAPPE_BENCH=/path/to/bench SITE=name make test|demo            the same on a real bench"

demo test stop clean:
	@$(PYTHON) -m host $@

export PORT ONLY ARGS FRAPPE_BENCH SITE
