package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.RawInput;
import org.mtl4j.core.feature.RawType;
import org.mtl4j.core.graph.Sessions;
import org.mtl4j.core.training.TrainerSpec;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** The transforms of a pipeline in an export, whose results are compared with Java's. */
final class ExportedTransforms implements AutoCloseable {
  private static final int ULPS = 8;

  private final SavedModelBundle export;

  /** Exports a linear model over the features. */
  ExportedTransforms(FeaturePipeline pipeline, Path folder) {
    TrainerSpec small = SmallProblem.withFunnel("click").trainer(new LinearModel(), 1);
    TrainerSpec spec =
        new TrainerSpec(pipeline, small.tasks(), small.model(), small.updates(), small.execution());
    // The rows of the certificate are ordinary, for a loss of 1e38 says nothing.
    Map<String, Object> ordinary = new LinkedHashMap<>();
    for (RawInput input : pipeline.inputs()) {
      ordinary.put(input.column(), input.type() instanceof RawType.Texts ? "a\nb|c d" : 0);
    }
    SmallExport.write(spec, SmallExport.batch(List.of(ordinary)), folder);
    this.export = Sessions.load(folder);
  }

  /**
   * Compares what raw values have become at the inputs of the encoded signature.
   *
   * @param ids per id column its rows; none if there are no such columns
   * @param dense per dense input its rows
   */
  void assertAgrees(Map<String, Tensor> feeds, List<int[]> ids, List<float[]> dense) {
    List<String> inputs = new ArrayList<>();
    if (!dense.isEmpty()) {
      inputs.add("dense");
    }
    if (!ids.isEmpty()) {
      inputs.add("ids");
    }
    try (Result result = run(feeds, inputs)) {
      if (!dense.isEmpty()) {
        assertDense((TFloat32) result.get(0), dense);
      }
      if (!ids.isEmpty()) {
        assertIds((TInt64) result.get(inputs.size() - 1), ids);
      }
    }
  }

  private Result run(Map<String, Tensor> feeds, List<String> inputs) {
    var signatures = export.metaGraphDef().getSignatureDefMap();
    var raw = signatures.get("serving_default");
    Session.Runner runner = export.session().runner();
    for (String input : inputs) {
      runner.fetch(signatures.get("serving_encoded").getInputsOrThrow(input).getName());
    }
    assertThat(feeds).containsOnlyKeys(raw.getInputsMap().keySet());
    feeds.forEach((name, tensor) -> runner.feed(raw.getInputsOrThrow(name).getName(), tensor));
    return runner.run();
  }

  private static void assertIds(TInt64 found, List<int[]> expected) {
    assertThat(found.shape().asArray()).containsExactly(expected.get(0).length, expected.size());
    for (int c = 0; c < expected.size(); c++) {
      for (int r = 0; r < expected.get(c).length; r++) {
        if (found.getLong(r, c) != expected.get(c)[r]) {
          assertThat(found.getLong(r, c))
              .as("row %d of categorical feature %d, seed %d", r, c, TestSeed.value())
              .isEqualTo(expected.get(c)[r]);
        }
      }
    }
  }

  private static void assertDense(TFloat32 found, List<float[]> expected) {
    assertThat(found.shape().asArray()).containsExactly(expected.get(0).length, expected.size());
    for (int c = 0; c < expected.size(); c++) {
      for (int r = 0; r < expected.get(c).length; r++) {
        float java = expected.get(c)[r];
        float graph = found.getFloat(r, c);
        if (!(ulps(java, graph) <= ULPS)) {
          assertThat(graph)
              .as("row %d of dense input %d, seed %d", r, c, TestSeed.value())
              .isEqualTo(java);
        }
      }
    }
  }

  /** How many floats lie between two numbers. */
  private static long ulps(float a, float b) {
    return Float.isFinite(a) && Float.isFinite(b)
        ? Math.abs(order(a) - order(b))
        : Long.MAX_VALUE; // By its bits, infinity is the next number after the greatest.
  }

  private static long order(float x) {
    int bits = Float.floatToIntBits(x);
    return bits < 0 ? Integer.MIN_VALUE - (long) bits : bits;
  }

  @Override
  public void close() {
    export.close();
  }
}
