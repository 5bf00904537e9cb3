# What ./mtl in a checkout and bin/mtl in a distribution share. POSIX sh, to be sourced.
# The environment it reads:
#   JAVA_HOME             a Java to use rather than the one on the PATH
#   MTL_HEAP              the Java heap's limit, e.g. 4g (else a quarter of the machine's memory)
#   MTL_JAVA_OPTS         more options for java, split at blanks
#   MTL_GPU               1: on an NVIDIA GPU, or not at all (docs/gpu.md)
#   TF_CPP_MIN_LOG_LEVEL  what TensorFlow's native code prints: 0 all, 2 errors (the default here).
#                         No level keeps back one INFO line, that the MLIR V1 pass is not enabled.

# Says, a line an argument, why nothing can be run; exits with 2, the code of what users can mend.
fail() {
  printf 'mtl: %s\n' "$@" >&2
  exit 2
}

# The feature release of the java at $1: 8 for 1.8.0_402, 17 for 17.0.15.
java_release() {
  "$1" -version 2>&1 | sed -n 's/.* version "\(1\.\)\{0,1\}\([0-9]*\).*/\2/p'
}

# Sets java to a Java of release 17 or later, and release to its number.
find_java() {
  too_old=''
  for java in "${JAVA_HOME:+$JAVA_HOME/bin/java}" "$(command -v java || :)"; do
    [ -x "$java" ] || continue
    release=$(java_release "$java")
    if [ "${release:-0}" -ge 17 ]; then
      return 0
    fi
    too_old="$too_old $java is release ${release:-unknown}."
  done
  fail "MTL4J needs Java 17 or later, and neither JAVA_HOME nor the PATH has one.$too_old" \
    'Install it (Debian, Ubuntu: apt-get install openjdk-17-jdk; macOS: brew install openjdk@17)' \
    'or set JAVA_HOME to one that is there.'
}

# Prints the jars of the folder $1 as a class path, always in the same order: a class archive is of
# that order.
jars() (
  LC_ALL=C
  class_path=''
  for jar in "$1"/*.jar; do
    class_path=$class_path:$jar
  done
  printf %s "${class_path#:}"
)

# Becomes java: runs the command with the class path $1 and the arguments that follow it.
launch() {
  class_path=$1
  shift
  # Blanks part the user's options; a star in them is a star.
  set -f
  # shellcheck disable=SC2086
  set -- ${MTL_HEAP:+"-Xmx$MTL_HEAP"} ${MTL_JAVA_OPTS:-} -cp "$class_path" org.mtl4j.cli.Main "$@"
  # Classes as a server before has mapped them (mtl archive-classes). Of another Java, or of jars that
  # have changed, it is left alone, which nobody has to hear. Before the user's options: theirs hold.
  if [ -n "${archive:-}" ]; then
    set -- "-Dmtl.class.archive=$archive" "$@"
    [ ! -f "$archive" ] || set -- "-XX:SharedArchiveFile=$archive" '-Xlog:cds*=off' "$@"
  fi
  # Java cannot tell whether a person watches the standard error, nor how wide the window is.
  if [ -t 2 ]; then
    columns=$(stty size <&2 2>/dev/null) || columns=''
    columns=${columns#* }
    [ "${columns:-0}" -gt 0 ] || columns=80
    set -- "-Dmtl.terminal.columns=$columns" "$@"
  fi
  # From 22 on, Java warns of native code that was not asked for by name.
  if [ "$release" -ge 22 ]; then
    set -- --enable-native-access=ALL-UNNAMED "$@"
  fi
  if [ "${MTL_GPU:-0}" != 0 ]; then
    set -- -Dmtl.gpu=true "$@"
    # As on the processor: products of whole float32 numbers, which TF32 would cut to 10 bits, and
    # the same bytes for the same seed.
    export NVIDIA_TF32_OVERRIDE="${NVIDIA_TF32_OVERRIDE:-0}"
    export TF_DETERMINISTIC_OPS="${TF_DETERMINISTIC_OPS:-1}"
  fi
  TF_CPP_MIN_LOG_LEVEL=${TF_CPP_MIN_LOG_LEVEL:-2}
  export TF_CPP_MIN_LOG_LEVEL
  # A server answers while memory is collected; a command is over sooner without threads for it.
  collector=-XX:+UseSerialGC
  case " $* " in
    *' org.mtl4j.cli.Main serve '* | *' org.mtl4j.cli.Main model-server '*) collector=-XX:+UseG1GC ;;
  esac
  # Without the two zeros JavaCPP refuses memory once the process passes four times the heap,
  # and tensors live outside the heap.
  exec "$java" "$collector" \
    -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Dorg.bytedeco.javacpp.maxBytes=0 "$@"
}
