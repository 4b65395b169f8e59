#!/bin/sh
# Collects what a program needs on an empty root and cannot bring itself.
#   bare-root.sh FOLDER FILE...
# FOLDER/system gets the loader and the libraries that the FILEs ask for, and the names of the user;
# FOLDER/writable gets what the user 10001 must be able to write to.
set -eu

folder=$1
shift
mkdir -p "$folder/system/etc" "$folder/writable/tmp" "$folder/writable/var/lib/tidemill/storage"
chmod 1777 "$folder/writable/tmp"
chmod 0700 "$folder/writable/var/lib/tidemill/storage"

# Names of hosts are looked up by a library that no program lists.
dns=$(ldconfig -p | sed -n 's/^\tlibnss_dns\.so\.2 .* => //p' | head -n 1)
needed=$(ldd "$dns" "$@")

# What comes with the program finds its own, even where ldd does not.
echo "$needed" | sed -n 's/^\t\(.*\) => not found$/\1/p' | sort -u | while read -r library; do
    find /opt -name "$library" | grep -q . || { echo "there is no $library" >&2; exit 1; }
done

{
    echo "$dns"
    echo "$needed" | sed -n -e 's/.* => \(\/[^ ]*\) .*/\1/p' -e 's/^\t\(\/[^ ]*\) (.*/\1/p'
} | grep -v '^/opt/' | sort -u | while read -r library; do
    mkdir -p "$folder/system$(dirname "$library")"
    cp -L "$library" "$folder/system$library"
done

echo 'tidemill:x:10001:10001::/nonexistent:/nonexistent' >"$folder/system/etc/passwd"
echo 'tidemill:x:10001:' >"$folder/system/etc/group"
echo 'hosts: files dns' >"$folder/system/etc/nsswitch.conf"
