package org.mtl4j.experiment.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.source.ParquetCopy;

/**
 * A made click log in CSV: two labels, a user, 19 categories of 10 to 100,000 values as eight
 * hexadecimal digits, 8 numbers with two decimals. Values are drawn with density falling towards
 * high ids, one number in twenty is missing, and clicks depend on the first number. The same bytes
 * every time.
 */
public final class IngestTable {
  private static final int USERS = 1_000_000;
  private static final int CATEGORIES = 19;
  private static final int NUMBERS = 8;
  private static final int BUFFER_BYTES = 1 << 20;
  private static final List<String> COLUMNS = columns();

  private final SplittableRandom random = new SplittableRandom(5);
  private final StringBuilder row = new StringBuilder();

  private IngestTable() {}

  /**
   * Writes rows until there are enough bytes.
   *
   * @return number of rows
   * @throws MtlException of code IO if they cannot be written
   */
  public static long write(Path file, long bytes) {
    return write(file, bytes, () -> false);
  }

  /** The same; a stop that is asked for ends it with a CancellationException. */
  static long write(Path file, long bytes, BooleanSupplier stopRequested) {
    IngestTable table = new IngestTable();
    long written = 0;
    long rows = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
      out.write((String.join(",", COLUMNS) + "\n").getBytes(StandardCharsets.US_ASCII));
      while (written < bytes) {
        StoppableSource.check(stopRequested);
        byte[] row = table.row();
        out.write(row);
        written += row.length;
        rows++;
      }
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.IO,
              file.toString(),
              "The benchmark's file cannot be written: " + e + ".",
              "Name a folder with room by --folder, or ask for fewer gigabytes."),
          e);
    }
    return rows;
  }

  /** Copies such a file into a Parquet file: labels and users as integers, numbers as doubles. */
  static void copy(Path csv, Path parquet) {
    Map<String, String> types = new LinkedHashMap<>();
    for (String column : COLUMNS) {
      types.put(column, column.matches("c\\d+") ? "VARCHAR" : "INTEGER");
      if (column.matches("n\\d+")) {
        types.put(column, "DOUBLE");
      }
    }
    ParquetCopy.ofCsv(csv, parquet, types);
  }

  /** The experiment that reads such a file: all columns, 70 % to train on. */
  public static ConfigFile experiment(Path file, IngestSource source) {
    String path = '"' + file.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    StringBuilder yaml = new StringBuilder("name: ingest\ndata:\n  source: ");
    yaml.append(source.yaml(path)).append('\n');
    yaml.append("  split: {by: random, validation: 0.1, test: 0.2}\nfeatures:\n");
    yaml.append("  user: {type: categorical, dim: 8}\n");
    for (int c = 0; c < CATEGORIES; c++) {
      yaml.append("  c").append(c).append(": {type: categorical, dim: 8}\n");
    }
    for (int n = 0; n < NUMBERS; n++) {
      yaml.append("  n").append(n).append(": {type: numeric}\n");
    }
    yaml.append("tasks:\n  click: {type: binary, label: click}\n");
    yaml.append("  buy: {type: binary, label: buy, where: \"click == 1\"}\n");
    yaml.append("model: {type: shared_bottom, bottom_layers: [32], tower_layers: [8]}\n");
    yaml.append("training: {epochs: 1, batch_size: 4096}\n");
    return ConfigFile.parse(yaml.toString(), "the benchmark's experiment");
  }

  private static List<String> columns() {
    List<String> names = new ArrayList<>(List.of("click", "buy", "user"));
    IntStream.range(0, CATEGORIES).forEach(c -> names.add("c" + c));
    IntStream.range(0, NUMBERS).forEach(n -> names.add("n" + n));
    return List.copyOf(names);
  }

  private byte[] row() {
    double first = random.nextDouble();
    boolean click = random.nextDouble() < first / 2;
    row.setLength(0);
    row.append(click ? "1," : "0,").append(click && random.nextInt(5) == 0 ? '1' : '0');
    row.append(',').append(rare(USERS));
    for (int c = 0; c < CATEGORIES; c++) {
      // 10, 17, 28, 46, ... 100,000 values.
      appendHex(rare((int) Math.round(10 * Math.pow(10, c * 4.0 / (CATEGORIES - 1)))) * 31 + c);
    }
    appendNumber(first);
    for (int n = 1; n < NUMBERS; n++) {
      appendNumber(random.nextDouble());
    }
    return row.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
  }

  private int rare(int values) {
    double uniform = random.nextDouble();
    return (int) (values * uniform * uniform * uniform);
  }

  /** Eight digits of a product with an odd number: different for different values. */
  private void appendHex(int value) {
    int mixed = value * 0x9E3779B1;
    row.append(',');
    for (int shift = 28; shift >= 0; shift -= 4) {
      row.append(Character.forDigit((mixed >>> shift) & 15, 16));
    }
  }

  /** One in twenty is missing. */
  private void appendNumber(double uniform) {
    row.append(',');
    int hundredths = (int) (uniform * 100_000);
    if (hundredths % 20 != 0) {
      row.append(hundredths / 100).append('.').append(hundredths / 10 % 10);
      row.append(hundredths % 10);
    }
  }
}
