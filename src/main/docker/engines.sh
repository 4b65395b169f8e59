#!/bin/sh
# Makes a Debian the root of the processor: installs the engines, and the user with the folders that are its own.
set -eu

# As in ./tidemill engines.
engines='libvips-tools tesseract-ocr tesseract-ocr-eng poppler-utils clamav-daemon fonts-dejavu-core'
# It has setsid, prlimit and setpriv, which fence the engines in.
sandbox=util-linux

export DEBIAN_FRONTEND=noninteractive
apt-get update
# shellcheck disable=SC2086 # a list of words
apt-get install -y --no-install-recommends $engines $sandbox
rm -rf /var/lib/apt/lists/*

groupadd --gid 10001 tidemill
useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin tidemill
install -d -o 10001 -g 10001 -m 0700 \
    /var/lib/tidemill /var/lib/tidemill/storage /var/lib/tidemill/workspace /var/lib/clamav /run/clamav
