package org.mtl4j.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

class RequestedGpuTest {
  @AfterEach
  void askForNone() {
    System.clearProperty("mtl.gpu");
  }

  @Test
  void whoAsksForAGpuWithTheProcessorsLibraryIsToldWhichOneToTake() {
    assumeThat(RequestedGpu.isForGpus()).as("the native library is the one for GPUs").isFalse();
    System.setProperty("mtl.gpu", "true");
    assertThatThrownBy(Sessions::config)
        .isInstanceOfSatisfying(
            MtlException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        new Problem(
                            ErrorCode.GPU_MISSING,
                            "MTL_GPU",
                            "A GPU was asked for, and TensorFlow has none: the native library on"
                                + " the class path is the processor's.",
                            "Depend on mtl-native-gpu in place of mtl-native-cpu (a checkout's"
                                + " ./mtl does so by MTL_GPU=1), or leave MTL_GPU unset to run on"
                                + " the processor.")));
  }

  @Test
  void whoAsksForNoneGetsASessionThatTakesAGpusMemoryAsItNeedsIt() {
    assertThat(Sessions.config().getGpuOptions().getAllowGrowth()).isTrue();
  }

  @Test
  void librariesThatCannotBeOpenedAreNamed() {
    Set<String> absent = Set.of("libcudnn.so.9", "libcudart.so.12");
    assertThat(RequestedGpu.problem(true, library -> !absent.contains(library)))
        .isEqualTo(
            new Problem(
                ErrorCode.GPU_MISSING,
                "MTL_GPU",
                "A GPU was asked for, and TensorFlow has none: these libraries cannot be opened:"
                    + " libcudart.so.12, libcudnn.so.9.",
                "Install NVIDIA's driver, CUDA 12 and cuDNN 9, with the folders of their libraries"
                    + " in LD_LIBRARY_PATH (docs/gpu.md), or leave MTL_GPU unset to run on the"
                    + " processor."));
  }

  @Test
  void withEveryLibraryInPlaceItIsTheDriverThatIsAskedAbout() {
    assertThat(RequestedGpu.problem(true, library -> true))
        .isEqualTo(
            new Problem(
                ErrorCode.GPU_MISSING,
                "MTL_GPU",
                "A GPU was asked for, and TensorFlow has none: each of libcuda.so.1,"
                    + " libcudart.so.12, libcublas.so.12, libcublasLt.so.12, libcufft.so.11,"
                    + " libcusolver.so.11, libcusparse.so.12, libcudnn.so.9 is there.",
                "See whether nvidia-smi lists a GPU and CUDA_VISIBLE_DEVICES lets it be seen;"
                    + " TF_CPP_MIN_LOG_LEVEL=0 shows what TensorFlow says. Or leave MTL_GPU unset"
                    + " to run on the processor."));
  }
}
