package org.mtl4j.core.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.mtl4j.core.graph.EmbeddingTable;
import org.mtl4j.core.graph.FloatType;

/**
 * Gives rows of a table that nothing was taken over for the mean of similar ones. The table is read
 * in pieces, once for so many groups as {@value #GROUPS}, whose sums are all that is in memory.
 */
final class SimilarMeans {
  private static final int GROUPS = 1 << 16;

  private final StoreRows store;
  private final EmbeddingTable table;
  private final SimilarRows similar;
  private final BitSet known = new BitSet();
  private final BitSet open = new BitSet();
  private final int width;

  /**
   * Of a table.
   *
   * @param taken per row whether it was taken over
   */
  SimilarMeans(StoreRows store, EmbeddingTable table, SimilarRows similar, boolean[] taken) {
    if (similar.rows() != table.rows()) {
      throw new IllegalArgumentException(
          "%s: expected groups of %d rows, found %d"
              .formatted(table.variableName(), table.rows(), similar.rows()));
    }
    this.store = store;
    this.table = table;
    this.similar = similar;
    this.width = store.home().width();
    for (int row = 0; row < taken.length; row++) {
      (taken[row] ? known : open).set(row);
    }
  }

  /** Fills what can be filled; gives the number of rows level by level. */
  List<Integer> fill() throws IOException {
    List<Integer> filled = new ArrayList<>();
    for (int level = 0; level < similar.levels(); level++) {
      int before = open.cardinality();
      int groups = similar.groups(level);
      for (int first = 0; first < groups; first += GROUPS) {
        fill(new Sums(level, first, Math.min(GROUPS, groups - first), width));
      }
      filled.add(before - open.cardinality());
    }
    return filled;
  }

  private void fill(Sums sums) throws IOException {
    if (open.stream().noneMatch(row -> sums.has(similar, row))) {
      return;
    }
    int[] first = {0};
    store.read(table, piece -> first[0] += add(piece, first[0], sums));
    int[] rows = open.stream().filter(row -> sums.count(similar, row) > 0).toArray();
    int most = StoreRows.rowsPerSlice(width * Tensors.width(type()));
    for (int from = 0; from < rows.length; from += most) {
      write(Arrays.copyOfRange(rows, from, Math.min(rows.length, from + most)), sums);
    }
  }

  private int add(ByteBuffer piece, int first, Sums sums) {
    int rows = piece.remaining() / (width * Tensors.width(type()));
    for (int r = 0; r < rows; r++) {
      if (known.get(first + r) && sums.has(similar, first + r)) {
        sums.add(similar.group(sums.level(), first + r), piece, r * width, type());
      }
    }
    return rows;
  }

  private void write(int[] rows, Sums sums) {
    ByteBuffer means =
        ByteBuffer.allocate(rows.length * width * Tensors.width(type()))
            .order(ByteOrder.nativeOrder());
    for (int row : rows) {
      Tensors.put(type(), sums.mean(similar.group(sums.level(), row)), means);
      open.clear(row);
    }
    store.write(table, Arrays.stream(rows).asLongStream().toArray(), means.flip());
  }

  private FloatType type() {
    return store.home().type();
  }

  /** Sums over the rows of some groups of a level. */
  private static final class Sums {
    private final int level;
    private final int first;
    private final double[][] sums;
    private final int[] counts;

    Sums(int level, int first, int groups, int width) {
      this.level = level;
      this.first = first;
      this.sums = new double[groups][width];
      this.counts = new int[groups];
    }

    int level() {
      return level;
    }

    boolean has(SimilarRows similar, int row) {
      int group = similar.group(level, row);
      return group >= first && group < first + counts.length;
    }

    int count(SimilarRows similar, int row) {
      return has(similar, row) ? counts[similar.group(level, row) - first] : 0;
    }

    void add(int group, ByteBuffer piece, int from, FloatType type) {
      double[] sum = sums[group - first];
      for (int i = 0; i < sum.length; i++) {
        sum[i] += Tensors.element(type, piece, from + i);
      }
      counts[group - first]++;
    }

    double[] mean(int group) {
      int count = counts[group - first];
      return Arrays.stream(sums[group - first]).map(sum -> sum / count).toArray();
    }
  }
}
