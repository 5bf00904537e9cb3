package org.mtl4j.experiment.apply;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.FusionFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.metric.Fusion;
import org.mtl4j.core.model.Predictor;
import org.mtl4j.serving.ranking.Recommendation;
import org.mtl4j.serving.ranking.Recommender;

/** Ranks the candidates in some files for a user. */
public final class Candidates {
  private final ServedModel served;

  /** Ranks with a model. */
  public Candidates(ServedModel served) {
    this.served = served;
  }

  /**
   * What came out.
   *
   * @param by the output, or outputs, that candidates were ranked by
   * @param recommendations the best, best first
   * @param warnings what looked odd, a sentence each
   */
  public record Ranking(String by, List<Recommendation> recommendations, List<String> warnings) {
    /** Copies the lists. */
    public Ranking {
      recommendations = List.copyOf(recommendations);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The k best candidates.
   *
   * @param user the user's and the moment's columns
   * @param files candidates, a row each, in the format of the run's source with a header line
   * @param by the output to rank by; empty: the last binary one, the deepest of a funnel
   * @param k how many at most, at least 1
   * @throws MtlException if there is no such output, or columns that the model reads are missing
   */
  public Ranking rank(Map<String, ?> user, List<String> files, Optional<String> by, int k) {
    String output = by.orElseGet(this::deepest);
    return rank(
        output, user, files, (model, whole, items) -> model.recommend(whole, items, output, k));
  }

  /**
   * As {@link #rank(Map, List, Optional, int)}, by a score out of several outputs.
   *
   * @param fusion a warning says if it was tuned for another export
   */
  public Ranking rank(Map<String, ?> user, List<String> files, FusionFile fusion, int k) {
    Fusion by = fusion.fusion();
    Ranking ranking =
        rank(
            fusion.kind() + " of " + String.join(", ", by.outputs()),
            user,
            files,
            (model, whole, items) -> model.recommend(whole, items, by, k));
    if (fusion.tuning() == null
        || FusionTuning.hash(served.folder()).equals(fusion.tuning().export())) {
      return ranking;
    }
    List<String> warnings = new ArrayList<>(ranking.warnings());
    warnings.add("the fusion's weights were tuned for another export than this one");
    return new Ranking(ranking.by(), ranking.recommendations(), warnings);
  }

  @FunctionalInterface
  private interface Best {
    List<Recommendation> of(Recommender model, Map<String, ?> user, BatchSource items);
  }

  private Ranking rank(String by, Map<String, ?> user, List<String> files, Best ranked) {
    Set<String> wanted = new LinkedHashSet<>(served.columns());
    wanted.removeAll(user.keySet());
    BatchSource items = served.data().items(files, wanted);
    wanted.removeAll(items.columns().names());
    List<String> warnings = new ArrayList<>(served.pseudonymsExpected());
    try (Predictor predictor = served.load()) {
      Recommender model = new Recommender(served.manifest(), predictor);
      Map<String, ?> whole = user.isEmpty() ? user : whole(user, wanted, warnings);
      List<Recommendation> best = ranked.of(model, whole, items);
      warnings.addAll(items.warnings());
      return new Ranking(by, best, warnings);
    }
  }

  /** The user with the columns of lookups and derived ones. */
  private Map<String, ?> whole(Map<String, ?> user, Set<String> wanted, List<String> warnings) {
    BatchSource source = served.data().user(user, wanted);
    Map<String, Object> whole = new LinkedHashMap<>();
    try (RawCursor cursor = source.open()) {
      RawBatch row = cursor.next(1).orElseThrow();
      for (int c = 0; c < row.columns().size(); c++) {
        whole.put(row.columns().names().get(c), row.text(c, 0));
      }
      cursor.next(1); // The warnings are of a whole pass.
    }
    warnings.addAll(source.warnings());
    user.forEach(
        (column, value) -> {
          if (!served.data().pseudonyms().contains(column)) {
            whole.put(column, value); // As given, in its own types.
          }
        });
    return whole;
  }

  private String deepest() {
    return served.manifest().outputs().stream()
        .filter(output -> output.type().equals("binary"))
        .reduce((earlier, later) -> later)
        .map(ModelManifest.Output::name)
        .orElseThrow(
            () ->
                new MtlException(
                    new Problem(
                        ErrorCode.REQUEST_INVALID,
                        "",
                        "The model has no binary output to rank by.",
                        "Name the output to rank by: "
                            + served.manifest().outputs().stream()
                                .map(ModelManifest.Output::name)
                                .toList()
                            + ".")));
  }
}
