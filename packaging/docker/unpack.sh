#!/bin/sh
# Unpacks TensorFlow's native libraries from the jars in the folder $1 into the folder $2.
set -eu
mkdir -p "$2" "$2.tmp"
lib=$(CDPATH='' cd -- "$1" && pwd -P)
for jar in "$lib"/tensorflow-core-native-*-linux-*.jar "$lib"/javacpp-*-linux-*.jar; do
  [ -f "$jar" ] || continue
  (cd "$2.tmp" && jar xf "$jar")
done
find "$2.tmp" -name '*.so*' -type f -exec mv {} "$2" \;
rm -rf "$2.tmp"
ls "$2"/libjnitensorflow.so > /dev/null
