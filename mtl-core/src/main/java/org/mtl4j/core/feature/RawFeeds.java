package org.mtl4j.core.feature;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.schema.UnicodeText;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** Raw rows as the tensors that an export's {@code serving_default} signature takes. */
public final class RawFeeds {
  private RawFeeds() {}

  /**
   * A tensor an input, to be closed by the caller.
   *
   * @throws MtlException COLUMN_MISSING, all missing columns at once; DATA_VALUE for text or an
   *     infinite value in a numeric column, and for what is no time in one of times
   */
  public static Map<String, Tensor> of(List<RawInput> inputs, RawBatch rows) {
    List<Problem> missing =
        inputs.stream()
            .filter(input -> !rows.columns().contains(input.column()))
            .map(input -> rows.columns().missing(input.column()))
            .toList();
    if (!missing.isEmpty()) {
      throw new MtlException(missing);
    }
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    try {
      for (RawInput input : inputs) {
        int column = rows.columns().indexOf(input.column());
        feeds.put(input.name(), tensor(input.type(), rows, column));
      }
      return feeds;
    } catch (RuntimeException e) {
      feeds.values().forEach(Tensor::close);
      throw e;
    }
  }

  private static Tensor tensor(RawType type, RawBatch rows, int column) {
    if (type instanceof RawType.Times times) {
      return longs(rows, new TimeReader(times.rule(), column));
    }
    return type instanceof RawType.Numbers ? floats(rows, column) : strings(rows, column);
  }

  private static Tensor longs(RawBatch rows, TimeReader reader) {
    long[] values = new long[rows.rowCount()];
    for (int r = 0; r < values.length; r++) {
      values[r] = reader.read(rows, r);
    }
    return TInt64.tensorOf(Shape.of(values.length), DataBuffers.of(values, false, false));
  }

  private static Tensor floats(RawBatch rows, int column) {
    float[] values = new float[rows.rowCount()];
    for (int r = 0; r < values.length; r++) {
      values[r] = rows.finite(column, r);
    }
    return TFloat32.tensorOf(Shape.of(values.length), DataBuffers.of(values, false, false));
  }

  private static Tensor strings(RawBatch rows, int column) {
    NdArray<String> values = NdArrays.ofObjects(String.class, Shape.of(rows.rowCount()));
    for (int r = 0; r < rows.rowCount(); r++) {
      String text = rows.text(column, r);
      values.setObject(text == null ? "" : UnicodeText.wellFormed(text), r);
    }
    return TString.tensorOf(StandardCharsets.UTF_8, values);
  }
}
