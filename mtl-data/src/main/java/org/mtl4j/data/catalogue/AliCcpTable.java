package org.mtl4j.data.catalogue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.table.RecordReader;
import org.mtl4j.data.table.Table;
import org.mtl4j.data.table.TextFormat;
import org.mtl4j.data.table.TextTable;

/**
 * Ali-CCP as published. A line of the skeleton is {@code sample, click, purchase, key, number,
 * features}, one of the common features {@code key, number, features}; features are separated by
 * the character 1, and each is {@code field 2 id 3 value}, with those characters in between.
 *
 * @param parts the files in their pairs
 */
record AliCcpTable(List<Part> parts) implements Table {
  /** The columns, those of the usual CSV. */
  static final List<String> COLUMNS =
      List.of(
          "click",
          "purchase",
          "101",
          "121",
          "122",
          "124",
          "125",
          "126",
          "127",
          "128",
          "129",
          "205",
          "206",
          "207",
          "210",
          "216",
          "508",
          "509",
          "702",
          "853",
          "301",
          "109_14",
          "110_14",
          "127_14",
          "150_14",
          "D109_14",
          "D110_14",
          "D127_14",
          "D150_14",
          "D508",
          "D509",
          "D702",
          "D853");

  private static final List<String> SKELETON =
      List.of("sample_id", "click", "purchase", "common_feature_index", "number", "features");
  private static final String PREFIX = "sample_skeleton_";
  private static final Map<String, Integer> COLUMN =
      IntStream.range(0, COLUMNS.size()).boxed().collect(Collectors.toMap(COLUMNS::get, i -> i));

  /**
   * A skeleton and its common features.
   *
   * @param skeleton the file with the impressions
   * @param common the file with what they share
   */
  record Part(Path skeleton, Path common) {}

  /** Finds what the skeletons share, beside them. */
  static AliCcpTable of(List<Path> skeletons) {
    List<Part> parts = new ArrayList<>();
    for (Path skeleton : skeletons) {
      String name = DatasetFolder.name(skeleton).replace(PREFIX, "common_features_");
      Path common = skeleton.resolveSibling(name);
      if (!common.toFile().isFile()) {
        throw new MtlException(
            new Problem(
                ErrorCode.FILE_MISSING,
                common.toString(),
                "Expected the common features of "
                    + skeleton.getFileName()
                    + " beside it, unpacked, found no such file.",
                "Unpack both; rows are looked up in the middle of it, where gzip cannot begin."));
      }
      parts.add(new Part(skeleton, common));
    }
    return new AliCcpTable(List.copyOf(parts));
  }

  @Override
  public List<String> columns() {
    return COLUMNS;
  }

  @Override
  public List<Path> files() {
    return parts.stream().flatMap(p -> List.of(p.skeleton(), p.common()).stream()).toList();
  }

  @Override
  public RecordReader open() {
    return new Pass();
  }

  /** Adds features to the row's columns: ids, and values where there is a column of them. */
  static void add(String features, String[] row, String place) {
    for (String feature : features.split("\u0001", -1)) {
      if (feature.isBlank()) {
        continue;
      }
      int id = feature.indexOf('\u0002');
      int value = feature.indexOf('\u0003', id + 1);
      if (id < 0 || value < 0) {
        throw new MtlException(
            new Problem(
                ErrorCode.DATA_FORMAT,
                place,
                "Expected a feature of field, id and value, found \"" + Excerpt.of(feature) + "\".",
                "Check that this is the file that the set publishes."));
      }
      String field = feature.substring(0, id);
      append(row, COLUMN.get(field), feature.substring(id + 1, value));
      append(row, COLUMN.get("D" + field), feature.substring(value + 1));
    }
  }

  private static void append(String[] row, Integer column, String text) {
    if (column != null) {
      row[column] = row[column] == null ? text : row[column] + "|" + text;
    }
  }

  private final class Pass implements RecordReader {
    private int next;
    private RecordReader skeleton;
    private KeyedLines common;

    @Override
    public String[] next() {
      while (skeleton != null || next < parts.size()) {
        if (skeleton == null) {
          Part part = parts.get(next++);
          common = KeyedLines.of(part.common());
          skeleton =
              TextTable.named(List.of(part.skeleton()), TextFormat.plain(","), SKELETON).open();
        }
        String[] sample = skeleton.next();
        if (sample != null) {
          return row(sample);
        }
        closeFiles();
      }
      return null;
    }

    private String[] row(String[] sample) {
      String[] row = new String[COLUMNS.size()];
      row[0] = sample[1];
      row[1] = sample[2];
      String key = sample[3].strip();
      String line =
          common
              .get(key)
              .orElseThrow(
                  () ->
                      new MtlException(
                          new Problem(
                              ErrorCode.DATA_FORMAT,
                              place(),
                              "Expected the common features \"%s\" in %s, found none."
                                  .formatted(Excerpt.of(key), common.file()),
                              "Check that both files are whole and of the same set.")));
      add(line.substring(line.indexOf(',', line.indexOf(',') + 1) + 1), row, common.place(key));
      add(sample[5], row, place());
      return row;
    }

    @Override
    public String place() {
      return skeleton == null ? parts.get(next - 1).skeleton().toString() : skeleton.place();
    }

    @Override
    public void close() {
      closeFiles();
      next = parts.size();
    }

    private void closeFiles() {
      if (skeleton != null) {
        skeleton.close();
        common.close();
        skeleton = null;
      }
    }
  }
}
