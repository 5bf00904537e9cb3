package org.mtl4j.core.metric;

import java.util.Optional;

/** Rows in files as a yes or no to one class, to be taken once more. */
record ClassRows(FileTable table, int c) implements RowBlock {
  @Override
  public double prediction(int row, int i) {
    return table.predictions().get(row * table.width() + c);
  }

  @Override
  public double label(int row, int i) {
    int labelWidth = table.layout().shape().labelWidth();
    return table.labels().get(labelWidth == 1 ? row : row * labelWidth + c);
  }

  @Override
  public double weight(int row) {
    return table.weights().get(row);
  }

  @Override
  public int group(int row) {
    return table.groups().map(groups -> groups.get(row)).orElse(0);
  }

  @Override
  public Optional<RowItems> items() {
    return Optional.empty();
  }
}
