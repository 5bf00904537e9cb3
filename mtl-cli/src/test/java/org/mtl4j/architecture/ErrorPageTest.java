package org.mtl4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.error.ErrorCode;

/** docs/errors.md lists the codes that there are, with the exit code of each. */
class ErrorPageTest {
  private static final Path PAGE = Path.of(System.getProperty("mtl.root"), "docs", "errors.md");

  /** A line of the table: code, exit code, meaning, remedy. */
  private static final Pattern LINE =
      Pattern.compile("^\\| `([A-Z_]+)` \\| (\\d) \\| (.+) \\| (.+) \\|$", Pattern.MULTILINE);

  @Test
  void thePageListsEveryCodeInItsOrderWithItsExitCode() throws IOException {
    assertThat(lines().stream().map(line -> line.group(1) + " " + line.group(2)))
        .containsExactlyElementsOf(
            Arrays.stream(ErrorCode.values())
                .map(
                    code -> code.name() + " " + (code.isRefusal() ? 3 : code.isUserInput() ? 2 : 1))
                .toList());
  }

  @Test
  void everyCodeHasAMeaningAndARemedyOfItsOwn() throws IOException {
    assertThat(lines().stream().map(line -> line.group(3))).doesNotHaveDuplicates();
    assertThat(lines().stream().map(line -> line.group(4))).doesNotHaveDuplicates();
    assertThat(lines())
        .allSatisfy(line -> assertThat(line.group(3)).endsWith(".").hasSizeGreaterThan(10))
        .allSatisfy(line -> assertThat(line.group(4)).endsWith(".").hasSizeGreaterThan(10));
  }

  @Test
  void noLineOfTheTableIsPassedOver() throws IOException {
    // A line with a slip in it would look like no line at all, and its code like a forgotten one.
    assertThat(Files.readString(PAGE).lines().filter(line -> line.startsWith("| `")))
        .hasSameSizeAs(lines());
  }

  private static List<MatchResult> lines() throws IOException {
    return LINE.matcher(Files.readString(PAGE)).results().toList();
  }
}
