package org.mtl4j.serving.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.feature.RawFeeds;
import org.mtl4j.core.feature.RawInput;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.model.Predictions;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.SessionFunction;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The two signatures of an export: of raw rows, and of encoded ones. It knows no lookups. Safe for
 * several threads; the bundle stays the caller's.
 */
final class ModelGraph {
  private static final String SIGNATURE = "serving_default";

  private final ModelManifest manifest;
  private final List<RawInput> inputs;
  private final SavedModelBundle bundle;
  private final SessionFunction function;
  private final SessionFunction encoded;

  ModelGraph(ModelManifest manifest, SavedModelBundle bundle) {
    this.manifest = manifest;
    this.bundle = bundle;
    this.inputs = manifest.inputs().stream().map(ModelManifest.Input::raw).toList();
    this.function = bundle.function(SIGNATURE);
    this.encoded = bundle.function(RowEncoder.ENCODED);
  }

  /**
   * Predictions for rows in their order.
   *
   * @throws MtlException COLUMN_MISSING if an input's column is not there, DATA_VALUE if a numeric
   *     one holds text
   */
  Predictions predict(RawBatch rows) {
    return run(function, RawFeeds.of(inputs, rows), rows.rowCount());
  }

  /** Predictions for rows as {@link #encoder} gives them. */
  Predictions predict(int rows, RowEncoder.Encoded values) {
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    if (values.ids().length > 0) {
      Shape shape = Shape.of(rows, values.ids().length / rows);
      feeds.put(RowEncoder.IDS, TInt64.tensorOf(shape, DataBuffers.of(values.ids(), false, false)));
    }
    if (values.dense().length > 0) {
      Shape shape = Shape.of(rows, values.dense().length / rows);
      feeds.put(
          RowEncoder.DENSE, TFloat32.tensorOf(shape, DataBuffers.of(values.dense(), false, false)));
    }
    return run(encoded, feeds, rows);
  }

  /** Runs a signature; what is fed is closed here. */
  private Predictions run(SessionFunction signature, Map<String, Tensor> feeds, int rows) {
    try (Result result = signature.call(feeds)) {
      Map<String, float[]> values = new LinkedHashMap<>();
      for (ModelManifest.Output output : manifest.outputs()) {
        TFloat32 tensor = (TFloat32) result.get(output.name()).orElseThrow();
        float[] array = new float[Math.toIntExact(tensor.size())];
        tensor.asRawTensor().data().asFloats().read(array);
        values.put(output.name(), array);
      }
      return new Predictions(rows, values);
    } finally {
      feeds.values().forEach(Tensor::close);
    }
  }

  /** Encodes rows as the graph does. */
  RowEncoder encoder() {
    return new RowEncoder(bundle, inputs);
  }
}
