package org.mtl4j.core.metric;

import java.util.Optional;

/** Rows of an output that a {@link RowList} takes, by their index among them. */
public interface RowBlock {
  /** The i-th prediction of a row. */
  double prediction(int row, int i);

  /** The i-th label of a row. */
  double label(int row, int i);

  /** A row's example weight. */
  double weight(int row);

  /** The number of a row's group; any number where there are no groups. */
  int group(int row);

  /** The items of all of them; empty where there are none. */
  Optional<RowItems> items();
}
