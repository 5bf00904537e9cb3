package org.mtl4j.core.metric;

import java.util.function.IntUnaryOperator;

/** A resample of rows in a file: nothing of it is kept but how often each unit was drawn. */
final class FileResample extends Resample {
  private final FileSums units;
  private final IntUnaryOperator unitOfRow;

  FileResample(FileSums units, int... drawn) {
    super(units, drawn);
    this.units = units;
    this.unitOfRow = units.table().units();
  }

  @Override
  double weight(int row) {
    return count(unitOfRow.applyAsInt(row)) * units.weight(row);
  }

  @Override
  void visit(ScoreVisitor visitor) {
    FileSums sorted = units.inScores();
    IntUnaryOperator unitAt = sorted.table().units();
    sorted.table().visit(i -> count(unitAt.applyAsInt(i)) * sorted.weight(i), visitor);
  }
}
