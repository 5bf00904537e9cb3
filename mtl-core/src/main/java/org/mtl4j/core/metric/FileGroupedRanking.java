package org.mtl4j.core.metric;

/**
 * A grouped ranking in a file whose records are in its order.
 *
 * @param scores in that order
 * @param numbers in that order those of the groups
 * @param rows per position the row
 */
record FileGroupedRanking(Numbers scores, Ints numbers, Ints rows, FileGroups groups)
    implements GroupedRanking {
  @Override
  public int count() {
    return groups.count();
  }

  @Override
  public int start(int group) {
    return groups.start(group);
  }

  @Override
  public int end(int group) {
    return groups.start(group + 1);
  }

  @Override
  public int row(int position) {
    return rows.get(position);
  }

  @Override
  public int endOfTie(int start) {
    double score = scores.get(start);
    int group = numbers.get(start);
    int end = start + 1;
    while (end < rows.size() && scores.get(end) == score && numbers.get(end) == group) {
      end++;
    }
    return end;
  }
}
