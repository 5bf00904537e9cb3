package org.mtl4j.experiment.run;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.training.SimilarRows;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;

/**
 * Which tokens of a feature are like which, by columns that say what they are: those of the same
 * values in all columns, and after them of the same values in the first ones. A token's value is
 * its most frequent one among the training rows, exactly so where it has no more than {@value
 * #CANDIDATES} different ones; that is what is held of it, 12 bytes each.
 */
final class SimilarContent {
  private static final int CANDIDATES = 4;
  private static final int BLOCK = 4096;

  private final FittedCategorical feature;
  private final int tokens;
  private final int[] columns;
  private final long[][] values;
  private final int[][] counts;

  /**
   * Of a feature's tokens.
   *
   * @param names of the columns, what matters most first
   */
  SimilarContent(FittedCategorical feature, List<String> names, Columns columns) {
    this.feature = feature;
    this.tokens = columns.indexOf(feature.spec().column());
    this.columns = names.stream().mapToInt(columns::indexOf).toArray();
    this.values = new long[names.size()][feature.tableSize() * CANDIDATES];
    this.counts = new int[names.size()][feature.tableSize() * CANDIDATES];
  }

  /** Reads the training rows once more, for all features; none of them if there are none. */
  static Map<String, SimilarRows> of(
      Map<String, List<String>> similar, FeaturePipeline pipeline, SplitDataset dataset) {
    Map<String, SimilarContent> found = new LinkedHashMap<>();
    pipeline.features().stream()
        .filter(feature -> similar.containsKey(feature.name()))
        .map(FittedCategorical.class::cast)
        .forEach(
            feature ->
                found.put(
                    feature.spec().table(),
                    new SimilarContent(feature, similar.get(feature.name()), dataset.columns())));
    if (!found.isEmpty()) {
      dataset.forEach(
          Split.TRAIN, BLOCK, rows -> found.values().forEach(content -> content.observe(rows)));
    }
    Map<String, SimilarRows> rows = new LinkedHashMap<>();
    found.forEach((table, content) -> rows.put(table, content.rows()));
    return rows;
  }

  /** Looks at training rows. */
  void observe(RawBatch rows) {
    for (int r = 0; r < rows.rowCount(); r++) {
      int id = feature.id(rows.text(tokens, r));
      for (int c = 0; c < columns.length && id >= Vocabulary.FIRST_TOKEN; c++) {
        String text = rows.text(columns[c], r);
        if (text != null && !text.isEmpty()) {
          count(c, id * CANDIDATES, hash(text));
        }
      }
    }
  }

  private static long hash(String text) {
    return Hashing.farmHashFingerprint64().hashString(text, StandardCharsets.UTF_8).asLong();
  }

  /**
   * The space-saving algorithm (Metwally and others 2005): a new value takes the rarest's place.
   */
  private void count(int column, int first, long value) {
    int rarest = first;
    for (int i = first; i < first + CANDIDATES; i++) {
      if (counts[column][i] == 0 || values[column][i] == value) {
        values[column][i] = value;
        counts[column][i]++;
        return;
      }
      rarest = counts[column][i] < counts[column][rarest] ? i : rarest;
    }
    values[column][rarest] = value;
    counts[column][rarest]++;
  }

  /** Which rows of the table are alike: by all columns, by all but the last, ..., by the first. */
  SimilarRows rows() {
    List<int[]> levels = new ArrayList<>();
    for (int used = columns.length; used > 0; used--) {
      levels.add(groups(used));
    }
    return new SimilarRows(levels);
  }

  private int[] groups(int used) {
    long[] keys = new long[feature.tableSize()];
    boolean[] known = new boolean[keys.length];
    for (int id = Vocabulary.FIRST_TOKEN; id < keys.length; id++) {
      int row = id;
      known[id] = IntStream.range(0, used).allMatch(c -> counts[c][row * CANDIDATES] > 0);
      for (int c = 0; c < used && known[id]; c++) {
        keys[id] = 31 * (keys[id] * 0x9E3779B97F4A7C15L + mostFrequent(c, id)) + c;
      }
    }
    long[] different =
        IntStream.range(0, keys.length)
            .filter(id -> known[id])
            .mapToLong(id -> keys[id])
            .sorted()
            .distinct()
            .toArray();
    int[] groups = new int[keys.length];
    for (int id = 0; id < groups.length; id++) {
      groups[id] = known[id] ? Arrays.binarySearch(different, keys[id]) : SimilarRows.NONE;
    }
    return groups;
  }

  /** Of two that are equally frequent the one that was met first. */
  private long mostFrequent(int column, int id) {
    int best = id * CANDIDATES;
    for (int i = best + 1; i < (id + 1) * CANDIDATES; i++) {
      best = counts[column][i] > counts[column][best] ? i : best;
    }
    return values[column][best];
  }
}
