package org.mtl4j.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
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
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.CodedColumn;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.batch.TextDictionary;
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
  void aDiskWithoutRoomCostsAPassThroughTheSource() {
    AtomicInteger opened = new AtomicInteger();
    List<String> expected = read(split(BatchSource.of(rows())));
    try (SpooledBlocks blocks =
        new SpooledBlocks(folder.resolve("t.rows"), 1.0 / 16, Integer.MAX_VALUE)) {
      SplitDataset data = split(counted(BatchSource.of(rows()), opened)).spooled(blocks);
      for (int pass = 1; pass < 3; pass++) {
        assertThat(read(data)).as("seed %d", TestSeed.value()).isEqualTo(expected);
        assertThat(opened).hasValue(pass);
      }
    }
  }

  @Test
  void withoutRoomForADictionaryTextsStayTexts() {
    AtomicInteger opened = new AtomicInteger();
    List<String> expected = read(split(BatchSource.of(rows())));
    try (SpooledBlocks blocks = new SpooledBlocks(folder.resolve("t.rows"), 1e-9, 4)) {
      SplitDataset data = split(counted(BatchSource.of(rows()), opened)).spooled(blocks);
      assertThat(read(data)).isEqualTo(expected);
      data.forEach(
          1000,
          (split, block) ->
              assertThat(block.values(block.columns().indexOf("few")))
                  .isInstanceOf(Utf8Column.class));
      assertThat(read(data)).isEqualTo(expected);
      assertThat(opened).hasValue(1);
    }
  }

  @Test
  void aPassThatIsInterruptedIsBegunAgain() {
    AtomicInteger opened = new AtomicInteger();
    BatchSource source = counted(BatchSource.of(rows()), opened);
    SplitDataset data = split(source);
    List<String> expected = read(data);
    opened.set(0);
    Path file = folder.resolve("t.rows");
    try (SpooledBlocks blocks = SpooledBlocks.in(file)) {
      interrupted(() -> assertThat(drained(blocks.open(0, source, 100))).isEqualTo(ROWS));
      for (int pass = 0; pass < 2; pass++) {
        assertThat(drained(blocks.open(0, source, 100))).isEqualTo(ROWS);
        assertThat(opened).hasValue(2);
      }
      interrupted(
          () ->
              assertThatThrownBy(() -> drained(blocks.open(0, source, 100)))
                  .hasMessage(
                      file
                          + ": The rows that were kept there cannot be read again:"
                          + " java.nio.channels.ClosedByInterruptException."
                          + " Check the disk, and run again."));
      for (int pass = 0; pass < 2; pass++) {
        assertThat(drained(blocks.open(0, source, 100))).isEqualTo(ROWS);
        assertThat(opened).hasValue(3);
      }
      blocks.forget();
      assertThat(read(data.spooled(blocks))).isEqualTo(expected);
      assertThat(read(data.spooled(blocks))).isEqualTo(expected);
    }
    assertThat(folder).isEmptyDirectory();
  }

  private static void interrupted(Runnable work) {
    Thread.currentThread().interrupt();
    try {
      work.run();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static int drained(RawCursor cursor) {
    int rows = 0;
    try (cursor) {
      for (var block = cursor.next(1000); block.isPresent(); block = cursor.next(1000)) {
        rows += block.get().rowCount();
      }
    }
    return rows;
  }

  @Test
  void aBlockOfManyMegabytesTakesNoMoreMemoryOutsideTheHeap() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(Map.of("k", 0, "x", i, "text", i + "\u20ac".repeat(400_000 + i)));
    }
    List<String> expected = read(split(BatchSource.of(rows)));
    long before = outsideTheHeap();
    // Without room for a dictionary bytes stand in the file.
    try (SpooledBlocks blocks = new SpooledBlocks(folder.resolve("t.rows"), 1e-9, 4)) {
      SplitDataset data = split(Utf8Texts.of(BatchSource.of(rows))).spooled(blocks);
      assertThat(read(data)).isEqualTo(expected);
      assertThat(read(data)).isEqualTo(expected);
      assertThat(outsideTheHeap() - before).isLessThan(8 << 20);
    }
  }

  private static long outsideTheHeap() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  @Test
  void textsThatTheSourceHasNumberedAreNumberedAnew() {
    BatchSource rows = BatchSource.of(rows());
    BatchSource numbered = each(rows, SpooledBlocksTest::numbered);
    List<String> expected = read(split(rows));
    try (SpooledBlocks blocks = SpooledBlocks.in(folder.resolve("t.rows"))) {
      SplitDataset data = split(numbered).spooled(blocks);
      for (int pass = 0; pass < 2; pass++) {
        assertThat(read(data)).as("pass %d, seed %d", pass, TestSeed.value()).isEqualTo(expected);
      }
    }
  }

  /** By numbers of a dictionary of its own, from its last row to its first. */
  private static RawBatch numbered(RawBatch block) {
    Map<Integer, Object> values = new HashMap<>();
    for (int c = 0; c < block.columns().size(); c++) {
      if (block.values(c) instanceof String[] texts) {
        TextDictionary dictionary = new TextDictionary();
        int[] codes = new int[block.rowCount()];
        for (int row = codes.length - 1; row >= 0; row--) {
          codes[row] = texts[row] == null ? CodedColumn.MISSING : dictionary.add(texts[row]);
        }
        values.put(c, new CodedColumn(codes, dictionary));
      }
    }
    return block.withValues(values);
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
    return opening(
        source,
        () -> {
          opened.incrementAndGet();
          return source.open();
        });
  }

  private static BatchSource each(BatchSource source, UnaryOperator<RawBatch> change) {
    return opening(source, () -> source.open().map(change));
  }

  private static BatchSource opening(BatchSource source, Supplier<RawCursor> open) {
    return new BatchSource() {
      @Override
      public Columns columns() {
        return source.columns();
      }

      @Override
      public RawCursor open() {
        return open.get();
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
