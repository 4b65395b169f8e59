#!/bin/sh
# Makes the Java runtime of the images, in folder $1: a quarter of the JDK, and the same for both services.
set -eu

modules=java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.rmi,java.security.jgss
modules=$modules,java.security.sasl,java.sql,java.transaction.xa
modules=$modules,jdk.charsets,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs

"$JAVA_HOME/bin/jlink" --add-modules "$modules" --no-man-pages --no-header-files --generate-cds-archive --output "$1"
