package org.mtl4j.data.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;

class PackedFilesTest {
  private static final String ROWS = "a\tb\n1\tx, y\n2\t\"say \"\"no\"\"\"\n";

  @TempDir Path folder;

  @Test
  void zstdAndGzipUnpackToTheSameRows() {
    for (Path file :
        new Path[] {
          TestFiles.write(folder.resolve("t.tsv"), ROWS),
          TestFiles.gzip(folder.resolve("t.tsv.gz"), ROWS),
          TestFiles.zstd(folder.resolve("t.tsv.zst"), ROWS)
        }) {
      RawBatch rows = read(file);
      assertThat(rows.rowCount()).isEqualTo(2);
      assertThat(rows.text(1, 0)).isEqualTo("x, y");
      assertThat(rows.text(1, 1)).isEqualTo("say \"no\"");
    }
  }

  @Test
  void framesOneAfterTheOtherAreOneFile() throws IOException {
    Path file = folder.resolve("t.tsv.zst");
    Files.write(file, Zstd.compress("a\n1\n".getBytes(UTF_8)));
    Files.write(file, Zstd.compress("2\n".getBytes(UTF_8)), StandardOpenOption.APPEND);
    assertThat(read(file).rowCount()).isEqualTo(2);
  }

  @Test
  void damagedZstdIsOfTheFormat() throws IOException {
    byte[] packed = Zstd.compress(ROWS.repeat(100).getBytes(UTF_8));
    Path file = folder.resolve("t.tsv.zst");
    for (int length : new int[] {3, 12, packed.length - 1}) {
      Files.write(file, Arrays.copyOf(packed, length));
      assertRefused(
          file,
          file
              + ": Expected what zstd has packed, as the name ends in .zst, found that the file is"
              + " cut off. Fetch or pack it again.");
    }
    Files.writeString(file, ROWS);
    assertRefused(
        file,
        file
            + ": Expected what zstd has packed, as the name ends in .zst, found something else:"
            + " Unknown frame descriptor. Fetch it again if it is damaged, or rename it if it is"
            + " not packed.");
    Path unnamed = folder.resolve("t.tsv");
    Files.write(unnamed, packed);
    assertRefused(
        unnamed,
        unnamed
            + ": Expected text, found what zstd has packed. Give the file a name that ends in"
            + " .zst, and it is unpacked while it is read.");
  }

  /** A real one: 1.1 GB of zeros in some tens of kilobytes, unpacked until it is noticed. */
  @Test
  void aFileThatUnpacksWithoutEndIsRefused() throws IOException {
    Path file = folder.resolve("bomb.csv.zst");
    try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(file))) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 1_100; i++) {
        out.write(zeros);
      }
    }
    long size = Files.size(file);
    assertThat(size).isLessThan(1_000_000);
    byte[] buffer = new byte[1 << 16];
    IOException failure =
        catchThrowableOfType(
            IOException.class,
            () -> {
              try (InputStream stream = DataFiles.open(file)) {
                while (stream.read(buffer) >= 0) {
                  // Until it is noticed.
                }
              }
            });
    MtlException error = DataFiles.failure(file, failure);
    assertThat(error.code()).isEqualTo(ErrorCode.DATA_FORMAT);
    assertThat(message(error))
        .isEqualTo(
            ("%s: Expected at most 1,000 bytes to unpack from each one, or 1,000,000,000 in all,"
                    + " found more than 1,000,000,000 bytes from a file of %,d. Such a file is"
                    + " mostly made to fill a disk; if you trust it, unpack it yourself and name"
                    + " the unpacked file.")
                .formatted(file, size));
  }

  @Test
  void theLimitIsTheLargerOfRatioAndFreeBytes() throws IOException {
    assertThat(limited(3_000, 3, 10)).isEqualTo(3_000);
    assertThatThrownBy(() -> limited(3_001, 3, 10))
        .isInstanceOf(ExpansionLimit.TooLargeException.class)
        .hasMessage("more than 3,000 bytes from a file of 3");
    assertThat(limited(5_000, 3, 5_000)).isEqualTo(5_000);
    assertThatThrownBy(() -> limited(5_001, 3, 5_000))
        .isInstanceOf(ExpansionLimit.TooLargeException.class);
  }

  @Test
  void fieldsTooManyBlameTheTabs() {
    Path file = TestFiles.write(folder.resolve("t.tsv"), "a\tb\n1,2\n");
    assertRefused(
        file,
        file
            + ", line 2: Expected 2 fields, as in the header, found 1. Mend the row, check that it"
            + " is tabs that stand between fields, or set data.source.on_bad_row: skip to leave"
            + " such rows out.");
  }

  private static long limited(int bytes, long packed, long free) throws IOException {
    try (InputStream stream =
        new ExpansionLimit(new ByteArrayInputStream(new byte[bytes]), packed, free)) {
      return stream.readAllBytes().length;
    }
  }

  private static void assertRefused(Path file, String message) {
    MtlException error = catchThrowableOfType(MtlException.class, () -> read(file));
    assertThat(error).as("an MtlException").isNotNull();
    assertThat(error.code()).isEqualTo(ErrorCode.DATA_FORMAT);
    assertThat(message(error)).isEqualTo(message);
  }

  private static String message(MtlException error) {
    var problem = error.problems().get(0);
    return problem.where() + ": " + problem.what() + " " + problem.remedy();
  }

  private static RawBatch read(Path file) {
    CsvSource source = new CsvSource(TsvConfig.of(file.toString()).csv());
    try (RawCursor cursor = source.open()) {
      Optional<RawBatch> rows = cursor.next(1_000);
      cursor.next(1_000);
      return rows.orElseThrow();
    }
  }
}
