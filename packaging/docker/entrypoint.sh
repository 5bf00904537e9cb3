#!/bin/sh
# Starts the server as the image of TensorFlow Serving does: the model $MODEL_NAME of the folder
# $MODEL_BASE_PATH/$MODEL_NAME, on ports 8500 (gRPC) and 8501 (REST), on all of the container's
# addresses. Arguments are options of mtl-model-server, and come in the place of these.
set -eu
given=" $* "

# Adds the option $1=$2 unless it was given.
option() {
  case $given in
    *" $1="* | *" $1 "*) ;;
    *) defaults="$defaults $1=$2" ;;
  esac
}

defaults=''
option --host 0.0.0.0
option --port 8500
option --rest_api_port 8501
case $given in
  *' --model_config_file'*) ;;
  *)
    option --model_name "${MODEL_NAME:-model}"
    option --model_base_path "${MODEL_BASE_PATH:-/models}/${MODEL_NAME:-model}"
    ;;
esac

if [ -n "${MTL_NATIVE:-}" ]; then
  # Before the jars are looked into, so that nothing is unpacked.
  MTL_JAVA_OPTS="-Djava.library.path=$MTL_NATIVE -Dorg.bytedeco.javacpp.pathsFirst=true ${MTL_JAVA_OPTS:-}"
  export MTL_JAVA_OPTS
fi
# Without perf data Java writes nothing to /tmp either. Names of models have no blanks here.
export MTL_JAVA_OPTS="-XX:-UsePerfData ${MTL_JAVA_OPTS:-}"
# shellcheck disable=SC2086
exec "$(dirname -- "$0")/mtl-model-server" $defaults "$@"
