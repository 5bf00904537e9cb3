package org.mtl4j.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.PackedRows;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.testkit.TestSeed;

class RowCacheTest {
  @TempDir private Path folder;

  private final List<String> warnings = new ArrayList<>();

  private static EncodedRows rows(int n, SplittableRandom random) {
    float[] labels = new float[n];
    float[] weights = new float[n];
    boolean[] mask = new boolean[n];
    float[] dense = new float[n];
    for (int r = 0; r < n; r++) {
      labels[r] = random.nextInt(2);
      weights[r] = (float) random.nextDouble();
      mask[r] = true;
      dense[r] = (float) random.nextDouble();
    }
    return new EncodedRows(
        n,
        List.of(random.ints(n).toArray(), random.ints(n).toArray()),
        List.of(dense),
        Map.of("click", new LabelColumn(labels, mask, weights)),
        Optional.of(random.ints(n).toArray()));
  }

  @Test
  void blocksComeBackAsOneWhateverTheirSizes() {
    SplittableRandom random = new SplittableRandom(TestSeed.value());
    // More than the writer's buffer of 1 MiB: 60,000 rows of 6 words are 1.4 MB.
    List<EncodedRows> blocks =
        List.of(rows(1, random), rows(60_000, random), rows(77, random), rows(4096, random));
    try (RowCache cache = RowCache.in(folder.resolve("cache"), warnings::add);
        RowFile file = cache.file("train")) {
      blocks.forEach(file::add);
      PackedRows found = file.rows();
      assertThat(found.rowCount()).isEqualTo(blocks.stream().mapToInt(EncodedRows::rowCount).sum());
      int from = 0;
      for (EncodedRows block : blocks) {
        EncodedRows part = found.block(from, block.rowCount());
        assertThat(part.ids()).usingRecursiveComparison().isEqualTo(block.ids());
        assertThat(part.dense()).usingRecursiveComparison().isEqualTo(block.dense());
        assertThat(part.labels()).usingRecursiveComparison().isEqualTo(block.labels());
        assertThat(part.groups().orElseThrow()).isEqualTo(block.groups().orElseThrow());
        from += block.rowCount();
      }
    }
  }

  @Test
  void nothingIsLeftOnceTheCacheIsClosedAndRowsStayReadable() {
    PackedRows rows;
    EncodedRows block = rows(10, new SplittableRandom(TestSeed.value()));
    try (RowCache cache = RowCache.in(folder.resolve("cache"), warnings::add);
        RowFile file = cache.file("train")) {
      file.add(block);
      rows = file.rows();
    }
    assertThat(folder).isEmptyDirectory();
    assertThat(rows.block(0, 10).ids()).usingRecursiveComparison().isEqualTo(block.ids());
  }

  @Test
  void whatAKilledRunLeftIsDeletedAndNothingElse() throws IOException {
    Path cache = Files.createDirectory(folder.resolve("cache"));
    Files.writeString(cache.resolve("train.rows"), "half a file");
    RowCache.in(cache, warnings::add).close();
    assertThat(cache).doesNotExist();
    Files.createDirectory(cache);
    Files.writeString(cache.resolve("train.rows"), "half a file");
    Files.writeString(cache.resolve("thesis.txt"), "the only copy");
    RowCache.in(cache, warnings::add).close();
    assertThat(cache).isDirectoryContaining("glob:**thesis.txt");
    assertThat(cache.resolve("train.rows")).doesNotExist();
  }

  @Test
  void folderThatCannotBeWrittenIsAnErrorThatNamesIt() throws IOException {
    Path file = Files.writeString(folder.resolve("cache"), "in the way");
    try (RowCache cache = RowCache.in(file, warnings::add)) {
      assertThatThrownBy(() -> cache.file("train"))
          .isInstanceOfSatisfying(
              MtlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO))
          .hasMessageContaining(file.toString())
          .hasMessageContaining("--output");
    }
  }

  @Test
  void blockOfAnotherLayoutIsRefused() {
    EncodedRows block = rows(3, new SplittableRandom(TestSeed.value()));
    EncodedRows other = new EncodedRows(3, block.ids(), List.of(), block.labels(), block.groups());
    try (RowCache cache = RowCache.in(folder.resolve("cache"), warnings::add);
        RowFile file = cache.file("train")) {
      file.add(block);
      assertThatThrownBy(() -> file.add(other)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whatCannotBeDeletedIsWarnedOfAndLeftToTheNextCache() {
    Path cache = folder.resolve("cache");
    // No system removes a folder by the name of "." in it: as one that keeps mapped files.
    try (RowCache odd = RowCache.in(cache.resolve("."), warnings::add);
        RowFile file = odd.file("train")) {
      file.add(rows(3, new SplittableRandom(TestSeed.value())));
    }
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("the encoded rows in " + cache)
        .contains("cannot be deleted");
    assertThat(cache).exists();
    RowCache.in(cache, warnings::add).close();
    assertThat(folder).isEmptyDirectory();
    assertThat(warnings).hasSize(1);
  }
}
