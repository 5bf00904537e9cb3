package org.mtl4j.serving.ranking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.lookup.LookupSpec;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.metric.Fusion;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.model.Predictor;

/**
 * Ranks candidates for a user: each candidate's columns beside the user's make a row, the model
 * scores it, and the best k by one output come back with the scores of all. Candidates stream
 * through in blocks; k of them are kept. Equal scores keep the candidates' order.
 */
public final class Recommender {
  private static final int BLOCK = 4096;

  private final RankingOutputs outputs;
  private final Predictor predictor;
  private final CandidateRows rows;

  /**
   * A ranker.
   *
   * @param manifest what the model takes and gives
   * @param predictor the model, which stays the caller's
   */
  public Recommender(ModelManifest manifest, Predictor predictor) {
    this(manifest, predictor, List.of());
  }

  /**
   * A ranker with a model that looks columns up.
   *
   * @param lookups what the predictor gives rows itself that lack it and have the ids
   */
  public Recommender(ModelManifest manifest, Predictor predictor, List<LookupSpec> lookups) {
    this.outputs = new RankingOutputs(manifest);
    this.predictor = predictor;
    this.rows = new CandidateRows(manifest, lookups);
  }

  /**
   * The k best candidates, best first.
   *
   * @param user the user's and the moment's columns
   * @param items candidates, a row each; a column that both have is the user's, unless it is read
   *     by features of the group item alone
   * @param by the output to rank by, of width 1
   * @param k how many at most, at least 1
   * @throws IllegalArgumentException if k is below 1
   * @throws MtlException UNKNOWN_NAME if there is no such output; REQUEST_INVALID if columns that
   *     the model needs are in neither; DATA_VALUE for text or an infinite value where it needs a
   *     number
   */
  public List<Recommendation> recommend(Map<String, ?> user, BatchSource items, String by, int k) {
    checkK(k);
    outputs.check(by);
    return best(user, items, Leaders.by(by, k));
  }

  /**
   * As {@link #recommend(Map, BatchSource, String, int)}, by a score out of several outputs. For a
   * sum of ranks all candidates are held until the last is there.
   *
   * @param by outputs of width 1
   */
  public List<Recommendation> recommend(Map<String, ?> user, BatchSource items, Fusion by, int k) {
    checkK(k);
    by.outputs().forEach(outputs::check);
    return best(user, items, Leaders.by(by, k));
  }

  private static void checkK(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("expected a k of at least 1, found " + k);
    }
  }

  private List<Recommendation> best(Map<String, ?> user, BatchSource items, Leaders best) {
    rows.checkColumns(user.keySet(), items.columns());
    try (RawCursor users = BatchSource.of(List.of(user)).open();
        RawCursor cursor = items.open()) {
      RawBatch row = users.next(1).orElseThrow();
      rows.checkUser(row);
      for (Optional<RawBatch> block = cursor.next(BLOCK);
          block.isPresent();
          block = cursor.next(BLOCK)) {
        best.add(score(row, block.get()));
      }
    }
    return best.ranked();
  }

  private List<Leaders.Candidate> score(RawBatch user, RawBatch items) {
    Predictions predictions = predictor.predict(rows.joined(user, items));
    List<Leaders.Candidate> candidates = new ArrayList<>();
    for (int r = 0; r < items.rowCount(); r++) {
      Map<String, Double> scores = new LinkedHashMap<>();
      for (Map.Entry<String, float[]> output : predictions.values().entrySet()) {
        if (output.getValue().length == items.rowCount()) {
          scores.put(output.getKey(), (double) output.getValue()[r]);
        }
      }
      candidates.add(
          new Leaders.Candidate(items.firstRecord() + r, CandidateRows.item(items, r), scores));
    }
    return candidates;
  }
}
