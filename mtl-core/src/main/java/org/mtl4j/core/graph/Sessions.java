package org.mtl4j.core.graph;

import java.nio.file.Path;
import org.mtl4j.core.error.MtlException;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/** How sessions are opened: the same for training and for exports that are loaded. */
public final class Sessions {
  private Sessions() {}

  /**
   * Whether sessions run where they were asked to.
   *
   * @throws MtlException GPU_MISSING if the system property {@code mtl.gpu} is true, as the
   *     launcher sets it for {@code MTL_GPU=1}, and TensorFlow has no GPU
   */
  public static void checkGpu() {
    if (Boolean.getBoolean(RequestedGpu.PROPERTY)) {
      RequestedGpu.check(growing());
    }
  }

  /** Whether sessions of this process have a GPU to run on, whether it was asked for or not. */
  public static boolean haveGpu() {
    return RequestedGpu.isForGpus() && RequestedGpu.isThere(growing());
  }

  /**
   * What every session is opened with: of a GPU's memory it takes what it needs, where TensorFlow
   * by itself takes nearly all of it at once.
   *
   * @throws MtlException as {@link #checkGpu}
   */
  public static ConfigProto.Builder config() {
    checkGpu();
    return growing();
  }

  private static ConfigProto.Builder growing() {
    return ConfigProto.newBuilder().setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true));
  }

  /**
   * The export in a folder; the caller closes it.
   *
   * @throws MtlException as {@link #config}
   * @throws org.tensorflow.exceptions.TensorFlowException if TensorFlow cannot load it
   */
  public static SavedModelBundle load(Path export) {
    return load(export, config());
  }

  /**
   * The same, computed as it is written. Where a tensor in the middle of the graph is fed and
   * gradients are taken, TensorFlow's rewriting may ask what is fed for its shape upstream, of
   * inputs that nobody gave.
   *
   * @throws MtlException as {@link #config}
   * @throws org.tensorflow.exceptions.TensorFlowException if TensorFlow cannot load it
   */
  public static SavedModelBundle loadAsWritten(Path export) {
    RewriterConfig none = RewriterConfig.newBuilder().setDisableMetaOptimizer(true).build();
    return load(
        export, config().setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(none)));
  }

  private static SavedModelBundle load(Path export, ConfigProto.Builder config) {
    return SavedModelBundle.loader(export.toString())
        .withTags("serve")
        .withConfigProto(config.build())
        .load();
  }
}
