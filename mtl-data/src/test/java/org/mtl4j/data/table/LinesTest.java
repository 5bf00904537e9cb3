package org.mtl4j.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

class LinesTest {
  @TempDir Path folder;

  /** Decoders read ahead: of a small file the fault comes up when it is opened. */
  @Test
  void otherEncodingIsNamedWhereverItsFirstByteStands() throws IOException {
    for (int before : new int[] {0, 100_000}) {
      Path file = folder.resolve(before + ".txt");
      String text = "a\n".repeat(before) + "caf\u00e9 1\n";
      Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
      Problem problem =
          catchThrowableOfType(MtlException.class, () -> readAll(file)).problems().get(0);
      assertThat(problem)
          .isEqualTo(
              new Problem(
                  ErrorCode.DATA_FORMAT,
                  "%s, line %d, column 4".formatted(file, before + 1),
                  "Expected text in UTF-8, found the bytes e9.",
                  "Save it as UTF-8."));
    }
  }

  private static void readAll(Path file) {
    try (Lines lines = new Lines(file, StandardCharsets.UTF_8, "Save it as UTF-8.")) {
      String line = lines.next();
      while (line != null) {
        line = lines.next();
      }
    }
  }
}
