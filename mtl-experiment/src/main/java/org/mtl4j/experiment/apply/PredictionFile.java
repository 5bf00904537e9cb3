package org.mtl4j.experiment.apply;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.model.Predictor;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.source.CsvWriter;

/**
 * Predicts all rows of some files into a CSV file: {@code row} (from 0, as the source counts), the
 * kept columns, and a column an output ({@code OUTPUT:CLASS} for each class of a multiclass or
 * multilabel one). Numbers are spelt so that reading them as 32-bit floats gives the very same
 * numbers. The experiment's {@code where} and {@code drop_duplicates} do not apply: each row gets a
 * prediction.
 */
public final class PredictionFile {
  private static final int BLOCK = 4096;
  private static final String ROW = "row";

  private final ServedModel served;
  private final List<KeptColumn> kept;

  /**
   * A file of a model's predictions.
   *
   * @param kept columns of the data that go along
   * @throws MtlException REQUEST_INVALID if two columns of the output would have one name
   */
  public PredictionFile(ServedModel served, List<KeptColumn> kept) {
    this.served = served;
    this.kept = List.copyOf(kept);
    checkNames();
  }

  /**
   * What was written.
   *
   * @param rows number of rows
   * @param warnings what looked odd, a sentence each
   */
  public record Written(long rows, List<String> warnings) {
    /** Copies the list. */
    public Written {
      warnings = List.copyOf(warnings);
    }
  }

  /** The names of the columns, in order. */
  public List<String> header() {
    List<String> header = new ArrayList<>(List.of(ROW));
    kept.forEach(column -> header.add(column.name()));
    for (ModelManifest.Output output : served.manifest().outputs()) {
      if (output.classes().isEmpty()) {
        header.add(output.name());
      }
      output.classes().forEach(name -> header.add(output.name() + ":" + name));
    }
    return header;
  }

  private void checkNames() {
    Set<String> seen = new HashSet<>();
    for (String name : header()) {
      if (!seen.add(name)) {
        throw new MtlException(
            new Problem(
                ErrorCode.REQUEST_INVALID,
                "",
                "The output would have two columns \"" + name + "\".",
                "Give the kept one another name: COLUMN=NAME, say "
                    + name
                    + "=label_"
                    + name
                    + "."));
      }
    }
  }

  /**
   * Predicts and writes.
   *
   * @param files in the format of the run's source; CSV with a header for an export
   * @param output a file that is not there yet
   * @return what was done
   * @throws MtlException OUTPUT_FOLDER if the output is there already; for a file or column that is
   *     not there; DATA_VALUE if a numeric input holds text
   */
  public Written write(List<String> files, Path output) {
    CsvWriter.refuseExisting(output);
    Set<String> wanted = new LinkedHashSet<>(served.columns());
    kept.forEach(column -> wanted.add(column.column()));
    BatchSource rows = served.data().all(files, wanted);
    checkColumns(rows.columns(), wanted, String.join(", ", files));
    int[] columns = kept.stream().mapToInt(k -> rows.columns().indexOf(k.column())).toArray();
    long count = 0;
    try (Predictor model = served.load();
        CsvWriter csv = CsvWriter.create(output, header());
        RawCursor cursor = rows.open()) {
      for (Optional<RawBatch> block = cursor.next(BLOCK);
          block.isPresent();
          block = cursor.next(BLOCK)) {
        write(csv, block.get(), columns, model.predict(block.get()));
        count += block.get().rowCount();
      }
      csv.commit();
    }
    return new Written(count, rows.warnings());
  }

  private static void checkColumns(Columns columns, Set<String> wanted, String files) {
    Problems problems = new Problems();
    wanted.stream()
        .filter(name -> !columns.contains(name))
        .forEach(name -> problems.addAt(files, new MtlException(columns.missing(name))));
    problems.throwIfAny();
  }

  private static void write(CsvWriter csv, RawBatch rows, int[] columns, Predictions predictions) {
    for (int r = 0; r < rows.rowCount(); r++) {
      List<String> cells = new ArrayList<>();
      cells.add(Long.toString(rows.record(r)));
      for (int column : columns) {
        cells.add(rows.text(column, r));
      }
      for (float[] values : predictions.values().values()) {
        int width = values.length / predictions.rowCount();
        for (int i = 0; i < width; i++) {
          cells.add(Float.toString(values[r * width + i]));
        }
      }
      csv.row(cells);
    }
  }
}
