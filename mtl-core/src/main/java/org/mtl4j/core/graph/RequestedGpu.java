package org.mtl4j.core.graph;

import java.util.List;
import java.util.function.Predicate;
import org.bytedeco.javacpp.Loader;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.tensorflow.DeviceSpec;
import org.tensorflow.DeviceSpec.DeviceType;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;

/**
 * Whether a GPU that was asked for is there. TensorFlow itself goes on without one, on the
 * processor and without a word.
 */
final class RequestedGpu {
  /** The system property that asks. */
  static final String PROPERTY = "mtl.gpu";

  private static final String NATIVE =
      "/org/tensorflow/internal/c_api/linux-x86_64-gpu/libjnitensorflow.so";

  /** What TensorFlow 2.18 opens before it looks for a GPU; if one is missing it has none. */
  private static final List<String> LIBRARIES =
      List.of(
          "libcuda.so.1",
          "libcudart.so.12",
          "libcublas.so.12",
          "libcublasLt.so.12",
          "libcufft.so.11",
          "libcusolver.so.11",
          "libcusparse.so.12",
          "libcudnn.so.9");

  private RequestedGpu() {}

  /** Refuses with GPU_MISSING where TensorFlow has no GPU. */
  static void check(ConfigProto.Builder config) {
    if (!isThere(config)) {
      throw new MtlException(problem(isForGpus(), RequestedGpu::opens));
    }
  }

  /** Whether the native library on the class path is the one for GPUs. */
  static boolean isForGpus() {
    return RequestedGpu.class.getResource(NATIVE) != null;
  }

  /** Whether TensorFlow has a GPU. */
  static boolean isThere(ConfigProto.Builder config) {
    DeviceSpec gpu = DeviceSpec.newBuilder().deviceType(DeviceType.GPU).deviceIndex(0).build();
    try (Graph graph = new Graph();
        Session session = new Session(graph, config.build())) {
      Ops tf = Ops.create(graph).withDevice(gpu);
      try (Result result = session.runner().fetch(tf.constant(1f)).run()) {
        return result.size() == 1;
      }
    } catch (TFInvalidArgumentException e) {
      return false; // It names a device that is not there.
    }
  }

  private static boolean opens(String library) {
    try {
      Loader.loadGlobal(library);
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }

  /**
   * What to tell.
   *
   * @param forGpus whether the native library is the one for GPUs
   * @param opens whether a library can be opened by its name
   */
  static Problem problem(boolean forGpus, Predicate<String> opens) {
    if (!forGpus) {
      return problem(
          "the native library on the class path is the processor's.",
          "Depend on mtl-native-gpu in place of mtl-native-cpu (a checkout's ./mtl does so by"
              + " MTL_GPU=1), or leave MTL_GPU unset to run on the processor.");
    }
    List<String> missing = LIBRARIES.stream().filter(opens.negate()).toList();
    if (missing.isEmpty()) {
      return problem(
          "each of %s is there.".formatted(String.join(", ", LIBRARIES)),
          "See whether nvidia-smi lists a GPU and CUDA_VISIBLE_DEVICES lets it be seen;"
              + " TF_CPP_MIN_LOG_LEVEL=0 shows what TensorFlow says. Or leave MTL_GPU unset to run"
              + " on the processor.");
    }
    return problem(
        "these libraries cannot be opened: %s.".formatted(String.join(", ", missing)),
        "Install NVIDIA's driver, CUDA 12 and cuDNN 9, with the folders of their libraries in"
            + " LD_LIBRARY_PATH (docs/gpu.md), or leave MTL_GPU unset to run on the processor.");
  }

  private static Problem problem(String found, String remedy) {
    return new Problem(
        ErrorCode.GPU_MISSING,
        "MTL_GPU",
        "A GPU was asked for, and TensorFlow has none: " + found,
        remedy);
  }
}
