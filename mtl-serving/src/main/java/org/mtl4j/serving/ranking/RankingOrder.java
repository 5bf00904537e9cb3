package org.mtl4j.serving.ranking;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.metric.Fusion;

/** How candidates are ordered: by an output, or by several. */
final class RankingOrder {
  private final String name;
  private final List<String> outputs;
  private final Optional<Fusion> fusion;

  private RankingOrder(String name, List<String> outputs, Optional<Fusion> fusion) {
    this.name = name;
    this.outputs = outputs;
    this.fusion = fusion;
  }

  /** What was asked for, of a model that has it. */
  static RankingOrder of(Optional<RankingRequest.Order> asked, ModelManifest manifest) {
    RankingOutputs known = new RankingOutputs(manifest);
    if (asked.isPresent() && asked.get() instanceof RankingRequest.Order.ByFusion by) {
      by.fusion().outputs().forEach(known::check);
      String name = by.fusion().kind().key() + " of " + String.join(", ", by.fusion().outputs());
      List<String> counting =
          by.fusion().outputs().stream().filter(o -> by.fusion().weights().get(o) > 0).toList();
      return new RankingOrder(name, counting, Optional.of(by.fusion()));
    }
    String output =
        asked
            .map(order -> ((RankingRequest.Order.ByOutput) order).output())
            .orElseGet(known::deepest);
    known.check(output);
    return new RankingOrder(output, List.of(output), Optional.empty());
  }

  /** What people read. */
  String name() {
    return name;
  }

  /** The outputs that count. */
  List<String> outputs() {
    return outputs;
  }

  /** What candidates are ordered by. */
  double[] scores(Map<String, float[]> predictions) {
    if (fusion.isPresent()) {
      return fusion.get().scores(predictions, Optional.empty());
    }
    float[] values = predictions.get(name);
    double[] scores = new double[values.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = values[i];
    }
    return scores;
  }
}
