package org.mtl4j.core.batch;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * Pairs of rows of one query, the first with the label 1 and the second with 0: p of them. A row of
 * label 1 is paired with all the others, but with {@value #MOST} at most, drawn evenly, so that a
 * batch of B rows has {@value #MOST} B pairs at most, whatever its queries are.
 *
 * @param better [p] positions of the rows of label 1
 * @param worse [p] positions of the rows of label 0
 * @param counts [B] for each row of label 1 the number of rows of label 0 in its query, those not
 *     drawn included; otherwise 0
 */
public record PairList(int[] better, int[] worse, float[] counts) {
  /** So many tell a row's mean over its pairs, and few pages or sessions are longer. */
  public static final int MOST = 64;

  /**
   * The pairs of B rows.
   *
   * @param queries [B] numbers of queries, from 0
   * @param labels [B] 1 or 0
   * @param weights [B]; a row with 0 is in no pair
   * @param random draws where there are too many
   */
  public static PairList of(
      IntBuffer queries, FloatBuffer labels, FloatBuffer weights, SplittableRandom random) {
    int rows = queries.remaining();
    int[] query = new int[rows];
    queries.duplicate().get(query);
    FloatBuffer label = labels.slice();
    FloatBuffer weight = weights.slice();
    Negatives negatives = Negatives.of(query, row -> weight.get(row) > 0 && label.get(row) == 0);
    float[] counts = new float[rows];
    int pairs = 0;
    for (int row = 0; row < rows; row++) {
      if (weight.get(row) > 0 && label.get(row) > 0) {
        int found = negatives.count(query[row]);
        counts[row] = found;
        pairs += Math.min(MOST, found);
      }
    }
    int[] better = new int[pairs];
    int[] worse = new int[pairs];
    for (int row = 0, next = 0; row < rows; row++) {
      int found = (int) counts[row];
      int taken = Math.min(MOST, found);
      // Evenly spaced from a random one on: each of the row's pairs is as likely as the next.
      int first = found > MOST ? random.nextInt(found) : 0;
      for (int i = 0; i < taken; i++, next++) {
        better[next] = row;
        worse[next] = negatives.row(query[row], (int) ((first + (long) i * found / taken) % found));
      }
    }
    return new PairList(better, worse, counts);
  }

  /**
   * Rows of label 0 by query.
   *
   * @param rows those of a query side by side
   * @param starts per query where its rows begin, and behind the last one where they end
   */
  private record Negatives(int[] rows, int[] starts) {
    static Negatives of(int[] query, IntPredicate isOne) {
      int queries = 0;
      for (int number : query) {
        queries = Math.max(queries, number + 1);
      }
      int[] starts = new int[queries + 2];
      for (int row = 0; row < query.length; row++) {
        if (isOne.test(row)) {
          starts[query[row] + 2]++;
        }
      }
      for (int q = 2; q < starts.length; q++) {
        starts[q] += starts[q - 1];
      }
      int[] rows = new int[starts[queries + 1]];
      for (int row = 0; row < query.length; row++) {
        if (isOne.test(row)) {
          rows[starts[query[row] + 1]++] = row;
        }
      }
      return new Negatives(rows, starts);
    }

    int count(int query) {
      return starts[query + 1] - starts[query];
    }

    int row(int query, int i) {
      return rows[starts[query] + i];
    }
  }
}
