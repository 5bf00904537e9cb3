package org.mtl4j.core.export;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.RawFeeds;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Rows as the tensors that an export's signatures take, by their names there; the caller closes
 * them.
 *
 * @param pipeline the fitted features
 */
record SignatureFeeds(FeaturePipeline pipeline) {
  /** For {@code serving_default}. */
  Map<String, Tensor> raw(RawBatch rows) {
    return RawFeeds.of(pipeline.inputs(), rows);
  }

  /**
   * For {@code serving_encoded}: ids [n, columns] and dense inputs [n, inputs], if there are any.
   */
  Map<String, Tensor> encoded(RawBatch rows) {
    EncodedFeatures encoded = pipeline.encodeServed(rows);
    int n = encoded.rowCount();
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    List<int[]> ids = encoded.ids();
    if (!ids.isEmpty()) {
      LongBuffer buffer = LongBuffer.allocate(n * ids.size());
      for (int r = 0; r < n; r++) {
        for (int[] column : ids) {
          buffer.put(column[r]);
        }
      }
      Shape shape = Shape.of(n, ids.size());
      feeds.put("ids", TInt64.tensorOf(shape, DataBuffers.of(buffer.flip())));
    }
    List<float[]> dense = encoded.dense();
    if (!dense.isEmpty()) {
      FloatBuffer buffer = FloatBuffer.allocate(n * dense.size());
      for (int r = 0; r < n; r++) {
        for (float[] column : dense) {
          buffer.put(column[r]);
        }
      }
      Shape shape = Shape.of(n, dense.size());
      feeds.put("dense", TFloat32.tensorOf(shape, DataBuffers.of(buffer.flip())));
    }
    return feeds;
  }
}
