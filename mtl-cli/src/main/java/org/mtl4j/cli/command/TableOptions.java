package org.mtl4j.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.source.CsvConfig;
import org.mtl4j.data.source.CsvSource;
import org.mtl4j.data.source.JsonlConfig;
import org.mtl4j.data.source.JsonlSource;
import org.mtl4j.data.source.OnBadRow;
import org.mtl4j.data.source.ParquetConfig;
import org.mtl4j.data.source.ParquetSource;
import org.mtl4j.data.source.TfRecordConfig;
import org.mtl4j.data.source.TfRecordSource;
import picocli.CommandLine.Option;

/** The options that say how files of a table are written; their names say of which format. */
final class TableOptions {
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]*\\.?[0-9]+");
  private static final String PACKED = "(\\.gz|\\.zst)?";

  @Option(
      names = "--delimiter",
      paramLabel = "TEXT",
      description = "What stands between fields; default: a comma, a tab for .tsv files.")
  private String delimiter;

  @Option(names = "--no-header", description = "The first line holds data, not names.")
  private boolean noHeader;

  @Option(
      names = "--missing",
      split = ",",
      paramLabel = "TEXT",
      description = "Values that stand for a missing one, besides the empty text.")
  private List<String> missing = List.of();

  @Option(names = "--trim", description = "Take blanks around values off.")
  private boolean trim;

  @Option(
      names = "--encoding",
      defaultValue = "UTF-8",
      description = "The files' character set; default: ${DEFAULT-VALUE}.")
  private String encoding;

  @Option(
      names = "--on-bad-row",
      defaultValue = "error",
      paramLabel = "error|skip",
      description = "What to do with a row of too few or too many fields; default: error.")
  private OnBadRow onBadRow;

  @Option(
      names = "--max-bad-rows",
      paramLabel = "N",
      description = "How many rows are skipped at most; default: 1000.")
  private Integer maxBadRows;

  /** The options that were given, of those that say how lines are cut into fields. */
  private List<String> ofFields() {
    List<String> given = new ArrayList<>();
    addIf(delimiter != null, "--delimiter", given);
    addIf(noHeader, "--no-header", given);
    addIf(trim, "--trim", given);
    addIf(!encoding.equals("UTF-8"), "--encoding", given);
    return given;
  }

  /** All options that were given. */
  private List<String> given() {
    List<String> given = ofFields();
    addIf(!missing.isEmpty(), "--missing", given);
    addIf(onBadRow != OnBadRow.ERROR, "--on-bad-row", given);
    addIf(maxBadRows != null, "--max-bad-rows", given);
    return given;
  }

  private static void addIf(boolean is, String option, List<String> given) {
    if (is) {
      given.add(option);
    }
  }

  /**
   * Checks that none is given, where an experiment says how its data are read.
   *
   * @throws MtlException of code USAGE
   */
  void refuse(String experiment) {
    refuse(given(), "an experiment, which says itself how its files are read", experiment);
  }

  private static void refuse(List<String> given, String what, String file) {
    if (!given.isEmpty()) {
      throw new MtlException(
          new Problem(
              ErrorCode.USAGE,
              String.join(" ", given),
              "Expected no such option beside " + what + ", found " + file + ".",
              "Leave it out."));
    }
  }

  /**
   * A table that is open to be read.
   *
   * @param source its rows
   * @param keys what an experiment's {@code data.source} says of it, {@code type} first
   */
  record Opened(BatchSource source, Map<String, Object> keys) {}

  /**
   * Opens files.
   *
   * @param note hears what looks odd
   * @throws MtlException in terms of data.source's keys, as {@link SourceOptions} takes it
   */
  Opened open(List<String> files, Consumer<String> note) {
    String first = files.get(0);
    if (first.endsWith(".parquet")) {
      refuse(given(), "a Parquet file, which says itself how it is read", first);
      return new Opened(
          new ParquetSource(ParquetConfig.of(files.toArray(String[]::new))),
          keys("parquet", files));
    }
    if (first.matches(".*\\.(jsonl|ndjson)" + PACKED)) {
      refuse(ofFields(), "JSON lines, which have no fields to cut", first);
      return lines(files);
    }
    if (first.matches(".*\\.tfrecords?" + PACKED)) {
      refuse(ofFields(), "TFRecords, which have no fields to cut", first);
      return examples(files);
    }
    return fields(files, note);
  }

  private Opened examples(List<String> files) {
    TfRecordConfig config =
        checked(
            () -> new TfRecordConfig(files, Optional.empty(), missing, null, onBadRow, maxBadRows));
    Map<String, Object> keys = keys("tfrecord", files);
    common(keys);
    return new Opened(new TfRecordSource(config), keys);
  }

  private Opened lines(List<String> files) {
    JsonlConfig config =
        checked(
            () -> new JsonlConfig(files, Optional.empty(), missing, null, onBadRow, maxBadRows));
    Map<String, Object> keys = keys("jsonl", files);
    common(keys);
    return new Opened(new JsonlSource(config), keys);
  }

  private Opened fields(List<String> files, Consumer<String> note) {
    CsvConfig headed = checked(() -> config(files, Optional.empty()));
    Map<String, Object> keys = keys("csv", files);
    CsvSource source;
    if (noHeader) {
      int width = CsvSource.width(headed);
      List<String> names = IntStream.rangeClosed(1, width).mapToObj(i -> "column_" + i).toList();
      source = new CsvSource(config(files, Optional.of(names)));
      keys.put("columns", names);
    } else {
      source = new CsvSource(headed);
      if (source.columns().names().stream().anyMatch(NUMBER.asMatchPredicate())) {
        note.accept("warning: the first line looks like data; --no-header takes it as such");
      }
    }
    if (!headed.delimiter().equals(",")) {
      keys.put("delimiter", headed.delimiter());
    }
    if (trim) {
      keys.put("trim", true);
    }
    if (!encoding.equals("UTF-8")) {
      keys.put("encoding", encoding);
    }
    common(keys);
    return new Opened(source, keys);
  }

  private static Map<String, Object> keys(String type, List<String> files) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("type", type);
    keys.put("path", files.size() == 1 ? files.get(0) : files);
    return keys;
  }

  private void common(Map<String, Object> keys) {
    if (!missing.isEmpty()) {
      keys.put("missing", missing);
    }
    if (onBadRow == OnBadRow.SKIP) {
      keys.put("on_bad_row", "skip");
    }
    if (maxBadRows != null) {
      keys.put("max_bad_rows", maxBadRows);
    }
  }

  private CsvConfig config(List<String> files, Optional<List<String>> columns) {
    boolean tabs = files.get(0).matches(".*\\.tsv" + PACKED);
    String between = delimiter == null ? (tabs ? "\t" : ",") : delimiter;
    return new CsvConfig(files, columns, between, missing, trim, encoding, onBadRow, maxBadRows);
  }

  private static <T> T checked(Supplier<T> config) {
    try {
      return config.get();
    } catch (IllegalArgumentException e) {
      throw SourceOptions.ofOption(e);
    }
  }
}
