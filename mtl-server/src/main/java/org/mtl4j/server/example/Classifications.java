package org.mtl4j.server.example;

import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;

/**
 * What classifying gives.
 *
 * @param rows a row's classes in the order of the model, which need not be that of their scores
 */
public record Classifications(List<List<ScoredClass>> rows) {
  static final String CLASSES = "classes";
  static final String SCORES = "scores";

  /** Copies the rows. */
  public Classifications {
    rows = rows.stream().map(List::copyOf).toList();
  }

  /**
   * A class of a row.
   *
   * @param label its name; empty where the model gives scores alone
   * @param score its score; 0 where the model gives classes alone
   */
  public record ScoredClass(String label, float score) {}

  /**
   * Reads outputs.
   *
   * @param outputs those that {@link ExampleCall#outputs} asks for
   * @param rows how many examples there were
   * @throws RequestException INVALID_ARGUMENT if the tensors are not those of so many rows
   */
  public static Classifications of(Map<String, TensorValue> outputs, int rows) {
    TensorValue labels = outputs.get(CLASSES);
    TensorValue scores = outputs.get(SCORES);
    int classes = 0;
    if (labels != null) {
      classes = columns(CLASSES, labels, TensorType.STRING, rows);
    }
    if (scores != null) {
      int scored = columns(SCORES, scores, TensorType.FLOAT, rows);
      if (labels != null && classes != scored) {
        throw RequestException.invalid(
            "Tensors class and score should match in dim_size(1). Got %d vs. %d"
                .formatted(classes, scored));
      }
      classes = scored;
    }
    return new Classifications(rows(labels, scores, rows, classes));
  }

  private static List<List<ScoredClass>> rows(
      TensorValue labels, TensorValue scores, int rows, int classes) {
    FloatBuffer numbers = scores == null ? null : scores.numbers().asFloatBuffer();
    List<List<ScoredClass>> all = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      List<ScoredClass> scored = new ArrayList<>(classes);
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        scored.add(
            new ScoredClass(
                labels == null ? "" : new String(labels.strings().get(i), StandardCharsets.UTF_8),
                numbers == null ? 0 : numbers.get(i)));
      }
      all.add(scored);
    }
    return all;
  }

  private static int columns(String name, TensorValue tensor, TensorType type, int rows) {
    if (tensor.shape().rank() != 2) {
      throw RequestException.invalid(
          "Expected Tensor shape: [batch_size num_classes] but got " + tensor.shape());
    }
    if (tensor.type() != type) {
      throw RequestException.invalid(
          "Expected %s Tensor of %s. Got: %s".formatted(name, type.label(), tensor.type().label()));
    }
    if (tensor.shape().sizes().get(0) != rows) {
      throw RequestException.invalid(
          "Expected %s output batch size of %d. Got: %d"
              .formatted(name, rows, tensor.shape().sizes().get(0)));
    }
    return tensor.shape().sizes().get(1).intValue();
  }
}
