package org.mtl4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages point at is there. */
class PagesTest {
  private static final Path INTERNALS = Sources.ROOT.resolve("docs/internals.md");

  /** {@code [text](target)}, where the target is a file here. */
  private static final Pattern LINK = Pattern.compile("]\\((?!\\w+:)([^)#\\s]+)(?:#[^)]*)?\\)");

  /** {@code [Type]: target}. */
  private static final Pattern DEFINITION = Pattern.compile("(?m)^\\[(\\w+)]: (\\S+)$");

  /** {@code [Type]} or {@code [Type.method][Type]}. */
  private static final Pattern NAME =
      Pattern.compile("\\[([A-Z]\\w+)(?:\\.(\\w+))?](?:\\[(\\w+)])?(?!\\()");

  @Test
  void everyLinkToAFileLeadsToOne() throws IOException {
    List<String> dead = new ArrayList<>();
    for (Path page : pages()) {
      String text = Files.readString(page);
      Stream.of(LINK, DEFINITION)
          .flatMap(pattern -> pattern.matcher(text).results())
          .map(link -> link.group(link.groupCount()))
          .filter(target -> !Files.exists(page.resolveSibling(target)))
          .forEach(target -> dead.add(page.getFileName() + ": " + target));
    }
    assertThat(dead).isEmpty();
  }

  @Test
  void everyTypeAndMethodThatInternalsNamesExists() throws IOException {
    String text = Files.readString(INTERNALS);
    Map<String, Path> files = new HashMap<>();
    for (MatchResult definition : DEFINITION.matcher(text).results().toList()) {
      Path file = INTERNALS.resolveSibling(definition.group(2));
      assertThat(file.getFileName()).hasToString(definition.group(1) + ".java");
      files.put(definition.group(1), file);
    }
    List<MatchResult> names =
        NAME.matcher(DEFINITION.matcher(text).replaceAll("")).results().toList();
    assertThat(names).hasSizeGreaterThan(50);
    for (MatchResult name : names) {
      assertThat(files).as(name.group()).containsKey(name.group(1));
      if (name.group(2) != null) {
        assertThat(name.group(3)).as(name.group()).isEqualTo(name.group(1));
        assertThat(Files.readString(files.get(name.group(1))))
            .as(name.group())
            .containsPattern("\\b" + name.group(2) + "\\(");
      }
    }
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Sources.ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md").map(Sources.ROOT::resolve),
              docs.filter(file -> file.toString().endsWith(".md")))
          .toList();
    }
  }
}
