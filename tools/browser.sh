#!/bin/sh
# Makes sure that the browser tests find a Chromium: one that is there, else Playwright's own, else the system's package.
# Where none can be had, the browser lane is skipped by name; this script says why and does not fail.
set -u
python=${1:-python3}
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if command -v "$name" >/dev/null 2>&1; then echo "browser: $(command -v "$name")"; exit 0; fi
done
if "$python" -c 'import os, sys
from playwright.sync_api import sync_playwright as p
with p() as pw: sys.exit(not os.path.exists(pw.chromium.executable_path))' 2>/dev/null; then
  echo "browser: Playwright's own"; exit 0
fi
echo "browser: none found, fetching one"
if timeout 300 "$python" -m playwright install chromium >/dev/null 2>&1; then echo "browser: Playwright's own"; exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq >/dev/null 2>&1 && apt-get install -y -qq chromium >/dev/null 2>&1 && { echo "browser: $(command -v chromium)"; exit 0; }
fi
echo "browser: none could be installed; the browser tests will be skipped. Install Chromium, or set TRIALKIN_CHROMIUM."
