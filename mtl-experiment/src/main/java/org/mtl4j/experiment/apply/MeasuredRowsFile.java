package org.mtl4j.experiment.apply;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.data.source.CsvWriter;

/**
 * The rows of an evaluation as CSV: {@code row} (from 0, as the source counts), {@code group} where
 * rows have groups, and per output its predictions ({@code OUTPUT}, or {@code OUTPUT:CLASS} for
 * each class), {@code OUTPUT.label} and {@code OUTPUT.weight}, both empty where the row has no say.
 * A label of several classes is that of {@code OUTPUT.label:CLASS} each.
 */
final class MeasuredRowsFile implements AutoCloseable {
  private final List<OutputSpec> outputs;
  private final boolean grouped;
  private final CsvWriter csv;

  /**
   * Begins the file.
   *
   * @param file not there yet
   */
  MeasuredRowsFile(Path file, List<OutputSpec> outputs, boolean grouped) {
    this.outputs = List.copyOf(outputs);
    this.grouped = grouped;
    this.csv = CsvWriter.create(file, header());
  }

  private List<String> header() {
    List<String> header = new ArrayList<>(List.of("row"));
    if (grouped) {
      header.add("group");
    }
    for (OutputSpec output : outputs) {
      names(output.name(), output.encoding().names()).forEach(header::add);
      boolean sets = output.labelShape().classes() > 0;
      List<String> classes = sets ? output.encoding().names() : List.of();
      names(output.name() + ".label", classes).forEach(header::add);
      header.add(output.name() + ".weight");
    }
    return header;
  }

  private static Stream<String> names(String name, List<String> classes) {
    return classes.isEmpty() ? Stream.of(name) : classes.stream().map(c -> name + ":" + c);
  }

  /** Adds rows behind those that are there. */
  void add(
      RawBatch rows,
      Predictions predictions,
      Map<String, LabelColumn> labels,
      Optional<int[]> groups) {
    for (int row = 0; row < rows.rowCount(); row++) {
      List<String> cells = new ArrayList<>(List.of(Long.toString(rows.record(row))));
      if (groups.isPresent()) {
        cells.add(Integer.toString(groups.get()[row]));
      }
      for (OutputSpec output : outputs) {
        add(cells, predictions.values().get(output.name()), output.width(), row, true);
        LabelColumn column = labels.get(output.name());
        boolean say = column.mask()[row];
        add(cells, column.labels(), column.width(), row, say);
        add(cells, column.weights(), 1, row, say);
      }
      csv.row(cells);
    }
  }

  private static void add(List<String> cells, float[] values, int width, int row, boolean say) {
    for (int i = row * width; i < (row + 1) * width; i++) {
      cells.add(say ? RawBatch.spell(Double.parseDouble(Float.toString(values[i]))) : "");
    }
  }

  /** Gives the file its name. */
  void commit() {
    csv.commit();
  }

  @Override
  public void close() {
    csv.close();
  }
}
