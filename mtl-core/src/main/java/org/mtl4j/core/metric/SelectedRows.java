package org.mtl4j.core.metric;

import java.util.Optional;

/** Rows that are there already, to be taken once more. */
record SelectedRows(EvaluationRows rows, int labelWidth) implements RowBlock {
  @Override
  public double prediction(int row, int i) {
    return rows.predictions().get(row * rows.width() + i);
  }

  @Override
  public double label(int row, int i) {
    return rows.labels().get(row * labelWidth + i);
  }

  @Override
  public double weight(int row) {
    return rows.weight(row);
  }

  @Override
  public int group(int row) {
    return rows.groups().map(groups -> groups.get(row)).orElse(0);
  }

  @Override
  public Optional<RowItems> items() {
    return rows.items();
  }
}
