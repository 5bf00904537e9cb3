package org.mtl4j.server.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.server.warmup.WarmUpFile;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorShape;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;

/**
 * Requests of some rows each, made of the largest request for {@value Signature#DEFAULT} in a
 * version's warm-up file: values as clients send them, which the model knows.
 *
 * @param rows in each request
 * @param requests by the names of inputs
 */
public record BenchRequests(int rows, List<SortedMap<String, TensorValue>> requests) {
  /** Copies the list. */
  public BenchRequests {
    requests = List.copyOf(requests);
  }

  /**
   * A request beginning at each of the file's rows, going round.
   *
   * @param version the version's folder
   * @param rows in each request, at least 1
   * @throws MtlException FILE_MISSING without such a request, EXPORT_INVALID if the file is damaged
   */
  public static BenchRequests of(Path version, int rows) {
    List<SortedMap<String, TensorValue>> largest = new ArrayList<>();
    int found =
        new WarmUpFile(version)
            .forEach(
                request -> {
                  if (request.signature().equals(Signature.DEFAULT)
                      && isByRows(request.inputs())
                      && (largest.isEmpty() || size(request.inputs()) > size(largest.get(0)))) {
                    largest.clear();
                    largest.add(request.inputs());
                  }
                });
    if (largest.isEmpty()) {
      throw new MtlException(
          new Problem(
              ErrorCode.FILE_MISSING,
              new WarmUpFile(version).path().toString(),
              "Expected a warm-up file with a request of rows for %s, found %d requests."
                  .formatted(Signature.DEFAULT, found),
              "Export the run again: mtl export writes one unless --no-warmup is given."));
    }
    List<SortedMap<String, TensorValue>> requests = new ArrayList<>();
    for (int from = 0; from < size(largest.get(0)); from++) {
      requests.add(round(largest.get(0), from, rows));
    }
    return new BenchRequests(rows, requests);
  }

  private static boolean isByRows(SortedMap<String, TensorValue> inputs) {
    return !inputs.isEmpty()
        && inputs.values().stream()
            .allMatch(tensor -> tensor.shape().rank() == 1 && tensor.shape().elements() > 0)
        && inputs.values().stream().map(TensorValue::shape).distinct().count() == 1;
  }

  private static int size(SortedMap<String, TensorValue> inputs) {
    return inputs.get(inputs.firstKey()).shape().elements();
  }

  private static SortedMap<String, TensorValue> round(
      SortedMap<String, TensorValue> all, int from, int rows) {
    SortedMap<String, TensorValue> request = new TreeMap<>();
    all.forEach((name, tensor) -> request.put(name, round(tensor, from, rows)));
    return request;
  }

  private static TensorValue round(TensorValue tensor, int from, int rows) {
    int size = tensor.shape().elements();
    if (tensor.type() == TensorType.STRING) {
      List<byte[]> strings = new ArrayList<>();
      for (int r = 0; r < rows; r++) {
        strings.add(tensor.strings().get((from + r) % size));
      }
      return TensorValue.ofStrings(TensorShape.of(rows), strings);
    }
    int width = tensor.numbers().remaining() / size;
    ByteBuffer numbers = tensor.numbers();
    ByteBuffer chosen = ByteBuffer.allocate(rows * width).order(numbers.order());
    for (int r = 0; r < rows; r++) {
      chosen.put(numbers.slice((from + r) % size * width, width));
    }
    return TensorValue.ofNumbers(tensor.type(), TensorShape.of(rows), chosen.flip());
  }

  /**
   * A request as rows of columns and values, for those that ask the model in its own process.
   *
   * @param number of the request
   */
  public List<Map<String, Object>> raw(int number) {
    List<Map<String, Object>> raw = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      Map<String, Object> row = new LinkedHashMap<>();
      for (Map.Entry<String, TensorValue> input : requests.get(number).entrySet()) {
        row.put(input.getKey(), value(input.getValue(), r));
      }
      raw.add(row);
    }
    return raw;
  }

  private static Object value(TensorValue tensor, int row) {
    return switch (tensor.type()) {
      case STRING -> new String(tensor.strings().get(row), StandardCharsets.UTF_8);
      case FLOAT -> tensor.numbers().getFloat(row * Float.BYTES);
      case INT64 -> tensor.numbers().getLong(row * Long.BYTES);
      default ->
          throw new IllegalArgumentException(
              "expected an input of strings, float32 or int64, found " + tensor.type().label());
    };
  }
}
