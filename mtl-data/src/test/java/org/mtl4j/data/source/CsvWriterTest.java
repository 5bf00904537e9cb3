package org.mtl4j.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;

class CsvWriterTest {
  @TempDir private Path folder;

  @Test
  void whatIsWrittenReadsBack() {
    Path file = folder.resolve("new").resolve("out.csv");
    try (CsvWriter csv = CsvWriter.create(file, List.of("id", "say, what"))) {
      csv.row(List.of("1", "a \"quoted\"\nline, and more"));
      csv.row(Arrays.asList("2", null));
      csv.commit();
    }
    CsvSource source = new CsvSource(CsvConfig.of(file.toString()));
    assertThat(source.columns().names()).containsExactly("id", "say, what");
    try (RawCursor cursor = source.open()) {
      RawBatch rows = cursor.next(10).orElseThrow();
      assertThat(rows.rowCount()).isEqualTo(2);
      assertThat(rows.text(1, 0)).isEqualTo("a \"quoted\"\nline, and more");
      assertThat(rows.text(1, 1)).isNull();
    }
  }

  @Test
  void aFileThatIsNotCommittedLeavesNothing() {
    Path file = folder.resolve("out.csv");
    try (CsvWriter csv = CsvWriter.create(file, List.of("id"))) {
      csv.row(List.of("1"));
      assertThat(file).doesNotExist();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileThatIsThereIsNeverWrittenOver() throws IOException {
    Path file = folder.resolve("out.csv");
    Files.writeString(file, "mine");
    assertThatExceptionOfType(MtlException.class)
        .isThrownBy(() -> CsvWriter.create(file, List.of("id")))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTPUT_FOLDER));
    assertThat(file).hasContent("mine");
  }

  @Test
  void aFileThatCameInTheMeantimeIsNotWrittenOverEither() throws IOException {
    Path file = folder.resolve("out.csv");
    try (CsvWriter csv = CsvWriter.create(file, List.of("id"))) {
      Files.writeString(file, "mine");
      assertThatExceptionOfType(MtlException.class).isThrownBy(csv::commit);
    }
    assertThat(folder.toFile().list()).containsExactly("out.csv");
    assertThat(file).hasContent("mine");
  }

  @Test
  void aFileIsWrittenByOneAtATimeAndOthersBesideIt() {
    Path file = folder.resolve("out.csv");
    try (CsvWriter first = CsvWriter.create(file, List.of("id"))) {
      first.row(List.of("1"));
      assertThatExceptionOfType(MtlException.class)
          .isThrownBy(() -> CsvWriter.create(file, List.of("id")))
          .withMessageContaining("in use: this process writes it")
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTPUT_FOLDER));
      try (CsvWriter other = CsvWriter.create(folder.resolve("other.csv"), List.of("id"))) {
        other.commit();
      }
      first.row(List.of("2"));
      first.commit();
    }
    assertThat(file).hasContent("id\n1\n2");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("out.csv", "other.csv");
  }

  @Test
  void aFileThatWasRefusedOrGivenUpCanBeWrittenAgain() {
    Path file = folder.resolve("out.csv");
    for (int i = 0; i < 2; i++) {
      try (CsvWriter csv = CsvWriter.create(file, List.of("id"))) {
        csv.row(List.of("1"));
      }
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aRowHasACellForEachColumn() {
    try (CsvWriter csv = CsvWriter.create(folder.resolve("out.csv"), List.of("a", "b"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> csv.row(List.of("1")))
          .withMessage("expected 2 cells, found 1");
    }
  }

  @Test
  void aHeaderThatCannotBeWrittenLeavesNeitherFileNorHandle() throws IOException {
    Path file = folder.resolve("out.csv");
    // Half of a surrogate pair is no UTF-8; it is found once the writer's buffer is full.
    List<String> header = List.of("\uD800", "x".repeat(1 << 20));
    assertThatExceptionOfType(MtlException.class)
        .isThrownBy(() -> CsvWriter.create(file, header))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.IO));
    assertThat(folder).isEmptyDirectory();
    Path handles = Path.of("/proc/self/fd");
    if (Files.isDirectory(handles)) {
      try (Stream<Path> open = Files.list(handles)) {
        assertThat(open.filter(Files::isSymbolicLink).map(CsvWriterTest::target))
            .noneMatch(target -> target.contains(folder.toString()));
      }
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // Closed since.
    }
  }
}
