package org.mtl4j.core.manifest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Between which tensors of an export's graph predictions can be explained by gradients: from what a
 * model sees of each feature to the number that a prediction is a function of.
 *
 * @param inputs what a model sees, in the order of the features
 * @param scores per output the tensor's name: log odds [B] of a binary output, [B, classes] of a
 *     multilabel one, logits [B, classes] of a multiclass one, of a regression the prediction [B]
 */
public record Explanation(List<Input> inputs, Map<String, String> scores) {
  /** That of an export of an earlier release, which does not say. */
  public static final Explanation NONE = new Explanation(List.of(), Map.of());

  /** Copies the containers. */
  public Explanation {
    inputs = List.copyOf(inputs);
    scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
  }

  /**
   * Some numbers that a model sees of a feature. A feature of several ids has several such.
   *
   * @param feature its name
   * @param group user, item or context, if the experiment says
   * @param tensor the name of a tensor [B, n], or [B, L, n] of a list of values: the embeddings, or
   *     all dense inputs side by side
   * @param first the feature's first among the n
   * @param width how many are its own
   */
  public record Input(
      String feature, Optional<String> group, String tensor, int first, int width) {}
}
