package org.mtl4j.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.CodedColumn;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.batch.Utf8Column;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.Expression;
import org.mtl4j.data.split.Split;
import org.mtl4j.data.split.SplitRule;
import org.mtl4j.testkit.TestSeed;
import org.mtl4j.testkit.Utf8Texts;

/** What a pass out of the file gives, against one through the source. */
class SpooledBlocksTest {
  private static final Seed SEED = new Seed(TestSeed.value());
  private static final int ROWS = 40_000;

  @TempDir Path folder;

  @Test
  void thePassesBehindTheFirstGiveItsRowsWithoutTheSource() {
    for (boolean bytes : new boolean[] {false, true}) {
      AtomicInteger opened = new AtomicInteger();
      BatchSource rows = bytes ? Utf8Texts.of(BatchSource.of(rows())) : BatchSource.of(rows());
      List<String> expected = read(split(rows));
      try (SpooledBlocks blocks = SpooledBlocks.in(folder.resolve("t.rows"))) {
        SplitDataset data = split(counted(rows, opened)).spooled(blocks);
        for (int pass = 0; pass < 3; pass++) {
          assertThat(read(data)).as("pass %d, seed %d", pass, TestSeed.value()).isEqualTo(expected);
          assertThat(opened).hasValue(1);
        }
      }
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void textsThatComeAgainAreNumbersAndOthersStayTexts() {
    Map<String, List<Class<?>>> kinds = new HashMap<>();
    try (SpooledBlocks blocks = SpooledBlocks.in(folder.resolve("t.rows"))) {
      SplitDataset data = split(BatchSource.of(rows())).spooled(blocks);
      for (int pass = 0; pass < 2; pass++) {
        data.forEach(
            4096,
            (split, block) -> {
              for (int c = 0; c < block.columns().size(); c++) {
                kinds
                    .computeIfAbsent(block.columns().names().get(c), name -> new ArrayList<>())
                    .add(block.values(c).getClass());
              }
            });
      }
    }
    assertThat(kinds.get("few")).containsOnly(CodedColumn.class);
    assertThat(kinds.get("x")).containsOnly(double[].class);
    // Until enough of them are known to be different.
    assertThat(kinds.get("id")).contains(CodedColumn.class, String[].class, Utf8Column.class);
  }

  @Test
  void aRowOutOfTheFileSaysItsPlaceInTheSource() {
    try (SpooledBlocks blocks = SpooledBlocks.in(folder.resolve("t.rows"))) {
      SplitDataset data = split(BatchSource.of(rows())).spooled(blocks);
      data.forEach(100, (split, block) -> {});
      AtomicInteger seen = new AtomicInteger();
      data.forEach(
          100,
          (split, block) -> {
            if (seen.getAndIncrement() % 200 == 0) {
              assertThat(block.place(0)).isEqualTo("row " + block.record(0));
            }
          });
    }
  }

  @Test
  void aPassThatFailsLeavesNothingToRead() {
    AtomicInteger opened = new AtomicInteger();
    BatchSource source = counted(BatchSource.of(rows()), opened);
    try (SpooledBlocks blocks = SpooledBlocks.in(folder.resolve("t.rows"))) {
      SplitDataset data = split(source).spooled(blocks);
      assertThatThrownBy(
              () ->
                  data.forEach(
                      100,
                      (split, block) -> {
                        throw new IllegalStateException("enough");
                      }))
          .hasMessage("enough");
      List<String> expected = read(split(BatchSource.of(rows())));
      assertThat(read(data)).isEqualTo(expected);
      assertThat(opened).hasValue(2);
      assertThat(read(data)).isEqualTo(expected);
      assertThat(opened).hasValue(2);
      blocks.forget();
      assertThat(read(data)).isEqualTo(expected);
      assertThat(opened).hasValue(3);
    }
  }

  @Test
  void withoutAFileEveryPassReadsTheSource() throws IOException {
    AtomicInteger opened = new AtomicInteger();
    Path noFolder = Files.writeString(folder.resolve("file"), "");
    List<String> expected = read(split(BatchSource.of(rows())));
    try (SpooledBlocks blocks = SpooledBlocks.in(noFolder.resolve("t.rows"))) {
      SplitDataset data = split(counted(BatchSource.of(rows()), opened)).spooled(blocks);
      for (int pass = 1; pass < 3; pass++) {
        assertThat(read(data)).isEqualTo(expected);
        assertThat(opened).hasValue(pass);
      }
    }
  }

  @Test
  void filesOfEachSplitAreKeptBesideEachOther() {
    AtomicInteger opened = new AtomicInteger();
    SplitRule.Files files =
        new SplitRule.Files(List.of("train"), List.of("validation"), List.of("test"));
    SplitDataset plain =
        SplitDataset.ofFiles(files, path -> part(path.get(0), opened), RowRules.NONE, SEED);
    List<String> expected = read(plain);
    opened.set(0);
    try (SpooledBlocks blocks = SpooledBlocks.in(folder.resolve("t.rows"))) {
      SplitDataset data = plain.spooled(blocks);
      assertThat(read(data)).isEqualTo(expected);
      assertThat(read(data)).isEqualTo(expected);
      assertThat(opened).hasValue(3);
    }
  }

  private static BatchSource part(String name, AtomicInteger opened) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      rows.add(Map.of("a", name + i % 7, "b", i));
    }
    return counted(BatchSource.of(rows), opened);
  }

  /** Every third row is left out, so that records do not follow each other. */
  private static SplitDataset split(BatchSource source) {
    RowRules rules =
        new RowRules(
            Optional.of(Expression.parse("k != 1")),
            false,
            Map.of("twice", Expression.parse("2 * x")));
    return SplitDataset.of(source, rules, new SplitRule.Random(0.1, 0.2), SEED);
  }

  private static List<Map<String, Object>> rows() {
    Random random = new Random(TestSeed.value());
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Map<String, Object> row = new HashMap<>();
      row.put("k", i % 3);
      row.put("x", random.nextInt(20) == 0 ? null : random.nextGaussian());
      row.put("few", random.nextInt(9) == 0 ? null : "w\u00e4\ud83d\ude00" + random.nextInt(30));
      row.put("id", random.nextInt(9) == 0 ? null : "\u20ac" + Long.toHexString(random.nextLong()));
      row.put("none", i == 7 ? "7" : null);
      rows.add(row);
    }
    return rows;
  }

  private static BatchSource counted(BatchSource source, AtomicInteger opened) {
    return new BatchSource() {
      @Override
      public Columns columns() {
        return source.columns();
      }

      @Override
      public RawCursor open() {
        opened.incrementAndGet();
        return source.open();
      }

      @Override
      public String fingerprint() {
        return source.fingerprint();
      }
    };
  }

  /** A line a row: split, record and texts; those of numbers with every digit. */
  private static List<String> read(SplitDataset data) {
    List<String> lines = new ArrayList<>();
    data.forEach(1000, (split, block) -> add(split, block, lines));
    return lines;
  }

  private static void add(Split split, RawBatch block, List<String> lines) {
    for (int row = 0; row < block.rowCount(); row++) {
      String[] cells = new String[block.columns().size()];
      for (int c = 0; c < cells.length; c++) {
        cells[c] = block.text(c, row);
      }
      lines.add(split + " " + block.record(row) + " " + Arrays.toString(cells));
    }
  }
}
