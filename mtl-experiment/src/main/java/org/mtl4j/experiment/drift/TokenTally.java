package org.mtl4j.experiment.drift;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.experiment.drift.FeatureProfile.TokenRows;

/**
 * Counts the rows of each value of a feature, to know the most frequent ones: four bytes an id,
 * which a table has many times over. A value that the model does not know is counted by its text.
 */
final class TokenTally {
  private final FittedCategorical feature;
  private final Map<String, Integer> unknown = new HashMap<>();
  private int[] counts = new int[64];

  TokenTally(FittedCategorical feature) {
    this.feature = feature;
  }

  void add(int id) {
    if (id >= counts.length) {
      counts = Arrays.copyOf(counts, Math.max(id + 1, 2 * counts.length));
    }
    counts[id]++;
  }

  /** Takes the texts of those values that the model does not know. */
  void addUnknown(RawBatch rows, int[] ids) {
    if (feature.vocabulary().isEmpty()) {
      return; // By its bucket each is known.
    }
    int column = rows.columns().indexOf(feature.spec().column());
    for (int row = 0; row < rows.rowCount(); row++) {
      if (ids[row] == Vocabulary.OUT_OF_VOCABULARY) {
        unknown.merge(rows.text(column, row), 1, Integer::sum);
      }
    }
  }

  /** The values that most rows have. */
  List<TokenRows> frequent() {
    PriorityQueue<TokenRows> most = new PriorityQueue<>(FeatureProfile.BY_ROWS);
    int first = feature.vocabulary().isPresent() ? Vocabulary.FIRST_TOKEN : 1;
    for (int id = first; id < counts.length; id++) {
      if (counts[id] > 0
          && (most.size() < FeatureProfile.FREQUENT || counts[id] > most.peek().rows())) {
        keep(new TokenRows(token(id), counts[id]), most);
      }
    }
    unknown.forEach((token, rows) -> keep(new TokenRows(token, rows), most));
    return List.copyOf(most);
  }

  private static void keep(TokenRows one, PriorityQueue<TokenRows> most) {
    most.add(one);
    if (most.size() > FeatureProfile.FREQUENT) {
      most.poll();
    }
  }

  private String token(int id) {
    return feature
        .vocabulary()
        .map(vocabulary -> vocabulary.tokens().get(id - Vocabulary.FIRST_TOKEN))
        .orElseGet(() -> "bucket " + (id - 1));
  }
}
