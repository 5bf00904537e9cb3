package org.mtl4j.serving.ranking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.mtl4j.core.metric.Fusion;

/** The k best of candidates that come block by block. Not safe for use by several threads. */
final class Leaders {
  private static final Comparator<Scored> WORST_FIRST =
      Comparator.comparingDouble(Scored::score)
          .thenComparing(
              Comparator.comparingLong((Scored s) -> s.candidate().position()).reversed());

  private final Function<List<Candidate>, double[]> scores;
  private final boolean together;
  private final int k;
  private final PriorityQueue<Scored> best = new PriorityQueue<>(WORST_FIRST);
  private final List<Candidate> waiting = new ArrayList<>();

  /**
   * A candidate.
   *
   * @param position place among all candidates
   * @param item its columns
   * @param scores every output of width 1
   */
  record Candidate(long position, Map<String, String> item, Map<String, Double> scores) {}

  private record Scored(Candidate candidate, double score) {}

  private Leaders(Function<List<Candidate>, double[]> scores, boolean together, int k) {
    this.scores = scores;
    this.together = together;
    this.k = k;
  }

  /** By one output. */
  static Leaders by(String output, int k) {
    return new Leaders(
        all -> all.stream().mapToDouble(candidate -> candidate.scores().get(output)).toArray(),
        false,
        k);
  }

  /** By several outputs; a sum of ranks needs all candidates together. */
  static Leaders by(Fusion fusion, int k) {
    return new Leaders(all -> fused(fusion, all), fusion.kind() == Fusion.Kind.RANK_SUM, k);
  }

  private static double[] fused(Fusion fusion, List<Candidate> candidates) {
    Map<String, float[]> predictions = new LinkedHashMap<>();
    for (String output : fusion.outputs()) {
      float[] values = new float[candidates.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = candidates.get(i).scores().get(output).floatValue();
      }
      predictions.put(output, values);
    }
    return fusion.scores(predictions, Optional.empty());
  }

  /** Takes the next candidates. */
  void add(List<Candidate> candidates) {
    waiting.addAll(candidates);
    if (!together) {
      keepBest();
    }
  }

  private void keepBest() {
    if (waiting.isEmpty()) {
      return;
    }
    double[] found = scores.apply(waiting);
    for (int i = 0; i < found.length; i++) {
      best.add(new Scored(waiting.get(i), found[i]));
      if (best.size() > k) {
        best.remove();
      }
    }
    waiting.clear();
  }

  /** The best, best first. */
  List<Recommendation> ranked() {
    keepBest();
    List<Scored> order = new ArrayList<>(best);
    order.sort(WORST_FIRST.reversed());
    List<Recommendation> result = new ArrayList<>();
    for (Scored scored : order) {
      Candidate candidate = scored.candidate();
      result.add(
          new Recommendation(
              result.size() + 1, candidate.item(), scored.score(), candidate.scores()));
    }
    return result;
  }
}
