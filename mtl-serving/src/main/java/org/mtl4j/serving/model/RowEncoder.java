package org.mtl4j.serving.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.RawFeeds;
import org.mtl4j.core.feature.RawInput;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Rows as the export's own transforms encode them, which is what {@code serving_encoded} takes: the
 * graph is asked for what lies between its raw inputs and the model, so that nothing can differ.
 * Safe for several threads.
 */
final class RowEncoder {
  static final String ENCODED = "serving_encoded";
  static final String IDS = "ids";
  static final String DENSE = "dense";
  private static final String RAW = "serving_default";

  private final SavedModelBundle bundle;
  private final List<RawInput> inputs;
  private final Map<String, String> placeholders;
  private final Map<String, String> encoded;

  RowEncoder(SavedModelBundle bundle, List<RawInput> inputs) {
    this.bundle = bundle;
    this.inputs = inputs;
    this.placeholders = names(RAW);
    this.encoded = names(ENCODED);
  }

  private Map<String, String> names(String signature) {
    SignatureDef definition = bundle.metaGraphDef().getSignatureDefOrThrow(signature);
    Map<String, String> names = new LinkedHashMap<>();
    definition.getInputsMap().forEach((key, tensor) -> names.put(key, tensor.getName()));
    return names;
  }

  /**
   * Encoded rows, row by row.
   *
   * @param ids [n * idWidth], of no width without ids
   * @param dense [n * denseWidth], likewise
   */
  record Encoded(long[] ids, float[] dense) {}

  /** What the rows become; inputs whose columns they lack are missing. */
  Encoded encode(RawBatch rows) {
    return run(
        rows,
        inputs,
        encoded.values(),
        found ->
            new Encoded(
                encoded.containsKey(IDS) ? longs(found.get(encoded.get(IDS))) : new long[0],
                encoded.containsKey(DENSE) ? floats(found.get(encoded.get(DENSE))) : new float[0]));
  }

  /**
   * The ids of some columns alone.
   *
   * @param wanted names of tensors [B]
   * @param of the inputs that they are made of
   * @return per name [n]
   */
  Map<String, long[]> ids(RawBatch rows, Collection<String> wanted, List<RawInput> of) {
    return run(
        rows,
        of,
        wanted,
        found -> {
          Map<String, long[]> ids = new LinkedHashMap<>();
          found.forEach((name, tensor) -> ids.put(name, longs(tensor)));
          return ids;
        });
  }

  private <T> T run(
      RawBatch rows,
      List<RawInput> fed,
      Collection<String> wanted,
      Function<Map<String, Tensor>, T> read) {
    Session.Runner runner = bundle.session().runner();
    List<String> names = wanted.stream().distinct().toList();
    Map<String, Tensor> feeds = RawFeeds.of(fed, whole(rows, fed));
    try {
      feeds.forEach((input, tensor) -> runner.feed(placeholders.get(input), tensor));
      names.forEach(runner::fetch);
      try (Result result = runner.run()) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        for (String name : names) {
          found.put(name, result.get(found.size()));
        }
        return read.apply(found);
      }
    } finally {
      feeds.values().forEach(Tensor::close);
    }
  }

  private static RawBatch whole(RawBatch rows, List<RawInput> fed) {
    List<String> lacking =
        fed.stream()
            .map(RawInput::column)
            .distinct()
            .filter(column -> !rows.columns().contains(column))
            .toList();
    List<Object> missing = new ArrayList<>();
    lacking.forEach(column -> missing.add(new String[rows.rowCount()]));
    return rows.with(Columns.of(ColumnType.UNTYPED, lacking), missing);
  }

  private static long[] longs(Tensor tensor) {
    long[] values = new long[Math.toIntExact(tensor.size())];
    ((TInt64) tensor).asRawTensor().data().asLongs().read(values);
    return values;
  }

  private static float[] floats(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    ((TFloat32) tensor).asRawTensor().data().asFloats().read(values);
    return values;
  }
}
