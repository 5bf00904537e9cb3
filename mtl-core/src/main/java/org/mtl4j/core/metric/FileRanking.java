package org.mtl4j.core.metric;

/**
 * A ranking in a file whose records are in its order.
 *
 * @param values what they are ranked by, in the order of the ranking
 * @param rows per position the row
 */
record FileRanking(Numbers values, Ints rows) implements Ranking {
  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public int row(int position) {
    return rows.get(position);
  }

  @Override
  public int endOfTie(int start) {
    double value = values.get(start);
    int end = start + 1;
    while (end < size() && values.get(end) == value) {
      end++;
    }
    return end;
  }
}
